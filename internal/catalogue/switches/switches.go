// Package switches stops at once what the program does by itself (自动办理停用):
// one rule of an item, or all automatic decisions of it.
//
// A published edition does not change, and to publish another takes days; a
// rule that turns out wrong is switched off in a second, by an item manager or an
// administrator who says why. Every turn of a switch is a fact and stays on
// record; what was decided before stays as it was decided.
package switches

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Turned is the fact that a switch was turned.
type Turned struct {
	Item    items.ID      `json:"item"`
	Rule    string        `json:"rule"` // items.AutoRule.ID; "" is the whole item
	Off     bool          `json:"off"`
	Reason  string        `json:"reason"`
	Account string        `json:"account"`
	Name    string        `json:"name"`
	Role    identity.Role `json:"role"`
	At      time.Time     `json:"at"`
}

// FactName is the name listeners ask for.
func (Turned) FactName() string { return "switches.turned" }

// Store keeps the turns of each item's switches, in order.
type Store interface {
	History(ctx context.Context, item items.ID) ([]Turned, error)
	// Add keeps one more, if the history is still that long: else fault.Conflict.
	Add(ctx context.Context, t Turned, after int) error
}

// Catalogue is where the room finds the edition in force.
type Catalogue interface {
	Current(ctx context.Context, id items.ID) (*items.Edition, error)
}

// Service is the door of the room.
type Service struct {
	Store Store
	Items Catalogue
	Now   func() time.Time
}

// longestReason is how much may be said, in characters.
const longestReason = 500

// Turn switches a rule of an item, or with no rule all of it, off or on again.
// Only item managers and administrators of its region may, and they say why.
func (s *Service) Turn(ctx context.Context, item items.ID, rule string, off bool, reason string, by identity.Actor) error {
	e, err := s.Items.Current(ctx, item)
	if err != nil {
		return err
	}
	history, err := s.Store.History(ctx, item)
	if err != nil {
		return err
	}
	t := Turned{Item: item, Rule: rule, Off: off, Reason: reason, Account: by.Account, Name: by.Name, At: event.Moment(s.Now())}
	if t.Role, err = may(e, by); err != nil {
		return err
	}
	if err := t.check(e, fold(history)); err != nil {
		return err
	}
	return s.Store.Add(ctx, t, len(history))
}

// May reports whether the actor may turn the switches of an edition.
func May(e *items.Edition, by identity.Actor) bool {
	_, err := may(e, by)
	return err == nil
}

func may(e *items.Edition, by identity.Actor) (identity.Role, error) {
	for _, role := range []identity.Role{identity.Items, identity.Admin} {
		if by.In(role, func(p identity.Post) bool { return p.Serves(e.Region) }) {
			return role, nil
		}
	}
	return "", fault.New(fault.Forbidden, "switches.turn.role", "停用和恢复自动办理，应由本级或者上级的事项管理员、系统管理员办理")
}

func (t Turned) check(e *items.Edition, off map[string]string) error {
	known := t.Rule == "" || slices.ContainsFunc(e.Automatic.Rules, func(r items.AutoRule) bool { return r.ID == t.Rule })
	_, is := off[t.Rule]
	switch {
	case !known:
		return fault.New(fault.NotFound, "switches.turn.rule", "“%s”没有标识为“%.20s”的自动审查规则", e.Name, t.Rule)
	case t.Reason == "":
		return fault.New(fault.Invalid, "switches.turn.reason", "请写明停用或者恢复的理由").At("reason", "required", "请写明理由")
	case utf8.RuneCountInString(t.Reason) > longestReason:
		return fault.New(fault.Invalid, "switches.turn.long", "理由不超过%d字", longestReason).At("reason", "long", "理由不超过%d字，请缩短", longestReason)
	case is == t.Off && t.Off:
		return fault.New(fault.Conflict, "switches.turn.twice", "已经停用，无需再停")
	case is == t.Off:
		return fault.New(fault.Conflict, "switches.turn.twice", "没有停用，无需恢复")
	}
	return nil
}

// Off is what is switched off of an item, and why: by rule, "" the whole item.
func (s *Service) Off(ctx context.Context, item items.ID) (map[string]string, error) {
	history, err := s.Store.History(ctx, item)
	return fold(history), err
}

// History is every turn of an item's switches, the newest last.
func (s *Service) History(ctx context.Context, item items.ID) ([]Turned, error) {
	return s.Store.History(ctx, item)
}

// fold is what is off after these turns; nil when nothing is.
func fold(history []Turned) map[string]string {
	var off map[string]string
	for _, t := range history {
		switch {
		case !t.Off:
			delete(off, t.Rule)
		case off == nil:
			off = map[string]string{t.Rule: t.Reason}
		default:
			off[t.Rule] = t.Reason
		}
	}
	if len(off) == 0 {
		return nil
	}
	return off
}

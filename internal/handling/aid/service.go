package aid

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room.
type Service struct {
	Store  Store
	Vault  Vault
	Days   clock.Days
	Limits Limits
	NewID  func() string
	Now    func() time.Time
}

// Vault makes telephones unreadable outside the program.
type Vault interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
}

// A Filter chooses matters, the earliest due first: one of Party, Agency and
// Region says whose.
type Filter struct {
	Party  string
	Agency string
	Region string // the division and all below it
	Kind   Kind   // "" all
	Over   bool   // those that have ended, the latest first
	Tail   string // those whose number ends so; see Find
	Case   string // those about the case of this number
	Name   string // those of somebody whose name begins so
	After  string // Matter.Cursor of the last row seen, or Found of one that was sought
	Limit  int
}

// Store keeps matters.
type Store interface {
	// Put keeps a matter after m.Seq facts, with one more: fault.Conflict if
	// somebody was faster.
	Put(ctx context.Context, m Matter, fact event.Fact) (Matter, error)
	// Matter finds one: fault.NotFound.
	Matter(ctx context.Context, id string) (Matter, error)
	List(ctx context.Context, f Filter) ([]Matter, error)
	// Causes counts the answered matters of a region by cause, from a day on.
	Causes(ctx context.Context, region string, from calendar.Day) (map[string]int, error)
}

// Moved is told of everything that was done about a matter.
type Moved struct {
	Matter string       `json:"matter"`
	Act    string       `json:"act"`
	To     State        `json:"to"`
	By     string       `json:"by"`
	Agency string       `json:"agency,omitempty"`
	Due    calendar.Day `json:"due"`
	Say    string       `json:"say,omitempty"`
	At     time.Time    `json:"at"`
}

// FactName is the name listeners ask for.
func (Moved) FactName() string { return "aid.moved" }

// None is the answer about a matter that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "aid.none", "没有找到这件事，请核对编号")
}

// Register takes a matter down: one's own, or, at a window, that of whoever
// stands there. Faults: aid.register.*.
func (s *Service) Register(ctx context.Context, m Matter, by identity.Actor) (Matter, error) {
	switch {
	case by.Plays(identity.Window):
	case by.Party == "":
		return m, fault.New(fault.SignIn, "aid.register.who", "请先登录，或者到大厅的反映窗口、打 12345 反映")
	default:
		m.Party, m.Name, m.Phone = by.Party, by.Name, ""
	}
	now := event.Moment(s.Now())
	m, err := Register(m, s.Limits, s.Days, by, now)
	if err != nil {
		return m, err
	}
	kept := m
	err = sqldb.Numbered(s.NewID, NumberTaken(), func(id string) (err error) {
		m.ID = id
		kept, err = s.register(ctx, m, Moved{m.ID, "register", m.State, by.Account, m.Agency, m.Due, "", now})
		return err
	})
	return kept, err
}

// NumberTaken is what a store says of a new matter whose number another one has.
func NumberTaken() error {
	return fault.New(fault.Conflict, "aid.register.number", "登记的人太多，没有取到编号，请再提交一次")
}

// register keeps a new matter, with its telephone sealed.
func (s *Service) register(ctx context.Context, m Matter, fact Moved) (Matter, error) {
	if m.Phone != "" {
		sealed, err := s.Vault.Seal(m.Phone, AboutPhone(m.ID))
		if err != nil {
			return m, fmt.Errorf("seal a telephone: %w", err)
		}
		m.Phone = sealed
	}
	return s.Store.Put(ctx, m, fact)
}

// Matter is one matter, for those who may see it.
func (s *Service) Matter(ctx context.Context, id string, by identity.Actor) (Matter, error) {
	m, err := s.Store.Matter(ctx, id)
	if err == nil && !m.Sees(by) {
		return Matter{}, None()
	}
	return m, err
}

// AboutPhone is what the telephone of a matter is bound to.
func AboutPhone(id string) string { return "aid/" + id }

// Phone is the telephone that was left, for staff who may see the matter.
func (s *Service) Phone(m Matter, by identity.Actor) (string, error) {
	if m.Phone == "" || m.theirs(by) || !m.Sees(by) {
		return "", nil
	}
	return s.Vault.Open(m.Phone, AboutPhone(m.ID))
}

// Do does an act; see Matter.Do.
func (s *Service) Do(ctx context.Context, id string, a Act, d Done, by identity.Actor) (Matter, error) {
	m, err := s.Matter(ctx, id, by)
	if err != nil {
		return m, err
	}
	now := event.Moment(s.Now())
	after, err := m.Do(a, d, s.Limits, s.Days, by, now)
	if err != nil {
		return m, err
	}
	return s.Store.Put(ctx, after, Moved{m.ID, string(a), after.State, by.Account, after.Agency, after.Due, d.Say, now})
}

// Mine lists one's own matters.
func (s *Service) Mine(ctx context.Context, over bool, by identity.Actor) ([]Matter, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.List(ctx, Filter{Party: by.Party, Over: over, Limit: 100})
}

// List is a page of matters for staff: those of the place that a window or
// supervisor serves, or those of one's agency.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]Matter, error) {
	f.Region, f.Agency = by.Reach()
	if f.Region == "" && f.Agency == "" {
		return nil, fault.New(fault.Forbidden, "aid.list.post", "您的岗位不办理帮办代办和办不成事反映")
	}
	if f.Limit < 1 || f.Limit > 200 {
		f.Limit = 50
	}
	return s.Store.List(ctx, f)
}

// Causes counts why things could not be done, from a day on, for staff.
func (s *Service) Causes(ctx context.Context, from calendar.Day, by identity.Actor) (map[string]int, error) {
	region, _ := by.Reach()
	if region == "" {
		return nil, nil
	}
	return s.Store.Causes(ctx, region, from)
}

// Cursor is where the next page begins after this matter.
func (m Matter) Cursor() string { return m.Order() + "/" + m.ID }

// Found is where the next page begins after this matter where matters are sought.
func (m Matter) Found() string { return calendar.DayOf(m.At).String() + "/" + m.ID }

// Order is the day by which lists order the matter: when it is due, or was
// registered once it has ended.
func (m Matter) Order() string {
	if m.State.Over() {
		return calendar.DayOf(m.At).String()
	}
	return m.Due.String()
}

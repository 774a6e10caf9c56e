package cases

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
)

// A Change is an answer of the form that was put right: as it read and as it reads,
// for whoever looks; what is private is masked to all but the applicant.
type Change struct {
	Label string `json:"label"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Say is the change in words.
func (x Change) Say() string { return "“" + x.Label + "”" + x.Words() }

// Words are Say without the name of the field.
func (x Change) Words() string {
	return fmt.Sprintf("由%s改为%s", cmp.Or(x.Old, "没有填写"), cmp.Or(x.New, "不填"))
}

// SayChanges are changes in one line.
func SayChanges(all []Change) (say string) {
	for i, x := range all {
		if i > 0 {
			say += "；"
		}
		say += x.Say()
	}
	return say
}

// tellChanges puts by each event of a history what it changed in the form: the
// facts keep every answer as it was given.
func (s *Service) tellChanges(ctx context.Context, c *Case, list []Event, by identity.Actor) error {
	if !slices.ContainsFunc(list, func(e Event) bool { return e.Amended != nil }) {
		return nil
	}
	f, err := s.Frame(ctx, c)
	held := forms.Answers{}
	for i, e := range list {
		if err == nil && e.Amended != nil {
			list[i].Changes, err = s.changes(c, f.Edition, held, e.Moved, by)
		}
		maps.Copy(held, e.Answers)
	}
	return err
}

// changes are those of one move; held are the answers as they are kept before it.
func (s *Service) changes(c *Case, e *items.Edition, held forms.Answers, m Moved, by identity.Actor) (all []Change, err error) {
	was, now := forms.Answers{}, forms.Answers{}
	for _, x := range m.Amended.Fields {
		was[x.Field], now[x.Field] = held[x.Field], m.Answers[x.Field]
	}
	if was, err = s.shown(c, e, was, by); err != nil {
		return nil, err
	}
	if now, err = s.shown(c, e, now, by); err != nil {
		return nil, err
	}
	whole := e.Form.With(e.Questions)
	for _, x := range m.Amended.Fields {
		if f := whole.Field(x.Field); f != nil {
			all = append(all, Change{x.Label, f.Show(was[x.Field]), f.Show(now[x.Field])})
		}
	}
	return all, nil
}

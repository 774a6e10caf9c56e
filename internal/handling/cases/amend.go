package cases

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// A Correction is what an applicant hands in on a notice (补正): materials, and
// answers of the form that are to read otherwise, because the notice asks it or
// because they find them wrong themselves.
type Correction struct {
	Handed  []Handed
	Answers forms.Answers
	Came    *Arrival // by post
}

// Amended is what a correction changed in the application form. The fact keeps of
// each answer a mark of the old and of the new, which nobody else can make, so
// that it can be shown that it was changed, and to what, by whoever has either.
type Amended struct {
	Fields []Changed    `json:"fields"`
	Opens  []string     `json:"opens,omitempty"` // materials and conditions of the edition that only the new answers call for
	Spot   bool         `json:"spot,omitempty"`  // put right on the spot, before the clerk
	Day    calendar.Day `json:"day"`
	At     int64        `json:"at"` // fact that changed it
}

// Changed is one answer that reads otherwise; a mark is "" where there was none.
type Changed struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Names are the labels of what was changed, as papers write them.
func (a Amended) Names() string {
	var all []string
	for _, f := range a.Fields {
		all = append(all, "“"+f.Label+"”")
	}
	return strings.Join(all, "、")
}

// amend is what the form says after a correction, or what of it cannot stand. Was
// are all answers as they read now. A fault that was there before the change is
// not the correction's.
func amend(e *items.Edition, was, given forms.Answers, today calendar.Day, bad *fault.Error) (*Amended, forms.Answers, *fault.Error) {
	if len(given) == 0 {
		return nil, nil, bad
	}
	whole := e.Form.With(e.Questions)
	merged := maps.Clone(was)
	maps.Copy(merged, given)
	next, wrong := checkAnswers(e, merged, today)
	before := forms.Check(whole, was, today)
	for _, f := range wrong.Fields {
		if !slices.ContainsFunc(before, func(old fault.Field) bool { return "answers."+old.Path == f.Path && old.Code == f.Code }) {
			bad = bad.At(f.Path, f.Code, "%s", f.Say)
		}
	}
	a, changed := &Amended{Day: today}, forms.Answers{}
	for _, f := range whole.All() {
		if next[f.ID] != was[f.ID] {
			a.Fields = append(a.Fields, Changed{f.ID, f.Label, was[f.ID], next[f.ID]})
			changed[f.ID] = next[f.ID]
		}
	}
	if len(a.Fields) == 0 {
		return nil, nil, bad
	}
	a.Opens = opened(e, was, next)
	return a, changed, bad
}

// opened are the materials and conditions that answers call for which the
// earlier ones did not.
func opened(e *items.Edition, was, next forms.Answers) []string {
	before := called(e, was)
	return slices.DeleteFunc(called(e, next), func(id string) bool { return slices.Contains(before, id) })
}

// called are the materials and conditions that answers call for.
func called(e *items.Edition, answers forms.Answers) (all []string) {
	for _, m := range e.MaterialsFor(answers) {
		all = append(all, m.ID)
	}
	for _, k := range e.ConditionsFor(answers) {
		all = append(all, k.ID)
	}
	return all
}

// amended makes what a correction changed true of the case.
func (c *Case) amended(m Moved) {
	if m.Amended == nil {
		return
	}
	c.Answers = maps.Clone(c.Answers)
	for field, answer := range m.Answers {
		if c.Answers[field] = answer; answer == "" {
			delete(c.Answers, field)
		}
	}
	a := *m.Amended
	a.At = m.Seq
	c.Amended = append(c.Amended, a)
}

// Amends reports whether a field of the form was changed since the last notice,
// and what else was with it.
func (c *Case) Amends(field string) (Amended, bool) {
	for _, a := range c.reworded() {
		if slices.ContainsFunc(a.Fields, func(f Changed) bool { return f.Field == field }) {
			return a, true
		}
	}
	return Amended{}, false
}

// reworded are the changes of the form since the last notice, the last one first:
// what a change opened is to be asked for at once, in the notice that follows it.
// What was put right before the clerk excuses no notice.
func (c *Case) reworded() (all []Amended) {
	for _, a := range slices.Backward(c.Amended) {
		if n := len(c.Notices); n > 0 && a.At > c.Notices[n-1].At && !a.Spot {
			all = append(all, a)
		}
	}
	return all
}

// Correct has the applicant hand in what the notice asked for, and change what
// they answered; see Case.Correct.
func (s *Service) Correct(ctx context.Context, id ID, x Correction, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Correct, ""), by, s.Correcting(ctx, x, by))
}

// sealed makes what was changed unreadable outside the program where it is
// private, and puts marks in the place of what was and is answered.
func (s *Service) sealed(e *items.Edition, m *Moved) error {
	if m.Amended == nil {
		return nil
	}
	mark := func(field, text string) string {
		if text == "" {
			return ""
		}
		return s.Vault.Mark(s.Vault.Marking(), text, about(m.Case, field))
	}
	for i, f := range m.Amended.Fields {
		m.Amended.Fields[i].Old, m.Amended.Fields[i].New = mark(f.Field, f.Old), mark(f.Field, f.New)
	}
	return s.hide(m, e.Form)
}

// Correcting is the judging of Correct, for those who make it together with other
// moves; see ActIn.
func (s *Service) Correcting(ctx context.Context, x Correction, by identity.Actor) func(*Case, Frame, time.Time) (Moved, error) {
	return s.amending(ctx, func(c *Case, f Frame, was forms.Answers, at time.Time) (Moved, error) {
		m, err := c.Correct(f.Edition, x, was, by, at)
		m.Received = s.receivedOn(x.Came, at)
		return m, err
	})
}

// amending is the judging of an act that may change answers of the form: it is given
// them as they read before, and what is private of the new ones is sealed.
func (s *Service) amending(ctx context.Context, judge func(c *Case, f Frame, was forms.Answers, at time.Time) (Moved, error)) judged {
	return func(c *Case, f Frame, at time.Time) (Moved, error) {
		was, err := s.Answers(ctx, c, identity.TheSystem)
		if err != nil {
			return Moved{}, err
		}
		m, err := judge(c, f, was, at)
		if err != nil {
			return Moved{}, err
		}
		return m, s.sealed(f.Edition, &m)
	}
}

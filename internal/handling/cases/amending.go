package cases

import (
	"maps"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
)

// An Amending is the application form while it is put right (更正申请表), by the
// applicant, a window, or a place that took the application in for another: what
// the notice asks to be put right, and what else may be.
type Amending struct {
	Answers forms.Answers          // as they read
	Asked   map[string]forms.Field // by forms.Field.ID: what the notice asks for
	More    []forms.Field
	Open    bool // something of More is changed

	whole  forms.Form
	wanted map[string]bool
	today  calendar.Day
}

// AmendingOf begins with the answers as they read now, as far as whoever puts them
// right may see them.
func AmendingOf(e *items.Edition, n Notice, now forms.Answers, today calendar.Day) Amending {
	a := Amending{whole: e.Form.With(e.Questions), wanted: map[string]bool{}, today: today}
	for _, d := range n.Items {
		a.wanted[d.Field] = true
	}
	a.show(forms.Normalize(a.whole, now))
	return a
}

// show has the form show answers, and ask what these call for. Files of the form
// are handed in as materials.
func (a *Amending) show(answers forms.Answers) {
	a.Answers, a.Asked, a.More = answers, map[string]forms.Field{}, nil
	for _, f := range a.whole.Visible(answers, a.today).All() {
		switch {
		case a.wanted[f.ID]:
			a.Asked[f.ID] = *f
		case f.Kind != forms.File:
			a.More = append(a.More, *f)
		}
	}
}

// Read returns the answers that read otherwise than before, and shows them; one puts
// what was told for a field among the answers. What is asked only because of
// another answer is read once that is known.
func (a *Amending) Read(one func(forms.Field, forms.Answers) error) (forms.Answers, error) {
	was, read := a.Answers, map[string]bool{}
	for range 2 {
		given := maps.Clone(a.Answers)
		if given == nil {
			given = forms.Answers{}
		}
		for _, field := range append(slices.Clone(a.More), slices.Collect(maps.Values(a.Asked))...) {
			if read[field.ID] {
				continue
			}
			read[field.ID] = true
			if err := one(field, given); err != nil {
				return nil, err
			}
		}
		a.show(forms.Normalize(a.whole, given))
	}
	changed := forms.Answers{}
	for id := range read {
		if a.Answers[id] != was[id] {
			changed[id] = a.Answers[id]
		}
	}
	a.Open = slices.ContainsFunc(a.More, func(f forms.Field) bool { _, one := changed[f.ID]; return one })
	return changed, nil
}

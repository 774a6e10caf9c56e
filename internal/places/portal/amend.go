package portal

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// formView is the application form of a case that is corrected: what the notice
// asks to be put right, and what else may be (更正申请表).
type formView struct {
	Asked map[string]forms.Field // by forms.Field.ID
	More  []forms.Field
	Open  bool // the others are shown at once

	wanted map[string]bool // asked for by the notice
	ask    askView
	whole  forms.Form
}

// formView is the form with the applicant's own answers in it.
func (p *Portal) formView(r *http.Request, c *cases.Case, list []want) (v formView, err error) {
	f, err := p.Cases.Frame(r.Context(), c)
	if err != nil {
		return v, err
	}
	answers, err := p.Cases.Answers(r.Context(), c, frame.Actor(r))
	if err != nil {
		return v, err
	}
	v.whole, v.wanted = f.Edition.Form.With(f.Edition.Questions), map[string]bool{}
	for _, w := range list {
		v.wanted[w.Field] = true
	}
	p.fillForm(&v, answers)
	return v, nil
}

// fillForm has the form show answers, and ask what these call for. Files of the form
// are handed in as materials.
func (p *Portal) fillForm(v *formView, answers forms.Answers) {
	today := calendar.DayOf(p.Now())
	v.ask = askView{Answers: answers, Regions: map[string][]frame.Level{}}
	v.Asked, v.More = map[string]forms.Field{}, nil
	for _, field := range v.whole.Visible(answers, today).All() {
		if field.Kind == forms.Region {
			v.ask.Regions[field.ID] = p.levels(answers[field.ID], &application{Today: today})
		}
		switch {
		case v.wanted[field.ID]:
			v.Asked[field.ID] = *field
		case field.Kind != forms.File:
			v.More = append(v.More, *field)
		}
	}
}

// changes are the answers that were sent and read otherwise than before. What is
// asked only because of another answer is read once that is known.
func (p *Portal) changes(r *http.Request, f *page.Form, v *formView) (forms.Answers, error) {
	if !f.Has("form") {
		return nil, nil // a page without the form
	}
	was, read := v.ask.Answers, map[string]bool{}
	for range 2 {
		given := maps.Clone(v.ask.Answers)
		if given == nil {
			given = forms.Answers{}
		}
		for _, field := range append(slices.Clone(v.More), slices.Collect(maps.Values(v.Asked))...) {
			if read[field.ID] {
				continue
			}
			read[field.ID] = true
			if err := p.read(r, f, field, given); err != nil {
				return nil, err
			}
		}
		p.fillForm(v, forms.Normalize(v.whole, given))
	}
	changed := forms.Answers{}
	for id := range read {
		if v.ask.Answers[id] != was[id] {
			changed[id] = v.ask.Answers[id]
		}
	}
	for _, field := range v.More {
		_, one := changed[field.ID]
		v.Open = v.Open || one
	}
	return changed, nil
}

// ofAnswers names the faults of answers by the fields of the page.
func ofAnswers(err error) error {
	if len(fault.Fields(err)) == 0 {
		return err
	}
	here := fault.New(fault.Of(err), fault.Code(err), "%s", fault.Say(err))
	for _, f := range fault.Fields(err) {
		here = here.At(strings.TrimPrefix(f.Path, "answers."), f.Code, "%s", f.Say)
	}
	return here
}

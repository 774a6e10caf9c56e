package portal

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// formView is the application form of what is corrected (更正申请表), of a case, of
// a part of a matter, or of what another place handles.
type formView struct {
	cases.Amending
	ask askView
}

// formView is the form of a case with the applicant's own answers in it. Prefix
// stands before the names of its fields.
func (p *Portal) formView(r *http.Request, c *cases.Case, prefix string) (v formView, err error) {
	f, err := p.Cases.Frame(r.Context(), c)
	if err != nil {
		return v, err
	}
	answers, err := p.Cases.Answers(r.Context(), c, frame.Actor(r))
	if err != nil {
		return v, err
	}
	return p.amendingOf(f.Edition, c.Notices[len(c.Notices)-1], answers, prefix), nil
}

// amendingOf is the form of an edition with these answers in it.
func (p *Portal) amendingOf(e *items.Edition, n cases.Notice, answers forms.Answers, prefix string) formView {
	v := formView{Amending: cases.AmendingOf(e, n, answers, calendar.DayOf(p.Now()))}
	v.ask.Prefix = prefix
	p.fillForm(&v)
	return v
}

// fillForm has the page show the answers as they now read.
func (p *Portal) fillForm(v *formView) {
	v.ask.Answers, v.ask.Regions = v.Answers, map[string][]frame.Level{}
	for _, field := range v.fields() {
		if field.Kind == forms.Region {
			v.ask.Regions[field.ID] = p.levels(v.Answers[field.ID], &application{Today: calendar.DayOf(p.Now())})
		}
	}
}

// fields are all that the page shows.
func (v *formView) fields() []forms.Field {
	all := v.More[:len(v.More):len(v.More)]
	for _, f := range v.Asked {
		all = append(all, f)
	}
	return all
}

// changes are the answers that were sent and read otherwise than before.
func (p *Portal) changes(r *http.Request, f *page.Form, v *formView) (forms.Answers, error) {
	part := f.Under(v.ask.Prefix)
	if !part.Has("form") {
		return nil, nil // a page without the form
	}
	changed, err := v.Read(func(field forms.Field, given forms.Answers) error { return p.read(r, part, field, given) })
	p.fillForm(v)
	return changed, err
}

// ofAnswers names the faults of the answers of from by the fields of the page, whose
// names begin with prefix.
func ofAnswers(err error, from, prefix string) error {
	return fault.Retold(err, func(f fault.Field) (fault.Field, bool) {
		if field, is := strings.CutPrefix(f.Path, from+"answers."); is {
			f.Path = prefix + field
		}
		return f, true
	})
}

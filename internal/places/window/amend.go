package window

import (
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// askedField is an answer of the application form that a notice may ask to be
// put right (更正申请表).
type askedField struct {
	*forms.Field
	On  bool
	Say string
}

// fieldsOf are the answers that the applicant gave or could have given.
func fieldsOf(c *cases.Case, e *items.Edition) (all []askedField) {
	for _, g := range e.Form.With(e.Questions).Visible(c.Answers, calendar.DayOf(c.Opened)).Groups {
		for i := range g.Fields {
			all = append(all, askedField{Field: &g.Fields[i]})
		}
	}
	return all
}

// readFields takes the answers that the notice asks to be put right.
func (a *actPage) readFields(f *page.Form) {
	for i := range a.Fields {
		k := &a.Fields[i]
		if k.On, k.Say = f.Has("f."+k.ID), f.Text("fs."+k.ID); !k.On {
			continue
		}
		if k.Say == "" {
			k.Say = "填写的内容与材料不一致或者不完整，请更正"
		}
		a.Intent.List = append(a.Intent.List, cases.Deficiency{Field: k.ID, Finding: cases.Defective, Say: k.Say})
	}
}

// changeOf is which changed answer a material of a second notice no longer fits.
type changeOf struct{ Name, Material, Value string }

// changeable are the materials of the notice that may have been right before an
// answer was changed.
func (a actPage) changeable() (all []changeOf) {
	if len(a.changed()) == 0 {
		return nil
	}
	for _, d := range a.Intent.List {
		if d.Material != "" && !a.Case.Renewed(d.Material) {
			all = append(all, changeOf{"change." + d.Material, d.Material, d.Change})
		}
	}
	return all
}

// changed are the answers that were changed since the first notice.
func (a actPage) changed() (all []frame.Choice) {
	if !a.again() {
		return nil
	}
	for _, f := range a.Fields {
		if _, is := a.Case.Amends(f.ID); is {
			all = append(all, frame.Choice{Value: f.ID, Label: f.Label})
		}
	}
	return all
}

// readChanges takes which changed answer each material does not fit any more.
func (a *actPage) readChanges(f *page.Form) {
	for i, d := range a.Intent.List {
		if d.Material != "" {
			a.Intent.List[i].Change = f.Text("change." + d.Material)
		}
	}
}

// amending is the application form that is put right with what is handed in.
type amending struct {
	cases.Amending
	Notice  cases.Notice
	Places  []frame.Choice
	Changed forms.Answers
}

// amendingOf is the form of an edition, with the answers as the clerk may see them.
func (p *Window) amendingOf(e *items.Edition, n *cases.Notice, answers forms.Answers) *amending {
	return &amending{Amending: cases.AmendingOf(e, *n, answers, p.today()), Notice: *n, Places: p.places()}
}

// amends has the act show the form of the case that is corrected.
func (p *Window) amends(r *http.Request, a *actPage) error {
	asks := &cases.Notice{}
	switch n := len(a.Case.Notices); {
	case a.Move.Act == cases.Correct && n > 0:
		asks = &a.Case.Notices[n-1]
	case a.Move.Act != cases.Rectify:
		return nil
	}
	answers, err := p.Cases.Answers(r.Context(), a.Case, frame.Actor(r))
	if err == nil {
		a.Form = p.amendingOf(a.Edition, asks, answers)
	}
	return err
}

// read takes what was put right. What is shown masked and left as it is stays.
func (a *amending) read(f *page.Form) {
	if a == nil || !f.Has("form") {
		return
	}
	a.Changed, _ = a.Read(func(field forms.Field, given forms.Answers) error { // an answer that is read cannot fail
		given[field.ID] = answerOf(f, &field)
		return nil
	})
}

// changes are the answers that were put right.
func (a *amending) changes() forms.Answers {
	if a == nil {
		return nil
	}
	return a.Changed
}

// says is what the notice asks for that is an answer of the form, or no paper.
func (a *amending) says() (all []cases.Deficiency) {
	for _, d := range a.Notice.Items {
		if d.Material == "" {
			all = append(all, d)
		}
	}
	return all
}

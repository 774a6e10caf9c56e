package cases

import (
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
)

// calledFor reports whether the guide asks for a thing of someone with the
// applicant's answers, as it told them before they applied (指南即契约,
// 徐政发〔2022〕21号（六）); or may ask for it once an answer is put right that
// the same notice has corrected, so that everything is said at once.
func (c *Case) calledFor(e *items.Edition, d Deficiency, corrected []string, today calendar.Day) bool {
	if d.Material == "" && d.Condition == "" {
		form := e.Form.With(e.Questions)
		return form.Visible(c.Answers, today).Field(d.Field) != nil || items.Turns(form.Field(d.Field).When, corrected)
	}
	id, when := d.Condition, ""
	for _, k := range e.Conditions {
		if k.ID == id {
			when = k.When
		}
	}
	for _, m := range e.Materials {
		if m.ID == d.Material {
			id, when = m.ID, m.When
		}
	}
	return slices.Contains(called(e, c.Answers), id) || items.Turns(when, corrected)
}

// fieldsIn are the fields of the application form that a notice has corrected.
func fieldsIn(list []Deficiency) (all []string) {
	for _, d := range list {
		if d.Material == "" && d.Condition == "" {
			all = append(all, d.Field)
		}
	}
	return all
}

package app

import (
	"cmp"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

// Example is an application for an item as an ordinary person would fill it in:
// what is given stands, everything else that is asked gets the first answer
// that fits, and every material is there except those named. The sample city's
// cases, the stories and the benchmark are made with it.
func Example(e *items.Edition, who cases.Applicant, given forms.Answers, without []string, today calendar.Day) cases.Application {
	a := cases.Application{Item: e.Item, Applicant: who, Answers: answered(e.Form.With(e.Questions), who, given, today)}
	for _, m := range e.MaterialsFor(a.Answers) {
		if !slices.Contains(without, m.Name) {
			a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Paper: true})
		}
	}
	return a
}

// answered fills a form in; an answer may bring up further questions, so it
// looks again until there are none.
func answered(form forms.Form, who cases.Applicant, given forms.Answers, today calendar.Day) forms.Answers {
	answers := forms.Answers{}
	for k, v := range given {
		answers[k] = v
	}
	for asked := true; asked; {
		asked = false
		for _, f := range form.Visible(answers, today).All() {
			if f.Required && answers[f.ID] == "" {
				answers[f.ID], asked = ordinary(*f, who, today), true
			}
		}
	}
	return answers
}

// ordinary is an answer that fits the field.
func ordinary(f forms.Field, who cases.Applicant, today calendar.Day) string {
	if f.Prefill == "person.name" {
		return who.Name
	}
	if text, ok := known[cmp.Or(f.Prefill, f.Pattern)]; ok {
		return text
	}
	switch f.Kind {
	case forms.Choice, forms.Choices:
		return f.Options[0].Value
	case forms.Number, forms.Money:
		if f.Min != "" {
			return f.Min
		}
		return "10"
	case forms.Date:
		return today.String()
	case forms.File:
		return strings.Repeat("0", 64)
	}
	if text, ok := examples[f.Kind]; ok {
		return text
	}
	return "示例" + f.Label
}

// known is what the city knows of the firm in the examples, by what a field is
// filled in with or the shape that it must have.
var known = map[string]string{
	"project":  "2026-320300-35-03-000009",
	"org.name": "徐州示例餐饮管理有限公司", "org.uscc": "91320300YB9000012R", "org.legal": "张伟", "org.address": "徐州市云龙区示例路18号",
}

var examples = map[forms.Kind]string{
	forms.YesNo: forms.No, forms.Birth: "1990-03-07", forms.Mobile: "19900000001", forms.IDNumber: "320399199003070025",
	forms.USCC: "91320300YB9000012R", forms.Region: "320303000000", forms.Email: "limin@example.com",
	forms.Bank: "6222020000000000000", forms.Address: "徐州市云龙区示例路1号",
}

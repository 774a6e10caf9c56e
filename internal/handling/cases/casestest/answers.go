package casestest

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// SignedBy is the signature of somebody who typed their name and pledges freely.
func SignedBy(name string) cases.Signature {
	return cases.Signature{Signature: ink.Signature{Name: name}, Free: true}
}

// RightAnswers answers everything an edition asks.
func RightAnswers(e *items.Edition, today calendar.Day) forms.Answers {
	whole, a := e.Form.With(e.Questions), forms.Answers{}
	for range 20 {
		bad := forms.Check(whole, a, today)
		if len(bad) == 0 {
			break
		}
		for _, f := range bad {
			a[f.Path] = rightAnswer(whole.Field(f.Path))
		}
	}
	return a
}

func rightAnswer(f *forms.Field) string {
	if len(f.Options) > 0 {
		return f.Options[0].Value
	}
	if answer, ok := map[forms.Kind]string{
		forms.Number: "20", forms.Money: "100.00", forms.Date: "2026-09-30", forms.Birth: "1990-03-07", forms.Mobile: "19900000001",
		forms.IDNumber: "320399199003070025", forms.USCC: "91320300YB9000012R", forms.YesNo: forms.No, forms.Region: "320303000000",
		forms.Email: "a@b.cn", forms.Bank: "6217000000002046",
	}[f.Kind]; ok {
		return answer
	}
	return "示例" + f.Label
}

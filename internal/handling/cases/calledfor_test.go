package cases_test

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// What the guide asks of others is not asked of this applicant, unless the same
// notice says that the answer is wrong on which it hangs (指南即契约).
func TestANoticeAsksWhatTheGuideAsksOfTheApplicant(t *testing.T) {
	e := casestest.Permit()
	e.Questions = append(e.Questions, forms.Question{ID: "面积档", Text: "面积多大？", Options: []forms.Option{{Value: "小"}, {Value: "大"}}})
	e.Materials = append(e.Materials, items.Material{ID: "kitchen", Name: "专间设计说明", When: `面积档 == "大"`})
	e.Conditions = append(e.Conditions, items.Condition{ID: "flow", Text: "布局合理", When: `面积档 == "大"`})
	at := calendar.Parse("2026-10-12").Start()
	wrong := func(d cases.Deficiency) cases.Deficiency {
		d.Finding, d.Say = cases.Defective, "请补正"
		return d
	}
	kitchen, flow, size := wrong(cases.Deficiency{Material: "kitchen"}), wrong(cases.Deficiency{Condition: "flow"}), wrong(cases.Deficiency{Field: "面积档"})
	for _, tt := range []struct {
		name, size string
		list       []cases.Deficiency
		refused    string
	}{
		{"a material for large places, of a small one", "小", []cases.Deficiency{kitchen}, "items[0] not-called-for"},
		{"a condition for large places, of a small one", "小", []cases.Deficiency{flow}, "items[0] not-called-for"},
		{"both of a large one", "大", []cases.Deficiency{kitchen, flow}, ""},
		{"both with the answer to be corrected", "小", []cases.Deficiency{size, kitchen, flow}, ""},
		{"what the guide does not list at all", "大", []cases.Deficiency{wrong(cases.Deficiency{Material: "other"})}, "items[0] not-in-guide"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &cases.Case{State: cases.Received, Agency: casestest.WangFang.Posts[0].Agency, Answers: forms.Answers{"面积档": tt.size}}
			_, err := c.AskOnce(e, tt.list, calendar.DayOf(at)+5, casestest.WangFang, at)
			got := ""
			for _, f := range fault.Fields(err) {
				got += f.Path + " " + f.Code
			}
			if got != tt.refused || (err == nil) != (tt.refused == "") {
				t.Fatalf("refused for %q (%v), want %q", got, err, tt.refused)
			}
		})
	}
}

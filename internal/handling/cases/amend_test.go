package cases_test

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// reworded is a permit whose plan is asked for only of large places, and a case of
// it that is to be corrected.
func reworded() (*items.Edition, *cases.Case, forms.Answers) {
	e := casestest.Permit()
	e.Form = forms.Form{Groups: []forms.Group{{ID: "g", Title: "场所", Fields: []forms.Field{
		{ID: "area", Label: "经营面积", Kind: forms.Number, Required: true}, {ID: "name", Label: "名称", Kind: forms.Text, Required: true},
	}}}}
	for i := range e.Materials {
		if e.Materials[i].ID == "plan" {
			e.Materials[i].When = "area > 100"
		}
	}
	c := &cases.Case{State: cases.Correcting, Agency: casestest.WangFang.Posts[0].Agency, Applicant: cases.Applicant{Party: casestest.LiMin.Party},
		Answers: forms.Answers{"area": "80", "name": "甲"}, Materials: []cases.Handed{{Material: "id", At: 1}}}
	c.Notices = []cases.Notice{{Day: calendar.Parse("2026-10-08"), At: 2, Items: []cases.Deficiency{{Field: "area", Name: "申请表：经营面积", Finding: cases.Defective, Say: "与平面图不符"}}}}
	return e, c, c.Answers
}

func TestAnswersAreChangedWithACorrection(t *testing.T) {
	at := calendar.Parse("2026-10-12").Start()
	for _, tt := range []struct {
		name    string
		answers forms.Answers
		refused string // path and code of the fault
		changed string // fields
		opens   string
	}{
		{"what the notice asks", forms.Answers{"area": "120"}, "", "area", "plan"},
		{"and what they find themselves", forms.Answers{"area": "90", "name": "乙"}, "", "area name", ""},
		{"not what the notice asks", forms.Answers{"name": "乙"}, "answers.area unchanged", "", ""},
		{"to what it was", forms.Answers{"area": "80"}, "answers.area unchanged", "", ""},
		{"to what cannot be", forms.Answers{"area": "大"}, "answers.area format", "", ""},
		{"of a field that is not there", forms.Answers{"area": "90", "x": "1"}, "answers.x unknown", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, c, was := reworded()
			m, err := c.Correct(e, cases.Correction{Answers: tt.answers}, was, casestest.LiMin, at)
			got := ""
			for _, f := range fault.Fields(err) {
				got += f.Path + " " + f.Code
			}
			if got != tt.refused || (tt.refused == "") != (err == nil) {
				t.Fatalf("refused for %q, %v", got, err)
			}
			if err != nil {
				return
			}
			var fields []string
			for _, f := range m.Amended.Fields {
				fields = append(fields, f.Field)
			}
			if strings.Join(fields, " ") != tt.changed || strings.Join(m.Amended.Opens, " ") != tt.opens || len(m.Answers) != len(fields) {
				t.Errorf("%+v %v", m.Amended, m.Answers)
			}
			if err := c.Apply(m, cases.Frame{Edition: e}); err != nil || c.Answers["area"] != tt.answers["area"] || was["area"] != "80" || c.Amended[0].At != m.Seq {
				t.Errorf("%v %v %+v", err, c.Answers, c.Amended)
			}
		})
	}
}

func TestASecondNoticeForWhatAChangedAnswerOpens(t *testing.T) {
	at := calendar.Parse("2026-10-12").Start()
	for _, tt := range []struct {
		name    string
		d       cases.Deficiency
		refused string
		unseen  string
	}{
		{"a material that only the new answer asks for", cases.Deficiency{Material: "plan"}, "", "申请人改了申请表的“经营面积”，因此才需要"},
		{"the answer itself", cases.Deficiency{Field: "area"}, "", "申请人改了这一项"},
		{"an answer that was there the first time", cases.Deficiency{Field: "name"}, "asked-before", ""},
		{"a material that lay there the first time", cases.Deficiency{Material: "id"}, "asked-before", ""},
		{"which the new answer contradicts", cases.Deficiency{Material: "id", Change: "area"}, "", "申请人改了申请表的“经营面积”，原来的内容与它不再一致"},
		{"for an answer that was not changed", cases.Deficiency{Material: "id", Change: "name"}, "unchanged", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, c, was := reworded()
			m, err := c.Correct(e, cases.Correction{Answers: forms.Answers{"area": "120"}}, was, casestest.LiMin, at)
			if err == nil {
				m.Seq = 3
				err = c.Apply(m, cases.Frame{Edition: e})
			}
			if err != nil {
				t.Fatal(err)
			}
			tt.d.Finding, tt.d.Say = cases.Defective, "请更正"
			m, err = c.AskOnce(e, []cases.Deficiency{tt.d}, calendar.DayOf(at)+5, casestest.WangFang, at)
			if f := fault.Fields(err); (tt.refused == "") != (err == nil) || err != nil && f[0].Code != tt.refused {
				t.Fatalf("%v %v", err, f)
			}
			if err == nil && !strings.Contains(m.Notice.Items[0].Unseen, tt.unseen) {
				t.Errorf("says %q", m.Notice.Items[0].Unseen)
			}
		})
	}
}

package cases_test

import (
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// 行政许可法第三十二条第一款第三项.
func TestWhatIsPutRightOnTheSpot(t *testing.T) {
	at := calendar.Parse("2026-10-12").Start()
	self, paper := cases.Confirmed{Self: true}, []cases.Handed{{Material: "id", Paper: true}}
	for _, tt := range []struct {
		name    string
		x       cases.Rectification
		state   cases.State // "": received
		told    bool        // a notice was given before
		refused string      // paths and codes of the fault, or its code
	}{
		{"an answer, by their own hand", cases.Rectification{Answers: forms.Answers{"name": "乙"}, Confirmed: self}, "", false, ""},
		{"and signed for on the screen", cases.Rectification{Answers: forms.Answers{"name": "乙"}, Confirmed: cases.Confirmed{Signed: &ink.Signature{Name: "李敏"}}}, "", false, ""},
		{"by the clerk for them", cases.Rectification{Answers: forms.Answers{"name": "乙"}}, "", false, "confirmed required"},
		{"nothing", cases.Rectification{Answers: forms.Answers{"name": "甲"}, Confirmed: self}, "", false, "cases.rectify.nothing"},
		{"to what cannot be", cases.Rectification{Answers: forms.Answers{"area": "大"}, Confirmed: self}, "", false, "answers.area format"},
		{"a field that is not the item's", cases.Rectification{Answers: forms.Answers{"x": "1"}, Confirmed: self}, "", false, "answers.x unknown"},
		{"a paper that was handed in", cases.Rectification{Handed: paper, Say: "漏签名，已补签", Confirmed: self}, "", false, ""},
		{"without saying what was wrong with it", cases.Rectification{Handed: paper, Confirmed: self}, "", false, "reason required"},
		{"a paper that is missing", cases.Rectification{Handed: []cases.Handed{{Material: "plan", Paper: true}}, Say: "补来", Confirmed: self}, "", false, "materials.plan missing"},
		{"with the paper that the new answer calls for", cases.Rectification{Answers: forms.Answers{"area": "120"}, Handed: []cases.Handed{{Material: "plan", Paper: true}}, Say: "一并交来", Confirmed: self}, "", true, ""},
		{"the one notice is still to come for it", cases.Rectification{Answers: forms.Answers{"area": "120"}, Confirmed: self}, "", false, ""},
		{"after a notice nothing more can be asked for", cases.Rectification{Answers: forms.Answers{"area": "120"}, Confirmed: self}, "", true, "materials.plan opened"},
		{"while the notice is being answered", cases.Rectification{Answers: forms.Answers{"name": "乙"}, Confirmed: self}, cases.Correcting, true, "cases.rectify.state"},
		{"after acceptance", cases.Rectification{Answers: forms.Answers{"name": "乙"}, Confirmed: self}, cases.Accepted, false, "cases.rectify.state"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, c, was := reworded()
			e.Materials[1].Deferrable = false
			c.Materials[0].Paper, c.Received, c.State = true, calendar.Parse("2026-10-08"), cases.Received
			if tt.state != "" {
				c.State = tt.state
			}
			if !tt.told {
				c.Notices = nil
			}
			m, err := c.Rectify(e, tt.x, was, casestest.WangFang, at)
			var got string
			for _, f := range fault.Fields(err) {
				got += f.Path + " " + f.Code
			}
			if err != nil && got == "" {
				got = fault.Code(err)
			}
			if got != tt.refused {
				t.Fatalf("%q, %v", got, err)
			}
			if err != nil {
				return
			}
			m.Seq = 5
			if err := c.Apply(m, cases.Frame{Edition: e}); err != nil {
				t.Fatal(err)
			}
			if c.State != cases.Received || c.Received != calendar.Parse("2026-10-08") || m.Paper != cases.Receipt || m.Notice != nil {
				t.Errorf("received %s, %s, %+v", c.Received, c.State, m)
			}
		})
	}
	e, c, was := reworded()
	c.State = cases.Received
	if _, err := c.Rectify(e, cases.Rectification{Answers: forms.Answers{"name": "乙"}, Confirmed: self}, was, casestest.LiMin, at); fault.Code(err) != "cases.rectify.role" {
		t.Errorf("without a clerk who looks on: %v", err)
	}
}

// The clerk looked on: what was put right on the spot is no first notice, and excuses
// no second one.
func TestWhatIsPutRightOnTheSpotExcusesNoNotice(t *testing.T) {
	e, c, was := reworded()
	at := calendar.Parse("2026-10-12").Start()
	c.Materials[0].Paper, c.State = true, cases.Received
	spot := func(seq int64, x cases.Rectification, was forms.Answers) {
		t.Helper()
		x.Confirmed.Self = true
		m, err := c.Rectify(e, x, was, casestest.WangFang, at)
		if m.Seq = seq; err == nil {
			err = c.Apply(m, cases.Frame{Edition: e})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	spot(3, cases.Rectification{Answers: forms.Answers{"name": "乙"}, Handed: []cases.Handed{{Material: "id", Paper: true}}, Say: "补签名"}, was)
	for _, d := range []cases.Deficiency{{Material: "id"}, {Field: "name"}, {Material: "id", Change: "name"}} {
		d.Finding, d.Say = cases.Defective, "请更正"
		if _, err := c.AskOnce(e, []cases.Deficiency{d}, calendar.DayOf(at)+5, casestest.WangFang, at); err == nil {
			t.Errorf("%+v is asked for again", d)
		}
	}
	c.Materials = append(c.Materials[:0], cases.Handed{Material: "id", Paper: true, At: 4}) // brought anew with a correction
	spot(5, cases.Rectification{Handed: []cases.Handed{{Material: "id", Paper: true}}, Say: "补签名"}, c.Answers)
	if !c.Renewed("id") {
		t.Error("what came since the notice may not be asked for any more, because it was put right")
	}
	c.Notices = nil
	m, err := c.AskOnce(e, []cases.Deficiency{{Field: "area", Finding: cases.Defective, Say: "请更正"}}, calendar.DayOf(at)+5, casestest.WangFang, at)
	if err != nil || m.Notice.First != 0 || m.Notice.Items[0].Unseen != "" {
		t.Errorf("the first notice after it is not the first: %v %+v", err, m.Notice)
	}
}

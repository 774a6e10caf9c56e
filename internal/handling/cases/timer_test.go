package cases_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A notice period of two working days stands between acceptance and decision.
func TestATimerOfTheProcedureRunsOutByItself(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	e := casestest.Permit()
	e.Procedure = flow.Definition{ID: "p", Nodes: []flow.Node{
		{ID: "s", Kind: flow.Start}, {ID: "公示", Kind: flow.Timer, Name: "公示", Limit: clock.Limit{N: 2, Unit: clock.WorkingDays}},
		{ID: "decide", Kind: flow.Task, Name: "决定", Post: "审批岗", Role: identity.Approver, Decides: true}, {ID: "e", Kind: flow.End},
	}, Edges: []flow.Edge{{ID: "1", From: "s", To: "公示"}, {ID: "2", From: "公示", To: "decide"}, {ID: "3", From: "decide", To: "e"}}}
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	f := cases.Frame{Edition: e, Procedure: p}
	monday := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	c := &cases.Case{}
	apply := func(m cases.Moved, err error) {
		t.Helper()
		if err == nil {
			err = c.Apply(m, f)
		}
		if err != nil {
			t.Fatal(err)
		}
		c.Head.Seq = m.Seq
	}
	apply(cases.Receive("c", cases.Application{Item: e.Item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Materials: []cases.Handed{{Material: "id", Paper: true}, {Material: "plan", Paper: true}},
	}, e, casestest.LiMin, calendar.DayOf(monday), monday))
	apply(c.Accept(e, nil, nil, days, casestest.WangFang, monday))
	if alarm := c.Alarm(days).Day(); len(c.Flow.Open) != 0 || alarm.String() != "2026-03-05" && alarm.String() != "2026-03-04" {
		t.Fatalf("alarm on %s with %v", alarm, c.Flow.Open)
	}
	if _, err := c.Ring(e, days, monday.Add(24*time.Hour)); fault.Code(err) != "cases.ring.early" {
		t.Errorf("rang a day early: %v", err)
	}
	apply(c.Ring(e, days, monday.Add(72*time.Hour)))
	if len(c.Flow.Open) != 1 || c.Alarm(days) != 0 {
		t.Errorf("after the notice: %v, alarm %d", c.Flow.Open, c.Alarm(days))
	}
}

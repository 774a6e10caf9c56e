package cases_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// keeper keeps the items of the case's region.
var keeper = identity.Actor{Account: "keeper", Name: "潘春晓", Posts: []identity.Post{{Agency: "gso", Region: casestest.Region, Role: identity.Items, Title: "事项管理岗"}}}

// year2026 is the calendar of that year.
func year2026(t *testing.T) calendar.Calendar {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	return days
}

func framed(t *testing.T, e *items.Edition) cases.Frame {
	t.Helper()
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	return cases.Frame{Edition: e, Procedure: p}
}

// running is an accepted case with its frame.
func running(t *testing.T) (*cases.Case, cases.Frame) {
	t.Helper()
	return runningFrom(t, casestest.Permit(), `{}`)
}

// runningFrom is one of an edition whose first fact says more.
func runningFrom(t *testing.T, e *items.Edition, more string) (*cases.Case, cases.Frame) {
	t.Helper()
	at := time.Date(2026, 9, 21, 9, 0, 0, 0, calendar.Zone)
	f := framed(t, e)
	m, err := cases.Receive("c1", cases.Application{Item: f.Edition.Item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers:   forms.Answers{"店名": "云帆", "手机": "13800138000"},
		Materials: []cases.Handed{{Material: "id", Paper: true}, {Material: "plan", Paper: true}}}, f.Edition, casestest.LiMin, calendar.DayOf(at), at)
	if err := json.Unmarshal([]byte(more), &m); err != nil {
		t.Fatal(err)
	}
	c := &cases.Case{}
	for _, next := range []func() (cases.Moved, error){
		func() (cases.Moved, error) { return m, err },
		func() (cases.Moved, error) { return c.Accept(f.Edition, nil, nil, year2026(t), casestest.WangFang, at) },
	} {
		if m, err = next(); err != nil {
			t.Fatal(err, fault.Fields(err))
		}
		if err := c.Apply(m, f); err != nil {
			t.Fatal(err)
		}
		c.Head.Seq = m.Seq
	}
	return c, f
}

func TestACaseMovesOnlyIfItIsNoWorse(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*items.Edition)
		stays  string // part of the reason; "": it moves
	}{
		{"only the wording changes", func(e *items.Edition) { e.Plain = "更好懂了" }, ""},
		{"a shorter promise", func(e *items.Edition) { e.Promised.N-- }, ""},
		{"a longer promise", func(e *items.Edition) { e.Promised.N++ }, "推迟到"},
		{"no promise any more", func(e *items.Edition) { e.Promised = clock.Limit{} }, "不能确定"},
		{"a longer legal limit", func(e *items.Edition) { e.Statutory.N++ }, "法定的办结日期会从"},
		{"a material less", func(e *items.Edition) { e.Materials = e.Materials[:1] }, ""},
		{"a material more", func(e *items.Edition) {
			e.Materials = append(e.Materials, items.Material{ID: "new", Name: "门头照片", Necessity: items.Must})
		}, "要多交“门头照片”"},
		{"a further material one may leave out", func(e *items.Edition) {
			e.Materials = append(e.Materials, items.Material{ID: "new", Name: "门头照片", Necessity: items.Optional})
		}, ""},
		{"another material under an old name", func(e *items.Edition) { e.Materials[0].Name = "体检报告" }, "要多交“体检报告”"},
		{"a condition more", func(e *items.Edition) {
			e.Conditions = append(e.Conditions, items.Condition{ID: "c9", Kind: items.Eligibility, Text: "有停车位"})
		}, "条件有变：“有停车位”"},
		{"a lost step", func(e *items.Edition) { e.Procedure.Nodes[5].Kind = flow.Rule; e.Procedure.Nodes[5].Rule = "true" }, "不能证明没有减少环节"},
		{"another post does a step", func(e *items.Edition) { e.Procedure.Nodes[5].Role = identity.Head }, "办理岗位有变化"},
		{"a step is given less time", func(e *items.Edition) { e.Procedure.Nodes[5].Limit = clock.Limit{N: 1, Unit: clock.WorkingDays} }, ""},
		{"a fee", func(e *items.Edition) { e.Fees = []items.Fee{{Name: "工本费", Standard: "10元"}} }, "收费有变：“工本费”"},
		{"another certificate", func(e *items.Edition) { e.Results = []items.Result{{Name: "另一种证"}} }, "办理结果有变化"},
		{"another question", func(e *items.Edition) {
			e.Questions = append(e.Questions, forms.Question{ID: "新问题", Text: "有吗？"})
		}, "表单或者情形问题有变化"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, old := running(t)
			e := casestest.Permit()
			e.Number = old.Edition.Number + 1
			tt.change(e)
			m, err := c.Weigh(old, framed(t, e), year2026(t), keeper, time.Date(2026, 9, 22, 9, 0, 0, 0, calendar.Zone))
			if err != nil {
				t.Fatal(err)
			}
			if moved := m.Edition != 0; moved != (tt.stays == "") || !strings.Contains(m.Reason, tt.stays) {
				t.Errorf("moved %v: %s", moved, m.Reason)
			}
		})
	}
}

func TestAMovedCaseKeepsItsWorkAndTakesTheShorterLimit(t *testing.T) {
	c, old := running(t)
	e := casestest.Permit()
	e.Number, e.Promised.N = old.Edition.Number+1, e.Promised.N-1
	next := framed(t, e)
	due, work := c.Promised.Due(year2026(t)).Day, len(c.Flow.Open)
	m, err := c.Weigh(old, next, year2026(t), keeper, time.Date(2026, 9, 22, 9, 0, 0, 0, calendar.Zone))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Apply(m, next); err != nil {
		t.Fatal(err)
	}
	if got := c.Promised.Due(year2026(t)).Day; got >= due || c.Edition != e.Number || len(c.Flow.Open) != work {
		t.Errorf("due %s, was %s; edition %d; %d pieces of work, were %d", got, due, c.Edition, len(c.Flow.Open), work)
	}
	if _, err := c.Weigh(next, next, year2026(t), keeper, time.Now()); fault.Code(err) != "cases.weigh.twice" {
		t.Errorf("weighed twice: %v", err)
	}
	if _, err := c.Weigh(old, next, year2026(t), casestest.WangFang, time.Now()); fault.Of(err) != fault.Forbidden {
		t.Errorf("a clerk weighs: %v", err)
	}
}

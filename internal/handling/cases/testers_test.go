package cases_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// tested is an accepted case whose decision rests on a test by technical standards.
func tested(t *testing.T) (*cases.Case, func(cases.Moved, error) string, time.Time) {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	e := casestest.Permit()
	e.Special = append(e.Special, items.Special{Name: "设备检验", Kind: items.Testing, Limit: clock.Limit{N: 10, Unit: clock.WorkingDays}, Technical: true})
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	f, c, at := cases.Frame{Edition: e, Procedure: p}, &cases.Case{}, calendar.Parse("2026-03-02").Start().Add(10*time.Hour)
	does := func(m cases.Moved, err error) string {
		t.Helper()
		if err != nil {
			return fault.Code(err)
		}
		if err := c.Apply(m, f); err != nil {
			t.Fatal(err)
		}
		c.Head.Seq = m.Seq
		return ""
	}
	does(cases.Receive("c", cases.Application{Item: e.Item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Materials: []cases.Handed{{Material: "id", Paper: true}, {Material: "plan", Paper: true}},
	}, e, casestest.LiMin, calendar.DayOf(at), at))
	if code := does(c.Accept(e, nil, nil, days, casestest.WangFang, at)); code != "" {
		t.Fatal(code)
	}
	if due := c.TestersTime().Due(days).Day.String(); due != "2026-03-09" {
		t.Fatalf("to be assigned by %s", due)
	}
	return c, does, at
}

// C12, 行政许可法第五十五条.
func TestTwoOfTheAgencyTestBeforeAnythingIsGranted(t *testing.T) {
	c, does, at := tested(t)
	e := casestest.Permit()
	e.Special = append(e.Special, items.Special{Name: "设备检验", Kind: items.Testing, Technical: true})
	two := []identity.Actor{casestest.ZhouHai, casestest.LiQian}
	fit := cases.Tested{Result: cases.ClearlyFit, Text: "按标准逐项检验"}
	for _, step := range []struct {
		name, code string
		do         func() (cases.Moved, error)
	}{
		{"nothing is granted untested", "cases.settle.item", func() (cases.Moved, error) { return c.Settle(e, casestest.ZhaoGang, at) }},
		{"no result before anybody is assigned", "cases.note-test.unassigned", func() (cases.Moved, error) { return c.NoteTest(fit, casestest.ZhouHai, at) }},
		{"no test before anybody is assigned", "cases.open-special.testers", func() (cases.Moved, error) { return c.OpenSpecial(e, "设备检验", "检验", casestest.ZhouHai, at) }},
		{"one is too few", "cases.assign-testers.two", func() (cases.Moved, error) { return c.AssignTesters(two[:1], casestest.ZhaoGang, at) }},
		{"one named twice is one", "cases.assign-testers.two", func() (cases.Moved, error) {
			return c.AssignTesters([]identity.Actor{two[0], two[0]}, casestest.ZhaoGang, at)
		}},
		{"of another agency", "cases.assign-testers.post", func() (cases.Moved, error) {
			return c.AssignTesters([]identity.Actor{two[0], casestest.ElseBureau}, casestest.ZhaoGang, at)
		}},
		{"the window does not assign", "cases.assign-testers.role", func() (cases.Moved, error) { return c.AssignTesters(two, casestest.WangFang, at) }},
		{"two are", "", func() (cases.Moved, error) { return c.AssignTesters(two, casestest.ZhaoGang, at) }},
		{"the test begins", "", func() (cases.Moved, error) { return c.OpenSpecial(e, "设备检验", "检验", casestest.ZhouHai, at) }},
		{"it is ended by its result", "cases.close-special.test", func() (cases.Moved, error) {
			return c.CloseSpecial("s1", cases.SpecialEnd{Result: "合格"}, casestest.ZhouHai, at)
		}},
		{"which another does not write", "cases.note-test.tester", func() (cases.Moved, error) { return c.NoteTest(fit, casestest.ZhaoGang, at) }},
		{"fit or not", "cases.note-test.result", func() (cases.Moved, error) { return c.NoteTest(cases.Tested{Text: "好"}, casestest.LiQian, at) }},
		{"the result", "", func() (cases.Moved, error) { return c.NoteTest(fit, casestest.LiQian, at) }},
		{"it is not tested again", "cases.assign-testers.done", func() (cases.Moved, error) { return c.AssignTesters(two, casestest.ZhaoGang, at) }},
		{"what is clearly fit is granted on the spot", "", func() (cases.Moved, error) { return c.Settle(e, casestest.ZhaoGang, at) }},
	} {
		if code := does(step.do()); code != step.code {
			t.Errorf("%s: %q, want %q", step.name, code, step.code)
		}
	}
	if c.State != cases.Granted || c.Clock().Paused() || c.TestersTime().Running() {
		t.Errorf("%s %+v", c.State, c.Testers)
	}
}

// What is unfit cannot be granted, by whatever way.
func TestWhatIsUnfitIsDenied(t *testing.T) {
	c, does, at := tested(t)
	does(c.AssignTesters([]identity.Actor{casestest.ZhouHai, casestest.LiQian}, casestest.ZhouHai, at))
	does(c.NoteTest(cases.Tested{Result: cases.Unfit, Text: "不符合标准"}, casestest.ZhouHai, at))
	for len(c.Flow.Open) > 1 || !c.Flow.Open[0].Decides {
		if code := does(c.Review(c.Flow.Open[0].ID, "同意", "", casestest.ZhouHai, at)); code != "" {
			t.Fatal(code)
		}
	}
	work, p := c.Flow.Open[0].ID, casestest.Permit()
	proc, _ := flow.Compile(p.Procedure)
	f := cases.Frame{Edition: p, Procedure: proc}
	if code := does(c.Decide(f, work, cases.Ruling{Grant: true}, casestest.ZhaoGang, at)); code != "cases.decide.failed" {
		t.Errorf("granted: %q", code)
	}
	if code := does(c.Decide(f, work, cases.Ruling{Reason: "检验不合格", Basis: "技术标准"}, casestest.ZhaoGang, at)); code != "" {
		t.Errorf("not denied: %q", code)
	}
}

package cases_test

import (
	"slices"
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

// C7, 行政许可法第四十三条: the lower agency has its own time, the upper one's begins
// when the file comes up, and a change of the calendar moves either (C12 too).
func TestTheUpperAgencysTimeBeginsWhenTheFileComesUp(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	e := casestest.Permit()
	e.Special = append(e.Special, items.Special{Name: "设备检验", Kind: items.Testing, Limit: clock.Limit{N: 10, Unit: clock.WorkingDays}, Technical: true})
	e.FirstReview = items.FirstReview{Step: "lower", AgencyName: "某县应急管理局"}
	e.Procedure = flow.FromSteps("p", "两级", []flow.Step{
		{ID: "lower", Name: "县级初审", Post: "审查岗", Role: identity.Reviewer, Agency: "other"},
		{ID: "decide", Name: "决定", Post: "审批岗", Role: identity.Approver, Decides: true},
	})
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	c, f := &cases.Case{}, cases.Frame{Edition: e, Procedure: p}
	at := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	try := func(want string) func(cases.Moved, error) {
		return func(m cases.Moved, err error) {
			t.Helper()
			if want == "" && err != nil || want != "" && fault.Code(err) != want {
				t.Fatalf("want %q: %v", want, err)
			}
			if err != nil {
				return
			}
			if err := c.Apply(m, f); err != nil {
				t.Fatal(err)
			}
			c.Head.Seq = m.Seq
		}
	}
	try("")(cases.Receive("c", cases.Application{Item: e.Item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Materials: []cases.Handed{{Material: "id", Paper: true}, {Material: "plan", Paper: true}},
	}, e, casestest.LiMin, calendar.DayOf(at), at))
	try("")(c.Accept(e, nil, nil, days, casestest.WangFang, at))
	running := func() (names []string) {
		for _, one := range c.Running() {
			names = append(names, one.Name)
		}
		return names
	}
	if got := running(); !slices.Equal(got, []string{clock.FirstReview.Name, clock.Inspection.Name}) || !c.Below() || c.DueDay(days).String() != "2026-03-30" {
		t.Fatalf("running %v, due %s", got, c.DueDay(days))
	}
	y := days.Years()[len(days.Years())-1]
	y.Days = append(slices.Clone(y.Days), calendar.Entry{Name: "防汛", Date: calendar.Parse("2026-03-04"), Off: true})
	for _, one := range c.Running() {
		if now, then := one.Clock.Due(days).Day, one.Clock.Due(days.With(y)).Day; then != now+1 {
			t.Errorf("%s: %s, with another day off %s", one.Name, now, then)
		}
	}
	try("")(c.AssignTesters([]identity.Actor{casestest.ZhouHai, casestest.LiQian}, casestest.ZhouHai, at))
	try("")(c.OpenSpecial(e, "设备检验", "看设备", casestest.ZhouHai, at))
	if !c.LowerTime().Paused() {
		t.Error("the lower agency's time runs on while the equipment is tested")
	}
	work := c.Flow.Open[0].ID
	review := func() (cases.Moved, error) {
		m, err := c.Review(work, "同意", "", casestest.ElseBureau, at)
		if err != nil {
			return m, err
		}
		return c.SendUp(m, f)
	}
	try("cases.review.special")(review())
	at = at.AddDate(0, 0, 1)
	try("")(c.NoteTest(cases.Tested{Result: cases.ClearlyFit, Text: "符合 GB 1"}, casestest.ZhouHai, at))
	try("cases.settle.below")(c.Settle(e, casestest.ZhaoGang, at))
	at = at.AddDate(0, 0, 1)
	try("")(review())
	paper := c.Papers[len(c.Papers)-1]
	if paper.Kind != cases.SentUp || paper.Agency != "other" || c.Below() || c.LowerTime().Running() {
		t.Errorf("went up with %+v: %+v", paper, c.FirstReview)
	}
	if got := running(); !slices.Equal(got, []string{"法定时限", "承诺时限"}) || c.Statutory.Started != clock.At(at) || c.Began() != c.LowerTime().Started {
		t.Errorf("running %v since %s", got, c.Statutory.Started.Time())
	}
	if n := len(c.Stood()); n != 1 {
		t.Errorf("%d times that do not count", n)
	}
}

package aid

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendartest"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

const city = "320300000000"

var (
	friday = calendar.Parse("2026-09-18").Start().Add(10 * time.Hour)
	limin  = identity.Actor{Account: "limin", Name: "李敏", Party: "p1"}
	clerk  = staff("w1", identity.Window, "xz-centre", city)
	second = staff("w2", identity.Window, "xz-centre", city)
	market = staff("m1", identity.Reviewer, "xz-market", city)
	fire   = staff("f1", identity.Reviewer, "xz-fire", city)
	watch  = staff("s1", identity.Supervisor, "xz-gov", city)
	county = staff("c1", identity.Window, "yl-centre", "320303000000")
)

func staff(account string, role identity.Role, agency, region string) identity.Actor {
	return identity.Actor{Account: account, Name: account, Posts: []identity.Post{{Role: role, Agency: agency, Region: region}}}
}

func matter(t *testing.T) Matter {
	t.Helper()
	m, err := Register(Matter{ID: "38g0w8z0p001mpvm", Kind: Stuck, Party: "p1", Name: "李敏", Text: "跑了三次", Region: city}, shipped, calendartest.Week{}, limin, friday)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRegister(t *testing.T) {
	for _, tt := range []struct {
		name string
		m    Matter
		path string
	}{
		{"sound", Matter{Kind: Stuck, Party: "p1", Text: "x"}, ""},
		{"without a word", Matter{Kind: Stuck, Party: "p1", Text: " \n"}, "text"},
		{"a long story", Matter{Kind: Stuck, Party: "p1", Text: strings.Repeat("长", 2001)}, "text"},
		{"of no kind", Matter{Kind: "x", Party: "p1", Text: "x"}, "kind"},
		{"of somebody unknown without a telephone", Matter{Kind: Agent, Name: "王大爷", Text: "x"}, "name"},
		{"of somebody unknown", Matter{Kind: Agent, Name: "王大爷", Phone: "13900000000", Text: "x"}, ""},
	} {
		_, err := Register(tt.m, shipped, calendartest.Week{}, limin, friday)
		if f := fault.Fields(err); tt.path == "" && err != nil || tt.path != "" && (len(f) != 1 || f[0].Path != tt.path) {
			t.Errorf("%s: %v %v", tt.name, err, f)
		}
	}
	m, _ := Register(Matter{Kind: Stuck, Party: "p1", Text: "x"}, shipped, calendartest.Week{}, clerk, friday)
	if m.First.Account != "w1" || m.Due != calendar.Parse("2026-09-21") {
		t.Errorf("first heard by %v, due %s", m.First, m.Due)
	}
}

// The whole way of a matter that was not solved at first.
func TestAMatterUntilItsEnd(t *testing.T) {
	m := matter(t)
	for i, step := range []struct {
		act   Act
		done  Done
		by    identity.Actor
		after time.Duration
		code  string
		state State
		due   string
	}{
		{Note, Done{Say: "x"}, clerk, 0, "aid.note.state", Open, "2026-09-21"},
		{Take, Done{}, clerk, 0, "aid.take.check", Open, "2026-09-21"},
		{Take, Done{Class: Policy}, county, 0, "aid.act.authority", Open, "2026-09-21"},
		{Take, Done{Class: Policy}, clerk, 0, "", Taken, "2026-09-25"},
		{Answer, Done{Say: "x", Cause: Causes[0]}, second, 0, "aid.answer.assignee", Taken, "2026-09-25"},
		{Assign, Done{}, clerk, 0, "aid.assign.check", Taken, "2026-09-25"},
		{Assign, Done{Agency: "xz-market"}, clerk, 24 * time.Hour, "", Open, "2026-09-21"},
		{Take, Done{Class: Hard}, fire, 24 * time.Hour, "aid.act.authority", Open, "2026-09-21"},
		{Take, Done{Class: Several}, market, 72 * time.Hour, "", Taken, "2026-09-28"},
		{Answer, Done{Say: "x", Cause: "天气"}, market, 72 * time.Hour, "aid.answer.check", Taken, "2026-09-28"},
		{Answer, Done{Say: "已与规划核对", Cause: Causes[2]}, market, 72 * time.Hour, "", Answered, "2026-09-22"},
		{Confirm, Done{Solved: true}, market, 72 * time.Hour, "aid.confirm.self", Answered, "2026-09-22"},
		{Withdraw, Done{}, limin, 72 * time.Hour, "aid.withdraw.state", Answered, "2026-09-22"},
		{Confirm, Done{}, limin, 72 * time.Hour, "", Taken, "2026-09-28"},
		{Answer, Done{Say: "已办好", Cause: Causes[2]}, market, 96 * time.Hour, "", Answered, "2026-09-23"},
		{Confirm, Done{Solved: true}, second, 96 * time.Hour, "", Closed, ""},
		{Take, Done{Class: Hard}, clerk, 96 * time.Hour, "aid.take.state", Closed, ""},
	} {
		after, err := m.Do(step.act, step.done, shipped, calendartest.Week{}, step.by, friday.Add(step.after))
		if got := fault.Code(err); err != nil && got != step.code || err == nil && step.code != "" {
			t.Fatalf("step %d, %s: %v, want %s", i, step.act, err, step.code)
		}
		m = after
		if m.State != step.state || step.due != "" && m.Due.String() != step.due {
			t.Fatalf("step %d, %s: %s due %s, want %s due %s", i, step.act, m.State, m.Due, step.state, step.due)
		}
	}
	if m.First.Account != "w1" || len(m.Log) != 8 {
		t.Errorf("first heard by %v, %d lines: %v", m.First, len(m.Log), m.Log)
	}
}

func TestWhoSeesAMatter(t *testing.T) {
	m := matter(t)
	m.Agency = "xz-market"
	for _, tt := range []struct {
		by   identity.Actor
		sees bool
	}{{limin, true}, {clerk, true}, {watch, true}, {market, true}, {fire, false}, {county, false}, {identity.Actor{Account: "x", Party: "p2"}, false}, {identity.Actor{}, false}} {
		if got := m.Sees(tt.by); got != tt.sees {
			t.Errorf("%s sees it: %v", tt.by.Account, got)
		}
	}
}

// Whatever anybody does in whatever order: what is offered is possible, what is
// not offered is refused, an ended matter stays ended, and nothing leaves the log.
func TestAnyActsByAnybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, _ := Register(Matter{ID: "x", Kind: rapid.SampledFrom([]Kind{Stuck, Helped}).Draw(t, "kind"), Party: "p1", Text: "x", Region: city}, shipped, calendartest.Week{}, limin, friday)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			by := rapid.SampledFrom([]identity.Actor{limin, clerk, second, market, watch, fire}).Draw(t, "by")
			act := rapid.SampledFrom([]Act{Take, Assign, Note, Answer, Decline, Confirm, Withdraw}).Draw(t, "act")
			offered := m.Acts(by)
			after, err := m.Do(act, Done{Say: "x", Class: Policy, Cause: Causes[0], Agency: "xz-market", Solved: rapid.Bool().Draw(t, "solved")}, shipped, calendartest.Week{}, by, friday)
			again := act == Take && m.State == Taken && m.Assignee.Account == by.Account // possible, and of no use
			switch {
			case err == nil && !has(offered, act) && !again:
				t.Fatalf("%s by %s was not offered and is done", act, by.Account)
			case err != nil && has(offered, act):
				t.Fatalf("%s by %s was offered and is refused: %v", act, by.Account, err)
			case err == nil && m.State.Over():
				t.Fatalf("%s of what has ended", act)
			case err == nil && len(after.Log) != len(m.Log)+1:
				t.Fatalf("%s leaves %d lines after %d", act, len(after.Log), len(m.Log))
			}
			m = after
		}
	})
}

func has(all []Act, one Act) bool {
	for _, a := range all {
		if a == one {
			return true
		}
	}
	return false
}

package aid

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendartest"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Somebody acts for a person who has let them, for what and as long as was written down.
func TestNobodyActsForAPersonWithoutAMandate(t *testing.T) {
	today := calendar.DayOf(friday)
	taken := func(kind Kind) Matter {
		m, err := Register(Matter{ID: "38g0w8z0p001mpvm", Kind: kind, Party: "p1", Name: "周德顺", Text: "腿脚不便", Region: city}, shipped, calendartest.Week{}, identity.Actor{Account: "old", Party: "p1"}, friday)
		if err == nil {
			m, err = m.Do(Take, Done{}, shipped, calendartest.Week{}, clerk, friday)
		}
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	scope := Done{Say: "代为提出申请、领取结果", Until: today + 30, Paper: true}
	with := func(change func(*Done)) Done { d := scope; change(&d); return d }
	old := identity.Actor{Account: "old", Party: "p1"}
	for _, tt := range []struct {
		name string
		kind Kind
		d    Done
		by   identity.Actor
		code string
	}{
		{"on paper", Agent, scope, clerk, ""}, {"by the person online", Agent, with(func(d *Done) { d.Paper = false }), old, ""},
		{"of which no paper is kept", Agent, with(func(d *Done) { d.Paper = false }), clerk, "aid.entrust.check"},
		{"until yesterday", Agent, with(func(d *Done) { d.Until = today - 1 }), clerk, "aid.entrust.check"},
		{"for anything", Agent, with(func(d *Done) { d.Say = " " }), clerk, "aid.entrust.check"},
		{"to somebody else", Agent, scope, second, "aid.answer.assignee"},
		{"where nobody acts for anybody", Helped, scope, clerk, "aid.entrust.kind"},
	} {
		_, err := taken(tt.kind).Do(Entrust, tt.d, shipped, calendartest.Week{}, tt.by, friday)
		if fault.Code(err) != tt.code && (err != nil || tt.code != "") {
			t.Errorf("a mandate %s: %v, want %s", tt.name, err, tt.code)
		}
	}
	m := taken(Agent)
	_, none := m.Do(Entrust, Done{}, shipped, calendartest.Week{}, clerk, friday)
	if all := fault.Fields(none); len(all) != 3 {
		t.Errorf("what is missing of an empty mandate is not told at once: %v", all)
	}
	answer := func(m Matter, by identity.Actor, at time.Time) string {
		_, err := m.Do(Answer, Done{Say: "办好了"}, shipped, calendartest.Week{}, by, at)
		return fault.Code(err)
	}
	if code := answer(m, clerk, friday); code != "aid.answer.mandate" {
		t.Errorf("without one: %q", code)
	}
	m, err := m.Do(Entrust, scope, shipped, calendartest.Week{}, clerk, friday)
	if err != nil || m.Log[len(m.Log)-1].Say != "委托w1代为提出申请、领取结果，到2026年10月18日为止，留存授权委托书" {
		t.Fatalf("%v %+v", err, m.Log)
	}
	if _, err := m.Do(Answer, Done{Say: "办好了"}, shipped, calendartest.Week{}, clerk, friday); err != nil {
		t.Errorf("with one: %v", err)
	}
	if !m.Files(clerk, today) || m.Files(clerk, today+31) || m.Files(second, today) || taken(Agent).Files(clerk, today) {
		t.Error("whoever has the mandate files while it counts, and nobody else")
	}
	if !taken(Helped).Files(clerk, today) {
		t.Error("a companion files beside the person")
	}
	if code := answer(m, clerk, friday.AddDate(0, 0, 31)); code != "aid.answer.mandate" {
		t.Errorf("after its last day: %q", code)
	}
	other, err := m.Do(Take, Done{}, shipped, calendartest.Week{}, second, friday)
	if err != nil || other.Entrusted(today) {
		t.Errorf("who took it over has the mandate of the one before (%v)", err)
	}
}

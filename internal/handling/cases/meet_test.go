package cases_test

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// What is granted on a word about conditions to come is not to be made use of before
// they are shown and confirmed (国办发〔2020〕42号).
func TestConditionsThatAreMetLater(t *testing.T) {
	w := newWorld(t, onLater())
	s := w.filed(cases.Word{Licence: true, Later: true, Signed: casestest.SignedBy("李敏")}, []string{"id", "plan"})
	do := func(m cases.Moved, err error) {
		t.Helper()
		if err == nil {
			s, err = w.after(s, m)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	do(s.Accept(w.frame.Edition, nil, nil, w.days, casestest.WangFang, s.now))
	do(s.Settle(w.frame.Edition, casestest.ZhaoGang, s.now))
	by := s.Check.MeetBy(w.days)
	if !s.NotYet() || !s.Check.Awaits() || by != calendar.Parse("2026-03-16") || !strings.Contains(s.MeetSays(w.days), "2026年3月16日以前达到全部条件") {
		t.Fatalf("%v %s %s", s.NotYet(), by, s.MeetSays(w.days))
	}
	for _, tt := range []struct {
		name string
		x    cases.Shown
		code string
	}{
		{"nothing is said", cases.Shown{Files: []cases.File{{Hash: "f"}}}, "say required"},
		{"nothing is shown", cases.Shown{Say: "已装好"}, "files required"},
		{"on paper, but not at a window", cases.Shown{Say: "已装好", Paper: true}, "files required"},
	} {
		_, err := s.ShowMet(tt.x, casestest.LiMin, s.now)
		if f := fault.Fields(err); len(f) != 1 || f[0].Path+" "+f[0].Code != tt.code {
			t.Errorf("%s: %v %v", tt.name, err, f)
		}
	}
	gone := *s.Case
	gone.Later = &cases.Later{Kind: cases.Cancelling, Done: true, Granted: true}
	if gone.Alarm(w.days) != 0 || len(gone.Owes(w.days)) != 0 {
		t.Errorf("what was granted is cancelled, and its conditions are still to be met by %s", gone.Alarm(w.days).Day())
	}
	early := cases.Found{Result: cases.PledgeUnmet, Reason: "还没有装好", Evidence: []cases.File{{Hash: "f"}}}
	if _, err := s.CheckPledge(w.frame.Edition, early, nil, w.days, casestest.ZhouHai, s.now); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Code != "early" {
		t.Errorf("before its day it is to be put right: %v", err)
	}
	missed := s
	do(s.ShowMet(cases.Shown{Say: "已装好", Paper: true}, casestest.WangFang, s.now))
	if s.Check.Awaits() || !s.NotYet() {
		t.Error("what is shown is taken for confirmed, or for nothing")
	}
	if m, err := s.CheckPledge(w.frame.Edition, early, nil, w.days, casestest.ZhouHai, s.now); err != nil || m.Found.Mend != by {
		t.Errorf("shown early and not met, it is to be put right by %s, not by %s (%v)", m.Found.Mend, by, err)
	}
	do(s.CheckPledge(w.frame.Edition, cases.Found{Result: cases.PledgeTrue, Reason: "现场核对一致"}, nil, w.days, casestest.ZhouHai, s.now))
	if s.NotYet() || s.ToBeShown() || !strings.Contains(s.MeetSays(w.days), "自2026年3月2日起可以经营") {
		t.Errorf("confirmed, and still %s", s.MeetSays(w.days))
	}
	if _, err := s.ShowMet(cases.Shown{Say: "又装", Paper: true}, casestest.WangFang, s.now); fault.Code(err) != "cases.show-met.none" {
		t.Errorf("shown again: %v", err)
	}
	s = missed
	var acts []cases.Act
	for range 3 {
		s.now = s.Alarm(w.days).Time()
		do(s.Ring(w.frame.Edition, w.days, s.now))
		acts = append(acts, s.facts[len(s.facts)-1].Act)
	}
	if last := s.facts[len(s.facts)-1]; acts[0] != cases.RemindMet || acts[1] != cases.RemindMet || acts[2] != cases.MissMet || calendar.DayOf(s.now) != by+1 ||
		last.Later == nil || last.Later.Kind != cases.Annulling || !s.Later.Pending() || !s.NotYet() {
		t.Errorf("its day passes: %v on %s, %+v", acts, calendar.DayOf(s.now), last.Later)
	}
}

func TestConditionsAreMetLaterOnlyWhereTheItemSaysSo(t *testing.T) {
	for _, tt := range []struct {
		name  string
		later clock.Limit
		word  cases.Word
		ok    bool
	}{
		{"all conditions, within its time", clock.Limit{N: 6, Unit: clock.Months}, cases.Word{Licence: true, Later: true}, true},
		{"an item that wants them met", clock.Limit{}, cases.Word{Licence: true, Later: true}, false},
		{"a proof instead of the licence", clock.Limit{N: 6, Unit: clock.Months}, cases.Word{Later: true, Materials: []string{"plan"}}, false},
	} {
		e := onPledge()
		e.Pledge.Later = tt.later
		for i := range e.Materials {
			e.Materials[i].Promisable = true
		}
		tt.word.Signed = casestest.SignedBy("李敏")
		err := cases.CheckWord(e, nil, tt.word)
		if (err == nil) != tt.ok || err != nil && fault.Fields(err)[0].Path != "later" {
			t.Errorf("%s: %v", tt.name, fault.Fields(err))
		}
	}
	if (items.PledgeRules{}).LaterSay() != "" {
		t.Error("says something where nothing may be met later")
	}
}

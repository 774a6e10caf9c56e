package credit_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/register/credit"
)

func shipped(t testing.TB) credit.Rules {
	t.Helper()
	text, err := data.Credit.ReadFile("credit.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := credit.ReadRules(text)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

var (
	today = calendar.Parse("2026-09-21")
	lapse = credit.Record{ID: "r1", Party: "p1", Kind: credit.LapsedPromise, State: credit.Valid, Agency: "scjg", Region: "320300000000", On: today - 10, Until: today + 300, Repair: today + 80}
	good  = credit.Record{ID: "r4", Kind: credit.Graded, Grade: credit.GradeA, State: credit.Valid, Until: today + 1}
	lie   = credit.Record{ID: "r2", Party: "p1", Kind: credit.BrokenPledge, State: credit.Valid, Agency: "scjg", Region: "320300000000", On: today - 200, Until: today + 300, Repair: today - 20}
)

func with(r credit.Record, change func(*credit.Record)) credit.Record { change(&r); return r }

func TestWhoseWordIsTaken(t *testing.T) {
	rules := shipped(t)
	for _, tt := range []struct {
		name    string
		records []credit.Record
		grade   credit.Grade
		deferOK bool
		pledge  bool
	}{
		{"nothing on record", nil, credit.GradeB, true, true},
		{"a promise that lapsed closes only deferral", []credit.Record{lapse}, credit.GradeC, false, true},
		{"a pledge that was untrue closes pledging by itself", []credit.Record{lie}, credit.GradeC, false, false},
		{"two records close both", []credit.Record{lapse, with(lapse, func(r *credit.Record) { r.ID = "r3" })}, credit.GradeD, false, false},
		{"what is repaired does not count", []credit.Record{with(lie, func(r *credit.Record) { r.State = credit.Repaired })}, credit.GradeB, true, true},
		{"what was wrong does not count", []credit.Record{with(lapse, func(r *credit.Record) { r.State = credit.Removed })}, credit.GradeB, true, true},
		{"while an objection waits it counts", []credit.Record{with(lapse, func(r *credit.Record) { r.State = credit.Objected })}, credit.GradeC, false, true},
		{"on its last day it counts", []credit.Record{with(lapse, func(r *credit.Record) { r.Until = today })}, credit.GradeC, false, true},
		{"a good grade from elsewhere counts where nothing is on record", []credit.Record{good}, credit.GradeA, true, true},
		{"and does not make up for what was not kept", []credit.Record{good, lapse}, credit.GradeC, false, true},
		{"a bad one counts by itself, until it ends", []credit.Record{with(good, func(r *credit.Record) { r.Grade = credit.GradeD }), good}, credit.GradeD, false, false},
		{"one that was objected to with right does not", []credit.Record{with(good, func(r *credit.Record) { r.State = credit.Removed })}, credit.GradeB, true, true},
		{"the day after it does not", []credit.Record{with(lapse, func(r *credit.Record) { r.Until = today - 1 })}, credit.GradeB, true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := rules.GradeOf(tt.records, today); got != tt.grade {
				t.Errorf("grade %s, want %s", got, tt.grade)
			}
			if err := rules.MayPromise(tt.records, credit.Deferral, today); (err == nil) != tt.deferOK {
				t.Errorf("deferral: %v", err)
			}
			if err := rules.MayPromise(tt.records, credit.Pledging, today); (err == nil) != tt.pledge {
				t.Errorf("pledging: %v", err)
			}
		})
	}
}

func TestObjectionAndRepair(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	rules, at := shipped(t), today.Start().Add(10*time.Hour)
	self := identity.Actor{Account: "u1", Name: "李敏", Party: "p1"}
	agent := identity.Actor{Account: "u2", Name: "某人", Party: "p1", Scope: []string{"food-permit"}}
	stranger := identity.Actor{Account: "u3", Name: "张三", Party: "p3"}
	head := identity.Actor{Account: "u4", Name: "孙立", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Head}}}
	other := identity.Actor{Account: "u5", Name: "外局", Posts: []identity.Post{{Agency: "other", Region: "320300000000", Role: identity.Head}}}
	window := identity.Actor{Account: "u6", Name: "窗口", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Window}}}

	plead := func(r credit.Record, kind credit.PleaKind, text string, by identity.Actor) string {
		if _, err := r.Plead(kind, text, rules, days, by, at); err != nil {
			return fault.Code(err)
		}
		return ""
	}
	for _, tt := range []struct{ name, got, want string }{
		{"a stranger learns nothing", plead(lapse, credit.Objection, "不对", stranger), "credit.none"},
		{"an agent for one item may not", plead(lapse, credit.Objection, "不对", agent), "credit.plead.mandate"},
		{"no reason", plead(lapse, credit.Objection, "  ", self), "credit.text.required"},
		{"repair too early", plead(lapse, credit.Repairs, "已补交", self), "credit.plead.early"},
		{"objection at any time", plead(lapse, credit.Objection, "当天停电", self), ""},
		{"repair when the time has come", plead(lie, credit.Repairs, "已整改", self), ""},
		{"once at a time", plead(with(lie, func(r *credit.Record) { r.State = credit.Objected }), credit.Repairs, "已整改", self), "credit.plead.waiting"},
		{"not when it is over", plead(with(lie, func(r *credit.Record) { r.State = credit.Repaired }), credit.Repairs, "已整改", self), "credit.plead.over"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}

	r := lie
	n, err := r.Plead(credit.Repairs, "已整改到位", rules, days, self, at)
	if err != nil || n.Plea.Due <= today {
		t.Fatalf("%v, due %s", err, n.Plea.Due)
	}
	r.Apply(n)
	for name, by := range map[string]identity.Actor{"another agency": other, "a window": window, "the subject": self} {
		if _, err := r.Answer(true, "同意", by, at); fault.Code(err) != "credit.answer.role" {
			t.Errorf("%s answers: %v", name, err)
		}
	}
	head.Party = "p1"
	if _, err := r.Answer(true, "同意", head, at); fault.Code(err) != "credit.answer.own" {
		t.Errorf("one's own plea: %v", err)
	}
	head.Party = ""
	n, err = r.Answer(true, "核实已经整改", head, at)
	if err != nil {
		t.Fatal(err)
	}
	if r.Apply(n); r.State != credit.Repaired || r.Counts(today) || r.Pleas[0].Answer != "核实已经整改" {
		t.Errorf("after repair: %+v", r)
	}
	if _, err := r.Answer(true, "再来", head, at); fault.Code(err) != "credit.answer.none" {
		t.Errorf("answered twice: %v", err)
	}
}

// Whatever is asked and answered in whatever order, a record is what its facts
// say, and counts only while nobody repaired or removed it.
func TestARecordIsWhatItsFactsSay(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	rules := shipped(t)
	self := identity.Actor{Account: "u1", Name: "李敏", Party: "p1"}
	head := identity.Actor{Account: "u4", Name: "孙立", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Head}}}
	rapid.Check(t, func(t *rapid.T) {
		first := lie
		r, facts := credit.Record{}, []credit.Noted{{ID: "r2", Act: credit.Entered, Record: &first}}
		r.Apply(facts[0])
		at := today.Start()
		for range rapid.IntRange(0, 12).Draw(t, "acts") {
			at = at.Add(time.Hour)
			var n credit.Noted
			var err error
			if rapid.Bool().Draw(t, "subject") {
				n, err = r.Plead(rapid.SampledFrom([]credit.PleaKind{credit.Objection, credit.Repairs}).Draw(t, "kind"), "理由", rules, days, self, at)
			} else {
				n, err = r.Answer(rapid.Bool().Draw(t, "grant"), "答复", head, at)
			}
			if err == nil {
				r.Apply(n)
				facts = append(facts, n)
			} else if fault.Of(err) == fault.Internal {
				t.Fatal(err)
			}
		}
		again := credit.Record{}
		for _, n := range facts {
			again.Apply(n)
		}
		got, _ := json.Marshal(again)
		want, _ := json.Marshal(r)
		if string(got) != string(want) {
			t.Fatalf("%s\n%s", got, want)
		}
		if _, waits := r.Waiting(); waits != (r.State == credit.Objected || r.State == credit.Repairing) {
			t.Fatalf("%s, waiting %v", r.State, waits)
		}
	})
}

func TestRulesThatNobodyCouldLiveWithAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":              "{}",
		"no term":              "count: {lapsed-promise: 0, broken-pledge: 1}",
		"repair after the end": "count: {lapsed-promise: 1, broken-pledge: 1}\nrepair: {lapsed-promise: 2, broken-pledge: 0}",
		"an unknown word":      "grade: {}",
		"no grades":            "count: {lapsed-promise: 1, broken-pledge: 1}\nanswer: {objection: 1, repair: 1}\nworst: 1",
	} {
		if _, err := credit.ReadRules([]byte(text)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func FuzzReadRules(f *testing.F) {
	text, _ := data.Credit.ReadFile("credit.yaml")
	f.Add(text)
	f.Fuzz(func(t *testing.T, text []byte) {
		if r, err := credit.ReadRules(text); err == nil && (len(r.Grades) < 4 || r.Worst < 1) {
			t.Errorf("taken: %+v", r)
		}
	})
}

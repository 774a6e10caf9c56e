package supervision

import (
	"context"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

var noon = time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)

// near answers with as many other cases as the time has seconds.
type near struct{ AlarmStore }

func (near) Decided(_ context.Context, ids []cases.ID, within time.Duration) (map[cases.ID][]Decider, error) {
	return map[cases.ID][]Decider{ids[0]: {{Account: "a", At: noon, Others: int(within.Seconds())}}}, nil
}

func TestEachRuleCountsWithinItsOwnTime(t *testing.T) {
	rules, err := ReadAlarms([]byte(`
- {id: some, name: 成批决定, level: 黄牌, watch: decided-at-once, many: {cases: 6, seconds: 5}, after: 10个工作日, tell: [{to: head}]}
- {id: many, name: 成批决定, level: 红牌, watch: decided-at-once, many: {cases: 31, seconds: 30}, after: 10个工作日, tell: [{to: head}]}
- {id: more, name: 成批决定, level: 红牌, watch: decided-at-once, many: {cases: 32, seconds: 30}, after: 10个工作日, tell: [{to: head}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{Alarms: rules, AlarmStore: near{}}
	aside, err := s.aside(t.Context(), []cases.ID{"c"})
	if err != nil {
		t.Fatal(err)
	}
	found := ""
	for _, a := range rules.Standing(aside.of(Sight{Case: &cases.Case{ID: "c"}, Now: noon, Days: days(t)})) {
		found += a.Rule + " "
	}
	if found != "some many " {
		t.Errorf("%q stand", found)
	}
}

// Who decides a hundred cases in a moment is told of once to each who must know, not
// a hundred times; everybody else's alarms are told each.
func TestABulkOfDecisionsIsToldOnce(t *testing.T) {
	rules, err := ReadAlarms([]byte(`
- {id: bulk, name: 成批决定, level: 黄牌, watch: decided-at-once, many: {cases: 3, seconds: 5}, after: 10个工作日, tell: [{to: head}, {to: supervisor}]}
- {id: asked, name: 多次告知补正, level: 黄牌, watch: asked-twice, tell: [{to: head}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	raised := func(id cases.ID, rule, thing, say string, notices ...Notice) Outcome {
		o := Outcome{Case: id, Raised: []Raised{{Alarm: Alarm{Rule: rule, Thing: thing, Say: say}, Case: id}}}
		for i, n := range notices {
			n.ID, n.Case, n.Rule, n.Say = string(id)+string(rune('a'+i)), id, rule, say
			o.Notices = append(o.Notices, n)
		}
		return o
	}
	head, other, supervisor := Notice{Role: identity.Head, Agency: "market"}, Notice{Role: identity.Head, Agency: "fire"}, Notice{Role: identity.Supervisor, Region: "320300000000"}
	all := []Outcome{
		raised("1", "bulk", "u-a", "甲至少决定了3件", head, supervisor),
		raised("2", "bulk", "u-a", "甲至少决定了4件", head, supervisor),
		raised("3", "bulk", "u-a", "甲至少决定了4件", other, supervisor), // of another agency's case
		raised("4", "bulk", "u-b", "乙至少决定了3件", head, supervisor),
		raised("5", "asked", "2", "已经告知补正2次", head),
		raised("6", "asked", "2", "已经告知补正2次", head),
	}
	rules.tellOnce(all)
	told := ""
	for _, o := range all {
		for _, n := range o.Notices {
			told += n.ID + " "
		}
		if len(o.Raised) != 1 {
			t.Errorf("the alarm of %s is gone", o.Case)
		}
	}
	if told != "1a 1b 3a 4a 4b 5a 6a " {
		t.Errorf("told: %s", told)
	}
}

// bulk answers that each case was decided with five others.
type bulk struct{ AlarmStore }

func (bulk) Standing(context.Context, ...cases.ID) ([]Raised, error) { return nil, nil }

func (bulk) Decided(_ context.Context, ids []cases.ID, _ time.Duration) (map[cases.ID][]Decider, error) {
	all := map[cases.ID][]Decider{}
	for _, id := range ids {
		all[id] = []Decider{{Account: "u-a", Name: "甲", At: noon, Others: 5}}
	}
	return all, nil
}

func TestCasesLookedAtTogetherTellOfABulkOnce(t *testing.T) {
	rules, err := ReadAlarms([]byte(`
- {id: bulk, name: 成批决定, level: 黄牌, watch: decided-at-once, many: {cases: 3, seconds: 5}, after: 10个工作日, tell: [{to: head}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{Alarms: rules, AlarmStore: bulk{}, Days: days(t), Now: func() time.Time { return noon }}
	var looks []Look
	found := map[cases.ID]*cases.Case{}
	for _, id := range []cases.ID{"1", "2", "3"} {
		looks = append(looks, Look{Case: id})
		found[id] = &cases.Case{ID: id, Agency: "market", State: cases.Granted}
	}
	all, err := s.outcomes(t.Context(), looks, found)
	if err != nil {
		t.Fatal(err)
	}
	raised, told := 0, 0
	for _, o := range all {
		raised, told = raised+len(o.Raised), told+len(o.Notices)
	}
	if raised != 3 || told != 1 {
		t.Errorf("%d alarms, told %d times", raised, told)
	}
}

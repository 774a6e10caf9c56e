package supervision

import (
	"context"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
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

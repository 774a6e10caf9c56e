package cases_test

import (
	"encoding/json"
	"testing"

	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// Facts that an earlier program wrote make the case that it made of them: the promise
// of months rounded up to months, and not lengthened. Anything else would be a
// difference to the audit, and another due day than the one that was told.
func TestFactsOfBeforeMakeTheCaseOfBefore(t *testing.T) {
	months, days := clock.Limit{N: 3, Unit: clock.Months}, clock.Limit{N: 10, Unit: clock.CalendarDays}
	for _, tt := range []struct {
		name            string
		filed, extended string // what the facts say of it
		promised, later clock.Limit
	}{
		{"half of three months", `{"credit":{"grade":"A","name":"绿色通道","quicker":50}}`, `{"limit":{"n":10,"unit":"工作日"}}`, clock.Limit{N: 2, Unit: clock.Months}, clock.Limit{}},
		{"three months", `{}`, `{"limit":{"n":10,"unit":"工作日"}}`, months, clock.Limit{}},
		{"half of three months, filed now", `{"credit":{"grade":"A","name":"绿色通道","quicker":50,"inDays":true}}`, `{"limit":{"n":10,"unit":"工作日"},"promise":{"n":10,"unit":"自然日"}}`, clock.Limit{N: 45, Unit: clock.CalendarDays}, days},
		{"three months, extended now", `{}`, `{"limit":{"n":10,"unit":"工作日"},"promise":{"n":10,"unit":"自然日"}}`, months, days},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := casestest.Permit()
			e.Promised = months
			c, f := runningFrom(t, e, tt.filed)
			m := cases.Moved{Case: c.ID, Act: cases.Extend, To: cases.Accepted, At: c.Opened}
			if err := json.Unmarshal([]byte(tt.extended), &m.Extension); err != nil {
				t.Fatal(err)
			}
			if err := c.Apply(m, f); err != nil {
				t.Fatal(err)
			}
			later := clock.Limit{}
			if x := c.Promised.Extension; x != nil {
				later = x.Limit
			}
			if c.Promised.Limit != tt.promised || later != tt.later {
				t.Errorf("promised %s and %s more, want %s and %s", c.Promised.Limit, later, tt.promised, tt.later)
			}
		})
	}
}

package cases_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A limit is lengthened in the unit it is counted in, and the promise in its own
// (行政许可法第四十二条).
func TestALimitIsLengthenedInItsOwnUnit(t *testing.T) {
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC) // Monday, 10:00
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name                  string
		statutory, promised   clock.Limit
		asked                 int
		lengthened, postponed clock.Limit
		code                  string
	}{
		{"working days", clock.Limit{N: 20, Unit: clock.WorkingDays}, clock.Limit{N: 5, Unit: clock.WorkingDays}, 10, clock.Limit{N: 10, Unit: clock.WorkingDays}, clock.Limit{N: 10, Unit: clock.WorkingDays}, ""},
		{"calendar days", clock.Limit{N: 30, Unit: clock.CalendarDays}, clock.Limit{N: 20, Unit: clock.CalendarDays}, 10, clock.Limit{N: 10, Unit: clock.CalendarDays}, clock.Limit{N: 10, Unit: clock.CalendarDays}, ""},
		{"office hours, eight to a day", clock.Limit{N: 160, Unit: clock.WorkingHours}, clock.Limit{N: 80, Unit: clock.WorkingHours}, 3, clock.Limit{N: 24, Unit: clock.WorkingHours}, clock.Limit{N: 24, Unit: clock.WorkingHours}, ""},
		{"a promise of hours under a limit of days", clock.Limit{N: 20, Unit: clock.WorkingDays}, clock.Limit{N: 16, Unit: clock.WorkingHours}, 2, clock.Limit{N: 2, Unit: clock.WorkingDays}, clock.Limit{N: 16, Unit: clock.WorkingHours}, ""},
		{"months, by calendar days", clock.Limit{N: 3, Unit: clock.Months}, clock.Limit{N: 2, Unit: clock.Months}, 10, clock.Limit{N: 10, Unit: clock.CalendarDays}, clock.Limit{N: 10, Unit: clock.CalendarDays}, ""},
		{"a year, and a promise of months", clock.Limit{N: 1, Unit: clock.Years}, clock.Limit{N: 6, Unit: clock.Months}, 7, clock.Limit{N: 7, Unit: clock.CalendarDays}, clock.Limit{N: 7, Unit: clock.CalendarDays}, ""},
		{"a promise of working days under months", clock.Limit{N: 1, Unit: clock.Months}, clock.Limit{N: 15, Unit: clock.WorkingDays}, 10, clock.Limit{N: 10, Unit: clock.CalendarDays}, clock.Limit{N: 7, Unit: clock.WorkingDays}, ""},
		{"a promise of months under working days", clock.Limit{N: 40, Unit: clock.WorkingDays}, clock.Limit{N: 1, Unit: clock.Months}, 10, clock.Limit{N: 10, Unit: clock.WorkingDays}, clock.Limit{N: 10, Unit: clock.CalendarDays}, ""},
		{"eleven days are too many of months too", clock.Limit{N: 3, Unit: clock.Months}, clock.Limit{N: 2, Unit: clock.Months}, 11, clock.Limit{}, clock.Limit{}, "clock.extend.bound"},
		{"eleven days are too many in any unit", clock.Limit{N: 160, Unit: clock.WorkingHours}, clock.Limit{N: 80, Unit: clock.WorkingHours}, 11, clock.Limit{}, clock.Limit{}, "clock.extend.bound"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := cases.Frame{Edition: &items.Edition{Type: items.Licence}, Procedure: &flow.Procedure{}}
			c := &cases.Case{ID: "c", State: cases.Accepted, Agency: casestest.Agency, Region: casestest.Region}
			c.Statutory, _ = clock.Clock{}.Start(tt.statutory, at)
			c.Promised, _ = clock.Clock{}.Start(tt.promised, at)
			m, err := c.Extend(cases.Extension{Limit: clock.Limit{N: tt.asked, Unit: clock.WorkingDays}, Reason: "情况复杂"}, days, casestest.SunLi, at.Add(time.Hour))
			if (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
				t.Fatalf("got %v", err)
			}
			if err != nil {
				return
			}
			if err := c.Apply(m, f); err != nil {
				t.Fatal(err)
			}
			if m.Extension.Limit != tt.lengthened || c.Statutory.Extension.Limit != tt.lengthened || c.Promised.Extension.Limit != tt.postponed {
				t.Errorf("letter %v, law %v, promise %v", m.Extension.Limit, c.Statutory.Extension.Limit, c.Promised.Extension.Limit)
			}
		})
	}
}

// Package calendartest is a calendar for tests of rules that count working days.
package calendartest

import (
	"time"

	"tongban/internal/civic/calendar"
)

// Week is worked from Monday to Friday, in every year and without a holiday.
type Week struct{}

// Works reports whether a day is none of the weekend.
func (Week) Works(d calendar.Day) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// Known says that every year is.
func (Week) Known(int) bool { return true }

// Why has nothing to say of any day.
func (Week) Why(calendar.Day) string { return "" }

// Hours are the usual ones.
func (Week) Hours(calendar.Day) []calendar.Span { return nil }

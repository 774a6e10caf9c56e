package clock

import (
	"time"

	"tongban/internal/civic/calendar"
)

// Days is what a clock must know of the calendar; calendar.Calendar is one.
type Days interface {
	Works(calendar.Day) bool            // do offices work on that day
	Known(year int) bool                // is the year's notice loaded
	Why(calendar.Day) string            // why they work or not: "周末", "国庆节放假"
	Hours(calendar.Day) []calendar.Span // office hours of the day; none when closed
}

// Due is when a matter must be done.
type Due struct {
	Day         calendar.Day `json:"day"`                   // the last day allowed
	At          Moment       `json:"at"`                    // the last moment: the end of Day, or the hour for a clock of hours
	Known       bool         `json:"known"`                 // false without limit, before the start and during an open pause
	Provisional bool         `json:"provisional,omitempty"` // the notice of some year on the way is not loaded
}

// Due returns when the time is up, on the facts so far. A stopped clock still
// says when it would have been.
func (c Clock) Due(days Days) Due {
	if c.Started == 0 || c.Limit.None() {
		return Due{}
	}
	for s := range c.walk(days, false).steps() {
		if s.due {
			return c.dueAt(s, days)
		}
	}
	return Due{}
}

func (c Clock) dueAt(s step, days Days) Due {
	at := s.until
	if !c.hourly() {
		at--
	}
	return Due{Day: at.Day(), At: at, Known: true, Provisional: len(c.unknown(at.Day(), days)) > 0}
}

// unknown returns the years on the way to due whose notice is not loaded. A
// period of calendar days depends on its last year only.
func (c Clock) unknown(due calendar.Day, days Days) []int {
	first, last := c.Started.Day().Year(), due.Year()
	if c.Limit.Unit != WorkingDays && c.Limit.Unit != WorkingHours {
		first = last
	}
	var years []int
	for y := first; y <= last; y++ {
		if !days.Known(y) {
			years = append(years, y)
		}
	}
	return years
}

// An Amount is time spent or left: whole days, or office time for a clock of
// hours. Unit is 工作日, 自然日 or 工作小时.
type Amount struct {
	Days  int           `json:"days"`
	Hours time.Duration `json:"hours,omitzero"`
	Unit  Unit          `json:"unit"`
}

// Used returns what was counted up to now, the day of now included, or up to
// the stop. It goes on past the limit when the matter is late.
func (c Clock) Used(now time.Time, days Days) Amount { return c.amount(c.used(now, days)) }

// Remaining returns what is left: the total less what is used, so 0 on the last
// day and less than 0 when the matter is late.
func (c Clock) Remaining(now time.Time, days Days) Amount {
	if c.Limit.None() {
		return Amount{}
	}
	return c.amount(c.total() - c.used(now, days))
}

func (c Clock) used(now time.Time, days Days) (sum int64) {
	if c.Started == 0 || c.Limit.None() {
		return 0
	}
	end := c.end(now)
	for s := range c.walk(days, false).steps() {
		switch {
		case s.from > end:
			return sum
		case s.amount > 0 && c.hourly():
			sum += int64(min(s.until, end) - s.from)
		default:
			sum += s.amount
		}
	}
	return sum
}

// end is until when time is counted: now, or the stop.
func (c Clock) end(now time.Time) Moment {
	if c.Stopped != 0 {
		return c.Stopped
	}
	return At(now)
}

func (c Clock) amount(n int64) Amount {
	switch {
	case c.Limit.None():
		return Amount{}
	case c.hourly():
		return Amount{Hours: time.Duration(n) * time.Millisecond, Unit: WorkingHours}
	case c.Limit.Unit == WorkingDays, c.Limit.Unit == WorkingHours:
		return Amount{Days: int(n), Unit: WorkingDays}
	}
	return Amount{Days: int(n), Unit: CalendarDays}
}

// Late reports whether the matter is past due now, or was when it stopped.
func (c Clock) Late(now time.Time, days Days) bool {
	due := c.Due(days)
	return due.Known && c.end(now) > due.At
}

package clock

import (
	"iter"
	"slices"

	"tongban/internal/civic/calendar"
)

// A step is a stretch of time that counts as a whole or not at all: one day, or
// for a clock of hours a piece of a day.
type step struct {
	from, until Moment // [from, until)
	amount      int64  // what it counts: days, or milliseconds of office time
	why         string // why it counts or not; only when asked for
	due         bool   // with this step the time is up: the matter is due at until
}

// A walk lays the steps of a clock one behind the other, from the day it
// started. All that a clock says is read off it.
type walk struct {
	clock  Clock
	days   Days
	held   []span // the time that is not counted, in order, without overlap
	total  int64  // what is allowed, in the unit of step.amount
	labels bool   // fill in step.why
}

// What is said of days that have no name in the calendar.
const (
	startDay = "起算当日"
	pushed   = "届满日逢休息顺延"
	everyDay = "自然日"
)

// horizon is how far a walk goes at most; no limit that Check lets through with
// its pauses comes near it.
const horizon = 400 * 366

func (c Clock) walk(days Days, labels bool) walk {
	w := walk{clock: c, days: days, labels: labels}
	if w.held = c.spans(); labels {
		w.held = cut(w.held)
	} else {
		w.held = merge(w.held)
	}
	w.total = c.total()
	return w
}

// hourly reports whether the clock counts office hours rather than days.
func (c Clock) hourly() bool { return c.Limit.Unit == WorkingHours && c.Total().N > 0 }

// total is what the clock allows, in days or milliseconds. Months and years are
// the days they happen to have, reckoned from the start.
func (c Clock) total() int64 {
	l, start, more := c.Total(), c.Started.Day(), int64(c.further().N)
	switch {
	case c.hourly():
		return int64(l.N) * hourMs
	case l.Unit == Months:
		return int64(start.AddMonths(l.N)-start) + more
	case l.Unit == Years:
		return int64(start.AddMonths(12*l.N)-start) + more
	}
	return int64(l.N)
}

// steps are the steps of the walk; they end where an open pause begins.
func (w walk) steps() iter.Seq[step] {
	if w.clock.hourly() {
		return w.hours
	}
	return w.wholeDays
}

func (w walk) wholeDays(yield func(step) bool) {
	start := w.clock.Started.Day()
	working := w.clock.Limit.Unit == WorkingDays || w.clock.Limit.Unit == WorkingHours
	var count int64
	over := false // the due day has passed
	for day, held := start, w.held; day < start+horizon; day++ {
		for len(held) > 0 && held[0].until <= int64(day) {
			held = held[1:]
		}
		paused := len(held) > 0 && held[0].from <= int64(day)
		if paused && held[0].until == endless {
			return
		}
		works := w.days.Works(day)
		up := count >= w.total && !over // time is up, but the due day must be a working day
		s := step{from: midnight(day), until: midnight(day + 1)}
		switch {
		case day == start, paused, up, working && !works:
		default:
			s.amount = 1
		}
		count += s.amount
		s.due = !over && count >= w.total && works && !paused
		if w.labels {
			s.why = w.whyDay(day, start, paused, up, held)
		}
		over = over || s.due
		if !yield(s) {
			return
		}
	}
}

func (w walk) whyDay(day, start calendar.Day, paused, up bool, held []span) string {
	switch {
	case day == start:
		return startDay
	case paused:
		return held[0].why
	case up:
		return pushed
	case w.clock.Limit.Unit.Counts() == CalendarDays:
		return everyDay // day off or not, so that a year is not told week by week
	}
	return w.days.Why(day)
}

func (w walk) hours(yield func(step) bool) {
	var count int64
	over := false
	give := func(s step) bool {
		if left := w.total - count; !over && s.amount >= left {
			first := s
			first.amount, first.until, first.due = left, s.from+Moment(left), true
			over, count = true, count+left
			if !yield(first) {
				return false
			}
			if s.from, s.amount = first.until, s.amount-left; s.amount == 0 {
				return true
			}
		}
		count += s.amount
		return yield(s)
	}
	at := w.clock.Started
	for day, end := at.Day(), at.Day()+horizon; day < end; day++ {
		for _, h := range w.days.Hours(day) {
			if !w.until(&at, midnight(day)+Moment(h.From.Milliseconds()), false, "非办公时间", give) ||
				!w.until(&at, midnight(day)+Moment(h.Until.Milliseconds()), true, "办公时间", give) {
				return
			}
		}
		why := "非办公时间"
		if !w.days.Works(day) && w.labels {
			why = w.days.Why(day)
		}
		if !w.until(&at, midnight(day+1), false, why, give) {
			return
		}
	}
}

// until gives the steps from *at to end, cut where pauses begin and end, and
// reports whether to go on.
func (w walk) until(at *Moment, end Moment, open bool, why string, give func(step) bool) bool {
	i, _ := slices.BinarySearchFunc(w.held, int64(*at), func(s span, t int64) int {
		if s.until <= t {
			return -1
		}
		return 1
	})
	for held := w.held[i:]; *at < end; {
		s := step{from: *at, until: end, why: why}
		paused := len(held) > 0 && held[0].from <= int64(*at)
		switch {
		case paused && held[0].until == endless:
			return false
		case paused:
			s.until, s.why = Moment(held[0].until), held[0].why // perhaps past end, where it is paused as well
		case len(held) > 0:
			s.until = min(end, Moment(held[0].from))
		}
		if open && !paused {
			s.amount = int64(s.until - s.from)
		}
		if *at = s.until; paused {
			held = held[1:]
		}
		if !give(s) {
			return false
		}
	}
	return true
}

func midnight(d calendar.Day) Moment { return Moment(int64(d-calendar.Epoch)*dayMs - zoneMs) }

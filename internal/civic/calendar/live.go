package calendar

import (
	"slices"
	"sync/atomic"
	"time"
)

// Live is the calendar in force, which a running program may exchange for a
// newer one. It is asked like a Calendar, and knows those that were in force before.
type Live struct{ all atomic.Pointer[[]since] }

// since is a calendar and from when it has been in force.
type since struct {
	at       time.Time
	calendar Calendar
}

// NewLive begins with c.
func NewLive(c Calendar) *Live {
	l := &Live{}
	l.Set(c)
	return l
}

// Set puts c in force as if it had always been.
func (l *Live) Set(c Calendar) { l.all.Store(&[]since{{calendar: c}}) }

// Follow puts c in force from a moment on.
func (l *Live) Follow(c Calendar, at time.Time) {
	all := append(slices.Clone(*l.all.Load()), since{at, c})
	l.all.Store(&all)
}

// Now is the calendar in force.
func (l *Live) Now() Calendar {
	all := *l.all.Load()
	return all[len(all)-1].calendar
}

// InForce is the calendar that was in force at a moment: what a paper said then it
// says for good.
func (l *Live) InForce(at time.Time) Calendar {
	all := *l.all.Load()
	for _, s := range slices.Backward(all) {
		if !s.at.After(at) {
			return s.calendar
		}
	}
	return all[0].calendar
}

// Works reports whether offices work on d.
func (l *Live) Works(d Day) bool { return l.Now().Works(d) }

// Known reports whether the notice for the year is loaded.
func (l *Live) Known(year int) bool { return l.Now().Known(year) }

// Why says why offices work on d, or why not.
func (l *Live) Why(d Day) string { return l.Now().Why(d) }

// Hours are the office hours of d.
func (l *Live) Hours(d Day) []Span { return l.Now().Hours(d) }

// ReceivedOn is the day that counts as the day of receipt of what arrives at t:
// after hours it is the next working day.
func (l *Live) ReceivedOn(t time.Time) Day { return DayOf(l.Now().Received(t)) }

// Worked is the office time from from to until.
func (l *Live) Worked(from, until time.Time) time.Duration { return l.Now().Worked(from, until) }

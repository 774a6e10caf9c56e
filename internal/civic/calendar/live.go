package calendar

import (
	"sync/atomic"
	"time"
)

// Live is the calendar in force, which a running program may exchange for a
// newer one. It is asked like a Calendar.
type Live struct{ now atomic.Pointer[Calendar] }

// NewLive begins with c.
func NewLive(c Calendar) *Live {
	l := &Live{}
	l.Set(c)
	return l
}

// Set puts c in force.
func (l *Live) Set(c Calendar) { l.now.Store(&c) }

// Now is the calendar in force.
func (l *Live) Now() Calendar { return *l.now.Load() }

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

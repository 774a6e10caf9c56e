package clock

import "time"

// A Colour says at a glance how a matter stands (红黄绿灯).
type Colour string

// The colours of a clock.
const (
	Grey   Colour = "grey"   // no limit, not started, or paused
	Green  Colour = "green"  // in time
	Yellow Colour = "yellow" // little time left
	Red    Colour = "red"    // past due
)

// Warn says when a clock turns yellow: when no more than Days (of a clock of
// hours, Hours) are left, or no more than Percent of the limit. The last day is
// always yellow.
type Warn struct {
	Days    int `json:"days,omitempty" yaml:"days,omitempty"`
	Hours   int `json:"hours,omitempty" yaml:"hours,omitempty"`
	Percent int `json:"percent,omitempty" yaml:"percent,omitempty"`
}

// Usual is the warning most bureaus use: the last fifth, and at least the last
// working day or two hours.
var Usual = Warn{Days: 1, Hours: 2, Percent: 20}

// Colour returns how the matter stands now. A stopped clock is green or red,
// never yellow.
func (c Clock) Colour(now time.Time, days Days, warn Warn) Colour {
	switch {
	case c.Started == 0 || c.Limit.None():
		return Grey
	case c.Late(now, days):
		return Red
	case c.Stopped != 0:
		return Green
	case c.Paused():
		return Grey
	case c.total()-c.used(now, days) <= warn.left(c):
		return Yellow
	}
	return Green
}

// left is how much time may be left for the warning to be given.
func (w Warn) left(c Clock) int64 {
	least := int64(w.Days)
	if c.hourly() {
		least = int64(w.Hours) * hourMs
	}
	return max(least, c.total()*int64(w.Percent)/100, 0)
}

// WarnAt returns the first moment at which the clock is yellow if nothing more
// happens to it; 0 when it never is or that cannot be known, as during an open
// pause. Lists keep it, so that a sweep touches only the clocks whose hour has come.
func (c Clock) WarnAt(days Days, warn Warn) Moment {
	if !c.Running() || c.Limit.None() || c.Paused() {
		return 0
	}
	var sum int64
	need := c.total() - warn.left(c)
	if need <= 0 {
		return c.Started
	}
	for s := range c.walk(days, false).steps() {
		if sum += s.amount; sum < need {
			continue
		}
		if c.hourly() {
			return s.until - Moment(sum-need)
		}
		return s.from
	}
	return 0
}

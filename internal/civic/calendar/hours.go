package calendar

import (
	"fmt"
	"strings"
	"time"

	"tongban/internal/ground/fault"
)

// A Span is a stretch of office hours, from midnight of the day: [From, Until).
type Span struct{ From, Until time.Duration }

// DefaultHours are the office hours where nothing else was said:
// 09:00-12:00 and 13:30-17:30.
func DefaultHours() []Span {
	return []Span{{9 * time.Hour, 12 * time.Hour}, {13*time.Hour + 30*time.Minute, 17*time.Hour + 30*time.Minute}}
}

// ParseHours reads office hours as people write them:
// "09:00-12:00, 13:30-17:30". They must be in order and not overlap.
func ParseHours(s string) ([]Span, error) {
	var hours []Span
	var last time.Duration
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，、; \t\r\n", r) }) {
		from, until, _ := strings.Cut(part, "-")
		span := Span{clockTime(from), clockTime(until)}
		if span.From < last || span.Until <= span.From {
			return nil, badHours(part)
		}
		hours, last = append(hours, span), span.Until
	}
	if len(hours) == 0 {
		return nil, badHours(s)
	}
	return hours, nil
}

func badHours(s string) error {
	return fault.New(fault.Invalid, "calendar.hours", "办公时间“%.20s”不正确，请写成“09:00-12:00,13:30-17:30”的样子，按先后排列", s)
}

// clockTime reads "09:30"; what does not read is before every day.
func clockTime(s string) time.Duration {
	t, err := time.Parse("15:04", s)
	if err != nil {
		if s == "24:00" {
			return 24 * time.Hour
		}
		return -1
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// String is the span as ParseHours reads it.
func (s Span) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", int(s.From.Hours()), int(s.From.Minutes())%60, int(s.Until.Hours()), int(s.Until.Minutes())%60)
}

// Hours returns the office hours of d, none when offices are closed. The slice
// is shared and must not be written to.
func (c Calendar) Hours(d Day) []Span {
	if !c.Works(d) {
		return nil
	}
	return c.hours()
}

var defaultHours = DefaultHours()

func (c Calendar) hours() []Span {
	if c.t == nil {
		return defaultHours
	}
	return c.t.hours
}

// Received returns the moment at which what arrives at t counts as received: t
// itself in office hours, otherwise the next opening. What comes after closing
// or on a day off so counts for the next working day. A place that does not
// keep this rule does not ask.
func (c Calendar) Received(t time.Time) time.Time {
	day := DayOf(t)
	since := t.Sub(day.Start())
	for _, s := range c.Hours(day) {
		if since < s.Until {
			return day.Start().Add(max(since, s.From)).In(t.Location())
		}
	}
	day = c.Add(day, 1)
	return day.Start().Add(c.hours()[0].From).In(t.Location())
}

// Worked returns the office time from from to until.
func (c Calendar) Worked(from, until time.Time) time.Duration {
	if !until.After(from) {
		return 0
	}
	a, b := DayOf(from), DayOf(until)
	whole := time.Duration(c.Count(a, b)) * opened(c.hours(), 24*time.Hour)
	return whole + opened(c.Hours(b), until.Sub(b.Start())) - opened(c.Hours(a), from.Sub(a.Start()))
}

// AddHours returns the moment at which d of office time has passed since t.
func (c Calendar) AddHours(t time.Time, d time.Duration) time.Time {
	if d <= 0 {
		return t
	}
	day := DayOf(t)
	d += opened(c.Hours(day), t.Sub(day.Start()))
	if whole := opened(c.hours(), 24*time.Hour); !c.Works(day) || d > whole {
		n := int((d - 1) / whole)
		d -= time.Duration(n) * whole
		if !c.Works(day) {
			n++
		}
		day = c.Add(day, n)
	}
	for _, s := range c.hours() {
		if open := s.Until - s.From; d > open {
			d -= open
			continue
		}
		return day.Start().Add(s.From + d).In(t.Location())
	}
	return t // not reached: d is no more than the hours of one day
}

// opened is how much of hours lies before since.
func opened(hours []Span, since time.Duration) time.Duration {
	var sum time.Duration
	for _, s := range hours {
		sum += max(0, min(since, s.Until)-s.From)
	}
	return sum
}

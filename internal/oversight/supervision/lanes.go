package supervision

import (
	"fmt"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// A Chart is a case drawn in office time (办理用时图): all places are office
// minutes from when it was filed, so that nights and holidays take no room.
type Chart struct {
	Lanes    []Lane
	Ticks    []Tick
	Span     int64
	Promise  int64 // where the time is up; below 0: it is not known
	Now      int64 // below 0: the case has ended
	DueName  string
	Sentence string // the same in words
}

// A Lane is the window, or one piece of work.
type Lane struct {
	Name string
	Bad  bool // here it stands
	Bars []Bar
}

// A Bar is a stretch of a lane.
type Bar struct {
	From, To int64
	Kind     string // "" at work, "pause" 停表, "late" 超时, "wait" 等待
	Note     string
}

// A Tick is a day on the axis.
type Tick struct {
	At   int64
	Name string
}

// mostTicks is how many days the axis has room to name.
const mostTicks = 7

// Chart draws the case.
func (s Sight) Chart() Chart {
	why := s.Why()
	c := Chart{Now: s.at(s.Now), Promise: -1}
	if s.Case.State.Final() {
		c.Now = -1
	}
	end := max(s.at(s.until()), 60)
	if due := s.Case.Clock().Forecast(s.Days).Due(s.Days); due.Known {
		c.Promise, c.DueName = s.at(due.At.Time()), "时限 "+due.Day.String()[5:]
		end = max(end, min(c.Promise, end*3))
	}
	c.Span = end + end/12
	c.Lanes = append(c.Lanes, s.windowLane(why))
	for _, t := range s.Turns {
		c.Lanes = append(c.Lanes, s.turnLane(t, why))
	}
	c.Lanes = append(c.Lanes, s.waitLane(why)...)
	c.Ticks = s.ticks(end)
	c.Sentence = c.words()
	return c
}

// at is a moment as a place on the chart.
func (s Sight) at(t time.Time) int64 {
	return int64(s.Days.Worked(s.Case.Opened, t) / time.Minute)
}

func (s Sight) ticks(end int64) []Tick {
	var all []Tick
	first := calendar.DayOf(s.Case.Opened)
	for day := first; day < first+3*366; day++ {
		at := s.at(day.Start())
		if at >= end || len(all) > 400 {
			break
		}
		if s.Days.Works(day) {
			all = append(all, Tick{at, day.String()[5:]})
		}
	}
	step := (len(all) + mostTicks - 1) / mostTicks
	var some []Tick
	for i := 0; i < len(all); i += max(step, 1) {
		some = append(some, all[i])
	}
	return some
}

// windowLane is the time until the case was accepted; waiting for the
// applicant's correction is hatched.
func (s Sight) windowLane(why Reason) Lane {
	until, accepted := s.accepted()
	if !accepted {
		until = s.until()
	}
	lane := Lane{Name: "窗口受理"}
	from := s.Case.Opened
	for _, e := range s.Events {
		switch e.Act {
		case cases.AskOnce:
			lane.add(s.at(from), s.at(e.At), "", "")
			from = e.At
		case cases.Correct:
			lane.add(s.at(from), s.at(e.At), "pause", "补正停表")
			from = e.At
		}
	}
	kind, note := "", hours(s.Days.Worked(from, until))
	switch {
	case s.Case.State == cases.Correcting:
		kind, note = "pause", "等补正"
	case s.Case.State == cases.Received:
		lane.Bad, note = true, short(why)
	}
	lane.add(s.at(from), s.at(until), kind, note)
	return lane
}

// turnLane is one piece of work; time that does not count is hatched, and where
// a late case lies it is marked.
func (s Sight) turnLane(t cases.Turn, why Reason) Lane {
	lane := Lane{Name: clip(t.Work.Name, 11), Bad: t.Work.ID == why.Work && s.Late()}
	until := t.Closed
	if t.Open() {
		until = s.until()
	}
	from := t.Opened
	for _, p := range pauses(s.Case.Stood(), t.Opened, until) {
		lane.add(s.at(from), s.at(p.From.Time()), "", "")
		lane.add(s.at(p.From.Time()), s.at(p.Until.Time()), "pause", clip(p.Kind, 6)+"停表")
		from = p.Until.Time()
	}
	if lane.Bad && t.Open() {
		since := latest(why.Since, from)
		lane.add(s.at(from), s.at(since), "", "")
		lane.add(s.at(since), s.at(until), "late", fmt.Sprintf("%d工作小时", s.Days.Worked(since, until)/time.Hour)+short(why))
		return lane
	}
	lane.add(s.at(from), s.at(until), "", hours(s.took(t)))
	return lane
}

// waitLane is the decision that cannot be made while others are awaited.
func (s Sight) waitLane(why Reason) []Lane {
	var first time.Time
	open := ""
	for _, t := range s.Turns {
		switch {
		case t.Work.Decides:
			return nil
		case t.Open() && (open == "" || t.Work.ID == why.Work):
			open = t.Work.Name
		case t.Open():
		case first.IsZero() || t.Closed.Before(first):
			first = t.Closed
		}
	}
	if open == "" || first.IsZero() || s.Decides == "" || s.Case.State.Final() {
		return nil
	}
	return []Lane{{Name: clip(s.Decides, 11), Bars: []Bar{{s.at(first), s.at(s.Now), "wait", "等" + clip(open, 8)}}}}
}

// add lays a bar down unless it has no length and says nothing.
func (l *Lane) add(from, to int64, kind, note string) {
	if to > from || note != "" && len(l.Bars) == 0 {
		l.Bars = append(l.Bars, Bar{from, max(from, to), kind, note})
	}
}

// pauses is the time that did not count between two moments.
func pauses(stood []clock.Pause, from, until time.Time) (within []clock.Pause) {
	for _, p := range stood {
		if p.Until == 0 {
			p.Until = clock.At(until)
		}
		p.From, p.Until = max(p.From, clock.At(from)), min(p.Until, clock.At(until))
		if p.From < p.Until {
			within = append(within, p)
		}
	}
	return within
}

func (c Chart) words() string {
	var parts []string
	for _, l := range c.Lanes {
		for _, b := range l.Bars {
			if b.Note != "" {
				parts = append(parts, l.Name+b.Note)
			}
		}
	}
	return "各环节用时：" + strings.Join(parts, "，")
}

// short is the reason in the few words that fit on a bar.
func short(why Reason) string {
	switch why.Cause {
	case Unclaimed:
		return "无人签收"
	case Unassigned:
		return "无人核对"
	}
	return string(why.Cause)
}

// hours is office time in few words: "1.5时".
func hours(d time.Duration) string {
	if d < time.Hour {
		return fmt.Sprintf("%d分", int(d/time.Minute))
	}
	return fmt.Sprintf("%.1f时", d.Hours())
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

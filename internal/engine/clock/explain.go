package clock

import (
	"fmt"
	"time"

	"tongban/internal/civic/calendar"
)

// An Explanation says when a matter is due and why, so that anyone with a
// calendar can check it.
type Explanation struct {
	Sentence  string     `json:"sentence"` // 应于…前办结，因为…
	Due       Due        `json:"due"`
	Intervals []Interval `json:"intervals"` // from the start to the due day, or to now while that is unknown
}

// An Interval is a run of days, or of hours, that all count or all do not, for
// one reason. Intervals follow each other without a gap.
type Interval struct {
	From    calendar.Day  `json:"from"`  // first day
	Until   calendar.Day  `json:"until"` // last day, included
	Begin   Moment        `json:"begin"` // the same to the millisecond: [Begin, End)
	End     Moment        `json:"end"`
	Counted bool          `json:"counted"`
	Days    int           `json:"days"` // how many days it is long
	Hours   time.Duration `json:"-"`    // of a clock of hours: how long it is; Begin and End tell programs
	Why     string        `json:"why"`
}

// Explain tells how the due day comes about, from the same walk as Due.
func (c Clock) Explain(days Days, now time.Time) Explanation {
	if c.Limit.None() {
		return Explanation{Sentence: "没有规定办理时限。"}
	}
	if c.Started == 0 {
		return Explanation{Sentence: fmt.Sprintf("尚未开始计时，期限为%s。", c.Limit)}
	}
	var e Explanation
	for s := range c.walk(days, true).steps() {
		e.add(s)
		if s.due {
			e.Due = c.dueAt(s, days)
			break
		}
	}
	if !e.Due.Known {
		e.wait(c, now)
	}
	for i := range e.Intervals {
		e.Intervals[i].measure(c.hourly())
	}
	e.Sentence = c.sentence(e, days, now)
	return e
}

// add lays a step to the last interval if it is of its kind.
func (e *Explanation) add(s step) {
	counted := s.amount > 0
	if n := len(e.Intervals); n > 0 && e.Intervals[n-1].Counted == counted && e.Intervals[n-1].Why == s.why {
		e.Intervals[n-1].End = s.until
		return
	}
	e.Intervals = append(e.Intervals, Interval{Begin: s.from, End: s.until, Counted: counted, Why: s.why})
}

// wait adds the open pause, up to now.
func (e *Explanation) wait(c Clock, now time.Time) {
	from, why := c.Started, []span(nil)
	for _, s := range c.spans() {
		if s.until == endless {
			why = append(why, s)
		}
	}
	if n := len(e.Intervals); n > 0 {
		from = e.Intervals[n-1].End
	}
	until := At(now)
	if !c.hourly() {
		until = midnight(until.Day() + 1)
	}
	if until > from && len(why) > 0 {
		e.add(step{from: from, until: until, why: names(why)})
	}
}

func (v *Interval) measure(hourly bool) {
	v.From, v.Until = v.Begin.Day(), (v.End - 1).Day()
	v.Days = int(v.Until-v.From) + 1
	if hourly {
		v.Hours = time.Duration(v.End-v.Begin) * time.Millisecond
	}
}

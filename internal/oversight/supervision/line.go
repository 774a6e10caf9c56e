package supervision

import (
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// A Measure is one thing that is summed (指标的分子和分母).
type Measure int

// The measures. Those of the second half are office minutes spent in each
// phase by cases decided on the day.
const (
	Filed      Measure = iota // 收件
	Accepted                  // 受理
	Decided                   // 办结：准予或者不予
	InPromise                 // 其中在承诺时限内
	InLaw                     // 其中在法定时限内
	TurnedAway                // 不予受理、不受理
	Withdrawn                 // 撤回、终止
	Asked                     // 发过补正告知
	AskedTwice                // 补正告知超过一次（一次性告知）
	Urged                     // 督办次数
	Minutes                   // 办结件的全程办公时间，分钟
	InWindow                  // 受理
	InReview                  // 审查
	InSpecial                 // 踏勘等特别程序
	InJoint                   // 并联、会签
	InDecision                // 决定
	Measures
)

// Names are the measures as tables and files name them.
var Names = [Measures]string{"filed", "accepted", "decided", "in_promise", "in_law", "turned_away", "withdrawn", "asked", "asked_twice", "urged",
	"minutes", "in_window", "in_review", "in_special", "in_joint", "in_decision"}

// Counts are the measures of a day, or of many days together.
type Counts [Measures]int64

// Plus is both together.
func (c Counts) Plus(d Counts, sign int64) Counts {
	for i := range c {
		c[i] += sign * d[i]
	}
	return c
}

// OnTime is the share of decisions within the promise, of 1 (按时办结率); 1
// when nothing was decided.
func (c Counts) OnTime() float64 {
	if c[Decided] == 0 {
		return 1
	}
	return float64(c[InPromise]) / float64(c[Decided])
}

// A Key is what is summed apart.
type Key struct {
	Day    calendar.Day
	Region string
	Agency string
	Item   items.ID
}

// An OpenKind is something that is open and has a day by which it is due.
type OpenKind string

// What is open.
const (
	OpenCase    OpenKind = "case"    // 在办
	OpenPromise OpenKind = "promise" // 容缺未补齐
)

// An OpenKey is what is open and when it is due; Due 0 cannot be known yet.
type OpenKey struct {
	Kind   OpenKind
	Due    calendar.Day
	Region string
	Agency string
	Item   items.ID
}

// A Line is what one case adds to the sums.
type Line struct {
	Days map[Key]Counts
	Open map[OpenKey]int64
}

// LineOf makes the line of a case. It is a pure function of the case as it
// stands, its course (needed once it has ended) and the calendar, so it can be
// made again at any time.
func LineOf(s Sight) Line {
	c := s.Case
	l := Line{Days: map[Key]Counts{}, Open: map[OpenKey]int64{}}
	key := func(day calendar.Day) Key { return Key{day, c.Region, c.Agency, c.Item} }
	add := func(day calendar.Day, m Measure, n int64) {
		counts := l.Days[key(day)]
		counts[m] += n
		l.Days[key(day)] = counts
	}
	filed := calendar.DayOf(c.Opened)
	add(filed, Filed, 1)
	if started := c.Began(); started != 0 {
		add(started.Day(), Accepted, 1)
	} else if c.Flow.Next > 0 || c.Decision != nil {
		add(c.Received, Accepted, 1) // no limit, so no clock tells the day
	}
	if n := int64(len(c.Notices)); n > 0 {
		add(filed, Asked, 1)
		add(filed, AskedTwice, min(n-1, 1))
	}
	add(filed, Urged, int64(c.Urged))
	if c.State.Final() {
		closed := calendar.DayOf(c.Closed)
		l.Days[key(closed)] = l.Days[key(closed)].Plus(s.ending(), 1)
		return l
	}
	l.Open[OpenKey{OpenCase, c.Clock().Forecast(s.Days).Due(s.Days).Day, c.Region, c.Agency, c.Item}]++
	for _, p := range c.Promises {
		if !p.Kept {
			l.Open[OpenKey{OpenPromise, p.By, c.Region, c.Agency, c.Item}]++
		}
	}
	return l
}

// ending is what a case adds on the day it ended.
func (s Sight) ending() (n Counts) {
	c := s.Case
	switch c.State {
	case cases.Granted, cases.Denied:
		n[Decided] = 1
	case cases.Refused, cases.NotNeeded:
		n[TurnedAway] = 1
		return n
	default:
		n[Withdrawn] = 1
		return n
	}
	if !c.Clock().Late(c.Closed, s.Days) {
		n[InPromise] = 1
	}
	if !c.Statutory.Late(c.Closed, s.Days) && !c.LowerTime().Late(c.Closed, s.Days) {
		n[InLaw] = 1
	}
	n[Minutes] = minutes(s.Days.Worked(c.Opened, c.Closed))
	for phase, spent := range s.Spent() {
		n[phase] += minutes(spent)
	}
	return n
}

func minutes(d time.Duration) int64 { return int64(d / time.Minute) }

// Spent is the office time of each phase (时间花在哪一步). What went on side by
// side is counted once, and time that did not count belongs to the special
// procedure and not to the step that waited for it; nor does waiting for the
// applicant's correction belong to the window.
func (s Sight) Spent() map[Measure]time.Duration {
	spent := map[Measure]time.Duration{}
	accepted, ok := s.accepted()
	if !ok {
		accepted = s.until()
	}
	spent[InWindow] = s.Days.Worked(s.Case.Opened, accepted) - s.correcting()
	for phase, spans := range s.phases() {
		for _, span := range union(spans) {
			spent[phase] += s.Days.Worked(span.from, span.until)
		}
	}
	return spent
}

// correcting is the office time in which the applicant had to act.
func (s Sight) correcting() (sum time.Duration) {
	var asked time.Time
	for _, e := range s.Events {
		switch {
		case e.Act == cases.AskOnce:
			asked = e.At
		case !asked.IsZero() && e.From == cases.Correcting && e.To != cases.Correcting:
			sum += s.Days.Worked(asked, e.At)
			asked = time.Time{}
		}
	}
	return sum
}

type span struct{ from, until time.Time }

// phases sorts the pieces of work, without the time that did not count.
func (s Sight) phases() map[Measure][]span {
	all := map[Measure][]span{}
	stood := s.Case.Stood()
	for _, p := range pauses(stood, s.Case.Opened, s.until()) {
		all[InSpecial] = append(all[InSpecial], span{p.From.Time(), p.Until.Time()})
	}
	for _, t := range s.Turns {
		phase, until := s.phase(t), t.Closed
		if t.Open() {
			until = s.until()
		}
		from := t.Opened
		for _, p := range pauses(stood, t.Opened, until) {
			if at := p.From.Time(); at.After(from) {
				all[phase] = append(all[phase], span{from, at})
			}
			from = latest(from, p.Until.Time())
		}
		if until.After(from) {
			all[phase] = append(all[phase], span{from, until})
		}
	}
	return all
}

func (s Sight) phase(t cases.Turn) Measure {
	_, of := s.beside(t)
	switch {
	case t.Work.Decides:
		return InDecision
	case of > 1 || t.Work.Of > 1:
		return InJoint
	}
	return InReview
}

package clock

import (
	"math"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// A Moment is an instant in milliseconds since 1970; 0 is no moment.
type Moment int64

// At is the moment of t.
func At(t time.Time) Moment { return Moment(t.UnixMilli()) }

// Time is the moment on the wall clock of calendar.Zone.
func (m Moment) Time() time.Time { return time.UnixMilli(int64(m)).In(calendar.Zone) }

// Day is the day the moment falls on in calendar.Zone; no moment has no day.
func (m Moment) Day() calendar.Day {
	if m == 0 {
		return 0
	}
	return calendar.Day((int64(m)+zoneMs)/dayMs) + calendar.Epoch
}

const (
	dayMs  = 24 * 60 * 60 * 1000
	hourMs = 60 * 60 * 1000
	zoneMs = 8 * hourMs // calendar.Zone
)

// A Clock is the time allowed for one matter and how it was spent: nothing but
// facts. The zero Clock has not been started. The methods that change a clock
// return a new one and leave the old as it was.
type Clock struct {
	Limit     Limit      `json:"limit,omitzero"`
	Started   Moment     `json:"started,omitzero"`
	Pauses    []Pause    `json:"pauses,omitempty"`
	Extension *Extension `json:"extension,omitempty"`
	Stopped   Moment     `json:"stopped,omitzero"`
}

// A Pause is time that does not count (特别程序、等待补正等), 行政许可法第四十五条.
// Until is 0 while it is open. A clock of days leaves out every day from that
// of From to that of Until, both included; a clock of hours leaves out the
// hours in between.
type Pause struct {
	Key     string `json:"key"`              // tells it from other open pauses of this clock
	Kind    string `json:"kind"`             // 专家评审, 听证, 检验, 补正 ...: what people are told
	Reason  string `json:"reason,omitempty"` // why it was needed
	From    Moment `json:"from"`
	Until   Moment `json:"until,omitzero"`
	Planned Limit  `json:"planned,omitzero"` // how long the applicant was told it takes
}

// An Extension lengthens the limit, once (延长审批期限), 行政许可法第四十二条.
type Extension struct {
	Limit    Limit  `json:"limit"`    // in the unit of the clock's limit, or in that in which it counts
	Approver string `json:"approver"` // who approved: the agency's head, or the government's for joint handling
	Reason   string `json:"reason"`   // what the applicant is told
	At       Moment `json:"at"`
}

// The most by which a decision may be put off (行政许可法第四十二条).
var (
	OrdinaryExtension = Limit{10, WorkingDays} // 经本行政机关负责人批准
	JointExtension    = Limit{15, WorkingDays} // 统一、联合、集中办理，经本级人民政府负责人批准
)

// An Effect is what a move does to a clock; tables of moves name it.
type Effect uint8

// The effects: nothing, or the method of Clock of that name.
const (
	Keeps Effect = iota
	Starts
	Pauses
	Resumes
	Extends
	Stops
)

// Start lets the clock run under limit. For what arrived after office hours,
// at is the moment it counts as received (calendar.Calendar.Received).
func (c Clock) Start(limit Limit, at time.Time) (Clock, error) {
	if c.Started != 0 {
		return c, fault.New(fault.Conflict, "clock.start.twice", "已于%s开始计时，不能再次开始", c.Started.Day().Han())
	}
	if err := limit.Check(); err != nil {
		return c, err
	}
	if At(at) <= 0 {
		return c, fault.New(fault.Invalid, "clock.start.moment", "开始计时的时间%s不正确", at.Format(time.DateOnly))
	}
	return Clock{Limit: limit, Started: At(at)}, nil
}

// Pause stops the count from p.From until Resume is called with p.Key. Pauses
// may overlap; time inside several is left out once.
func (c Clock) Pause(p Pause) (Clock, error) {
	p.Until = 0
	switch {
	case !c.Running():
		return c, notRunning("clock.pause.idle", "不能中止计时")
	case p.Key == "" || p.Kind == "":
		return c, fault.New(fault.Invalid, "clock.pause.kind", "中止计时须写明是何程序")
	case p.From < c.Started:
		return c, fault.New(fault.Invalid, "clock.pause.early", "%s不得早于开始计时的%s", p.Kind, c.Started.Day().Han())
	case slices.ContainsFunc(c.Pauses, func(q Pause) bool { return q.Key == p.Key && q.Until == 0 }):
		return c, fault.New(fault.Conflict, "clock.pause.twice", "%s正在进行，不能重复开始", p.Kind)
	}
	if err := p.Planned.Check(); err != nil {
		return c, err
	}
	c.Pauses = append(slices.Clip(c.Pauses), p)
	return c, nil
}

// Resume ends the open pause of that key; others go on.
func (c Clock) Resume(key string, at time.Time) (Clock, error) {
	i := slices.IndexFunc(c.Pauses, func(p Pause) bool { return p.Key == key && p.Until == 0 })
	switch {
	case !c.Running():
		return c, notRunning("clock.resume.idle", "不能恢复计时")
	case i < 0:
		return c, fault.New(fault.Conflict, "clock.resume.none", "没有正在进行的这项程序，无需恢复计时")
	case At(at) < c.Pauses[i].From:
		return c, fault.New(fault.Invalid, "clock.resume.early", "%s的结束时间不得早于开始时间%s", c.Pauses[i].Kind, c.Pauses[i].From.Day().Han())
	}
	c.Pauses = slices.Clone(c.Pauses)
	c.Pauses[i].Until = At(at)
	return c, nil
}

// Extend lengthens the limit by e.Limit, once, by no more than bound, while
// time is left and no pause is open (行政许可法第四十二条). A limit of months or
// years is lengthened by calendar days, or by its own unit where a law gives that.
func (c Clock) Extend(e Extension, bound Limit, days Days) (Clock, error) {
	switch {
	case !c.Running() || c.Limit.None():
		return c, notRunning("clock.extend.idle", "不能延长")
	case c.Extension != nil:
		return c, fault.New(fault.Conflict, "clock.extend.twice", "期限已延长过%s，只能延长一次", c.Extension.Limit)
	case c.Paused():
		return c, fault.New(fault.Conflict, "clock.extend.paused", "特别程序进行中，请在其结束后再申请延长")
	case e.Approver == "":
		return c, fault.New(fault.Invalid, "clock.extend.approver", "延长期限须经负责人批准，请写明批准人")
	case e.At < c.Started:
		return c, fault.New(fault.Invalid, "clock.extend.early", "批准延长的时间不得早于开始计时的%s", c.Started.Day().Han())
	case e.Limit.Unit != c.Limit.Unit && e.Limit.Unit != c.Limit.Unit.Counts():
		return c, fault.New(fault.Invalid, "clock.extend.unit", "延长的单位应与计时的单位相同，即%s", c.Limit.Unit.Counts())
	case c.Late(e.At.Time(), days):
		return c, fault.New(fault.Conflict, "clock.extend.late", "期限已于%s届满，届满后不能再延长", c.Due(days).Day.Han())
	}
	if err := e.written(bound); err != nil {
		return c, err
	}
	c.Extension = &e
	return c, nil
}

// written refuses an extension without a reason, or by more than the bound: both at once.
func (e Extension) written(bound Limit) error {
	var reason, long error
	if e.Reason == "" {
		reason = fault.New(fault.Invalid, "clock.extend.reason", "延长期限须将理由告知申请人，请写明理由").At("reason", "required", "请写明延长的理由")
	}
	if most := bound.In(e.Limit.Unit); e.Limit.N < 1 || most.Unit != e.Limit.Unit || e.Limit.N > most.N {
		long = fault.New(fault.Invalid, "clock.extend.bound", "延长最短1日，最长%s，不能是%s", bound, e.Limit).At("days", "bound", "请填写1至%d之间的整数", bound.N)
	}
	return fault.Together(reason, long)
}

// Stop ends the count for good, and every pause still open with it.
func (c Clock) Stop(at time.Time) (Clock, error) {
	if !c.Running() {
		return c, notRunning("clock.stop.idle", "无需停止")
	}
	if last := c.Latest(); At(at) < last {
		return c, fault.New(fault.Invalid, "clock.stop.early", "停止计时的时间不得早于%s", last.Day().Han())
	}
	c.Pauses = slices.Clone(c.Pauses)
	for i := range c.Pauses {
		if c.Pauses[i].Until == 0 {
			c.Pauses[i].Until = At(at)
		}
	}
	c.Stopped = At(at)
	return c, nil
}

// Latest is when something last happened to the clock; zero if nothing has.
func (c Clock) Latest() Moment {
	last := max(c.Started, c.Stopped)
	for _, p := range c.Pauses {
		last = max(last, p.From, p.Until)
	}
	if c.Extension != nil {
		last = max(last, c.Extension.At)
	}
	return last
}

func notRunning(code, say string) error {
	return fault.New(fault.Conflict, code, "没有正在进行的计时，%s", say)
}

// Running reports whether the clock was started and not stopped; it may be
// paused.
func (c Clock) Running() bool { return c.Started != 0 && c.Stopped == 0 }

// Paused reports whether time stands still: some pause is open.
func (c Clock) Paused() bool {
	return slices.ContainsFunc(c.Pauses, func(p Pause) bool { return p.Until == 0 })
}

// Total is the limit with its extension, as far as that is in the unit of the limit.
func (c Clock) Total() Limit {
	l := c.Limit
	if more := c.longer(); more.Unit == l.Unit {
		l.N += more.N
	}
	return l
}

// further are the calendar days by which a period of months or years was extended.
func (c Clock) further() Limit {
	if more := c.longer(); more.Unit != c.Limit.Unit {
		return more
	}
	return Limit{}
}

// longer is by how much the clock was extended, counted as its limit is now: a case
// that is put under another edition keeps what was approved.
func (c Clock) longer() Limit {
	switch x := c.Extension; {
	case x == nil:
		return Limit{}
	case x.Limit.Unit == c.Limit.Unit:
		return x.Limit
	default:
		return x.Limit.In(c.Limit.Unit.Counts())
	}
}

// Allowed is the limit with its extension as people read it: "30个工作日",
// "3个月另加10个自然日".
func (c Clock) Allowed() string {
	if more := c.further(); !more.None() {
		return c.Total().String() + "另加" + more.String()
	}
	return c.Total().String()
}

// Forecast is the clock as if every open pause took as long as the applicant
// was told; a pause without a planned time stays open.
func (c Clock) Forecast(days Days) Clock {
	c.Pauses = slices.Clone(c.Pauses)
	for i, p := range c.Pauses {
		if p.Until != 0 {
			continue
		}
		if due := p.Own().Due(days); due.Known {
			c.Pauses[i].Until = due.At
		}
	}
	return c
}

// Own is the clock of the procedure itself: it may not take longer than
// planned.
func (p Pause) Own() Clock { return Clock{Limit: p.Planned, Started: p.From, Stopped: p.Until} }

// endless is the end of a pause that is still open.
const endless = math.MaxInt64

package cases

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Times are all the clocks of a case at one moment, each with every interval
// that counts and that does not, so that anybody can reckon them again
// (徐政发〔2022〕21号（六）).
type Times struct {
	Number   string    `json:"number"`
	ItemName string    `json:"itemName"`
	State    string    `json:"state"`
	At       time.Time `json:"at"`
	Clocks   []Told    `json:"clocks"`
}

// Told is one clock in words.
type Told struct {
	Kind   TimeKind     `json:"kind"`
	Name   string       `json:"name"`
	Say    string       `json:"say"` // how it stands: "还剩3个工作日"
	Colour clock.Colour `json:"colour"`
	Basis  string       `json:"basis,omitempty"`
	clock.Explanation
}

// A TimeKind says what a clock is about.
type TimeKind string

// The kinds of clock that a case may have.
const (
	StatutoryTime TimeKind = "statutory" // 法定时限
	PromisedTime  TimeKind = "promised"  // 承诺时限
	NoticeTime    TimeKind = "notice"    // 受理或者一次性告知
	StepTime      TimeKind = "step"      // 环节时限
	ProcedureTime TimeKind = "procedure" // 特别程序
	TimerTime     TimeKind = "timer"     // 流程定时
	ServiceTime   TimeKind = "service"   // 颁发、送达
	LaterTime     TimeKind = "later"     // 变更、延续、注销的决定
	AssignTime    TimeKind = "testers"   // 指派检验人员
	FirstTime     TimeKind = "lower"     // 下级机关审查
	HearingTime   TimeKind = "hearing"   // 要求听证、组织听证
)

// Times tells every clock of the case at a moment: as it stood then by what had
// happened by then, or, for a moment to come, as it will stand if nothing more
// happens. A moment before the case was filed is Invalid.
func (s *Service) Times(ctx context.Context, c *Case, at time.Time, by identity.Actor) (Times, error) {
	if !c.Visible(by) {
		return Times{}, None(c.Number)
	}
	records, err := s.Store.HistoryOf(ctx, c)
	if err != nil {
		return Times{}, err
	}
	list, err := events(records)
	if err != nil {
		return Times{}, err
	}
	for len(list) > 0 && list[len(list)-1].At.After(at) {
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return Times{}, fault.New(fault.Invalid, "cases.times.early", "%s时还没有这个办件，请选择收件以后的时间", calendar.Moment(at))
	}
	then, turns, err := s.asOf(ctx, c.Number, list)
	if err != nil {
		return Times{}, err
	}
	t := Times{Number: c.Number, ItemName: then.ItemName, State: then.StateHan(), At: at}
	for _, one := range then.clocks(turns) {
		t.Clocks = append(t.Clocks, one.tell(s.Days, at))
	}
	return t, nil
}

// asOf is the case after these facts, and how it went through its procedure.
func (s *Service) asOf(ctx context.Context, number string, list []Event) (*Case, []Turn, error) {
	frames, err := s.frames(ctx, pinned{}, list)
	if err != nil {
		return nil, nil, err
	}
	then := &Case{Number: number}
	for i, e := range list {
		if err := then.Apply(e.Moved, frames[i]); err != nil {
			return nil, nil, err
		}
	}
	turns, err := course(list, frames)
	return then, turns, err
}

// timed is a clock with its name.
type timed struct {
	kind  TimeKind
	name  string
	basis string
	clock clock.Clock
}

// A Limited is a clock that runs in a case, by the name people know it by.
type Limited struct {
	Name  string
	Clock clock.Clock
}

// Running lists the clocks that run in the case now, the law first. Those of its
// steps are told by its course only; see Times.
func (c *Case) Running() (all []Limited) {
	for _, t := range c.clocks(nil) {
		if t.clock.Running() {
			all = append(all, Limited{t.name, t.clock})
		}
	}
	return all
}

// clocks lists what runs, ran or waits in the case: the law first.
func (c *Case) clocks(turns []Turn) []timed {
	all := c.reception()
	if c.FirstReview != nil {
		all = append(all, timed{FirstTime, clock.FirstReview.Name, clock.FirstReview.Article, c.LowerTime()})
	}
	if c.Statutory.Started != 0 {
		all = append(all, timed{StatutoryTime, c.legalName(), c.DecisionTerm().Article, c.Statutory})
	}
	if c.Promised.Started != 0 {
		all = append(all, timed{PromisedTime, "承诺时限", "徐政发〔2022〕21号（四）", c.Promised})
	}
	if c.Testers != nil {
		all = append(all, timed{AssignTime, clock.Inspection.Name, clock.Inspection.Article, c.TestersTime()})
	}
	for _, p := range c.Procedures() {
		all = append(all, timed{ProcedureTime, "特别程序：" + p.Kind, clock.Excluded.Article, p.Own()})
	}
	for _, t := range turns {
		if t.Clock.Started != 0 {
			all = append(all, timed{StepTime, "环节：" + t.Work.Name, "徐政发〔2022〕21号（六）", t.Clock})
		}
	}
	for _, t := range c.Timers {
		all = append(all, timed{TimerTime, "流程定时：" + t.Name, "徐政发〔2022〕21号（六）", clock.Clock{Limit: t.Limit, Started: clock.At(t.From)}})
	}
	return append(append(append(all, c.serving()...), c.deciding()...), c.hearings()...)
}

// hearings is the time for asking for a hearing, or that for holding it.
func (c *Case) hearings() []timed {
	h := c.CurrentHearing()
	switch {
	case h == nil:
		return nil
	case h.Asked != 0:
		k := clock.Clock{Limit: clock.Hearing.Limit, Started: clock.At(h.Asked.Start())}
		if h.Minutes != nil {
			k.Stopped = clock.At(h.Minutes.At)
		}
		return []timed{{HearingTime, "组织听证", clock.Hearing.Article, k}}
	case h.Told.IsZero() || !h.At.IsZero() || h.Until == 0:
		return nil
	}
	return []timed{{HearingTime, "要求听证", clock.HearingRequest.Article, clock.Clock{Limit: clock.HearingRequest.Limit, Started: clock.At(h.Told)}}}
}

// deciding is the time for deciding what the holder asked for after the decision.
func (c *Case) deciding() []timed {
	l := c.Later
	if l == nil || !l.Asked {
		return nil
	}
	k := clock.Clock{Limit: l.Limit, Started: clock.At(l.From)}
	if l.Done {
		k.Stopped = clock.At(l.At)
	}
	return []timed{{LaterTime, "决定" + l.Kind.Han(), clock.Decision.Article, k}}
}

// DecisionTerm is the article by which the case's time for deciding runs: one
// agency's, or that of several handling it together.
func (c *Case) DecisionTerm() clock.Term {
	if c.Joint != "" {
		return clock.JointDecision
	}
	return clock.Decision
}

func (c *Case) legalName() string {
	if c.Joint != "" {
		return "法定时限（" + c.Joint + "）"
	}
	return "法定时限"
}

// reception is the time for accepting or asking once, until one of them is done.
func (c *Case) reception() []timed {
	if c.State != Received {
		return nil
	}
	return []timed{{NoticeTime, "受理或者一次性告知补正", clock.Notice.Article, clock.Clock{Limit: clock.Notice.Limit, Started: clock.At(c.Received.Start())}}}
}

// serving is the time for handing over what was decided.
func (c *Case) serving() []timed {
	if c.Decision == nil || c.State != Granted && c.State != Denied {
		return nil
	}
	k := clock.Clock{Limit: clock.Certificate.Limit, Started: clock.At(c.Decision.At)}
	if c.Delivered != nil {
		k.Stopped = clock.At(c.Delivered.At)
	}
	return []timed{{ServiceTime, "颁发、送达", clock.Certificate.Article, k}}
}

func (t timed) tell(days clock.Days, at time.Time) Told {
	return Told{t.kind, t.name, t.clock.Say(at, days), t.clock.Colour(at, days, clock.Usual), t.basis, t.clock.Explain(days, at)}
}

// String is the times as a terminal shows them.
func (t Times) String() string {
	text := fmt.Sprintf("%s %s　%s　截至%s\n", t.Number, t.ItemName, t.State, calendar.Moment(t.At))
	if len(t.Clocks) == 0 {
		return text + "现在没有计时。\n"
	}
	for _, c := range t.Clocks {
		text += fmt.Sprintf("\n【%s】%s（%s）\n%s\n", c.Name, c.Say, c.Basis, c.Explanation)
	}
	return text
}

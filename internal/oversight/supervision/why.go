package supervision

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// A Cause is why a case is not further, from a closed list that figures can be
// made of.
type Cause string

// The causes.
const (
	Unassigned  Cause = "未分派"   // nobody has looked at it yet
	Unclaimed   Cause = "未签收"   // it lies in a common tray
	Overrun     Cause = "审查超时"  // somebody has it, too long
	Inspection  Cause = "踏勘改约"  // inspections, hearings, expert review
	Countersign Cause = "会签等待"  // others have answered, one has not
	Correction  Cause = "补正退回"  // the applicant has to put something right
	System      Cause = "系统/接口" // a message or a rule that does not come
	Holidays    Cause = "节假日口径" // it looks late and is not, or its due day is provisional
	UnderWay    Cause = "正常办理"
)

// A Reason says why a case is where it is.
type Reason struct {
	Cause    Cause
	Sentence string // one sentence, from facts only
	Work     string // flow.Work at which it stands; "" none
	Since    time.Time
}

// Why finds the reason. The order of the questions is the order in which a
// supervisor would ask them.
func (s Sight) Why() Reason {
	switch c := s.Case; {
	case c.State.Final():
		return s.whyEnded()
	case c.State == cases.Correcting:
		e, _ := s.last(cases.AskOnce)
		return Reason{Correction, fmt.Sprintf("一次性告知补正后%s，申请人还没有补正（请其于%s前补正）", s.since(e.At), c.Notices[len(c.Notices)-1].Until.Han()), "", e.At}
	case c.State == cases.Received:
		return s.whyReceived()
	case slices.ContainsFunc(c.Specials, cases.Special.Open):
		return s.whySpecial()
	}
	return s.whyWork()
}

func (s Sight) whyReceived() Reason {
	e, _ := s.last(cases.Submit, cases.Correct)
	judged, _ := s.last(cases.Judge)
	switch {
	case judged.At.After(e.At):
		return Reason{Overrun, fmt.Sprintf("%s核对材料后%s还没有决定是否受理", judged.By.Name, s.since(judged.At)), "", judged.At}
	case e.Act == cases.Correct:
		return Reason{Unclaimed, fmt.Sprintf("退回补正%s，重新提交后%s无人签收", times(len(s.Case.Notices)), s.since(e.At)), "", e.At}
	}
	return Reason{Unassigned, fmt.Sprintf("收件后%s窗口无人核对材料", s.since(e.At)), "", e.At}
}

func (s Sight) whySpecial() Reason {
	i := slices.IndexFunc(s.Case.Specials, cases.Special.Open)
	special, n := s.Case.Specials[i], 0
	for _, one := range s.Case.Specials {
		if one.Kind == special.Kind {
			n++
		}
	}
	e := s.began(special.ID)
	own := clock.Pause{From: clock.At(e.At), Planned: special.Limit}.Own()
	switch {
	case n > 1:
		return Reason{Inspection, fmt.Sprintf("“%s”改约%d次，这一次已进行%s", special.Kind, n-1, s.since(e.At)), "", e.At}
	case own.Late(s.Now, s.Days):
		return Reason{Inspection, fmt.Sprintf("“%s”已超过告知申请人的%s，仍未结束", special.Kind, special.Limit), "", e.At}
	}
	return Reason{Inspection, fmt.Sprintf("“%s”进行中，已%s，%s", special.Kind, s.since(e.At), special.ClockSay()), "", e.At}
}

func (s Sight) whyWork() Reason {
	t, since, ok := s.stuck()
	if !ok {
		return s.whyNothing()
	}
	switch {
	case len(t.Work.Signed) > 0 && len(t.Said) > 0:
		return Reason{Countersign, fmt.Sprintf("“%s”已由%s签署，等第二人签署%s", t.Work.Name, t.Said[len(t.Said)-1].By.Name, s.since(since)), t.Work.ID, since}
	case t.Work.Claimed == "" && s.Case.Deemed && s.opensWithAcceptance(t):
		return Reason{Unassigned, fmt.Sprintf("窗口逾期没有告知，视为受理；“%s”随后%s无人签收", t.Work.Name, s.since(since)), t.Work.ID, since}
	case t.Work.Claimed == "":
		return Reason{Unclaimed, fmt.Sprintf("“%s”%s%s无人签收", t.Work.Name, s.after(t), s.since(since)), t.Work.ID, since}
	case t.Clock.Late(s.Now, s.Days):
		return Reason{Overrun, fmt.Sprintf("“%s”由%s签收，已用%s，超过环节时限%s", t.Work.Name, t.Holder.Name, s.since(t.Opened), t.Work.Limit), t.Work.ID, since}
	}
	if done, of := s.beside(t); done > 0 {
		return Reason{Countersign, fmt.Sprintf("并联%d项已办结%d项，等“%s”（%s）%s", of, done, t.Work.Name, t.Holder.Name, s.since(since)), t.Work.ID, since}
	}
	return s.whyHeld(t, since)
}

// whyHeld is for work that somebody has and that is within its own limit.
func (s Sight) whyHeld(t cases.Turn, since time.Time) Reason {
	k := s.Case.Clock()
	due := k.Due(s.Days)
	days := int(calendar.DayOf(s.Now) - k.Started.Day())
	used := k.Used(s.Now, s.Days)
	switch {
	case s.Late():
		return Reason{Overrun, fmt.Sprintf("“%s”由%s办理，已用%s，办理时限已于%s届满", t.Work.Name, t.Holder.Name, s.since(t.Opened), due.Day.Han()), t.Work.ID, since}
	case due.Provisional:
		return Reason{Holidays, fmt.Sprintf("%d年放假安排尚未公布，到期日暂按五天工作制推算", due.Day.Year()), t.Work.ID, since}
	case k.Limit.Unit == clock.WorkingDays && days > k.Total().N && used.Days <= k.Total().N:
		return Reason{Holidays, fmt.Sprintf("按自然日已%d天，扣除周末、节假日和停表%d天，实际用%d个工作日，没有超过%s", days, days-used.Days, used.Days, k.Total()), t.Work.ID, since}
	}
	return Reason{UnderWay, fmt.Sprintf("“%s”由%s办理中，已用%s", t.Work.Name, t.Holder.Name, s.since(t.Opened)), t.Work.ID, since}
}

// whyNothing is for a case in which nobody has anything to do.
func (s Sight) whyNothing() Reason {
	e := s.Events[len(s.Events)-1]
	for _, w := range s.Case.Flow.Waits {
		if w.On == "" {
			return Reason{System, fmt.Sprintf("等“%s”回传%s", w.Name, s.since(e.At)), "", e.At}
		}
	}
	return Reason{System, fmt.Sprintf("%s以来没有待办工作，请核查流程和系统", s.since(e.At)), "", e.At}
}

func (s Sight) whyEnded() Reason {
	if !s.Late() || len(s.Turns) == 0 {
		return Reason{UnderWay, fmt.Sprintf("已%s，全程%s", strings.TrimPrefix(s.Case.StateHan(), "已"), s.since(s.Case.Opened)), "", s.Case.Closed}
	}
	longest := slices.MaxFunc(s.Turns, func(a, b cases.Turn) int { return int(s.took(a) - s.took(b)) })
	return Reason{Overrun, fmt.Sprintf("超过时限办结，“%s”用%s，是最长的一步", longest.Work.Name, Spell(s.took(longest))), longest.Work.ID, s.Case.Closed}
}

func (s Sight) took(t cases.Turn) time.Duration {
	if t.Open() {
		return s.Days.Worked(t.Opened, s.until())
	}
	return s.Days.Worked(t.Opened, t.Closed)
}

// stuck is the open work that has lain longest, and since when.
func (s Sight) stuck() (stuck cases.Turn, since time.Time, found bool) {
	for _, t := range s.Turns {
		if !t.Open() {
			continue
		}
		at := s.lain(t)
		if !found || at.Before(since) || at.Equal(since) && t.Work.Claimed == "" && stuck.Work.Claimed != "" {
			stuck, since, found = t, at, true
		}
	}
	return stuck, since, found
}

// lain is since when nothing has happened to the work: it was handed out, put
// back, signed by the first, or a special procedure ended.
func (s Sight) lain(t cases.Turn) time.Time {
	at := t.Opened
	for _, e := range s.Events {
		own := e.Work != nil && e.Work.ID == t.Work.ID
		if e.At.After(at) && (own || ends(e)) {
			at = e.At
		}
	}
	return at
}

// after says after what a piece of work has lain unclaimed.
func (s Sight) after(t cases.Turn) string {
	special, found := s.lastEnded()
	switch {
	case found && special.At.After(t.Opened):
		return fmt.Sprintf("在“%s”结束后", special.Special.Kind)
	case s.lain(t).After(t.Opened):
		return "退回待签收后"
	case t.Work.Back != "":
		return "被退回后"
	case len(s.Case.Notices) > 0 && s.opensWithAcceptance(t):
		return fmt.Sprintf("退回补正%s，受理后", times(len(s.Case.Notices)))
	}
	return "派出后"
}

func (s Sight) opensWithAcceptance(t cases.Turn) bool {
	at, ok := s.accepted()
	return ok && t.Opened.Equal(at)
}

// beside counts the work handed out together with t, and how much of it is done.
func (s Sight) beside(t cases.Turn) (done, of int) {
	for _, other := range s.Turns {
		if other.Opened.Equal(t.Opened) {
			of++
			if !other.Open() {
				done++
			}
		}
	}
	return done, of
}

func times(n int) string {
	if n <= 1 {
		return "一次"
	}
	return fmt.Sprintf("%d次", n)
}

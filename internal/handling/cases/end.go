package cases

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Withdraw takes the application back, until it is decided.
func (c *Case) Withdraw(reason string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Withdraw, by)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(Withdraw, Withdrawn, doer, at)
	m.Reason, m.Handback = reason, c.handback()
	return m, nil
}

// An Ending is on what ground a case is ended, and what shows it.
type Ending struct {
	Ground Ground   `json:"ground"`
	Event  *Outside `json:"event,omitempty"` // what happened, where the case's facts do not tell it
	Say    string   `json:"say,omitempty"`   // what else there is to tell the applicant
}

// Terminate ends a case that cannot go on, on a ground of the list that holds: what
// was asked for or promised never came, or what the bureau shows happened.
func (c *Case) Terminate(e *items.Edition, x Ending, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Terminate, by)
	if err != nil {
		return Moved{}, err
	}
	if bureau, ok := c.bureauPost(by); ok {
		doer = bureau
	}
	bad := fault.New(fault.Invalid, "cases.terminate.ground", "只有法定情形才能终止办理，请按提示修改")
	now, listed := c.groundNow(x.Ground, e, by, calendar.DayOf(at))
	switch {
	case !listed:
		bad = bad.At("ground", "required", "请选择终止办理的情形")
	case now.Why != "":
		bad = bad.At("ground", "fails", "不能以“%s”终止：%s", now.Name, now.Why)
	case now.Hint == "":
		x.Event = nil
	default:
		bad = x.checkEvent(now, calendar.DayOf(at), bad)
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	m := c.moved(Terminate, Terminated, doer, at)
	m.Ending, m.Reason, m.Basis, m.Handback = &x, x.reason(now), now.Basis, c.handback()
	return m, nil
}

// checkEvent refuses a ground of which it is not shown what happened, where it says so,
// and when. What was to be paid is overdue from the day after the last.
func (x *Ending) checkEvent(now GroundNow, today calendar.Day, bad *fault.Error) *fault.Error {
	if x.Event == nil {
		x.Event = &Outside{}
	}
	x.Event = x.Event.tidied()
	noEvent, noSource := x.Event.thin()
	if noEvent {
		bad = bad.At("event.what", "required", "请写明发生了什么、为什么因此不能继续办理")
	}
	if noSource {
		bad = bad.At("event.source", "required", "请写明凭据的名称和文号：%s", now.Hint)
	}
	switch on := x.Event.On; {
	case on == 0:
		bad = bad.At("event.on", "required", "请填写日期")
	case now.Ground == Unpaid && on >= today:
		bad = bad.At("event.on", "early", "缴费期限到%s（含当日），还没有过", on.Han())
	case on > today:
		bad = bad.At("event.on", "future", "这一情况还没有发生，不能据此终止办理")
	}
	return bad
}

// reason is what the applicant is told of the ground: the facts, and what else is said.
func (x Ending) reason(now GroundNow) string {
	say := now.Facts
	if x.Event != nil {
		say = x.Event.say()
	}
	if x.Say != "" {
		say += "。" + x.Say
	}
	return now.Name + "：" + say
}

// Certify notes the certificate that was issued on the decision, or its next
// version, and its last day.
func (c *Case) Certify(identifier string, till calendar.Day, at time.Time) (Moved, error) {
	doer, err := c.judge(Certify, identity.TheSystem)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(Certify, c.State, doer, at)
	m.Produced, m.Until = identifier, till
	return m, nil
}

// Urge is a supervisor's written reminder (督办), kept with the case.
func (c *Case) Urge(text string, by identity.Actor, at time.Time, until ...calendar.Day) (Moved, error) {
	doer, err := c.judge(Urge, by)
	if err != nil {
		return Moved{}, err
	}
	past := slices.ContainsFunc(until, func(day calendar.Day) bool { return day < calendar.DayOf(at) })
	if err := fault.Together(wanted(Urge, "text", text, "请写明督办事由和要求"),
		fault.When(past, fault.New(fault.Invalid, "cases.urge.until", "答复期限不能早于今天").At("until", "past", "答复期限不能早于今天"))); err != nil {
		return Moved{}, err
	}
	m := c.moved(Urge, c.State, doer, at)
	m.Reason = text
	for _, day := range until {
		m.Urging = &Urging{Seq: m.Seq, Text: text, By: by.Name, Until: day}
	}
	return m, nil
}

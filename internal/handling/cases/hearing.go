package cases

import (
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Hearing is the hearing of a case (听证, 行政许可法第四十六条至第四十八条). Its time
// stops the clocks only as the special procedure that the edition lists.
type Hearing struct {
	About  string       `json:"about"`           // what is to be decided
	Reason string       `json:"reason"`          // why there is a right to be heard
	Until  calendar.Day `json:"until"`           // the last day to ask for one
	Told   time.Time    `json:"told,omitzero"`   // when that was told
	Asked  calendar.Day `json:"asked,omitempty"` // the day on which it was asked for; none: the agency's own wish
	Wish   string       `json:"wish,omitempty"`  // what whoever asked for it wants to be heard on
	Pause  string       `json:"pause,omitempty"` // the special procedure in which it is held
	At     time.Time    `json:"at,omitzero"`     // when it is held
	Place  string       `json:"place,omitempty"`
	Host   string       `json:"host,omitempty"` // 主持人
	Shut   bool         `json:"shut,omitempty"` // not public: state or trade secrets, privacy

	Public *Announcement `json:"public,omitempty"` // none: only those concerned are told of it

	Others     []Other     `json:"others,omitempty"`     // who else is concerned
	Of         string      `json:"of,omitempty"`         // which of them the latest act was about; "": none
	Objections []Objection `json:"objections,omitempty"` // to the host

	Minutes *Minutes `json:"minutes,omitempty"` // none: it has not been held yet
}

// TellHearing tells of the right to be heard, once, before the decision on the
// application, or on what the holder asks for afterwards (行政许可法第四十七条).
func (c *Case) TellHearing(h Hearing, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(TellHearing, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.State == Granted && !c.Later.Pending():
		return Moved{}, laterFault(TellHearing, "none", "没有需要听证的事情")
	case c.hearingTold():
		return Moved{}, fault.New(fault.Conflict, "cases.tell-hearing.twice", "已经告知过听证权利")
	}
	if err := fault.Together(wanted(TellHearing, "about", h.About, "请写明拟作出的决定"), wanted(TellHearing, "reason", h.Reason, "请写明涉及哪些重大利益")); err != nil {
		return Moved{}, err
	}
	m := c.moved(TellHearing, c.State, doer, at)
	told := Hearing{}
	if before := c.CurrentHearing(); before != nil {
		told = *before // somebody concerned asked before anybody was told
	}
	told.About, told.Reason, told.Told, told.Until, told.Of = h.About, h.Reason, m.At, clock.HearingRequest.By(calendar.DayOf(at), days), ""
	m.Hearing = &told
	return m, nil
}

// hearingTold reports whether the applicant was told of the right to be heard.
func (c *Case) hearingTold() bool {
	h := c.CurrentHearing()
	return h != nil && !h.Told.IsZero()
}

// latest is the last day on which a hearing that was asked for is held; 0: nobody asked.
func (h *Hearing) latest(days clock.Days) calendar.Day { return clock.Hearing.By(h.Asked, days) }

// HearingDue is the last day for a hearing that was asked for and not called yet;
// 0: none is waited for.
func (c *Case) HearingDue(days clock.Days) calendar.Day {
	h := c.CurrentHearing()
	waits := h != nil && h.At.IsZero() && h.Minutes == nil && (c.State == Accepted || c.State == Granted && c.Later.Pending())
	if !waits {
		return 0
	}
	return h.latest(days)
}

// CallHearing calls the parties to the hearing: at least seven working days
// before it, within twenty of the day on which it was asked for, under a host
// who does not review the case (行政许可法第四十七条、第四十八条). reviewers are the
// names of those who did.
func (c *Case) CallHearing(e *items.Edition, h Hearing, days clock.Days, by identity.Actor, at time.Time, reviewers ...string) (Moved, error) {
	doer, err := c.judge(CallHearing, by)
	if err != nil {
		return Moved{}, err
	}
	if c.State == Granted && !c.Later.Pending() {
		return Moved{}, laterFault(CallHearing, "none", "没有需要听证的事情")
	}
	told := Hearing{}
	if before := c.CurrentHearing(); before != nil {
		told = *before
	}
	if told.Told.IsZero() {
		told.Told, told.About, told.Reason = event.Moment(at), h.About, h.Reason
	}
	if told.Minutes != nil {
		return Moved{}, laterFault(CallHearing, "held", "听证已经举行，笔录在案")
	}
	if told.Asked != 0 {
		h.Asked = told.Asked
	}
	if err := told.checkCall(h, days, by, calendar.DayOf(at), reviewers); err != nil {
		return Moved{}, err
	}
	m := c.moved(CallHearing, c.State, doer, at)
	told.Asked, told.At, told.Place, told.Host, told.Shut, told.Public = h.Asked, h.At.UTC(), h.Place, h.Host, h.Shut, h.Public
	told.Of = ""
	c.pauseFor(e, &told, &m)
	m.Hearing = &told
	return m, nil
}

// checkCall says what is wrong with a call to the hearing that was told of.
func (h *Hearing) checkCall(now Hearing, days clock.Days, by identity.Actor, today calendar.Day, reviewers []string) error {
	bad, held := fault.New(fault.Invalid, "cases.call-hearing", "听证通知还有需要修改的地方"), calendar.DayOf(now.At)
	switch {
	case now.At.IsZero():
		bad = bad.At("on", "required", "请填写听证时间")
	case clock.HearingNotice.By(held, days) < today:
		bad = bad.At("on", "early", "应当在举行听证的七个工作日前通知，请另定时间")
	case now.Asked != 0 && now.latest(days) < held:
		bad = bad.At("on", "late", "应当在收到听证申请之日起二十个工作日内举行，最迟%s", now.latest(days).Han())
	}
	if h.Asked == 0 && now.Asked != 0 && (h.Until == 0 || now.Asked > h.Until || now.Asked > today) {
		bad = bad.At("asked", "term", "要求听证应当在告知以后、%s以前提出，请核对日期", h.Until.Han())
	}
	if now.Place == "" {
		bad = bad.At("place", "required", "请填写听证地点")
	}
	if say := h.barred(now.Host, reviewers, by); say != "" {
		bad = bad.At("host", "host", "%s", say)
	} else if h.Objected() != nil && now.Host != h.Host {
		bad = bad.At("host", "objected", "有人申请%s回避，由谁主持等部门负责人决定", h.Host)
	}
	if bad = h.checkPublic(now, days, today, bad); len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

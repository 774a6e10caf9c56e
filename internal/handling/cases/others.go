package cases

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// An Other is somebody besides the applicant to whose own great interest the
// decision goes (利害关系人, 行政许可法第四十七条). Who they are, and how to reach
// them, is kept in the room hearings; the case keeps what binds it.
type Other struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Relation string       `json:"relation"`           // what of theirs is touched
	Until    calendar.Day `json:"until,omitempty"`    // the last day to ask for a hearing; none: nobody told them, they came by themselves
	Asked    calendar.Day `json:"asked,omitempty"`    // when they asked for one
	Wish     string       `json:"wish,omitempty"`     // and what on
	Admitted bool         `json:"admitted,omitempty"` // told by the agency, or shown to have such an interest
	Refused  string       `json:"refused,omitempty"`  // why not
}

// Waits reports whether the agency has still to say if somebody who came by
// themselves has such an interest.
func (o Other) Waits() bool { return o.Asked != 0 && !o.Admitted && o.Refused == "" }

// other is the place of one of them; -1: there is none.
func (h *Hearing) other(id string) int {
	return slices.IndexFunc(h.Others, func(o Other) bool { return o.ID == id })
}

// with is the hearing with one of the others as they are now.
func (h Hearing) with(o Other) *Hearing {
	h.Others = slices.Clone(h.Others)
	if i := h.other(o.ID); i >= 0 {
		h.Others[i] = o
	} else {
		h.Others = append(h.Others, o)
	}
	h.Of = o.ID
	return &h
}

// contest is the hearing that others may still ask for or come to.
func (c *Case) contest(act Act) (*Hearing, error) {
	h := c.CurrentHearing()
	switch {
	case c.State == Granted && !c.Later.Pending():
		return nil, laterFault(act, "none", "没有需要听证的事情")
	case h != nil && h.Minutes != nil:
		return nil, laterFault(act, "held", "听证已经结束，笔录在案")
	case h == nil && c.State == Granted:
		return nil, laterFault(act, "untold", "部门还没有就这件事告知听证权利")
	case h == nil:
		return &Hearing{}, nil
	}
	return h, nil
}

// TellOther tells somebody concerned that they may ask for a hearing, within five
// working days of that; the applicant is told first (行政许可法第四十七条).
func (c *Case) TellOther(e *items.Edition, o Other, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(TellHearing, by)
	if err != nil {
		return Moved{}, err
	}
	h, err := c.contest(TellHearing)
	switch {
	case err != nil:
		return Moved{}, err
	case h.Told.IsZero():
		return Moved{}, fault.New(fault.Conflict, "cases.tell-hearing.first", "请先告知申请人听证权利，写明拟作出的决定和涉及的利益，再告知利害关系人")
	case o.Relation == "":
		return Moved{}, fault.New(fault.Invalid, "cases.tell-hearing.relation", "请写明关系到他的什么利益").At("relation", "required", "请写明关系到他的什么利益，告知书上会写明")
	}
	if i := h.other(o.ID); i >= 0 && (h.Others[i].Until != 0 || h.Others[i].Admitted) {
		return Moved{}, fault.New(fault.Conflict, "cases.tell-hearing.other", "已经告知过%s，或者已经同意他的听证要求", h.Others[i].Name)
	} else if i >= 0 {
		o.Asked, o.Wish = h.Others[i].Asked, h.Others[i].Wish // the agency now says itself that they are concerned
	}
	m := c.moved(TellHearing, c.State, doer, at)
	o.Until, o.Admitted = clock.HearingRequest.By(calendar.DayOf(at), days), true
	m.Hearing = h.with(o)
	c.askedBy(e, m.Hearing, o, &m)
	m.Paper = HearingRight
	return m, nil
}

// AskOther has somebody who was told ask for a hearing, or somebody who was not
// told show what of theirs the decision touches; the agency then answers them
// (行政许可法第四十七条).
func (c *Case) AskOther(e *items.Edition, o Other, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(AskHearing, by)
	if err != nil {
		return Moved{}, err
	}
	h, err := c.contest(AskHearing)
	if err != nil {
		return Moved{}, err
	}
	today, i := calendar.DayOf(at), h.other(o.ID)
	if i >= 0 {
		o.Until, o.Admitted, o.Relation = h.Others[i].Until, h.Others[i].Admitted, h.Others[i].Relation
	}
	switch {
	case i >= 0 && h.Others[i].Asked != 0:
		return Moved{}, fault.New(fault.Conflict, "cases.ask-hearing.twice", "已经要求过听证，请等候通知或者答复")
	case o.Until != 0 && today > o.Until:
		return Moved{}, fault.New(fault.Conflict, "cases.ask-hearing.late", "要求听证的期限到%s为止，已经过了", o.Until.Han())
	}
	if err := o.asks(); err != nil {
		return Moved{}, err
	}
	if doer.Role == identity.System {
		doer.Name = o.Name + "（利害关系人）"
	}
	m := c.moved(AskHearing, c.State, doer, at)
	o.Asked = today
	m.Hearing = h.with(o)
	c.askedBy(e, m.Hearing, o, &m)
	return m, nil
}

// asks: whoever asks for a hearing says what of theirs the decision touches, and
// about what they want to be heard.
func (o Other) asks() error {
	bad := fault.New(fault.Invalid, "cases.ask-hearing.other", "还有内容需要填写")
	if o.Relation == "" {
		bad = bad.At("relation", "required", "请写明这件许可关系到本人的什么重大利益")
	}
	if o.Wish == "" {
		bad = bad.At("wish", "required", "请写明希望就什么听证")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// JudgeOther says whether somebody whom nobody told is concerned: then the hearing
// is held within twenty working days of when they asked; if not they read why
// (行政许可法第四十七条).
func (c *Case) JudgeOther(e *items.Edition, id string, admit bool, why string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(JudgeDemand, by)
	if err != nil {
		return Moved{}, err
	}
	h, err := c.contest(JudgeDemand)
	if err != nil {
		return Moved{}, err
	}
	i := h.other(id)
	switch {
	case i < 0 || !h.Others[i].Waits():
		return Moved{}, fault.New(fault.Conflict, "cases.judge-demand.none", "没有等待答复的听证要求，可能已经答复")
	case !admit && why == "":
		return Moved{}, fault.New(fault.Invalid, "cases.judge-demand.why", "请写明不同意听证的理由").At("why", "required", "请写明为什么不属于直接涉及他的重大利益，答复书上会写明")
	}
	m, o := c.moved(JudgeDemand, c.State, doer, at), h.Others[i]
	if o.Admitted = admit; !admit {
		o.Refused, m.Paper = why, HearingReply
	}
	m.Hearing = h.with(o)
	c.askedBy(e, m.Hearing, o, &m)
	return m, nil
}

// askedBy has the hearing asked for from the day on which somebody admitted asked
// for it, and the clocks stand still for it.
func (c *Case) askedBy(e *items.Edition, h *Hearing, o Other, m *Moved) {
	if o.Admitted && o.Asked != 0 {
		if h.Asked == 0 || o.Asked < h.Asked && h.At.IsZero() {
			h.Asked = o.Asked
		}
		if c.pauseFor(e, h, m); m.Special != nil {
			m.Special.Asker = o.Name
		}
	}
	if m.Special == nil && m.Paper == SpecialNotice {
		m.Paper = "" // no clock stands still by this
	}
}

// unanswered says whom the agency has to wait for, or answer, before it decides.
func (h *Hearing) unanswered(act Act, today calendar.Day) error {
	for _, o := range h.Others {
		switch {
		case o.Waits():
			return fault.New(fault.Conflict, "cases."+string(act)+".hearing-demand", "%s以利害关系人的身份要求听证，请先答复", o.Name)
		case o.Asked == 0 && o.Until != 0 && today <= o.Until:
			return fault.New(fault.Conflict, "cases."+string(act)+".hearing-term", "利害关系人%s可以要求听证到%s，期满没有要求的，再作决定", o.Name, o.Until.Han())
		}
	}
	return nil
}

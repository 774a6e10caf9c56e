package cases

import (
	"cmp"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Propose has a reviewer propose to annul, recall, strip or cancel what was
// granted, on a ground that the law names. Except for a cancellation the holder
// is told first, and may state, plead and ask for a hearing within five working
// days (行政许可法第七条、第八条、第六十九条、第七十条).
func (c *Case) Propose(e *items.Edition, l Later, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(ProposeLater, by)
	if err == nil {
		err = c.begin(ProposeLater)
	}
	if err == nil {
		err = l.proposed(e)
	}
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(ProposeLater, c.State, doer, at)
	m.Later = &Later{Kind: l.Kind, Ground: l.Ground, Reason: l.Reason, Basis: l.basis(e), Holds: c.Certificate,
		From: m.At, By: by.Account, ByName: by.Name}
	m.Reason, m.Basis = l.Reason, m.Later.Basis
	if l.Kind.Heard() {
		m.Later.Until = clock.HearingRequest.By(calendar.DayOf(at), days)
		m.Hearing = m.Later.heard()
	} else {
		m.Paper = ""
	}
	return m, nil
}

// basis is what a proposal rests on: what was written, or else the article of its kind.
func (l Later) basis(e *items.Edition) string { return cmp.Or(l.Basis, l.Kind.Article(e, l.Ground)) }

// proposed refuses a proposal on no ground of the law for its kind, one without
// reason, and one that rests on nothing: what is against the holder is not said
// without its article, and for what is no licence there is none for all.
func (l Later) proposed(e *items.Edition) error {
	row := laterRows[l.Kind]
	reason := wanted(ProposeLater, "reason", l.Reason, "请写明事实和理由")
	if row.own && l.Ground != "" {
		reason = fault.Together(reason, wanted(ProposeLater, "basis", l.basis(e), "这个事项不是行政许可，请写明"+row.han+"所依据的法律、法规、规章和条款"))
	}
	switch {
	case l.Kind == "" && l.Ground == "":
		return fault.Together(laterField(ProposeLater, "ground", "请选择法律规定的情形"), reason)
	case !row.own:
		return fault.Together(laterField(ProposeLater, "kind", "请选择撤销、撤回、吊销或者注销"), reason)
	case len(l.Kind.Grounds(e.Type)) == 0:
		return fault.Together(laterField(ProposeLater, "kind", row.han+"只适用于行政许可证件，请选择撤销、撤回或者注销"), reason)
	case !slices.Contains(l.Kind.Grounds(e.Type), l.Ground):
		return fault.Together(laterField(ProposeLater, "ground", "请选择法律规定的情形"), reason)
	}
	return reason
}

// A LaterRuling is what the second of two decides.
type LaterRuling struct {
	Kind   LaterKind // what the decider means to decide; "" whatever waits
	Grant  bool
	Reason string
	Answer string // what is made of the holder's plea
}

// Conclude decides what was asked for or proposed: by another than the one who
// judged it first, and after the holder was heard. What is granted moves the
// certificate, through the listeners.
func (c *Case) Conclude(e *items.Edition, r LaterRuling, by identity.Actor, at time.Time) (Moved, error) {
	if _, err := c.by(DismissLater, by); err != nil {
		return Moved{}, err
	}
	if !c.Later.Pending() {
		return Moved{}, laterFault(DismissLater, "none", "没有等待决定的变动")
	}
	l, act := *c.Later, DismissLater
	if r.Kind != "" && r.Kind != l.Kind {
		return Moved{}, laterFault(laterRows[r.Kind].act, "kind", "等待决定的是"+l.Kind.Han()+"，不是"+r.Kind.Han())
	}
	if r.Grant {
		act = laterRows[l.Kind].act
	}
	doer, err := c.judge(act, by)
	if err == nil {
		err = c.mayConclude(act, r, by, at)
	}
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(act, c.State, doer, at)
	l.Done, l.Granted, l.Signed, l.Why, l.Answer, l.At = true, r.Grant, []string{l.ByName, by.Name}, r.Reason, r.Answer, m.At
	m.Later, m.Reason = &l, cmp.Or(r.Reason, l.Reason)
	m.Basis = cmp.Or(l.Basis, MoveOf(act).Rests(e))
	l.Basis = m.Basis
	c.undone(&m)
	return m, nil
}

func (c *Case) mayConclude(act Act, r LaterRuling, by identity.Actor, at time.Time) error {
	l := c.Later
	h := c.CurrentHearing()
	asked := l.Plea != nil && l.Plea.Hearing || h != nil && (h.Asked != 0 || !h.At.IsZero())
	switch {
	case l.By == "":
		return laterFault(act, "vet", "请先由审查人员审查")
	case l.By == by.Account:
		return laterFault(act, "same", "审查（提出）和决定不能是同一个人，请由另一位审批人员决定")
	case l.Kind.Favours() && r.Grant && !l.Mute && c.Until != 0 && calendar.DayOf(at) > c.Until:
		return laterFault(act, "expired", "证照的有效期已经届满，不能再变更；延续逾期没有决定的，视为准予")
	case l.Owned() && l.Plea == nil && calendar.DayOf(at) <= l.Until:
		return laterFault(act, "unheard", "持证人可以陈述、申辩到"+l.Until.Han()+"，期满或者收到意见后再作决定")
	case asked && r.Grant && (h == nil || h.Minutes == nil):
		return laterFault(act, "hearing", "持证人要求听证，请先通知并举行听证，根据听证笔录决定")
	case !l.Owned() && c.unheard(act, at) != nil:
		return c.unheard(act, at)
	}
	return c.Replies(act, r)
}

// Replies refuses a ruling that does not say what it has to: what is made of the
// holder's plea, and why something is not granted.
func (c *Case) Replies(act Act, r LaterRuling) error {
	var answer, reason error
	if c.Later.Plea != nil || c.held() {
		answer = wanted(act, "answer", r.Answer, "请写明对陈述、申辩意见是否采纳和理由")
	}
	if !r.Grant {
		reason = wanted(act, "reason", r.Reason, "请写明理由")
	}
	return fault.Together(answer, reason)
}

// ServeLater notes that the paper of the later decision reached the holder.
func (c *Case) ServeLater(d Delivered, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(ServeLater, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.Later == nil || !c.Later.Done:
		return Moved{}, laterFault(ServeLater, "none", "还没有作出决定，没有要送达的文书")
	case c.Later.Served != nil:
		return Moved{}, laterFault(ServeLater, "twice", "已经登记过送达")
	}
	if err := c.checkService(d, c.Later.At, at); err != nil {
		return Moved{}, err
	}
	m, l := c.moved(ServeLater, c.State, doer, at), *c.Later
	l.Served = d.on(at)
	m.Later, m.Delivered = &l, l.Served
	return m, nil
}

// laterRings remind of the end of a certificate, a month and a week before the
// last day on which its renewal may be asked for, and renew it by silence when
// that was asked for and nobody decided (行政许可法第五十条).
func (c *Case) laterRings(days clock.Days) []ring {
	if _, gone := c.Gone(); gone || c.Until == 0 {
		return nil
	}
	if c.Later.Pending() && c.Later.Kind == Renewing && !c.Later.Mute {
		return []ring{{at: clock.At((c.Until + 1).Start()), act: DeemRenew, say: "有效期届满前没有作出决定"}}
	}
	last := c.RenewBy(days)
	if on := []calendar.Day{last - 30, last - 7}; c.Reminded < len(on) && !c.Later.Pending() {
		say := "有效期至" + c.Until.Han() + "，需要延续的，请在" + last.Han() + "前（含当日）申请"
		return []ring{{at: clock.At(on[c.Reminded].Start()), act: RemindExpiry, say: say}}
	}
	return nil
}

// deemed completes the fact of a renewal by silence.
func (c *Case) deemed(m *Moved) {
	l := *c.Later
	l.Done, l.Granted, l.Deemed, l.Why, l.At, l.Basis = true, true, true, m.Reason, m.At, MoveOf(DeemRenew).Basis
	m.Later = &l
}

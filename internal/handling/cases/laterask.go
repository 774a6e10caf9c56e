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

func laterFault(act Act, what, say string) error {
	return fault.New(fault.Conflict, "cases."+string(act)+"."+what, "%s", say)
}

// renewBefore is how long before the last day a renewal is to be asked for:
// thirty days, unless another law says otherwise (行政许可法第五十条).
func renewBefore(e *items.Edition) clock.Limit {
	for _, r := range e.Results {
		if r.CertificateType != "" && !r.RenewBefore.None() {
			return r.RenewBefore
		}
	}
	return clock.Renewal.Limit
}

// RenewBy is the last day on which a renewal may be asked for; none if the
// certificate has no end.
func (c *Case) RenewBy(days clock.Days) calendar.Day {
	term := clock.Renewal
	term.Limit = c.RenewBefore
	return term.By(c.Until, days)
}

// Ask has the holder ask for a change, a renewal or the end of what was granted
// (行政许可法第四十九条、第五十条、第七十条).
func (c *Case) Ask(e *items.Edition, l Later, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	act := laterRows[l.Kind].ask
	if act == "" {
		return Moved{}, fault.New(fault.Invalid, "cases.ask.kind", "请选择变更、延续或者注销").At("kind", "choice", "请选择变更、延续或者注销")
	}
	doer, err := c.judge(act, by)
	if err == nil {
		err = c.begin(act)
	}
	if err == nil {
		err = c.mayAsk(act, e, &l, days, at)
	}
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(act, c.State, doer, at)
	m.Later = &Later{Kind: l.Kind, Asked: true, Reason: l.Reason, Changes: l.Changes, Till: l.Till, Holds: c.Certificate, From: m.At, Limit: e.Statutory}
	if m.Later.Limit.None() {
		m.Later.Limit = clock.Decision.Limit
	}
	m.Later.Mute = l.Kind == Renewing && !RenewsBySilence(e)
	m.Reason = l.Reason
	return m, nil
}

func (c *Case) mayAsk(act Act, e *items.Edition, l *Later, days clock.Days, at time.Time) error {
	l.Till = 0
	switch {
	case l.Reason == "":
		return laterField(act, "reason", "请写明理由")
	case l.Kind.Favours() && c.Certificate == "":
		return laterFault(act, "certificate", "这个办件没有证照，不能"+l.Kind.Han())
	case l.Kind != Cancelling && c.Until != 0 && calendar.DayOf(at) > c.Until:
		return laterFault(act, "expired", "证照已于"+c.Until.Han()+"到期，请重新申请")
	case l.Kind == Changing:
		return mayChange(l)
	case l.Kind == Renewing:
		return c.mayRenew(e, l, days, at)
	}
	l.Changes = nil
	return nil
}

func mayChange(l *Later) error {
	l.Changes = slices.DeleteFunc(slices.Clone(l.Changes), func(x Line) bool { return x.Name == "" || x.Say == "" })
	if len(l.Changes) == 0 {
		return laterField(AskChange, "changes", "请写明哪一项要变更、变更成什么")
	}
	return nil
}

// mayRenew judges the time of a renewal and says until when it would run: once
// more for as long as the guide says, or else for as long as before.
func (c *Case) mayRenew(e *items.Edition, l *Later, days clock.Days, at time.Time) error {
	l.Changes = nil
	last := c.RenewBy(days)
	switch {
	case c.Until == 0:
		return laterFault(AskRenewal, "endless", "证照长期有效，不需要延续")
	case calendar.DayOf(at) > last:
		return laterFault(AskRenewal, "late", "延续应当在"+last.Han()+"前（含当日）提出，期限已过，请重新申请")
	}
	for _, r := range e.Results {
		if r.CertificateType != "" && r.ValidYears > 0 {
			l.Till = (c.Until + 1).AddMonths(12*r.ValidYears) - 1
		}
	}
	if l.Till == 0 {
		l.Till = c.Until + (c.Until - calendar.DayOf(c.Decision.At) + 1)
	}
	return nil
}

// Vet has a reviewer judge what the holder asks for, before somebody else
// decides (行政许可法第三十四条).
func (c *Case) Vet(opinion string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(VetLater, by)
	switch {
	case err != nil:
		return Moved{}, err
	case !c.Later.Pending() || !c.Later.Asked:
		return Moved{}, laterFault(VetLater, "none", "没有等待审查的变动申请")
	case c.Later.By != "":
		return Moved{}, laterFault(VetLater, "twice", "已由"+c.Later.ByName+"审查，等待决定")
	case opinion == "":
		return Moved{}, laterField(VetLater, "opinion", "请写明审查意见")
	}
	m, l := c.moved(VetLater, c.State, doer, at), *c.Later
	l.By, l.ByName, l.Opinion = by.Account, by.Name, opinion
	m.Later = &l
	return m, nil
}

// PleadLater has the holder state and plead against what is proposed, and
// perhaps ask for a hearing, within the term (行政许可法第七条).
func (c *Case) PleadLater(text string, hearing bool, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(PleadLater, by)
	switch {
	case err != nil:
		return Moved{}, err
	case !c.Later.Pending() || !c.Later.Owned():
		return Moved{}, laterFault(PleadLater, "none", "没有等待您陈述、申辩的事情")
	case c.Later.Plea != nil:
		return Moved{}, laterFault(PleadLater, "twice", "您已经提交过陈述、申辩意见")
	case calendar.DayOf(at) > c.Later.Until:
		return Moved{}, laterFault(PleadLater, "late", "陈述、申辩期限到"+c.Later.Until.Han()+"为止，已经过了")
	case text == "":
		return Moved{}, laterField(PleadLater, "text", "请写明您的意见")
	}
	m, l := c.moved(PleadLater, c.State, doer, at), *c.Later
	l.Plea = &Plea{Text: text, Hearing: hearing, At: m.At}
	m.Later = &l
	if h := c.CurrentHearing(); hearing && h != nil && h.Asked == 0 {
		asked := *h
		asked.Asked, asked.Wish = calendar.DayOf(at), text
		m.Hearing = &asked
	}
	return m, nil
}

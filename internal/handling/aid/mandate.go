package aid

import (
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Mandate is what somebody lets a helper do in their name (委托): an application may be
// made by an agent (行政许可法第二十九条), and what the agent may do, and how long, is
// written down and signed by the person.
type Mandate struct {
	To    Person       `json:"to"`    // who acts; the mandate goes to nobody else
	Scope string       `json:"scope"` // what for, in words
	Until calendar.Day `json:"until"` // its last day
	Paper bool         `json:"paper"` // its original is kept; else the person gave it online themself
	At    time.Time    `json:"at"`
}

// Entrusted reports whether there is a mandate that counts on a day for whoever sees to the
// matter.
func (m Matter) Entrusted(today calendar.Day) bool {
	return m.Mandate.To.Account != "" && m.Mandate.To.Account == m.Assignee.Account && today <= m.Mandate.Until
}

// Files reports whether whoever sees to the matter may file for the person now: beside
// them as a companion, and in their name by a mandate.
func (m Matter) Files(by identity.Actor, today calendar.Day) bool {
	if m.State != Taken || m.Assignee.Account != by.Account || !by.Plays(identity.Window) {
		return false
	}
	return m.Kind == Helped || m.Kind == Agent && m.Entrusted(today)
}

// Han says the mandate in words.
func (d Mandate) Han() string {
	if d.To.Name == "" {
		return ""
	}
	how := "，本人在网上确认"
	if d.Paper {
		how = "，留存授权委托书"
	}
	return "委托" + d.To.Name + d.Scope + "，到" + d.Until.Han() + "为止" + how
}

// mandated refuses what must not be done without a mandate, and a mandate for what needs none.
func (m Matter) mandated(a Act, today calendar.Day) error {
	switch {
	case a == Answer && m.Kind == Agent && !m.Entrusted(today):
		return fault.New(fault.Conflict, "aid.answer.mandate", "代办要有本人的委托：请先登记委托（代办什么、到哪一天），再答复办好了")
	case a == Entrust && m.Kind != Agent:
		return fault.New(fault.Conflict, "aid.entrust.kind", "只有代办要委托；%s由本人自己办，工作人员陪同", m.Kind.Han())
	}
	return nil
}

// checkMandate names what is missing of a mandate; own: the person gives it themself.
func (d Done) checkMandate(own bool, today calendar.Day, bad *fault.Error) *fault.Error {
	if d.Say == "" {
		bad = bad.At("say", "required", "请写明代办哪些事、到哪一步，如“代为提出申请、领取结果”")
	}
	if d.Until < today {
		bad = bad.At("until", "range", "请填写委托到哪一天为止，从今天起")
	}
	if !own && !d.Paper {
		bad = bad.At("paper", "required", "请核对并留存本人签名的授权委托书；本人也可以在网上确认")
	}
	return bad
}

// said is what the log keeps of an act.
func (d Done) said(a Act, m Matter) string {
	if a == Entrust {
		return m.Mandate.Han()
	}
	return d.Say
}

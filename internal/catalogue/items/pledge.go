package items

import (
	"slices"

	"tongban/internal/engine/clock"
)

// PledgeRules say how the applicant's own written word is taken on an item
// (告知承诺制, 国办发〔2020〕42号).
type PledgeRules struct {
	AtOnce   bool        `json:"atOnce,omitempty"`   // 当场决定: decided on the spot once all conditions are pledged
	Check    CheckWay    `json:"check,omitempty"`    // 核查方式
	Within   clock.Limit `json:"within,omitzero"`    // 核查时限, from the decision
	Mend     clock.Limit `json:"mend,omitzero"`      // 整改期限 where what was pledged is not yet so
	Excluded string      `json:"excluded,omitempty"` // why no word is taken here (特别风险清单); empty: it may be
}

// A CheckWay is how it is found out whether a pledge is true (核查方式).
type CheckWay string

// The ways of checking.
const (
	NoCheck     CheckWay = "免予核查"
	OnlineCheck CheckWay = "在线核查"
	SiteCheck   CheckWay = "现场核查"
)

// Where an item says nothing: what many places practise, for the State Council
// leaves the terms to whoever carries the item out.
var (
	usualWithin = clock.Limit{N: 2, Unit: clock.Months}
	usualMend   = clock.Limit{N: 15, Unit: clock.WorkingDays}
)

// Usual fills in what the item leaves open.
func (r PledgeRules) Usual() PledgeRules {
	if r.Check == "" {
		r.Check = SiteCheck
	}
	if r.Within.None() {
		r.Within = usualWithin
	}
	if r.Mend.None() {
		r.Mend = usualMend
	}
	return r
}

// Pledgeable reports whether anything of the item may be done on the
// applicant's word.
func (e *Edition) Pledgeable() bool { return e.Pledge.Excluded == "" && promised(e) }

// pledgeRules keep an item that is too dangerous off the lists of 告知承诺.
var pledgeRules = []Rule{
	{"items.pledge.excluded", Error, "列入特别风险清单的事项不得告知承诺", "国办发〔2020〕42号（二）", excludedPledges},
	{"items.pledge.at-once", Error, "当场决定须是可以告知承诺办理的事项", "国办发〔2020〕42号", idlePledges},
	{"items.pledge.check", Error, "承诺的核查方式须从列出的方式中选择", "国办发〔2020〕42号（五）", unknownChecks},
}

func excludedPledges(e *Edition, say report) {
	if e.Pledge.Excluded == "" {
		return
	}
	if e.Promisable {
		say("promisable", "事项已写明不适用告知承诺（%.40s），不能同时按告知承诺办理", e.Pledge.Excluded)
	}
	for i, m := range e.Materials {
		if m.Promisable {
			say(at("materials", i)+".promisable", "事项已写明不适用告知承诺，“%s”不能用承诺代替", m.Name)
		}
	}
}

func idlePledges(e *Edition, say report) {
	if e.Pledge.AtOnce && !e.Promisable {
		say("pledge.atOnce", "要当场作出决定，请先把事项设为可以告知承诺办理")
	}
}

func unknownChecks(e *Edition, say report) {
	if !slices.Contains([]CheckWay{"", NoCheck, OnlineCheck, SiteCheck}, e.Pledge.Check) {
		say("pledge.check", "不认识的核查方式“%.20s”，请从免予核查、在线核查、现场核查中选择", string(e.Pledge.Check))
	}
}

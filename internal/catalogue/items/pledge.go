package items

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/engine/clock"
)

// PledgeRules say how the applicant's own written word is taken on an item
// (告知承诺制, 国办发〔2020〕42号).
type PledgeRules struct {
	AtOnce   bool        `json:"atOnce,omitempty"`   // 当场决定: decided on the spot once all conditions are pledged
	Check    CheckWay    `json:"check,omitempty"`    // 核查方式
	Within   clock.Limit `json:"within,omitzero"`    // 核查时限, from the decision
	Mend     clock.Limit `json:"mend,omitzero"`      // 整改期限 where what was pledged is not yet so
	Excluded string      `json:"excluded,omitempty"` // why no word is taken here (特别风险清单), naming one of RiskClasses; empty: it may be
	Standard string      `json:"standard,omitempty"` // 核查标准: what is looked at, and when it is as pledged
	Public   clock.Limit `json:"public,omitzero"`    // 公开期限: for how long the pledge is open to the public, from the decision; none: it is not
	Sample   int         `json:"sample,omitempty"`   // 抽查比例: of 1000 that need no check, how many are drawn for one on site
	Later    clock.Limit `json:"later,omitzero"`     // 达到条件的期限: all conditions may be pledged to be met within it, from the decision, and before operating; none: they are to be met already
	Undo     bool        `json:"undo,omitempty"`     // 逾期没有达到的提出撤销: it proposes by itself that the decision be annulled; else the agency looks
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

// RiskClasses are what keeps a matter off the lists: a mistake there is risky,
// dear to put right or past mending (国办发〔2020〕42号（三）; 汉中经开〔2023〕（十）).
var RiskClasses = []string{
	"直接涉及国家安全", "直接涉及国家秘密", "直接涉及公共安全", "直接涉及金融业审慎监管", "直接涉及生态环境保护",
	"直接关系人身健康", "直接关系生命财产安全", "重要涉外", "风险较大、纠错成本较高、损害难以挽回", "法律法规规定不得承诺",
}

// PledgeLiability is what follows if the word is not true (国办发〔2020〕42号（五）).
const PledgeLiability = "承诺不实的，行政机关依法终止办理、责令限期整改、撤销行政决定或者予以行政处罚，并纳入信用记录；修复以前，不再适用告知承诺。"

// drawn is whether a pledge that needs no check is looked at all the
// same, being drawn.
func (r PledgeRules) drawn() string {
	if r.Sample == 0 {
		return string(NoCheck)
	}
	return fmt.Sprintf("%s，每千件抽查%d件，抽中的作出决定后%s内%s", NoCheck, r.Sample, r.Within, SiteCheck)
}

// CheckSay is how and when a pledge is checked, and by what standard.
func (r PledgeRules) CheckSay() string {
	r = r.Usual()
	say := r.drawn()
	if r.Check != NoCheck {
		say = fmt.Sprintf("作出决定后%s内%s", r.Within, r.Check)
	}
	if !r.Later.None() {
		say += "；" + r.LaterSay()
	}
	if r.Standard != "" {
		say += "；核查标准：" + strings.TrimRight(r.Standard, "。")
	}
	return say
}

// LaterSay is by when conditions that are pledged to be met later must be met, and
// what follows if they are not; "" where they cannot be.
func (r PledgeRules) LaterSay() string {
	if r.Later.None() {
		return ""
	}
	say := fmt.Sprintf("条件还没有全部达到的，可以承诺作出决定后%s内达到并提交证明，经确认以前不得经营；逾期没有达到的，", r.Later)
	if r.Undo {
		return say + "依法提出撤销决定"
	}
	return say + "由部门现场核查后依法处理"
}

// PublicSay is whether pledges are open to the public, and for how long.
func (r PledgeRules) PublicSay() string {
	if r.Public.None() {
		return "承诺书不公开"
	}
	return "承诺书自作出决定之日起公开" + r.Public.String() + "，个人姓名只显示姓"
}

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
	{"items.pledge.class", Error, "不适用告知承诺须属于特别风险情形之一", "国办发〔2020〕42号（三）", unclassedPledges},
	{"items.pledge.safety", Warning, "直接关系公共安全、人身健康、生命财产安全的事项，一般不适用告知承诺", "国办发〔2020〕42号（三）", riskyPledges},
	{"items.pledge.sample", Error, "抽查比例用于免予核查的承诺，在千分之0至1000之间", "国办发〔2020〕42号（五）", wrongPledgeSample},
	{"items.pledge.later", Error, "可以承诺以后达到条件的，须是可以告知承诺办理的事项", "国办发〔2020〕42号", idleLater},
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

func idleLater(e *Edition, say report) {
	switch p := e.Pledge; {
	case !p.Later.None() && !e.Promisable:
		say("pledge.later", "要让申请人承诺以后达到条件，请先把事项设为可以告知承诺办理")
	case p.Later.None() && p.Undo:
		say("pledge.undo", "没有规定达到条件的期限，就没有逾期没有达到的，请先写明期限")
	}
}

func unclassedPledges(e *Edition, say report) {
	why := e.Pledge.Excluded
	if why != "" && !slices.ContainsFunc(RiskClasses, func(class string) bool { return strings.Contains(why, class) }) {
		say("pledge.excluded", "请写明属于哪一种特别风险情形：%s", strings.Join(RiskClasses, "；"))
	}
}

func riskyPledges(e *Edition, say report) {
	if e.Safety && e.Promisable {
		say("promisable", "事项标为直接关系公共安全、人身健康、生命财产安全，承诺全部条件即可许可的，请确认风险可控")
	}
}

func wrongPledgeSample(e *Edition, say report) {
	switch n := e.Pledge.Sample; {
	case n < 0 || n > 1000:
		say("pledge.sample", "抽查比例应在千分之0至1000之间，不能是%d", n)
	case n > 0 && e.Pledge.Check != NoCheck:
		say("pledge.sample", "核查方式是“%s”的，每件都核查，不用抽查", e.Pledge.Usual().Check)
	}
}

func unknownChecks(e *Edition, say report) {
	if !slices.Contains([]CheckWay{"", NoCheck, OnlineCheck, SiteCheck}, e.Pledge.Check) {
		say("pledge.check", "不认识的核查方式“%.20s”，请从免予核查、在线核查、现场核查中选择", string(e.Pledge.Check))
	}
}

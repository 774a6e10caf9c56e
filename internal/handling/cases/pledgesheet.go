package cases

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/papers"
)

// PledgeNotice is what a pledge means, told before it is given (告知书).
type PledgeNotice struct {
	Kind       PledgeKind
	Name       string   // of the item
	Bases      []string // 设定依据
	Conditions []string // what is pledged to be so
	Replaces   []string // materials that need not be handed in
	Check      string   // how, when and by what standard it will be checked
	Public     string   // whether it is open to the public, and for how long
	Liability  string
	Later      string // that conditions may be pledged to be met later, and by when; "" they may not
	AtOnce     bool
}

// NoticeOf is what is told of pledging on this case, as its answers stand.
func (c *Case) NoticeOf(e *items.Edition, kind PledgeKind, materials []string) PledgeNotice {
	n := PledgeNotice{Kind: kind, Name: e.Name, Check: e.Pledge.CheckSay(), Public: e.Pledge.PublicSay(), Liability: items.PledgeLiability, AtOnce: kind == LicencePledge && e.Pledge.AtOnce}
	if kind == LicencePledge {
		n.Later = e.Pledge.LaterSay()
	}
	for _, b := range e.Bases {
		n.Bases = append(n.Bases, b.String())
	}
	proves := map[string]bool{}
	for _, m := range e.MaterialsFor(c.Answers) {
		if m.Promisable && (kind == LicencePledge || slices.Contains(materials, m.ID)) {
			n.Replaces = append(n.Replaces, m.Name)
			for _, id := range m.Proves {
				proves[id] = true
			}
		}
	}
	for _, k := range e.ConditionsFor(c.Answers) {
		switch pledged := kind == LicencePledge || proves[k.ID]; {
		case pledged && k.Kind == items.Prohibition:
			n.Conditions = append(n.Conditions, "没有不得办理的情形（"+k.Text+"）")
		case pledged:
			n.Conditions = append(n.Conditions, k.Text)
		}
	}
	return n
}

// composePledge writes the letter: first what was told, then what is pledged,
// signed by the applicant (告知承诺书).
func composePledge(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days, v papers.Values) {
	s.To, s.From, s.Seal = s.giver.Name, c.Applicant.Name, ""
	kind, materials, say := ProofPledge, []string{}, "承诺符合"
	for _, p := range m.Pledges {
		if p.Later {
			say = "承诺作出决定后" + e.Pledge.Later.String() + "内、经营以前达到"
		}
		if p.Kind == LicencePledge {
			kind = LicencePledge
		}
		materials = append(materials, p.Material)
	}
	n := c.NoticeOf(e, kind, materials)
	v["依据"], v["承诺种类"], v["核查"], v["责任"] = strings.Join(n.Bases, "、"), kind.Han(), n.Check, n.Liability
	if !e.Pledge.Public.None() {
		v["核查"] += "。公开：" + n.Public
	}
	if n.AtOnce {
		v["当场决定"] = "承诺全部条件的，当场作出决定。"
	}
	for _, text := range n.Conditions {
		s.List = append(s.List, Line{text, say})
	}
	for _, name := range n.Replaces {
		s.List = append(s.List, Line{name, "以承诺代替"})
	}
	if m.Signed.Name == "" {
		return // as it is read before it is signed
	}
	s.Facts = append(s.Facts, Fact{"承诺人签名", m.Signed.Name + "（" + m.Signed.Way() + "）"})
	s.Signed = []ink.Signature{m.Signed.Signature}
	if m.By.Role != "applicant" {
		s.Facts = append(s.Facts, Fact{"当面见证", m.By.Name})
	}
}

// composeCheck tells what a check came to, and what follows.
func composeCheck(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days, v papers.Values) {
	f := m.Found
	v["核查方式"], v["核查结果"], v["核查情况"] = string(c.Check.Way), f.Result.Han(), f.Reason
	for _, file := range f.Evidence {
		s.List = append(s.List, Line{file.Name, "证据"})
	}
	if say := c.MeetSays(days); say != "" {
		s.Facts = append(s.Facts, Fact{"何时可以经营", say})
	}
	switch f.Result {
	case PledgeUnmet:
		v["整改期限"] = f.Mend.Han()
	case PledgeBroken:
		v["依据"] = f.Basis
		v["拟撤销"] = "撤销准予您的决定。您可以自收到本告知书之日起五个工作日内陈述、申辩。本次承诺不实纳入信用记录；您可以在“我的信用”里提出异议，符合条件的可以申请信用修复。"
		v["撤销意向"] = "我们拟依照《中华人民共和国行政许可法》第六十九条" + v["拟撤销"] // of the first edition of its words
		v[papers.Remedies] = s.against("对纳入信用记录不服的，可以自收到本告知书之日起")
	}
	s.Receipt = true
}

// composeLapse tells that a promised material did not come by its day.
func composeLapse(s *Sheet, c *Case, m Moved, _ *items.Edition, _ clock.Days, _ papers.Values) {
	for _, p := range c.Promises {
		if slices.Contains(m.Owing, p.Material) {
			s.List = append(s.List, Line{p.Name, "承诺于" + p.By.Han() + "前补交，逾期"})
		}
	}
}

// composePostponement tells the new day of a promise.
func composePostponement(s *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	p := m.Postponed
	v["补交期限"], v["理由"] = p.By.Han(), p.Reason
	s.List = []Line{{p.Name, p.By.Han() + "前补交"}}
}

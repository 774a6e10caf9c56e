package items

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/engine/condition"
)

// A comparison gathers where an edition is worse for the applicant than its
// superior's record, element by element (徐政发〔2022〕21号（一）（四）).
type comparison struct {
	mine, theirs *Edition
	found        []Finding
}

func (c *comparison) worse(path, what, mine, theirs string) {
	c.found = append(c.found, Finding{Rule: "items.superior", Severity: Error, Path: path,
		Say: fmt.Sprintf("%s比上级目录对申请人更不利：本级为“%s”，上级为“%s”", what, cmp.Or(mine, "无"), cmp.Or(theirs, "无"))})
}

func (c *comparison) unproven(path, what, mine, theirs string) {
	c.found = append(c.found, doubtful(path, what, mine, theirs))
}

// weighed tells of a demand in words that differ from the superior's.
func (c *comparison) weighed(w weighing, path, what, mine, theirs string) {
	switch {
	case theirs == "" || w == heavier:
		c.worse(path, what, mine, theirs)
	case w == unclear:
		c.unproven(path, what, mine, theirs)
	}
}

// worseThan finds what is worse in the elements that both have; what the
// superior does not have at all is found by Exceeds.
func (e *Edition) worseThan(superior *Edition) []Finding {
	c := &comparison{mine: e, theirs: superior}
	c.materials()
	c.conditions()
	c.situations()
	c.special()
	c.mediators()
	c.fees()
	c.results()
	c.form()
	c.ways()
	c.places()
	c.service()
	return c.found
}

// copyRank and formRank order what is easier to bring before what is harder.
var copyRank = map[Copy]int{OriginalOrCopy: 1, Duplicate: 2, Original: 3, OriginalAndCopy: 4}

func (c *comparison) materials() {
	for i, m := range c.mine.Materials {
		k := twin(c.theirs.Materials, m.When, func(o Material) (bool, string) { return o.Name == m.Name, o.When })
		if k < 0 || m.Necessity == Optional {
			continue
		}
		o, path, what := c.theirs.Materials[k], at("materials", i), "材料“"+m.Name+"”的"
		c.brought(path, what, m, o)
		c.spared(path, what, m, o)
		c.looked(path, what, m, o)
		c.wider(path+".when", what+"适用情形", m.When, anyOf(c.theirs.Materials, func(o Material) (bool, string) { return o.Name == m.Name && o.Necessity != Optional, o.When }))
	}
}

// brought compares what of a material has to be brought, and from where.
func (c *comparison) brought(path, what string, m, o Material) {
	if o.Kind != "" && copyRank[m.Kind] > copyRank[o.Kind] {
		c.worse(path+".kind", what+"类型", string(m.Kind), string(o.Kind))
	}
	if o.Form != "" && m.Form != o.Form && m.Form != PaperOrElectronic && m.Form != "" {
		c.worse(path+".form", what+"形式", string(m.Form), string(o.Form))
	}
	if m.Copies > o.Copies && m.Copies > 1 {
		c.worse(path+".copies", what+"份数", strconv.Itoa(m.Copies), strconv.Itoa(o.Copies))
	}
	if m.Channel == ByMediator && o.Channel != ByMediator && o.Channel != "" {
		c.worse(path+".channel", what+"来源渠道", string(m.Channel), string(o.Channel))
	}
}

// spared compares when a material need not be brought, or not at once.
func (c *comparison) spared(path, what string, m, o Material) {
	switch {
	case o.Fetched() && !m.Fetched():
		c.worse(path+".certificate", what+"获取方式", "申请人提交", "调取证照，免予提交")
	case o.FetchedIfOwn() && !m.Fetched() && !m.FetchedIfOwn():
		c.worse(path+".holder", what+"获取方式", "申请人提交", "是申请人本人的调取证照，免予提交")
	}
	c.lost(path+".deferrable", what+"容缺", m.MayFollow(), o.MayFollow(), "可以容缺后补")
	c.lost(path+".promisable", what+"告知承诺", m.Promisable, o.Promisable, "可以告知承诺替代")
}

// looked compares what a material is looked at for.
func (c *comparison) looked(path, what string, m, o Material) {
	if m.MaxMB > 0 && (o.MaxMB == 0 || m.MaxMB < o.MaxMB) {
		c.worse(path+".maxMB", what+"文件大小上限", fmt.Sprintf("%dMB", m.MaxMB), sizeOf(o.MaxMB))
	}
	if m.Paper != "" && m.Paper != o.Paper {
		c.weighed(unclear, path+".paper", what+"规格", m.Paper, o.Paper)
	}
	if m.Dated != "" && m.Dated != o.Dated {
		c.weighed(theMoreTheBetter(m.Dated, o.Dated), path+".dated", what+"出具时间要求", m.Dated, o.Dated)
	}
	if m.Standard != "" && m.Standard != o.Standard {
		c.weighed(weigh(m.Standard, o.Standard), path+".standard", what+"受理标准", m.Standard, cmp.Or(o.Standard, "没有写明"))
	}
}

// twin is where the superior's element of the same name stands: of several, each
// for a situation of its own, the one for the situation asked, or for one that
// takes it in; -1 if there is none.
func twin[T any](list []T, when string, same func(T) (named bool, when string)) int {
	best := -1
	for i, one := range list {
		switch named, theirs := same(one); {
		case !named:
		case theirs == when:
			return i
		case best < 0, theirs == "" || within(when, theirs) == condition.Within:
			best = i
		}
	}
	return best
}

// anyOf is whom the superior asks for what bears the name: the situations of all
// of that name together; "" for everyone.
func anyOf[T any](list []T, same func(T) (named bool, when string)) string {
	var all []string
	for _, one := range list {
		switch named, when := same(one); {
		case named && when == "":
			return ""
		case named && !slices.Contains(all, when):
			all = append(all, when)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return "(" + strings.Join(all, ") or (") + ")"
}

func sizeOf(mb int) string {
	if mb == 0 {
		return "不另设上限"
	}
	return fmt.Sprintf("%dMB", mb)
}

// lost tells of a relief that the superior gives and this edition does not.
func (c *comparison) lost(path, what string, mine, theirs bool, relief string) {
	if theirs && !mine {
		c.worse(path, what, "不能", relief)
	}
}

// conditions are what one must meet: in the superior's words, for nobody more;
// in the same words with other figures, with none that asks for more.
func (c *comparison) conditions() {
	for i, m := range c.mine.Conditions {
		path, what := at("conditions", i), "条件“"+brief(m.Text, 30)+"”的适用情形"
		if k := c.condition(m); k < 0 {
			c.found = append(c.found, exceeding(path, "申请条件", m.Text, none))
		} else if o := c.theirs.Conditions[k]; o.Text == m.Text {
			c.wider(path+".when", what, m.When, anyOf(c.theirs.Conditions, func(o Condition) (bool, string) { return o.Text == m.Text, o.When }))
		} else {
			c.weighed(m.weigh(o), path, "申请条件", m.Text, o.Text)
			c.wider(path+".when", what, m.When, o.When)
		}
	}
}

// condition is where the superior's condition stands that says the same, or the
// same with other figures; of several, the one that this is no heavier than.
func (c *comparison) condition(m Condition) int {
	if k := twin(c.theirs.Conditions, m.When, func(o Condition) (bool, string) { return o.Text == m.Text, o.When }); k >= 0 {
		return k
	}
	best := -1
	for i, o := range c.theirs.Conditions {
		if sameWords(m.Text, o.Text) && (best < 0 || m.weigh(o) == lighter) {
			best = i
		}
	}
	return best
}

// weigh compares a condition with the superior's of the same words. What
// forbids is lighter where others are heavier, so a person decides.
func (m Condition) weigh(o Condition) weighing {
	w := weigh(m.Text, o.Text)
	if w != level && (m.Kind == Prohibition || o.Kind != m.Kind) {
		return unclear
	}
	return w
}

// wider tells of a demand that meets more people than the superior's, or that may.
func (c *comparison) wider(path, what, mine, theirs string) {
	if theirs == "" || mine == theirs {
		return
	}
	said := cmp.Or(mine, "所有申请人")
	switch proof := within(mine, theirs); proof {
	case condition.Beyond:
		c.worse(path, what, said, theirs)
	case condition.Unproven:
		c.unproven(path, what, said, theirs)
	}
}

// within says whether whoever meets the first condition meets the second; one
// that cannot be read proves nothing.
func within(mine, theirs string) condition.Proof {
	one, err := condition.Compile(mine, nil)
	other, err2 := condition.Compile(theirs, nil)
	if err != nil || err2 != nil {
		return condition.Unproven
	}
	proof, _ := one.Within(other)
	return proof
}

// situations tells of answers that the superior offers and this edition does not:
// whoever is in that situation would find no guide.
func (c *comparison) situations() {
	for i, q := range c.mine.Questions {
		for _, o := range c.theirs.Questions {
			if o.ID != q.ID || len(q.Options) == 0 {
				continue
			}
			for _, option := range o.Options {
				if !slices.ContainsFunc(q.Options, func(m optionOf) bool { return m.Value == option.Value }) {
					c.worse(at("questions", i)+".options", "情形“"+q.Text+"”的选项", "没有“"+option.Label+"”", option.Label)
				}
			}
		}
	}
}

func (c *comparison) special() {
	for i, s := range c.mine.Special {
		k := slices.IndexFunc(c.theirs.Special, func(o Special) bool { return o.Name == s.Name })
		if k < 0 {
			continue
		}
		o, path, what := c.theirs.Special[k], at("special", i), "特别程序“"+s.Name+"”的"
		c.weighed(weighLimits(s.Limit, o.Limit), path+".limit", what+"时限", limitOf(s.Limit), limitOf(o.Limit))
		if s.Charged && !o.Charged {
			c.worse(path+".charged", what+"收费", "收费", "不收费")
		}
		if o.Counted && !s.Counted {
			c.worse(path+".counted", what+"时间", "不计入办理时限", "计入办理时限")
		}
	}
}

func (c *comparison) mediators() {
	for i, m := range c.mine.Mediators {
		k := slices.IndexFunc(c.theirs.Mediators, func(o Mediator) bool { return o.Name == m.Name })
		if k >= 0 && byApplicant(m.Payer) && c.theirs.Mediators[k].Payer != "" && !byApplicant(c.theirs.Mediators[k].Payer) {
			c.worse(at("mediators", i)+".payer", "中介服务“"+m.Name+"”的付费主体", m.Payer, c.theirs.Mediators[k].Payer)
		}
	}
}

func byApplicant(payer string) bool {
	return strings.Contains(payer, "申请") || strings.Contains(payer, "企业") || strings.Contains(payer, "建设单位")
}

func (c *comparison) fees() {
	for i, f := range c.mine.Fees {
		k := slices.IndexFunc(c.theirs.Fees, func(o Fee) bool { return o.Name == f.Name })
		if k < 0 {
			continue
		}
		o, path, what := c.theirs.Fees[k], at("fees", i), "收费“"+f.Name+"”的"
		if f.Standard != o.Standard && o.Standard != "" {
			c.weighed(dearer(f.Standard, o.Standard), path+".standard", what+"标准", f.Standard, o.Standard)
		}
		switch {
		case o.Relief == "" || strings.Contains(f.Relief, o.Relief):
		case f.Relief == "":
			c.worse(path+".relief", what+"减免", f.Relief, o.Relief)
		default:
			c.unproven(path+".relief", what+"减免", f.Relief, o.Relief)
		}
	}
	c.lost("payOnline", "网上支付", c.mine.PayOnline || len(c.mine.Fees) == 0, c.theirs.PayOnline, "支持")
}

func (c *comparison) results() {
	for i, r := range c.mine.Results {
		k := slices.IndexFunc(c.theirs.Results, func(o Result) bool { return o.Name == r.Name })
		if k < 0 {
			continue
		}
		o, path := c.theirs.Results[k], at("results", i)
		if r.ValidYears > 0 && (o.ValidYears == 0 || r.ValidYears < o.ValidYears) {
			c.worse(path+".validYears", "“"+r.Name+"”的有效期", yearsOf(r.ValidYears), yearsOf(o.ValidYears))
		}
		if r.When != "" && r.When != o.When {
			switch within(o.When, r.When) {
			case condition.Beyond:
				c.worse(path+".when", "“"+r.Name+"”的适用情形", r.When, cmp.Or(o.When, "所有申请人"))
			case condition.Unproven:
				c.unproven(path+".when", "“"+r.Name+"”的适用情形", r.When, cmp.Or(o.When, "所有申请人"))
			}
		}
		if Longer(r.RenewBefore, o.RenewBefore) && !o.RenewBefore.None() {
			c.worse(path+".renewBefore", "“"+r.Name+"”申请延续的提前时间", r.RenewBefore.String(), o.RenewBefore.String())
		}
	}
}

func yearsOf(n int) string {
	if n == 0 {
		return "长期"
	}
	return strconv.Itoa(n) + "年"
}

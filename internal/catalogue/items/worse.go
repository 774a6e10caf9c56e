package items

import (
	"cmp"
	"fmt"
	"regexp"
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
	for _, s := range []*string{&mine, &theirs} {
		if *s == "" {
			*s = "无"
		}
	}
	c.found = append(c.found, Finding{Rule: "items.superior", Severity: Error, Path: path,
		Say: fmt.Sprintf("%s比上级目录对申请人更不利：本级为“%s”，上级为“%s”", what, mine, theirs)})
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
		if o.Fetched() && !m.Fetched() {
			c.worse(path+".certificate", what+"获取方式", "申请人提交", "调取证照，免予提交")
		}
		c.lost(path+".deferrable", what+"容缺", m.MayFollow(), o.MayFollow(), "可以容缺后补")
		c.lost(path+".promisable", what+"告知承诺", m.Promisable, o.Promisable, "可以告知承诺替代")
		if m.MaxMB > 0 && (o.MaxMB == 0 || m.MaxMB < o.MaxMB) {
			c.worse(path+".maxMB", what+"文件大小上限", fmt.Sprintf("%dMB", m.MaxMB), sizeOf(o.MaxMB))
		}
		for _, t := range []struct{ path, what, mine, theirs string }{{"paper", "规格", m.Paper, o.Paper}, {"dated", "出具时间要求", m.Dated, o.Dated}} {
			if t.mine != "" && t.mine != t.theirs {
				c.worse(path+"."+t.path, what+t.what, t.mine, t.theirs)
			}
		}
		c.wider(path+".when", what+"适用情形", m.When, o.When)
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
		case best < 0, theirs == "" || within(when, theirs):
			best = i
		}
	}
	return best
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

func (c *comparison) conditions() {
	for i, m := range c.mine.Conditions {
		k := twin(c.theirs.Conditions, m.When, func(o Condition) (bool, string) { return o.Text == m.Text, o.When })
		if k >= 0 {
			c.wider(at("conditions", i)+".when", "条件“"+brief(m.Text, 30)+"”的适用情形", m.When, c.theirs.Conditions[k].When)
		}
	}
}

// wider tells of a demand that meets more people than the superior's.
func (c *comparison) wider(path, what, mine, theirs string) {
	if theirs == "" || mine == theirs || within(mine, theirs) {
		return
	}
	if mine == "" {
		mine = "所有申请人"
	}
	c.worse(path, what, mine, theirs)
}

// mostSituations is how many combinations of answers are tried.
const mostSituations = 4096

// within reports whether whoever meets the first condition meets the second as
// well: tried over every answer that either names, and one that neither does. What
// cannot be tried is not taken for granted.
func within(mine, theirs string) bool {
	one, err := condition.Compile(mine, nil)
	if err != nil || mine == "" {
		return false
	}
	other, err := condition.Compile(theirs, nil)
	if err != nil {
		return false
	}
	values := one.Mentions()
	for name, more := range other.Mentions() {
		values[name] = append(slices.Clone(values[name]), more...)
	}
	for _, name := range slices.Concat(one.Names(), other.Names()) {
		if len(values[name]) == 0 {
			return false // a number or a text of its own
		}
	}
	all := []condition.Env{{}}
	for name, named := range values {
		var more []condition.Env
		for _, v := range append(slices.Compact(slices.Sorted(slices.Values(named))), "（别的回答）") {
			for _, env := range all {
				next := condition.Env{name: v}
				for k, before := range env {
					next[k] = before
				}
				more = append(more, next)
			}
		}
		if all = more; len(all) > mostSituations {
			return false
		}
	}
	for _, env := range all {
		a, err := one.Eval(env)
		b, err2 := other.Eval(env)
		if err != nil || err2 != nil || a && !b {
			return false
		}
	}
	return true
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
		if longer(s.Limit, o.Limit) {
			c.worse(path+".limit", what+"时限", s.Limit.String(), o.Limit.String())
		}
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

var amount = regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)

func (c *comparison) fees() {
	for i, f := range c.mine.Fees {
		k := slices.IndexFunc(c.theirs.Fees, func(o Fee) bool { return o.Name == f.Name })
		if k < 0 {
			continue
		}
		o, path, what := c.theirs.Fees[k], at("fees", i), "收费“"+f.Name+"”的"
		if f.Standard != o.Standard && o.Standard != "" && !lessOf(f.Standard, o.Standard) {
			c.worse(path+".standard", what+"标准", f.Standard, o.Standard)
		}
		if o.Relief != "" && f.Relief != o.Relief && !strings.Contains(f.Relief, o.Relief) {
			c.worse(path+".relief", what+"减免", f.Relief, o.Relief)
		}
	}
	c.lost("payOnline", "网上支付", c.mine.PayOnline || len(c.mine.Fees) == 0, c.theirs.PayOnline, "支持")
}

// lessOf reports whether a standard is the other with no amount higher and one
// lower: 每证8元 and 每证10元. Words that differ otherwise are not weighed.
func lessOf(mine, theirs string) bool {
	if amount.ReplaceAllString(mine, "#") != amount.ReplaceAllString(theirs, "#") {
		return false
	}
	a, b := amount.FindAllString(mine, -1), amount.FindAllString(theirs, -1)
	for i := range a {
		x, err := strconv.ParseFloat(a[i], 64)
		y, err2 := strconv.ParseFloat(b[i], 64)
		if err != nil || err2 != nil || x > y {
			return false
		}
	}
	return true
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
		if r.When != "" && r.When != o.When && !(o.When != "" && within(o.When, r.When)) {
			c.worse(path+".when", "“"+r.Name+"”的适用情形", r.When, cmp.Or(o.When, "所有申请人"))
		}
		if longer(r.RenewBefore, o.RenewBefore) && !o.RenewBefore.None() {
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

// form tells of fields that must be filled in here and need not at the superior's.
func (c *comparison) form() {
	if len(c.theirs.Form.Groups) == 0 {
		return
	}
	must, known := map[string]bool{}, 0
	for _, f := range c.theirs.Form.All() {
		known++
		must[f.ID], must[f.Label] = must[f.ID] || f.Required, must[f.Label] || f.Required
	}
	if known == 0 {
		return
	}
	for i, g := range c.mine.Form.Groups {
		for j, f := range g.Fields {
			if f.Required && !must[f.ID] && !must[f.Label] {
				c.worse(fmt.Sprintf("form.groups[%d].fields[%d]", i, j), "表单项“"+f.Label+"”", "必填", "没有这一项，或者选填")
			}
		}
	}
}

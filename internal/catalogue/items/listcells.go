package items

import (
	"slices"
	"strings"
)

// Head names what the list says of each item, beside the item and who does it.
func (l List) Head() []string { return slices.Clone(listSays[l.ID].head) }

// Cells are what the list says of an item by its edition, in the order of Head.
func (l List) Cells(e *Edition) []string { return listSays[l.ID].cells(e) }

// listSays are the columns of each list.
var listSays = map[string]struct {
	head  []string
	cells func(*Edition) []string
}{
	"licence":  {[]string{"实施层级", "设定依据", "基本编码"}, func(e *Edition) []string { return []string{string(e.Level), Cited(e.Bases), e.Codes.Catalogue} }},
	"service":  {[]string{"实施层级", "依据", "办理时限"}, func(e *Edition) []string { return []string{string(e.Level), Cited(e.Bases), e.Binding().String()} }},
	"business": {[]string{"改革方式", "设定依据", "监管部门"}, func(e *Edition) []string { return []string{e.Reform, Cited(e.Bases), e.Regulator} }},
	"filing":   {[]string{"依据", "办理时限"}, func(e *Edition) []string { return []string{Cited(e.Bases), e.Binding().String()} }},
	"deferrable": {[]string{"主要申请材料", "可容缺的材料", "补交期限"}, func(e *Edition) []string {
		return []string{mainMaterials(e), namesOf(e, Material.MayFollow), followBy(e)}
	}},
	"promisable": {[]string{"承诺什么", "核查", "承诺书公开", "监管部门"}, func(e *Edition) []string {
		return []string{e.PledgeSay(), e.Pledge.CheckSay(), e.Pledge.PublicSay(), e.Regulator}
	}},
	"unpledged": {[]string{"为什么不适用", "监管部门"}, func(e *Edition) []string { return []string{e.Pledge.Excluded, e.Regulator} }},
	"auxiliary": {[]string{"程序和时限", "依据"}, specialCells},
	"mediators": {[]string{"中介服务", "谁付费", "依据"}, mediatorCells},
	"shared":    {[]string{"通办范围", "受理的大厅"}, func(e *Edition) []string { return []string{string(e.Scope), placesOf(e)} }},
	"outside":   {[]string{"没有进驻的原因", "办理地点"}, func(e *Edition) []string { return []string{e.OutsideHall, placesOf(e)} }},
}

// PledgeSay is what of the item an applicant may pledge instead of proving it, if
// they choose to (告知承诺的办理方式, 徐政发〔2022〕21号（七）); "" nothing.
func (e *Edition) PledgeSay() string {
	if !e.Pledgeable() {
		return ""
	}
	var said []string
	switch {
	case e.Promisable && e.Pledge.AtOnce:
		said = append(said, "书面承诺符合全部条件的，当场作出决定")
	case e.Promisable:
		said = append(said, "书面承诺符合全部条件")
	}
	if names := namesOf(e, func(m Material) bool { return m.Promisable }); names != "" {
		said = append(said, "书面承诺代替："+names)
	}
	return strings.Join(said, "；")
}

// FollowSay is what of the item may be brought later (容缺受理), if the applicant
// chooses to; "" nothing.
func (e *Edition) FollowSay() string {
	names := namesOf(e, Material.MayFollow)
	if names == "" {
		return ""
	}
	return "主要材料齐全的，可以书面承诺后补：" + names + "。" + followBy(e) + "；网上、邮寄或者到窗口补交，以到达之日为准。自愿选择"
}

// followBy is until when a material may follow: within the time in which the
// decision is promised.
func followBy(e *Edition) string {
	if e.Binding().None() || e.Binding().Immediate() {
		return "在书面承诺的日期以前"
	}
	return "在书面承诺的日期以前，不超过" + e.Binding().String()
}

func namesOf(e *Edition, is func(Material) bool) string {
	var names []string
	for _, m := range e.Materials {
		if is(m) {
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, "、")
}

func mainMaterials(e *Edition) string {
	return namesOf(e, func(m Material) bool { return m.Necessity == Must && !m.MayFollow() })
}

func specialCells(e *Edition) []string {
	var says, bases []string
	for _, s := range e.Special {
		says = append(says, s.Name+"："+s.Limit.String()+"，"+s.CountedSay())
		if b := Cited(s.Basis); !slices.Contains(bases, b) {
			bases = append(bases, b)
		}
	}
	return []string{strings.Join(says, "；"), strings.Join(bases, "；")}
}

// CountedSay is whether the time of the special procedure counts.
func (s Special) CountedSay() string {
	if s.Counted {
		return "计入办理时限"
	}
	return "不计入办理时限"
}

func mediatorCells(e *Edition) []string {
	var names, payers, bases []string
	for _, m := range e.Mediators {
		names, payers, bases = append(names, m.Name), append(payers, m.Payer), append(bases, Cited(m.Basis))
	}
	return []string{strings.Join(names, "；"), strings.Join(payers, "；"), strings.Join(bases, "；")}
}

func placesOf(e *Edition) string {
	var names []string
	for _, p := range e.Places {
		names = append(names, p.Name)
	}
	return strings.Join(names, "、")
}

package itemsheet

import (
	"cmp"
	"io"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/sheet"
)

// Standard writes the sheet of a licence's implementation specification
// (行政许可事项实施规范) with its fifteen groups, as the State Council's list of
// licences of 2022 lays it out.
func Standard(w io.Writer, e *items.Edition) error {
	var book sheet.BookWriter
	s := book.Sheet("实施规范", sheet.Column{Heading: "组", Width: 22}, sheet.Column{Heading: "要素", Width: 26}, sheet.Column{Heading: "内容", Width: 80})
	for _, row := range Specification(e) {
		s.Row(row[:])
	}
	_, err := book.WriteTo(w)
	return err
}

// Specification is the content of that sheet: group, element and what is said.
// What the edition does not say is 未填写: that is not the same as 无.
func Specification(e *items.Edition) [][3]string {
	var rows [][3]string
	group := ""
	add := func(element, content string) {
		if strings.TrimSpace(content) == "" {
			content = "未填写"
		}
		rows = append(rows, [3]string{group, element, content})
	}
	for i, g := range specification {
		group = strconv.Itoa(i+1) + " " + g.title
		g.write(e, add)
	}
	return rows
}

var specification = []struct {
	title string
	write func(*items.Edition, func(string, string))
}{
	{"基本要素", func(e *items.Edition, add func(string, string)) {
		add("行政许可事项名称及编码", e.Name+"（"+e.Codes.Catalogue+"）")
		add("实施编码", e.Codes.Implementation)
		add("业务办理项编码", e.Codes.Handling)
		add("设定和实施依据", cited(e.Bases))
		add("监管依据", e.Extra("监管依据"))
		add("实施机关", e.AgencyName)
		add("审批层级", e.Extra("审批层级"))
		add("行使层级", string(e.Level))
		for _, name := range []string{"是否由审批机关受理", "受理层级", "是否存在初审环节", "初审层级", "对应国家级基本目录名称", "要素统一情况"} {
			add(name, e.Extra(name))
		}
		add("业务指导部门", e.Guidance)
		add("权力来源", e.PowerSource)
	}},
	{"事项类型", func(e *items.Edition, add func(string, string)) { add("事项类型", string(e.Type)) }},
	{"准予条件", func(e *items.Edition, add func(string, string)) {
		var conditions, laws []string
		for _, c := range e.Conditions {
			conditions, laws = append(conditions, string(c.Kind)+"："+c.Text), append(laws, cited(c.Basis))
		}
		add("准予行政许可的条件", numbered(conditions))
		add("规定条件的依据", distinct(laws))
	}},
	{"服务对象与改革举措", func(e *items.Edition, add func(string, string)) {
		add("服务对象类型", strings.Join(texts(e.Objects), "、"))
		add("涉企经营许可证件名称", e.Extra("涉企经营许可证件名称"))
		add("涉企经营许可改革方式", e.Reform)
		add("具体改革举措", e.Extra("改革举措"))
		add("加强监管措施", e.Extra("加强监管措施"))
		add("是否可按告知承诺办理", said(e.Promisable))
	}},
	{"申请材料", func(e *items.Edition, add func(string, string)) {
		var papers, laws []string
		for _, m := range e.Materials {
			paper := m.Name + "（" + strings.Join([]string{string(m.Kind), strconv.Itoa(m.Copies) + "份", string(m.Form), string(m.Necessity)}, "，") + "）"
			if m.When != "" {
				paper += "，情形：" + m.When
			}
			papers, laws = append(papers, paper), append(laws, cited(m.Basis))
		}
		add("申请材料名称", numbered(papers))
		add("规定申请材料的依据", distinct(laws))
	}},
	{"中介服务", func(e *items.Edition, add func(string, string)) {
		add("有无法定中介服务事项", said(len(e.Mediators) > 0))
		for _, m := range e.Mediators {
			add("中介服务事项", m.Name)
			add("依据", cited(m.Basis))
			add("提供服务的机构", m.Provider)
			add("费用承担者", m.Payer)
		}
	}},
	{"审批程序", func(e *items.Edition, add func(string, string)) {
		var steps []string
		for _, n := range e.Procedure.Nodes {
			if n.Kind.Staffed() || n.Kind == flow.Rule {
				step := n.Name
				if !n.Limit.None() {
					step += "（" + n.Limit.String() + "）"
				}
				steps = append(steps, step)
			}
		}
		add("办理程序", numbered(steps))
		for _, flag := range []struct {
			what string
			kind items.SpecialKind
		}{{"需要现场勘验", items.Inspection}, {"需要组织听证", items.Hearing}, {"需要招标、拍卖、挂牌交易", items.Auction}, {"需要检验、检测、检疫", items.Testing}, {"需要鉴定", items.Appraisal}, {"需要专家评审", items.Experts}, {"需要向社会公示", items.Posting}} {
			add(flag.what, said(has(e, flag.kind)))
		}
		add("是否委托服务机构", e.Extra("是否委托服务机构"))
	}},
	{"受理和审批时限", func(e *items.Edition, add func(string, string)) {
		add("承诺受理时限", e.AcceptLimit.Written())
		add("法定审批时限", e.Statutory.Written())
		add("法定审批时限说明", e.StatutoryNote)
		add("承诺审批时限", e.Promised.Written())
		add("承诺审批时限说明", e.PromisedNote)
	}},
	{"收费", func(e *items.Edition, add func(string, string)) {
		add("是否收费", said(len(e.Fees) > 0))
		for _, f := range e.Fees {
			add("收费项目", f.Name)
			add("收费标准", f.Standard)
			add("收费依据", cited(f.Basis))
			add("减免情形", f.Relief)
		}
	}},
	{"行政许可证件", func(e *items.Edition, add func(string, string)) {
		for _, r := range e.Results {
			add("审批结果类型", string(r.Kind))
			add("审批结果名称", r.Name)
			add("有效期限", r.Validity)
		}
		for _, name := range []string{"是否需要办理变更手续", "变更手续要求", "是否需要办理延续手续", "延续手续要求", "许可证件地域范围"} {
			add(name, e.Extra(name))
		}
	}},
	{"数量限制", func(e *items.Edition, add func(string, string)) {
		add("数量限制", strings.Join(e.QuantitySays(), "；"))
		for _, name := range []string{"公布数量限制的方式", "公布数量限制的周期", "数量限制的分配方式"} {
			add(name, e.Extra(name))
		}
	}},
	{"年检", func(e *items.Edition, add func(string, string)) {
		add("有无年检要求", e.Extra("有无年检要求"))
		add("年检要求和周期", e.Extra("年检要求和周期"))
	}},
	{"年报", func(e *items.Edition, add func(string, string)) {
		add("有无年报要求", e.Extra("有无年报要求"))
		add("年报内容和周期", e.Extra("年报内容和周期"))
	}},
	{"监管主体", func(e *items.Edition, add func(string, string)) { add("监管主体", e.Regulator) }},
	{"备注", func(e *items.Edition, add func(string, string)) { add("备注", cmp.Or(e.Extra("备注"), e.Source)) }},
}

func has(e *items.Edition, kind items.SpecialKind) bool {
	for _, s := range e.Special {
		if s.Kind == kind {
			return true
		}
	}
	return false
}

func said(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func cited(bases []items.Basis) string {
	all := make([]string, len(bases))
	for i, b := range bases {
		all[i] = b.String()
	}
	return strings.Join(all, "\n")
}

func numbered(all []string) string {
	var b strings.Builder
	for i, s := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strconv.Itoa(i+1) + ". " + s)
	}
	return b.String()
}

// distinct are the lines of several texts, each once.
func distinct(all []string) string {
	seen := map[string]bool{}
	var out []string
	for _, text := range all {
		for _, line := range strings.Split(text, "\n") {
			if line != "" && !seen[line] {
				seen[line] = true
				out = append(out, line)
			}
		}
	}
	return strings.Join(out, "\n")
}

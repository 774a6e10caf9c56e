package themes

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
)

// endingsOf are what else a label calls a data element.
var endingsOf = map[string][]string{
	"姓名":        {"名字"},
	"公民身份号码":    {"身份证号码", "身份证号", "身份证件号码", "证件号码"},
	"移动电话号码":    {"联系电话", "手机号码", "手机号", "手机", "电话"},
	"联系人移动电话号码": {"联系电话", "手机号码", "手机号", "手机", "电话"},
	"通信地址":      {"联系地址"},
	"户籍地址":      {"户籍所在地", "户口所在地"},
	"居住地址":      {"现住址", "住址"},
	"出生日期":      {"生日"},
	"银行名称":      {"开户银行", "开户行"},
	"银行账号":      {"账号", "卡号", "银行卡号"},
}

// personal are the elements that are nothing without knowing whose.
var personal = []string{
	"姓名", "公民身份号码", "性别", "出生日期", "民族", "国籍", "年龄", "移动电话号码", "联系电话", "户籍地址", "居住地址", "通信地址", "银行账号", "银行名称", "婚姻状况", "文化程度", "工作单位", "职业",
}

// plainly are titles of groups that speak of the applicant.
var plainly = []string{"申请人", "申请人信息", "基本信息", "个人信息", "申报人", "本人信息"}

// sourceOf is whom a prefilled field is about.
var sourceOf = []struct{ prefix, whose string }{{"person.", "申请人"}, {"org.", "单位"}, {"agent.", "经办人"}}

// about says whom or what a field is about: the applicant, the child, the firm.
// A data element such as 姓名 is one thing only together with that.
func (t *Theme) about(g *forms.Group, f forms.Field) string {
	return t.meant(whose(g, f))
}

// meant is who a word for somebody stands for in this theme (持卡人 → 新生儿).
func (t *Theme) meant(who string) string {
	if as := t.People[who]; as != "" {
		return as
	}
	return who
}

func whose(g *forms.Group, f forms.Field) string {
	for _, s := range sourceOf {
		if strings.HasPrefix(f.Prefill, s.prefix) {
			return s.whose
		}
	}
	label, element := items.Tidy(f.Label), items.Tidy(f.Element)
	if slices.Contains(ofFirms, element) {
		return "单位"
	}
	if element == "" {
		return ""
	}
	for _, end := range append([]string{element}, endingsOf[element]...) {
		if before, ok := strings.CutSuffix(label, end); ok {
			if before == "" {
				return ofGroup(g, element)
			}
			return before
		}
	}
	return label // a thing of its own name
}

// ofGroup is whom a bare label is about: what its group is titled with.
func ofGroup(g *forms.Group, element string) string {
	if !slices.Contains(personal, element) {
		return ""
	}
	title := strings.TrimSuffix(items.Tidy(g.Title), "信息")
	if slices.Contains(plainly, items.Tidy(g.Title)) || items.Oneself(title) {
		return "申请人"
	}
	return title
}

// fieldKey is what a field asks: a data element of somebody, or, where the
// element is not named, the very same label.
func fieldKey(whose string, f forms.Field) string {
	if f.Element == "" {
		return "l:" + items.Tidy(f.Label) + "|" + string(f.Kind)
	}
	return "e:" + items.Tidy(f.Element) + "|" + whose
}

// certificateOf is the certificate a field is filled from.
func certificateOf(prefill string) (string, bool) {
	rest, ok := strings.CutPrefix(prefill, "certificate:")
	if !ok {
		return "", false
	}
	kind, _, _ := strings.Cut(rest, ".")
	return kind, kind != ""
}

// giver is the component that makes the answer known: by its certificate, or
// because the theme says so; -1 for none.
func (c *Composed) giver(made []result, part int, f forms.Field) int {
	if by := madeBy(made, part, f); by >= 0 {
		return by
	}
	for _, carried := range c.Theme.Carried {
		if !slices.Contains(carried.To, Ref{c.Parts[part].Item, f.ID}) {
			continue
		}
		by := slices.IndexFunc(c.Parts, func(p Part) bool { return p.Item == carried.From })
		if by >= 0 && by != part && (c.Parts[by].When == "" || c.Parts[by].When == c.Parts[part].When) {
			return by
		}
	}
	return -1
}

// carries are the data elements that stand on a kind of paper besides its number.
var carries = map[string][]string{"营业执照": {"统一社会信用代码", "成立日期"}}

// ofFirms are elements that are about the firm, whatever else the field says.
var ofFirms = []string{"统一社会信用代码", "法人和其他组织名称", "法定代表人姓名"}

// ElementOf is the data element that a field asks for. Forms that were written elsewhere
// often name none: then what fills it says so, or its label, if it is of nobody else.
func ElementOf(f forms.Field) string {
	switch {
	case f.Element != "":
		return f.Element
	case f.Prefill == "org.uscc":
		return "统一社会信用代码"
	}
	for _, end := range numberEnds {
		if bare, ok := strings.CutSuffix(f.Label, end); ok && items.Means(bare).Whose != "" {
			return ""
		}
	}
	return f.Label
}

// numberEnds are how the number of a paper is called after its name.
var numberEnds = []string{"编号", "号码", "证号", "号"}

// numberOf reports whether a data element is the number of such a paper:
// 出生医学证明编号.
func numberOf(element, paper string) bool {
	if slices.Contains(carries[paper], items.Tidy(element)) {
		return true
	}
	for _, end := range numberEnds {
		if bare, ok := strings.CutSuffix(items.Tidy(element), end); ok && bare != "" && items.Means(bare).Kind == paper {
			return true
		}
	}
	return false
}

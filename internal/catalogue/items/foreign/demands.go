package foreign

import (
	"fmt"
	"regexp"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
)

// demands reads what is asked of the applicant: conditions, papers, fees and
// the laws they stand on.
func (r *reading) demands() {
	for i, m := range unfolded(r.f.maps("text", names["conditions"]...)) {
		text := m.text(conditionText...)
		kind := items.Eligibility
		if prohibits(text) {
			kind = items.Prohibition
		}
		r.e.Conditions = append(r.e.Conditions, items.Condition{ID: fmt.Sprintf("c%d", i+1), Kind: kind, Text: text, Basis: r.basesOf(at("conditions", i), m)})
		r.leftOf(at("conditions", i), m)
	}
	r.materials()
	r.e.Bases = r.basesIn("bases", r.f.maps("law", names["bases"]...))
	r.articles()
	r.fees()
	r.form()
}

// conditionText is under what a record of a condition says it.
var conditionText = []string{"text", "content", "内容", "name", "条件"}

// unfolded are conditions of which some stand under a heading of their own:
// {基本条件: [有场所, 有设备]}.
func unfolded(all []fields) []fields {
	var flat []fields
	for _, m := range all {
		if m.peek(conditionText...) != nil || m.has("name") {
			flat = append(flat, m)
			continue
		}
		for _, heading := range m.left() {
			for _, one := range m.list(heading) {
				if one == "无" {
					continue
				}
				flat = append(flat, fields{"text": heading + "：" + one})
			}
		}
	}
	return flat
}

func prohibits(text string) bool {
	for _, w := range []string{"不予受理", "不予登记", "不予批准", "不得", "禁止", "不属于"} {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// material reads one paper.
func (r *reading) material(i int, m fields) items.Material {
	path := at("materials", i)
	one := items.Material{ID: fmt.Sprintf("m%d", i+1), Name: m.part("materials.name", "name", "名称")}
	one.Necessity = necessityOf(m.part("materials.necessity", "required"))
	name, kind, copies := asked(one.Name)
	said := m.peek(append([]string{"kind"}, partOf["materials.kind"]...)...) != nil || m.peek(partOf["materials.copies"]...) != nil
	if one.Kind = r.copyOf(path, m.part("materials.kind", "kind")); !said && copies > 0 {
		one.Name, one.Kind = name, kind
	}
	one.Form = r.formOf(path, m.part("materials.form", "form"))
	one.Channel = channelOf(m.part("materials.channel", "channel"))
	if one.Copies = r.copies(path, m); !said {
		one.Copies = copies
	}
	later, _ := m.yes(partOf["materials.deferrable"]...)
	one.Deferrable = one.Necessity == items.LaterOK || later
	one.Issuer, one.Standard = m.part("materials.issuer"), m.part("materials.standard", "standard")
	one.Basis = r.basesOf(path, m)
	one.Note = m.part("materials.note", "note", "说明", "备注")
	if submit := m.part("materials.submit", "submit", "提交渠道"); submit != "" {
		if one.Form == items.Paper && strings.Contains(submit, "网上") {
			r.warn(path+".form", "material.submit", "“%s”只收纸质，却标“%s”提交，请确认", short(one.Name), short(submit))
		}
		r.keep(path+".submit", submit)
	}
	r.leftOf(path, m)
	return one
}

// necessityOf reads whether a paper is needed; columns that ask so are answered by yes and no.
func necessityOf(text string) items.Necessity {
	switch text {
	case "是", "必须", "必需", "必备":
		return items.Must
	case "否", "非必须", "非必需", "选填":
		return items.Optional
	}
	return items.Necessity(labelled("material-need", text))
}

// channelOf reads where a paper comes from.
func channelOf(text string) items.Channel {
	switch text {
	case "自备", "申请人", "申请人提供", "申请人提交":
		return items.ByApplicant
	case "中介", "中介机构", "中介服务机构":
		return items.ByMediator
	case "政府部门", "政府部门出具", "行政机关核发":
		return items.ByGovernment
	}
	return items.Channel(labelled("material-source", text))
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}

// copyOf reads 原件, 复印件 and both. Codes are read as the national list has
// them; the list of some platforms says 和 where the other says 或.
func (r *reading) copyOf(path, text string) items.Copy {
	if e, ok := codes.Lists()["material-type"].Find(text); ok {
		if text == "3" {
			r.warn(path+".kind", "material.kind", "来源的材料类型代码“3”在各地有“原件或复印件”和“原件和复印件”两种含义，请确认")
		}
		return items.Copy(e.Label)
	}
	return items.Copy(text)
}

// formOf reads on what a paper may come. 纸质和电子 may mean either or both.
func (r *reading) formOf(path, text string) items.PaperForm {
	switch label := labelled("material-form", text); label {
	case "纸质和电子", "纸质/电子", "纸质、电子", "电子和纸质":
		r.warn(path+".form", "material.form", "来源写“%s”，已按“纸质或电子”读取，请确认不是两种都要", label)
		return items.PaperOrElectronic
	case "电子文件", "电子版", "PDF", "原件扫描件":
		return items.Electronic
	default:
		return items.PaperForm(label)
	}
}

// copiesOf is how people write how many copies: 2份, 一式三份.
var copiesOf = regexp.MustCompile(`^(?:一式)?([0-9０-９一二两三四五六七八九十]+)\s*份$`)

// pieces is what a list of papers in one text says behind a name: 原件1份, 一式两份.
var pieces = regexp.MustCompile(`^(原件|复印件|原件[和及、]复印件|原件或复印件)?(?:各|共)?(?:一式)?([0-9０-９一二两三四五六七八九十]+)\s*份$`)

// asked takes apart 营业执照（原件1份，复印件2份）; of a name behind which something
// else stands, copies is 0.
func asked(text string) (name string, kind items.Copy, copies int) {
	m := bracketed.FindStringSubmatch(text)
	if m == nil {
		return text, "", 0
	}
	for _, one := range strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("，,；;、", r) }) {
		said := pieces.FindStringSubmatch(strings.TrimSpace(one))
		if said == nil {
			return text, "", 0
		}
		n, ok := codes.Numeral(said[2])
		switch {
		case !ok:
			return text, "", 0
		case kind != "" && said[1] != "":
			kind = items.OriginalAndCopy
		case said[1] != "":
			kind = items.Copy(strings.NewReplacer("及", "和", "、", "和").Replace(said[1]))
		}
		copies += n
	}
	return strings.TrimSpace(bracketed.ReplaceAllString(text, "")), kind, copies
}

// copies is how many copies are asked; a source with two numbers asks the sum.
func (r *reading) copies(path string, m fields) int {
	v, _, found := m.take(partOf["materials.copies"]...)
	if !found {
		return 0
	}
	n, ok := numberOf(v)
	if said := copiesOf.FindStringSubmatch(textOf(v)); said != nil {
		n, ok = codes.Numeral(said[1])
	}
	if !ok {
		r.warn(path+".copies", "material.copies", "来源的份数“%s”不是数", short(textOf(v)))
	}
	return n
}

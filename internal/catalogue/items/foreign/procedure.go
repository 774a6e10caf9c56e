package foreign

import (
	"fmt"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// procedure reads the steps in the order they stand, and what is done beside
// them.
func (r *reading) procedure() {
	var steps []flow.Step
	sum, timed, vague := 0, 0, false
	for i, m := range r.f.maps("name", names["steps"]...) {
		name := m.part("steps.name", "name", "环节", "step")
		limit, lengths, unclear := within(name)
		if text := m.part("steps.limit", "limit", "时限", "办理时限", "办结时限", "承诺时限"); text != "" {
			var err error
			if limit, err = clock.ParseLimit(text); err != nil {
				r.warn(fmt.Sprintf("procedure.s%d", i+1), "step.limit", "环节“%s”的时限“%s”：%s", short(name), short(text), sayOf(err))
			}
		}
		for _, n := range lengths {
			sum, timed = sum+n, timed+1
		}
		if unclear {
			r.warn(fmt.Sprintf("procedure.s%d", i+1), "step.limit", "环节“%s”的时限没有写明是工作日还是自然日", short(name))
		}
		vague = vague || unclear
		steps = append(steps, flow.Step{No: i + 1, Name: name, Limit: limit, Standard: m.part("steps.standard", "standard", "审查内容"), Post: m.part("steps.post", "post", "办理岗位", "办理人员", "责任岗位", "办理人")})
		r.leftOf(fmt.Sprintf("steps[%d]", i), m)
	}
	if len(steps) > 0 {
		r.e.Procedure = flow.FromSteps(string(r.e.Item), r.e.Name, steps)
	}
	if want := r.e.Promised.N; timed >= 2 && want > 0 && sum != want {
		r.warn("procedure", "step.sum", "各环节写明的时限合计%d，承诺时限是%d，两者不等%s", sum, want, map[bool]string{true: "（单位还不一致）", false: ""}[vague])
	}
	r.special()
	r.mediators()
}

// mediators reads which services of others are needed: only that there are, or each
// with who gives it and who pays.
func (r *reading) mediators() {
	if yes, said := r.f.yes(names["mediator"]...); said {
		if yes {
			r.e.Mediators = append(r.e.Mediators, items.Mediator{})
			r.warn("mediators", "mediator", "来源说有中介服务，没有给出名称、机构和付费主体")
		}
		return
	}
	for i, m := range r.f.maps("name", names["mediator"]...) {
		path := at("mediators", i)
		r.e.Mediators = append(r.e.Mediators, items.Mediator{
			Name: m.text("name", "名称", "服务名称", "服务事项", "中介服务", "中介服务名称", "中介服务事项"), Provider: m.text("provider", "机构", "服务机构", "中介机构"),
			Payer: m.text("payer", "付费主体", "付费", "付费方"), Basis: r.basesOf(path, m)})
		r.leftOf(path, m)
	}
}

// specialWords are what special procedures are called.
var specialWords = []struct {
	word string
	kind items.SpecialKind
}{
	{"延长", items.Extension}, {"考察", items.Inspection}, {"现场", items.Inspection}, {"勘", items.Inspection}, {"核查", items.Inspection},
	{"评审", items.Experts}, {"论证", items.Experts}, {"听证", items.Hearing}, {"检验", items.Testing}, {"检测", items.Testing}, {"检疫", items.Testing},
	{"鉴定", items.Appraisal}, {"拍卖", items.Auction}, {"招标", items.Auction}, {"考试", items.Exam}, {"公示", items.Posting},
}

func specialKind(name string) items.SpecialKind {
	for _, s := range specialWords {
		if strings.Contains(name, s.word) {
			return s.kind
		}
	}
	return items.SpecialKind(name) // the check refuses it
}

// special reads the special procedures. One number for several says nothing of
// any of them.
func (r *reading) special() {
	v, _, found := r.f.take(names["special"]...)
	if !found {
		return
	}
	if all := recordsIn(v); len(all) > 0 && all[0].peek(specialNames...) != nil {
		r.specials(all)
		return
	}
	m := mapOf(v)
	if m == nil {
		m = fields{"types": v}
	}
	kinds := m.list("types", "type", "name", "环节名称")
	value, unit, note := m.part("steps.limit", "value", "时限"), m.text("unit", "单位"), m.text("note", "说明")
	if value == "" && len(kinds) == 1 && kinds[0] == "无" {
		return
	}
	limit := r.limited("special", "特别程序时限", value, unit, note)
	if len(kinds) > 1 && value != "" {
		r.warn("special", "special.total", "%d种特别程序（%s）只给出一个总时限%s，请分别写明", len(kinds), strings.Join(kinds, "、"), value)
		limit = clock.Limit{}
	}
	bases := r.basesOf("special", m)
	for _, k := range kinds {
		r.e.Special = append(r.e.Special, items.Special{Name: k, Kind: specialKind(k), Limit: limit, Basis: bases})
	}
	r.leftOf("special", m)
}

// specialNames are under what a record of one special procedure names it.
var specialNames = []string{"name", "名称", "环节名称", "特别程序", "种类", "程序名称"}

// specials reads special procedures that each have a record.
func (r *reading) specials(all []fields) {
	for i, m := range all {
		path := at("special", i)
		name := m.text(specialNames...)
		limit := r.limited(path+".limit", "“"+short(name)+"”时限", m.part("steps.limit", "limit", "value", "时限", "办理时限"), m.text("unit", "单位"), m.text("note", "说明"))
		r.e.Special = append(r.e.Special, items.Special{Name: name, Kind: specialKind(name), Limit: limit, Basis: r.basesOf(path, m)})
		r.leftOf(path, m)
	}
}

// outcome reads what the applicant gets.
func (r *reading) outcome() {
	for i, m := range r.f.maps("name", names["results"]...) {
		one := items.Result{Name: m.text("name", "result_name", "结果名称"), Kind: items.ResultKind(labelled("result-type", m.text("kind", "type", "result_type", "结果类型")))}
		if one.Kind == "" {
			one.Kind = resultKind(one.Name)
		}
		one.Validity = m.text("validity", "有效期", "有效期限")
		r.leftOf(at("results", i), m)
		r.e.Results = append(r.e.Results, one)
	}
	if v, _, found := r.f.take("validity", "有效期"); found {
		if len(r.e.Results) == 1 && r.e.Results[0].Validity == "" {
			r.e.Results[0].Validity = textOf(v)
		} else {
			r.f["validity"] = v
		}
	}
}

// resultKind follows the name, as the exchange rules pair them (数据质量规则：
// 以证结尾的为证照，以批复、决定书结尾的为批文).
func resultKind(name string) items.ResultKind {
	for kind, ends := range map[items.ResultKind][]string{
		items.Certificate: {"证", "证书", "执照"}, items.Document: {"批复", "批文", "决定书", "通知书", "意见书"},
	} {
		for _, end := range ends {
			if strings.HasSuffix(name, end) {
				return kind
			}
		}
	}
	return items.OtherResult
}

package foreign

import (
	"tongban/internal/catalogue/items"
)

// fees reads whether and what is charged: one record, several, or elements that
// stand beside the answer (收费标准, 收费依据).
func (r *reading) fees() {
	v, _, found := r.f.take(names["fee"]...)
	beside := r.beside("fees.name", "fees.standard", "fees.basis", "fees.relief")
	if !found && len(beside) == 0 {
		return
	}
	list, several := v.([]any)
	if !several {
		list = []any{v}
	}
	for i, one := range list {
		path, m := "fees", mapOf(one)
		if m == nil {
			m = fields{"charged": one}
		}
		if several {
			path = at("fees", i)
		} else {
			m = m.with(beside)
		}
		r.fee(path, m)
	}
	if several {
		r.leftOf("fees", beside)
	}
}

// beside takes out the elements of a part that stand with those of the item itself.
func (r *reading) beside(elements ...string) fields {
	all := fields{}
	for _, element := range elements {
		if v, name, found := r.f.take(partOf[element]...); found {
			all[name] = v
		}
	}
	return all
}

// with is the record and what stands beside it.
func (f fields) with(beside fields) fields {
	for k, v := range beside {
		if blank(f[k]) {
			f[k] = v
		}
	}
	return f
}

// fee reads one charge. A charge without its amount is kept as one, for the check to
// refuse.
func (r *reading) fee(path string, m fields) {
	raw, _, _ := m.take("charged", "is_fee", "是否收费")
	charged, said := chargedOf(raw)
	f := items.Fee{Name: m.part("fees.name", "name", "名称", "项目", "环节"), Standard: m.part("fees.standard", "standard", "amount", "标准", "金额"),
		Relief: m.part("fees.relief", "relief", "减免"), Basis: r.basesOf(path, m)}
	if detail := m.text("detail", "说明", "note"); detail != "" {
		r.warn(path, "fee", "来源对收费的说明：%s", short(detail))
		r.keep("fee.detail", detail)
	}
	if free, told := chargedOf(f.Standard); told && !free && !charged {
		f.Standard = "" // 收费标准：不收费
	}
	if !said && raw != nil {
		f.Standard, charged = joined(f.Standard, textOf(raw)), true
	}
	if charged || f.Name != "" || f.Standard != "" {
		r.e.Fees = append(r.e.Fees, f)
	} else if len(f.Basis) > 0 {
		m["收费依据"] = f.Basis
	}
	r.leftOf(path, m)
}

// chargedOf reads whether anything is charged, in whatever words.
func chargedOf(v any) (charged, said bool) {
	switch textOf(v) {
	case "收费", "收取":
		return true, true
	case "不收费", "免费", "不收取", "不收取费用", "不收取任何费用", "无收费", "无费用":
		return false, true
	}
	return yesOf(v)
}

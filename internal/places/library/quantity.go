package library

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
)

// quantity is the limited number that cases are held to.
var quantity = fromDraft(func(e *items.Edition) self {
	questions := []string{""}
	form := e.Form.With(e.Questions)
	for _, f := range form.All() {
		if f.Kind == forms.Choice && f.Required && !f.Private() {
			questions = append(questions, f.ID+"\t"+f.Label)
		}
	}
	per := chooseColumn("quantity.per", "分别计算的问题", questions, func(e *items.Edition) *string { return &e.Quantity.Per })
	per.hint = "每个区域各有名额的，选表单或者情形里问区域的那道必答单选题；合在一起计算的不填"
	return self{"名额（有数量限制的许可）", "写了数目的，平台按名额和受理先后顺序核对每一件准予决定（行政许可法第五十七条）；没有数量限制的全部留空，文字说明写在“基本要素”的数量限制里。", []column[items.Edition]{
		numberColumn("quantity.n", "名额（0 为不限）", func(e *items.Edition) *int { return &e.Quantity.N }),
		textColumn("quantity.unit", "单位", "例如：户、辆、个", func(e *items.Edition) *string { return &e.Quantity.Unit }),
		chooseColumn("quantity.period", "期间", append([]items.Period{""}, items.Periods()...), func(e *items.Edition) *items.Period { return &e.Quantity.Period }),
		per,
		chooseColumn("quantity.order", "条件均符合时的顺序", append([]items.Order{""}, items.Orders()...), func(e *items.Edition) *items.Order { return &e.Quantity.Order }),
		basesColumn("quantity.basis", "名额和顺序的依据", "招标、拍卖等须写法律、行政法规", func(e *items.Edition) *[]items.Basis { return &e.Quantity.Basis }),
	}}
})

package items

import (
	"fmt"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
)

// A Quantity is how many of one permit may be granted (数量限制), as a number by
// which cases are held to it. The words of the law or of the announcement stand
// in Edition.Quota; an edition that has only those is not counted.
type Quantity struct {
	N      int     `json:"n"` // 0: not counted
	Unit   string  `json:"unit,omitempty"`
	Period Period  `json:"period,omitempty"`
	Per    string  `json:"per,omitempty"`   // a question, or a choice of the form: the number holds for each answer (每个区域)
	Order  Order   `json:"order,omitempty"` // "": InOrder
	Basis  []Basis `json:"basis,omitempty"` // of the number, and of an order other than that of the licensing law
}

// A Period is over what time a number is counted. An application counts in the
// period in which it was accepted, for its place in the order is that of its acceptance.
type Period string

// The periods.
const (
	AtOnce      Period = "总量" // of all that stand at the same time: the place of one that ended is free again
	EachYear    Period = "每年"
	EachQuarter Period = "每季度"
	EachMonth   Period = "每月"
)

// Periods are all of them.
func Periods() []Period { return []Period{AtOnce, EachYear, EachQuarter, EachMonth} }

// Label names the period that day lies in; "" for the total.
func (p Period) Label(day calendar.Day) string {
	year, month := day.Year(), int(day.Start().Month())
	switch p {
	case EachYear:
		return fmt.Sprintf("%d年", year)
	case EachQuarter:
		return fmt.Sprintf("%d年第%d季度", year, (month+2)/3)
	case EachMonth:
		return fmt.Sprintf("%d年%d月", year, month)
	}
	return ""
}

// An Order says who comes first among those who all meet the conditions.
type Order string

// The orders. The first two are those of 行政许可法第五十七条; the others hold
// only where a law or an administrative regulation says so.
const (
	InOrder   Order = "受理先后顺序"           // nobody before one who was accepted earlier and is not decided
	Reserving Order = "受理先后顺序，为先受理的保留名额" // a later one need not wait while there is a place for each earlier one
	ByTender  Order = "招标"
	ByAuction Order = "拍卖"
	ByLot     Order = "抽签"
	ByMerit   Order = "考试成绩或者评定等次"
)

// Orders are all of them.
func Orders() []Order { return []Order{InOrder, Reserving, ByTender, ByAuction, ByLot, ByMerit} }

// Counted reports whether cases are held to a number.
func (q Quantity) Counted() bool { return q.N > 0 }

// First is the order in which equal applicants are granted (行政许可法第五十七条).
func (q Quantity) First() Order {
	if q.Order == "" {
		return InOrder
	}
	return q.Order
}

// Queued reports whether the order of acceptance decides.
func (q Quantity) Queued() bool { return q.First() == InOrder || q.First() == Reserving }

// String is the number as a guide tells it: 每年5户.
func (q Quantity) String() string {
	if !q.Counted() {
		return ""
	}
	return fmt.Sprintf("%s%d%s", q.Period, q.N, q.Unit)
}

// QuantitySays is the whole limit as a guide tells it, the words first; "" where
// there is none.
func (e *Edition) QuantitySays() []string {
	var lines []string
	if e.Quota != "" {
		lines = append(lines, e.Quota)
	}
	q := e.Quantity
	if !q.Counted() {
		return lines
	}
	number := "名额：" + q.String()
	if q.Per != "" {
		number += "，按“" + e.asked(q.Per) + "”分别计算"
	}
	return append(lines, number, "条件均符合的，按"+string(q.First())+"决定")
}

// asked is what a question or a field is called.
func (e *Edition) asked(id string) string {
	if f := e.Form.With(e.Questions).Field(id); f != nil {
		return f.Label
	}
	return id
}

// quantityRules hold a limited number to the article that orders it.
var quantityRules = []Rule{
	{"items.quantity.shape", Error, "数量限制须写明数目、单位和期间", "行政许可法第五十七条", shapelessQuantity},
	{"items.quantity.per", Error, "分别计算名额的，须按表单里的选择题计算", "行政许可法第五十七条", unaskedQuantity},
	{"items.quantity.order", Error, "不按受理先后顺序分配名额的，须有法律、行政法规依据", "行政许可法第五十七条", unfoundedOrder},
	{"items.quantity.filing", Error, "备案和自动办理的事项不得限制数量", "行政许可法第五十七条", countedFiling},
}

func shapelessQuantity(e *Edition, say report) {
	q := e.Quantity
	if !q.Counted() {
		if q.Unit != "" || q.Period != "" || q.Per != "" || q.Order != "" || len(q.Basis) > 0 {
			say("quantity.n", "请写明数量限制的数目；没有数量限制的，单位、期间和顺序都留空")
		}
		return
	}
	if q.Unit == "" {
		say("quantity.unit", "请写明数量限制的单位，例如：户、辆、个")
	}
	if !slices.Contains(Periods(), q.Period) {
		say("quantity.period", "请选择数量限制的期间：总量、每年、每季度或者每月")
	}
}

func unaskedQuantity(e *Edition, say report) {
	if e.Quantity.Per == "" {
		return
	}
	switch f := e.Form.With(e.Questions).Field(e.Quantity.Per); {
	case f == nil:
		say("quantity.per", "表单和情形问题里没有“%s”，不能按它分别计算名额", brief(e.Quantity.Per, 20))
	case f.Kind != forms.Choice || !f.Required || f.Private():
		say("quantity.per", "“%s”不是必答的单选题，不能按它分别计算名额", f.Label)
	}
}

func unfoundedOrder(e *Edition, say report) {
	q := e.Quantity
	switch {
	case !slices.Contains(Orders(), q.First()):
		say("quantity.order", "没有“%s”这种顺序，请从列出的顺序中选择", brief(string(q.Order), 20))
	case !q.Queued() && len(q.Basis) == 0:
		say("quantity.basis", "按%s分配名额，请写明法律、行政法规依据；没有依据的，按受理先后顺序", q.Order)
	}
}

func countedFiling(e *Edition, say report) {
	switch {
	case e.Quantity.Counted() && e.Filing:
		say("quantity.n", "备案不作许可决定，不能限制数量")
	case e.Quantity.Counted() && e.Automatic.Decides:
		say("automatic.decides", "有数量限制的事项，由人按顺序作出决定，不能自动办理")
	}
}

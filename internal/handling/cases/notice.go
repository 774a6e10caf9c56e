package cases

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// Verdict is what the window found of one material (核对结果).
type Verdict struct {
	Material string  `json:"material"`
	Finding  Finding `json:"finding"`
	Say      string  `json:"say,omitempty"` // what is missing and how to mend it
}

// Finding is the verdict in a word.
type Finding string

// The findings.
const (
	Complete  Finding = "complete"  // 齐全
	Missing   Finding = "missing"   // 缺失
	Defective Finding = "defective" // 要素不全、看不清、未签章
	Exempt    Finding = "exempt"    // 免提交
	Promised  Finding = "promised"  // 容缺
	OnWord    Finding = "on-word"   // 以告知承诺代替
)

// Han is the finding in the words of the field.
func (f Finding) Han() string {
	return map[Finding]string{Complete: "齐全", Missing: "缺失", Defective: "不符合要求", Exempt: "免提交", Promised: "容缺", OnWord: "承诺代替"}[f]
}

// Notice is the one notice that tells an applicant everything that has to be
// put right (一次性告知, 行政许可法第三十二条第一款第四项).
type Notice struct {
	Items []Deficiency `json:"items"`
	Until calendar.Day `json:"until"` // the day the applicant is asked to answer by
	At    int64        `json:"at"`    // fact that gave it
	Done  bool         `json:"done,omitempty"`
	Day   calendar.Day `json:"day,omitempty"`   // on which it was given
	First calendar.Day `json:"first,omitempty"` // of a second notice: the day of the first
}

// answered is what a correction changes in the form, and bad with what it lacks of
// that which the notice asks for, and with answers that cannot stand. A material
// for which one's word stands need not come.
func (n Notice) answered(e *items.Edition, x Correction, was forms.Answers, stands func(material string) bool, today calendar.Day) (*Amended, forms.Answers, *fault.Error) {
	bad := fault.New(fault.Invalid, "cases.correct.incomplete", "还有材料没有补齐，请全部补齐后提交")
	for i, d := range n.Items {
		if d.Material != "" && !brings(x.Handed, d.Material) && !stands(d.Material) {
			bad = bad.At(path("materials", i), "missing", "请补交“%s”：%s", d.Name, d.Say)
		}
		if told, given := x.Answers[d.Field]; d.Field != "" && (!given || told == was[d.Field]) {
			bad = bad.At("answers."+d.Field, "unchanged", "请更正“%s”：%s", d.Name, d.Say)
		}
	}
	return amend(e, was, x.Answers, today, bad)
}

// Answered refuses what is not all that the notice asks for, before it is sent to
// the place that gave the notice and judges it.
func (n Notice) Answered(e *items.Edition, x Correction, was forms.Answers, today calendar.Day) error {
	if _, _, bad := n.answered(e, x, was, func(string) bool { return false }, today); len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Deficiency is one thing to put right. It must be a material or a condition of
// the edition the case was filed under: nothing else can be asked for (指南即契约).
type Deficiency struct {
	Material  string   `json:"material,omitempty"`  // items.Material.ID
	Condition string   `json:"condition,omitempty"` // items.Condition.ID
	Field     string   `json:"field,omitempty"`     // forms.Field.ID: an answer of the application form
	Name      string   `json:"name"`
	Finding   Finding  `json:"finding"`
	Say       string   `json:"say"`               // what is wrong and how to mend it
	Unseen    string   `json:"unseen,omitempty"`  // of a second notice: why it could not be seen the first time
	Outside   *Outside `json:"outside,omitempty"` // of a second notice: what happened outside since the first
	Change    string   `json:"change,omitempty"`  // of a second notice: forms.Field.ID of the answer that was changed since the first and calls for this
}

// AskOnce sends the case back for correction, once (一次性告知补正). A second
// notice may only ask for what could not be seen the first time, and says why:
// what has been handed in since and is defective itself, what an answer that was
// changed since or something that happened outside calls for. Source: 行政许可法第三十二条;
// 徐政发〔2022〕21号（六）.
func (c *Case) AskOnce(e *items.Edition, list []Deficiency, until calendar.Day, by identity.Actor, at time.Time) (Moved, error) {
	list = slices.Clone(list) // the caller's stays as it is
	doer, err := c.judge(AskOnce, by)
	if err != nil {
		return Moved{}, err
	}
	if len(list) == 0 {
		return Moved{}, fault.New(fault.Invalid, "cases.ask-once.empty", "请至少列出一项需要补正的内容")
	}
	bad := fault.New(fault.Invalid, "cases.ask-once.items", "补正内容有误，请逐项检查")
	for i := range list {
		bad = c.checkDeficiency(e, list, i, calendar.DayOf(at), bad)
	}
	past := fault.New(fault.Invalid, "cases.ask-once.until", "补正期限应晚于今天").At("until", "past", "补正期限应晚于今天")
	if err := fault.Together(fault.When(len(bad.Fields) > 0, bad), fault.When(until <= calendar.DayOf(at), past)); err != nil {
		return Moved{}, err
	}
	m := c.moved(AskOnce, Correcting, doer, at)
	m.Notice = &Notice{Items: list, Until: until, Day: calendar.DayOf(at)}
	if len(c.Notices) > 0 {
		m.Notice.First = c.Notices[0].Day
	}
	return m, nil
}

func (c *Case) checkDeficiency(e *items.Edition, list []Deficiency, i int, today calendar.Day, bad *fault.Error) *fault.Error {
	d, at := &list[i], path("items", i)
	name, listed := d.named(e)
	switch {
	case !listed:
		return bad.At(at, "not-in-guide", "办事指南没有列出这项要求，不得要求申请人提供")
	case !c.calledFor(e, *d, fieldsIn(list), today):
		return bad.At(at, "not-called-for", "按申请人填写的情况不需要“%s”，不得要求；情况填得不对的，请在同一份告知里写明要更正哪一项", name)
	case d.Say == "":
		return bad.At(at+".say", "required", "请写明“%s”缺什么、怎样补", name)
	case d.Finding != Missing && d.Finding != Defective:
		return bad.At(at+".finding", "finding", "请选择“%s”是缺失还是不符合要求", name)
	}
	d.Name = name
	return c.checkUnseen(d, at, today, bad)
}

// named looks the deficiency up in the frozen edition.
func (d Deficiency) named(e *items.Edition) (string, bool) {
	for _, m := range e.Materials {
		if d.Material != "" && m.ID == d.Material {
			return m.Name, true
		}
	}
	for _, k := range e.Conditions {
		if d.Material == "" && d.Condition != "" && k.ID == d.Condition {
			return k.Text, true
		}
	}
	if d.Material == "" && d.Condition == "" && d.Field != "" {
		if f := e.Form.With(e.Questions).Field(d.Field); f != nil {
			return "申请表：" + f.Label, true
		}
	}
	return "", false
}

// Correct takes in what the notice asked for: all of it, so that the case is
// received again from the day the last of it came (行政许可法第三十二条). Was are the
// answers as they read before it.
func (c *Case) Correct(e *items.Edition, x Correction, was forms.Answers, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Correct, by)
	if err == nil {
		err = x.Came.check(c.Notices[len(c.Notices)-1].Day, doer, at)
	}
	if err != nil {
		return Moved{}, err
	}
	stands := func(material string) bool { return c.standsFor(e, material) }
	amended, changed, bad := c.Notices[len(c.Notices)-1].answered(e, x, was, stands, calendar.DayOf(at))
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	handed, err := named(e, x.Handed)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(Correct, Received, doer, at)
	m.Materials, m.Came, m.Amended, m.Answers = handed, x.Came, amended, changed
	return m, nil
}

// Judge notes what the window found of each material, before it accepts or asks.
func (c *Case) Judge(e *items.Edition, verdicts []Verdict, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Judge, by)
	if err != nil {
		return Moved{}, err
	}
	if err := c.checkVerdicts(Judge, e, verdicts); err != nil {
		return Moved{}, err
	}
	m := c.moved(Judge, c.State, doer, at)
	m.Verdicts = verdicts
	return m, nil
}

package cases

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
)

// A Ground is why a case cannot go on and is ended without a decision (终止办理的情形).
// There are no others: whoever finds the work too much has none.
type Ground string

// The grounds. Of the first two the case's own facts tell whether they hold; of the
// others the bureau names what shows it.
const (
	Uncorrected Ground = "uncorrected" // 逾期未补正
	Uncured     Ground = "uncured"     // 容缺逾期未补交
	Unpaid      Ground = "unpaid"      // 逾期未缴费
	Perished    Ground = "perished"    // 主体消灭、丧失资格
	Vanished    Ground = "vanished"    // 申请的对象消失
	Overtaken   Ground = "overtaken"   // 法律修改、生效裁判
)

// grounds are all of them, each with its source. Fails says of a
// case why the ground does not hold, and tells what the case's facts say for it.
var grounds = []struct {
	Ground Ground
	name   string
	basis  string
	hint   string // what must be shown; "" the facts tell
	fails  func(c *Case, e *items.Edition, today calendar.Day) (why, facts string)
}{
	{Uncorrected, "逾期没有补正", "行政许可法第三十二条", "", (*Case).uncorrected},
	{Uncured, "容缺材料逾期没有补交", "徐政发〔2022〕21号（七）", "", (*Case).uncured},
	{Unpaid, "逾期没有缴纳法定费用", "行政许可法第五十九条", "写明哪一项费用、何时告知，附缴款通知；日期填缴费期限的最后一日", (*Case).unpaid},
	{Perished, "申请人死亡、终止或者丧失申请资格", "行政许可法第七十条", "附死亡证明、注销登记等", shown},
	{Vanished, "申请办理的对象已经灭失，事项无法实施", "行政许可法第七十条", "附现场记录、征收或者拆除决定等", shown},
	{Overtaken, "依据修改、废止，客观情况重大变化，或者生效裁判使其不能继续", "行政许可法第八条", "附法律文件或者裁判文书的名称、文号", shown},
}

// Han is the ground in the words of the field.
func (g Ground) Han() string {
	for _, one := range grounds {
		if one.Ground == g {
			return one.name
		}
	}
	return ""
}

// shown is of grounds that hold if the bureau shows what happened.
func shown(*Case, *items.Edition, calendar.Day) (why, facts string) { return "", "" }

// uncorrected: the day in the notice has passed, and not all of it came.
func (c *Case) uncorrected(_ *items.Edition, today calendar.Day) (why, facts string) {
	if c.State != Correcting || len(c.Notices) == 0 {
		return "没有等待补正的告知", ""
	}
	n := c.Notices[len(c.Notices)-1]
	if today <= n.Until {
		return "补正期限到" + n.Until.Han() + "（含当日），还没有过", ""
	}
	var names []string
	for _, d := range n.Items {
		names = append(names, d.Name)
	}
	return "", fmt.Sprintf("补正告知书要求在%s以前补正，至今没有补正：%s", n.Until.Han(), strings.Join(names, "、"))
}

// uncured: a promise lapsed, and what was promised has not come since.
func (c *Case) uncured(*items.Edition, calendar.Day) (why, facts string) {
	if len(c.Promises) == 0 {
		return "没有容缺材料", ""
	}
	why = "容缺材料已经补齐"
	var late []string
	for _, p := range c.Promises {
		switch {
		case p.Kept:
		case p.Lapsed:
			late = append(late, fmt.Sprintf("“%s”承诺在%s以前补交，至今没有补交", p.Name, p.By.Han()))
		default:
			why = "“" + p.Name + "”的补交期限到" + p.By.Han() + "（含当日），还没有过"
		}
	}
	if len(late) > 0 {
		return "", strings.Join(late, "；")
	}
	return why, ""
}

// unpaid: there is something to pay; that it was asked for by a day, which has passed, is shown.
func (c *Case) unpaid(e *items.Edition, _ calendar.Day) (why, facts string) {
	if len(e.Fees) == 0 {
		return "本事项不收费", ""
	}
	return "", ""
}

// A GroundNow is a ground as it is offered: whether it holds now, or why not.
type GroundNow struct {
	Ground Ground
	Name   string
	Basis  string
	Hint   string // what must be shown
	Facts  string // what the case's facts say for it
	Why    string // it cannot be chosen; "" it can
}

// Grounds are all grounds with how they stand for whoever would end the case. What must
// be shown is judged by the bureau, not by a window.
func (c *Case) Grounds(e *items.Edition, by identity.Actor, today calendar.Day) []GroundNow {
	all := make([]GroundNow, len(grounds))
	_, bureau := c.bureauPost(by)
	for i, g := range grounds {
		now := GroundNow{Ground: g.Ground, Name: g.name, Basis: e.Type.Rests(g.basis), Hint: g.hint}
		if now.Why, now.Facts = g.fails(c, e, today); now.Why == "" && g.hint != "" && !bureau {
			now.Why = "由审批部门认定"
		}
		all[i] = now
	}
	return all
}

// bureauPost is the post in which the actor judges the case in its bureau.
func (c *Case) bureauPost(by identity.Actor) (Doer, bool) {
	for _, role := range []identity.Role{identity.Reviewer, identity.Approver} {
		if post, ok := c.post(Terminate, role, by); ok {
			return inPost(by, role, post), true
		}
	}
	return Doer{}, false
}

// groundNow is how one ground stands.
func (c *Case) groundNow(g Ground, e *items.Edition, by identity.Actor, today calendar.Day) (GroundNow, bool) {
	all := c.Grounds(e, by, today)
	i := slices.IndexFunc(all, func(one GroundNow) bool { return one.Ground == g })
	if i < 0 {
		return GroundNow{}, false
	}
	return all[i], true
}

package themes

import (
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Stream is where the facts of the theme are kept.
func (id ID) Stream() string { return "theme/" + string(id) }

// State is where the draft of a theme stands.
type State string

// The states of a draft.
const (
	Unopened  State = ""
	Drafting  State = "draft"     // 草稿
	Submitted State = "submitted" // 待审核
	Returned  State = "returned"  // 已退回
	Published State = "published" // 已发布；a further draft may be begun
)

// Han is the state in the words of the field.
func (s State) Han() string { return stateNames[s] }

var stateNames = map[State]string{Drafting: "草稿", Submitted: "待审核", Returned: "已退回修改", Published: "已发布"}

// Act names a move of a draft.
type Act string

// The acts.
const (
	Open    Act = "open"
	Save    Act = "save"
	Confirm Act = "confirm" // what names of materials mean
	Submit  Act = "submit"
	Return  Act = "return"
	Publish Act = "publish"
)

// A Move is one thing that may happen to a draft, who makes it, and on what
// ground.
type Move struct {
	Act   Act
	Name  string
	From  []State
	To    State
	By    []identity.Role
	Basis string
}

// Life is everything that can happen to the draft of a theme (一件事的编制和发布).
var Life = []Move{
	{Open, "编制", []State{Unopened, Published}, Drafting, []identity.Role{identity.Items, identity.System}, "苏协调小组〔2021〕1号 三"},
	{Save, "保存", []State{Drafting, Returned}, "", []identity.Role{identity.Items}, "苏协调小组〔2021〕1号 三"},
	{Confirm, "确认同种材料", []State{Drafting, Returned}, "", []identity.Role{identity.Items}, "苏协调小组〔2021〕1号 三"},
	{Submit, "报送审核", []State{Drafting, Returned}, Submitted, []identity.Role{identity.Items}, "苏协调小组〔2021〕1号 四"},
	{Return, "退回修改", []State{Submitted}, Returned, []identity.Role{identity.Auditor}, "苏协调小组〔2021〕1号 四"},
	{Publish, "审核通过并发布", []State{Submitted}, Published, []identity.Role{identity.Auditor}, "苏协调小组〔2021〕1号 四"},
}

// MoveOf is the row of Life for act.
func MoveOf(act Act) Move {
	return Life[slices.IndexFunc(Life, func(m Move) bool { return m.Act == act })]
}

// A Draft is the next edition of a theme, as far as it is written.
type Draft struct {
	ID      ID       `json:"id"`
	State   State    `json:"state"`
	Base    int      `json:"base"` // edition it began from; 0: the theme is new
	Text    *Theme   `json:"text"`
	Editors []string `json:"editors,omitempty"` // accounts that began or changed the text
	Say     string   `json:"say,omitempty"`     // why it was sent back
	Asked   string   `json:"asked,omitempty"`   // the last request carried out on it

	Head event.Head `json:"-"`
}

// Moved is the fact that something happened to the draft of a theme.
type Moved struct {
	Theme   ID        `json:"theme"`
	Seq     int64     `json:"seq"`
	Act     Act       `json:"act"`
	From    State     `json:"from"`
	To      State     `json:"to"`
	By      string    `json:"by"`
	Account string    `json:"account,omitempty"`
	At      time.Time `json:"at"`
	Name    string    `json:"name"`
	Number  int       `json:"number,omitempty"` // of the edition published
	Say     string    `json:"say,omitempty"`
	Request string    `json:"request,omitempty"`
	text    *Theme
}

// FactName is themes.moved.
func (Moved) FactName() string { return "themes.moved" }

// move begins a fact about the draft: authority and state are judged here.
func (d *Draft) move(act Act, by identity.Actor, at time.Time) (Moved, error) {
	m := MoveOf(act)
	if !slices.ContainsFunc(m.By, by.Plays) {
		return Moved{}, fault.New(fault.Forbidden, "themes."+string(act)+".authority", "“%s”应由事项管理员编制、事项审核员审核，您不能办理", m.Name)
	}
	if !slices.Contains(m.From, d.State) {
		return Moved{}, fault.New(fault.Conflict, "themes."+string(act)+".state", "这份草稿当前为“%s”，不能%s。请刷新后再试", d.State.Han(), m.Name)
	}
	if (act == Publish || act == Return) && slices.Contains(d.Editors, by.Account) {
		return Moved{}, fault.New(fault.Forbidden, "themes.publish.own", "编制过这份草稿的人不能审核它，请交给另一位审核员")
	}
	to := m.To
	if to == "" {
		to = d.State
	}
	return Moved{Theme: d.ID, Seq: d.Head.Seq + 1, Act: act, From: d.State, To: to, By: by.Name, Account: by.Account, At: at, Request: asked(by)}, nil
}

func asked(by identity.Actor) string {
	if by.Request == "" {
		return ""
	}
	return by.Account + "/" + by.Request
}

// Apply makes a fact true of the draft.
func (d *Draft) Apply(m Moved) {
	d.ID, d.State, d.Asked = m.Theme, m.To, m.Request
	if m.text != nil {
		d.Text = m.text
	}
	switch m.Act {
	case Open:
		d.Base, d.Editors, d.Say = m.Number, []string{m.Account}, ""
	case Save, Confirm:
		if !slices.Contains(d.Editors, m.Account) {
			d.Editors = append(slices.Clone(d.Editors), m.Account)
		}
	case Return:
		d.Say = m.Say
	}
}

// Can lists what the actor may do to the draft now: the buttons of the page.
func (d *Draft) Can(by identity.Actor) []Move {
	var moves []Move
	for _, m := range Life {
		if _, err := d.move(m.Act, by, time.Time{}); err == nil {
			moves = append(moves, m)
		}
	}
	return moves
}

// Wanting is what a theme lacks before it can be reported.
func Wanting(t *Theme) (found []Finding) {
	need := func(ok bool, path, say string) {
		if !ok {
			found = append(found, Finding{Rule: "themes.wanting", Severity: items.Error, Path: path, Say: say})
		}
	}
	need(t.Name != "", "name", "请填写一件事的名称")
	need(t.Lead.Name != "", "lead", "请写明牵头部门（苏协调小组〔2021〕1号 二）")
	need(t.Stage != "", "stage", "请填写人生阶段或者企业生命周期，例如：出生、开办")
	need(slices.Contains(Classes(), t.Class), "class", "请选择精品、省定标准或者地方探索")
	need(len(t.Components) >= 2, "components", "一件事至少要有两个事项")
	need(!t.Promised.None(), "promised", "请作出整件事的承诺时限")
	t.begun(need)
	return append(found, t.doubtful()...)
}

// doubtful is what is wrong with the theme's own questions, as with those of an item.
func (t *Theme) doubtful() (found []Finding) {
	for _, f := range forms.CheckQuestions(t.Questions) {
		one := Finding{Rule: f.Code, Severity: items.Error, Path: f.Path, Say: f.Say}
		if f.Warn {
			one.Severity = items.Warning
		}
		found = append(found, one)
	}
	return found
}

// begun names the rows that somebody began and did not finish: they would say nothing.
func (t *Theme) begun(need func(ok bool, path, say string)) {
	for i, o := range t.Order {
		_, before := t.Component(o.Before)
		_, after := t.Component(o.After)
		need(before && after, fmt.Sprintf("order[%d]", i), fmt.Sprintf("先后顺序第%d条请选好先办、后办的事项，不要的删除", i+1))
	}
	for i, s := range t.Names {
		need(len(s.Names) > 1 && (s.As != "" || s.Apart), fmt.Sprintf("names[%d]", i), fmt.Sprintf("同种材料第%d组请写至少两个叫法，并写合并后的名称或者勾选不是同一份", i+1))
	}
	for i, j := range t.Fields {
		need(len(j.Fields) > 0, fmt.Sprintf("joined[%d]", i), fmt.Sprintf("相同的填写项第%d组请勾选填写项，不要的删除", i+1))
	}
	for i, c := range t.Carried {
		_, from := t.Component(c.From)
		need(from && len(c.To) > 0, fmt.Sprintf("carried[%d]", i), fmt.Sprintf("自动带出第%d处请选好由哪一项办出、带给哪些填写项，不要的删除", i+1))
	}
}

// check refuses a text that could not be published: what stands in the way is
// named at its place.
func check(t *Theme, found []Finding) error {
	wrong := fault.New(fault.Invalid, "themes.check", "体检没有通过，还不能报送。请按所列各处修改")
	for _, f := range append(Wanting(t), found...) {
		if f.Severity.Blocks() {
			wrong = wrong.At(f.Path, f.Rule, "%s", f.Say)
		}
	}
	return fault.When(len(wrong.Fields) > 0, wrong)
}

// dated is the text as it is published on day.
func dated(t *Theme, number int, day calendar.Day) *Theme {
	published := *t
	published.Number = number
	if published.Effective < day {
		published.Effective = day
	}
	return &published
}

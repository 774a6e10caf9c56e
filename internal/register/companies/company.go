package companies

import (
	"slices"
	"strconv"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
)

// ID is the key of a company's record; people know it by its Code.
type ID string

// Stream is where the facts of the company are kept.
func (id ID) Stream() string { return "company/" + string(id) }

// Company is one record as it stands.
type Company struct {
	ID      ID     `json:"id"`
	Code    string `json:"code"`  // 统一社会信用代码
	Party   string `json:"party"` // parties.ID
	Name    string `json:"name"`
	Kind    string `json:"kind,omitempty"` // 主体类型: 有限责任公司
	Head    string `json:"head"`           // 法定代表人
	Address string `json:"address"`        // 住所
	Capital string `json:"capital,omitempty"`
	Scope   string `json:"scope,omitempty"` // 经营范围
	Agency  string `json:"agency"`          // agencies.ID of the registrar
	Region  string `json:"region"`          // 12-digit division of the registrar

	State  State        `json:"state"`
	Born   calendar.Day `json:"born"`
	Ended  calendar.Day `json:"ended,omitzero"`
	Steps  []Step       `json:"steps,omitempty"`  // what was done, in order
	Rest   *Rest        `json:"rest,omitempty"`   // while it rests
	Rested int          `json:"rested,omitempty"` // days of earlier rests, summed
	Notice *Notice      `json:"notice,omitempty"` // that it means to end

	Changed time.Time  `json:"changed"`
	Chain   event.Head `json:"-"`
}

// State is where a company stands in its life.
type State string

// The states of a company.
const (
	Unborn  State = ""
	Running State = "running" // 存续（在营）
	Resting State = "resting" // 歇业
	Closing State = "closing" // 清算、公示中
	Struck  State = "struck"  // 吊销，未注销
	Gone    State = "gone"    // 注销
)

// Han is the state in the words of the register.
func (s State) Han() string {
	return map[State]string{Running: "存续（在营）", Resting: "歇业", Closing: "拟注销（公告中）", Struck: "吊销，未注销", Gone: "注销"}[s]
}

// States are the states in the order of a life.
func States() []State { return []State{Running, Resting, Closing, Struck, Gone} }

// Step is one thing done, and the case that did it.
type Step struct {
	Act    Act          `json:"act"`
	On     calendar.Day `json:"on"`
	Case   string       `json:"case,omitempty"` // cases.ID
	Number string       `json:"number,omitempty"`
	Name   string       `json:"name,omitempty"`   // of the item
	Agency string       `json:"agency,omitempty"` // as shown
	Say    string       `json:"say,omitempty"`
}

// Rest is the time in which a company does no business (歇业).
type Rest struct {
	From    calendar.Day `json:"from"`
	Until   calendar.Day `json:"until"`             // last day
	Address string       `json:"address,omitempty"` // 法律文书送达地址
	Why     string       `json:"why,omitempty"`
}

// Days is how long the rest lasted up to a day, that day not counted when it
// ends before its term.
func (r Rest) Days(day calendar.Day) int {
	return max(0, int(min(day, r.Until+1)-r.From))
}

// Notice is what a company makes public before it ends: that it means to end
// simply, or that it is being liquidated.
type Notice struct {
	Simple     bool         `json:"simple,omitempty"`
	From       calendar.Day `json:"from"`
	Until      calendar.Day `json:"until"` // last day to object, or to claim
	By         string       `json:"by"`    // 清算组负责人, or who pledged
	Before     State        `json:"before"`
	Asked      calendar.Day `json:"asked,omitzero"` // the day it was applied for
	Objections []Objection  `json:"objections,omitempty"`
}

// Objection is what somebody says against a simple ending.
type Objection struct {
	By   string       `json:"by"`             // name of the person or department
	From string       `json:"from,omitempty"` // party or agency that made it
	Kind string       `json:"kind"`           // 债权人, 有关部门, 其他利害关系人
	Say  string       `json:"say"`
	On   calendar.Day `json:"on"`
}

// Last is the last day on which a simple ending may be applied for: twenty days
// from the end of the notice (实施细则第四十九条).
func (n Notice) Last() calendar.Day { return n.Until + simpleWithin }

// Did finds the last step of an act.
func (c *Company) Did(act Act) (Step, bool) {
	for _, s := range slices.Backward(c.Steps) {
		if s.Act == act {
			return s, true
		}
	}
	return Step{}, false
}

// RestDays is how many days the company has rested in all, up to a day.
func (c *Company) RestDays(day calendar.Day) int {
	if c.Rest == nil {
		return c.Rested
	}
	return c.Rested + c.Rest.Days(day)
}

// Cursor is where a page of the list goes on after the company.
func (c *Company) Cursor() string {
	return strconv.FormatInt(c.Changed.UnixMilli(), 10) + "." + string(c.ID)
}

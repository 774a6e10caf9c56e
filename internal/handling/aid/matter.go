package aid

import (
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
)

// A Kind is what is asked for.
type Kind string

// The kinds of matter.
const (
	Stuck  Kind = "stuck"  // 办不成事反映
	Helped Kind = "helped" // 帮办：陪着填表、准备材料
	Agent  Kind = "agent"  // 代办：受托跑腿
)

// Kinds lists them with their words.
var Kinds = []struct {
	ID       Kind
	Han, Say string
}{
	{Stuck, "办不成事", "材料齐了还是办不成，或者跑了几趟没有办成"},
	{Helped, "帮办", "请人帮忙填表、准备材料、陪同办理"},
	{Agent, "代办", "行动不便等情况，请人代为跑腿"},
}

// Han is the kind in words.
func (k Kind) Han() string {
	for _, one := range Kinds {
		if one.ID == k {
			return one.Han
		}
	}
	return ""
}

// A State is where a matter stands.
type State string

// The states of a matter.
const (
	Open      State = "open"      // 已登记
	Taken     State = "taken"     // 办理中
	Answered  State = "answered"  // 已答复，待回访
	Closed    State = "closed"    // 已办结
	Declined  State = "declined"  // 不属于受理范围
	Withdrawn State = "withdrawn" // 已撤回
)

var stateNames = map[State]string{Open: "已登记", Taken: "办理中", Answered: "已答复", Closed: "已办结", Declined: "不受理", Withdrawn: "已撤回"}

// Han is the state in words.
func (s State) Han() string { return stateNames[s] }

// Over reports whether nothing more is to be done.
func (s State) Over() bool { return s == Closed || s == Declined || s == Withdrawn }

// A Class is how hard a matter is; it sets the day by which it must be answered.
type Class string

// The classes of matter.
const (
	OnTheSpot Class = "spot"    // 当场解决
	Policy    Class = "policy"  // 政策原因，需要研究
	Several   Class = "several" // 涉及多个部门
	Hard      Class = "hard"    // 特别复杂
)

// Classes lists them with their words.
var Classes = []struct {
	ID  Class
	Han string
}{{OnTheSpot, "当场能解决"}, {Policy, "政策原因，需要研究"}, {Several, "涉及几个部门"}, {Hard, "特别复杂"}}

// Han is the class in words.
func (c Class) Han() string {
	for _, one := range Classes {
		if one.ID == c {
			return one.Han
		}
	}
	return ""
}

// Causes are why something could not be done, for the monthly analysis (成因).
var Causes = []string{"材料没有说清楚", "系统或者数据原因", "部门之间衔接不畅", "政策没有规定或者规定不一", "工作人员原因", "历史遗留问题", "诉求超出政策", "其他"}

// A Matter is one such request, from its first word to its end.
type Matter struct {
	ID       string       `json:"id"`
	Kind     Kind         `json:"kind"`
	Party    string       `json:"party"` // whose matter it is; "" for somebody who is not known here
	Name     string       `json:"name"`
	Phone    string       `json:"phone,omitempty"` // sealed; only if they are not known here
	Item     string       `json:"item,omitempty"`
	ItemName string       `json:"itemName,omitempty"`
	Case     string       `json:"case,omitempty"` // number of their case
	Text     string       `json:"text"`
	Region   string       `json:"region"`
	Agency   string       `json:"agency,omitempty"` // whose work it is, once that is known
	Channel  string       `json:"channel"`
	At       time.Time    `json:"at"`
	First    Person       `json:"first,omitzero"`    // who heard it first (首问责任人)
	Assignee Person       `json:"assignee,omitzero"` // who sees to it now
	State    State        `json:"state"`
	Class    Class        `json:"class,omitempty"`
	Cause    string       `json:"cause,omitempty"`
	Due      calendar.Day `json:"due"`
	Reply    string       `json:"reply,omitempty"`
	Solved   bool         `json:"solved,omitempty"`
	Mandate  Mandate      `json:"mandate,omitzero"` // who may act for the person (代办的委托)
	Again    int          `json:"again,omitempty"`  // how often it was taken up again, not being solved
	Log      []Entry      `json:"log"`

	Seq  int64  `json:"-"` // of the last fact
	Hash string `json:"-"`
}

// A Person is who of the staff.
type Person struct {
	Account string `json:"account"`
	Name    string `json:"name"`
}

// An Entry is one line of what was done.
type Entry struct {
	At  time.Time `json:"at"`
	Act string    `json:"act"`
	By  Person    `json:"by,omitzero"`
	Say string    `json:"say,omitempty"`
}

// Number is what people call the matter by: BF-0921-7K3Q2.
func (m Matter) Number() string {
	mark := map[Kind]string{Stuck: "BF", Helped: "BB", Agent: "DB"}[m.Kind]
	return mark + "-" + strings.ReplaceAll(calendar.DayOf(m.At).String()[5:], "-", "") + "-" + m.Tail()
}

// Late reports whether the matter waits longer than it may.
func (m Matter) Late(today calendar.Day) bool { return !m.State.Over() && m.Due != 0 && today > m.Due }

// Waits is what the staff have still to do by the day on which the matter is due, in
// words; "" nothing.
func (m Matter) Waits() string {
	return map[State]string{Open: Take.Han(), Taken: Answer.Han(), Answered: Confirm.Han()}[m.State]
}

// knownCause reports whether a cause is one of the list.
func knownCause(cause string) bool { return slices.Contains(Causes, cause) }

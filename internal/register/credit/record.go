package credit

import (
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
)

// A Record is one thing that counts for or against somebody (信用记录).
type Record struct {
	ID       string       `json:"id"`
	Subject  string       `json:"subject"` // keyed hash of the document
	Party    string       `json:"party"`   // parties.ID at the time
	Name     string       `json:"name"`
	Org      bool         `json:"org,omitempty"`
	Kind     Kind         `json:"kind"`
	Case     string       `json:"case,omitempty"` // cases.ID
	Number   string       `json:"number,omitempty"`
	ItemName string       `json:"itemName,omitempty"`
	Permit   string       `json:"permit,omitempty"`  // what may not be applied for again while the record counts (items.Edition.Permit)
	Promise  string       `json:"promise,omitempty"` // what was promised or pledged
	Article  string       `json:"article"`           // by which it is recorded
	Say      string       `json:"say"`
	Agency   string       `json:"agency"` // which recorded it and answers for it (认定单位)
	Region   string       `json:"region"`
	On       calendar.Day `json:"on"`
	Grade    Grade        `json:"grade,omitempty"` // of a Graded one
	Until    calendar.Day `json:"until"`           // last day on which it counts
	Repair   calendar.Day `json:"repair"`          // first day on which repair may be asked for

	State State      `json:"state"`
	Pleas []Plea     `json:"pleas,omitempty"`
	Head  event.Head `json:"-"`
}

// A Kind says what was not kept.
type Kind string

// The kinds of record.
const (
	LapsedPromise Kind = "lapsed-promise" // 容缺承诺逾期未补交
	BrokenPledge  Kind = "broken-pledge"  // 告知承诺不实，或者逾期没有整改
	FalseMaterial Kind = "false-material" // 申请时隐瞒情况、提供虚假材料
	Fraud         Kind = "fraud"          // 以欺骗、贿赂等不正当手段取得
	Graded        Kind = "graded"         // 从外部评价结果导入的等级，不是失信记录
)

// Han is the kind in the words of the field.
func (k Kind) Han() string {
	return map[Kind]string{LapsedPromise: "容缺承诺逾期未履行", BrokenPledge: "告知承诺不实",
		FalseMaterial: "隐瞒有关情况或者提供虚假材料", Fraud: "以欺骗、贿赂等不正当手段取得许可", Graded: "公共信用综合评价"}[k]
}

// State is where a record stands.
type State string

// The states of a record.
const (
	Valid     State = "valid"     // 有效
	Objected  State = "objected"  // 异议处理中
	Repairing State = "repairing" // 修复审核中
	Repaired  State = "repaired"  // 已修复
	Removed   State = "removed"   // 异议成立，已撤销
)

// Han is the state in the words of the field.
func (s State) Han() string {
	return map[State]string{Valid: "有效", Objected: "异议处理中", Repairing: "修复审核中", Repaired: "已修复", Removed: "不成立，已撤销"}[s]
}

// Counts reports whether the record stands against its subject on day.
func (r Record) Counts(day calendar.Day) bool {
	return r.State != Repaired && r.State != Removed && day <= r.Until
}

// Waiting is the plea that waits for an answer, if there is one.
func (r Record) Waiting() (Plea, bool) {
	if n := len(r.Pleas); n > 0 && r.Pleas[n-1].Answered.IsZero() {
		return r.Pleas[n-1], true
	}
	return Plea{}, false
}

// A Plea is what the subject says to a record: that it is wrong (异议), or that
// it may be repaired (信用修复申请).
type Plea struct {
	Kind     PleaKind     `json:"kind"`
	Text     string       `json:"text"`
	By       string       `json:"by"`
	At       time.Time    `json:"at"`
	Due      calendar.Day `json:"due"` // answered by
	Granted  bool         `json:"granted,omitempty"`
	Answer   string       `json:"answer,omitempty"`
	Answerer string       `json:"answerer,omitempty"`
	Answered time.Time    `json:"answered,omitzero"`
}

// A PleaKind says what is asked for.
type PleaKind string

// The kinds of plea.
const (
	Objection PleaKind = "objection" // 异议
	Repairs   PleaKind = "repair"    // 信用修复
)

// Han is the kind in the words of the field.
func (k PleaKind) Han() string {
	return map[PleaKind]string{Objection: "异议", Repairs: "信用修复"}[k]
}

// Noted is told of everything that happens to a record; together these facts
// are its history, and all that is needed to build it again.
type Noted struct {
	ID      string    `json:"id"`
	Act     Act       `json:"act"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Account string    `json:"account,omitempty"`
	Request string    `json:"request,omitempty"` // its name, given by whoever asked
	Record  *Record   `json:"record,omitempty"`
	Plea    *Plea     `json:"plea,omitempty"`
	Granted bool      `json:"granted,omitempty"`
	Answer  string    `json:"answer,omitempty"`
}

// An Act names what happens to a record.
type Act string

// The acts.
const (
	Entered  Act = "entered"
	Pleaded  Act = "pleaded"
	Answered Act = "answered"
	Struck   Act = "struck" // what it rests on was found not to be so
)

// FactName is the name listeners ask for.
func (Noted) FactName() string { return "credit.noted" }

// Stream is where the facts of a record are kept.
func Stream(id string) string { return "credit/" + id }

// Apply makes a fact true of the record; it is the only function that changes one.
func (r *Record) Apply(n Noted) {
	switch n.Act {
	case Entered:
		head := r.Head
		*r = *n.Record
		r.Head = head
	case Pleaded:
		r.Pleas = append(r.Pleas[:len(r.Pleas):len(r.Pleas)], *n.Plea)
		r.State = map[PleaKind]State{Objection: Objected, Repairs: Repairing}[n.Plea.Kind]
	case Struck:
		r.State = Removed
	case Answered:
		r.Pleas = append([]Plea(nil), r.Pleas...)
		p := &r.Pleas[len(r.Pleas)-1]
		p.Granted, p.Answer, p.Answerer, p.Answered = n.Granted, n.Answer, n.By, n.At
		r.State = after(*p)
	}
}

// after is the state that an answer leaves.
func after(p Plea) State {
	switch {
	case !p.Granted:
		return Valid
	case p.Kind == Objection:
		return Removed
	}
	return Repaired
}

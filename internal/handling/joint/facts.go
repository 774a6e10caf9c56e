package joint

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// Act names what happened to a joint case.
type Act string

// The acts.
const (
	Open     Act = "open"     // 一次提交
	Advance  Act = "advance"  // a part ended, and what follows from it
	Supply   Act = "supply"   // the applicant gave what a part lacked
	Notify   Act = "notify"   // 联合一次性告知
	Correct  Act = "correct"  // 一次补正
	Withdraw Act = "withdraw" // 撤回部分或者全部
	AcceptIt Act = "accept"   // 一并受理
	Deliver  Act = "deliver"  // 统一出件
)

// Han is the act in the words of the field.
func (a Act) Han() string {
	return map[Act]string{Open: "一次提交", Advance: "办理进展", Supply: "补充信息", Notify: "联合一次性告知补正", Correct: "一次补正", Withdraw: "撤回", AcceptIt: "一并受理", Deliver: "统一出件"}[a]
}

// Moved is the fact that something happened to a joint case.
type Moved struct {
	Joint  ID        `json:"joint"`
	Seq    int64     `json:"seq"`
	Act    Act       `json:"act"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Filing *Joint    `json:"filing,omitempty"` // what the submission fixed for good
	Steps  []Step    `json:"steps,omitempty"`
	Notice *Notice   `json:"notice,omitempty"`
	Say    string    `json:"say,omitempty"`
}

// FactName is joint.moved.
func (Moved) FactName() string { return "joint.moved" }

// Happened reports whether anything did; what is judged to be nothing is the zero Moved.
func (m Moved) Happened() bool { return m.Act != "" }

// Step is what happened to one part.
type Step struct {
	Item   items.ID      `json:"item"`
	To     State         `json:"to"`
	Case   cases.ID      `json:"case,omitempty"`
	Number string        `json:"number,omitempty"`
	Result string        `json:"result,omitempty"`
	Why    string        `json:"why,omitempty"`
	Lacks  []fault.Field `json:"lacks,omitempty"`
	Sealed string        `json:"sealed,omitempty"`
}

// Apply makes a fact true of the joint case. It is the only function that
// changes one; given the same facts it always ends in the same joint case.
func (j *Joint) Apply(m Moved) {
	if m.Filing != nil {
		*j = *m.Filing
		j.Parts = slices.Clone(m.Filing.Parts)
	}
	j.ID = m.Joint
	for _, s := range m.Steps {
		p, ok := j.Part(s.Item)
		if !ok {
			continue
		}
		p.State, p.Why, p.Lacks = s.To, s.Why, s.Lacks
		if s.Case != "" {
			p.Case, p.Number = s.Case, s.Number
		}
		if s.Result != "" {
			p.Result = s.Result
		}
		switch {
		case s.Sealed != "":
			p.Sealed = s.Sealed
		case s.To != Waiting && s.To != Lacking:
			p.Sealed = "" // nothing is kept that is no longer needed
		}
	}
	if m.Notice != nil {
		j.Notices = append(slices.Clone(j.Notices), *m.Notice)
	}
	if j.Closed.IsZero() && !j.Open() {
		j.Closed = m.At
	}
}

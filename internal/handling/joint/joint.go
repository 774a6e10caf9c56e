package joint

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// ID is the key of a joint case; people know it by its Number.
type ID string

// Stream is where the facts of the joint case are kept.
func (id ID) Stream() string { return "joint/" + string(id) }

// Joint is one matter being handled (联办件).
type Joint struct {
	ID     ID     `json:"id"`
	Number string `json:"number"` // 联办编号

	Theme   themes.ID `json:"theme"`
	Edition int       `json:"edition"`
	Name    string    `json:"name"`
	Lead    string    `json:"lead"` // 牵头部门, as shown
	Region  string    `json:"region"`

	Applicant cases.Applicant `json:"applicant"`
	Account   string          `json:"account"` // who submitted it
	By        string          `json:"by"`      // their name
	Channel   string          `json:"channel"`
	Delivery  cases.Delivery  `json:"delivery,omitzero"`
	Draft     string          `json:"draft"`           // it was made of
	Asked     string          `json:"asked,omitempty"` // digest of the application, when it came whole

	Opened   time.Time    `json:"opened"`
	Closed   time.Time    `json:"closed,omitzero"`
	Promised clock.Limit  `json:"promised"`
	Until    calendar.Day `json:"until"` // when the promise is up, if accepted on the day it was submitted

	Parts   []Part   `json:"parts"`
	Notices []Notice `json:"notices,omitempty"`

	Head event.Head `json:"-"`
}

// Part is one component: an ordinary case, or one that is still to come.
type Part struct {
	Item      items.ID      `json:"item"`
	Edition   int           `json:"edition"`
	Title     string        `json:"title"`
	Agency    string        `json:"agency"`
	Optional  bool          `json:"optional,omitempty"`
	Certified bool          `json:"certified,omitempty"` // its result is a certificate
	After     []items.ID    `json:"after,omitempty"`     // whose results it waits for
	State     State         `json:"state"`
	Case      cases.ID      `json:"case,omitempty"`
	Number    string        `json:"number,omitempty"` // 办件编号
	Result    string        `json:"result,omitempty"` // identifier of the certificate it gave
	Why       string        `json:"why,omitempty"`    // it failed, or did not start
	Lacks     []fault.Field `json:"lacks,omitempty"`  // what is asked of the applicant before it can start
	Due       calendar.Day  `json:"due,omitzero"`     // foreseen when it was submitted
	Sealed    string        `json:"sealed,omitempty"` // the application, until it is filed
}

// State is where a part stands.
type State string

// The states of a part.
const (
	Waiting   State = "waiting"   // 等前一项办好
	Lacking   State = "lacking"   // 等申请人补充
	Filed     State = "filed"     // 已提交，在办
	Done      State = "done"      // 办好
	Failed    State = "failed"    // 没有办成
	Withdrawn State = "withdrawn" // 已撤回
	Stopped   State = "stopped"   // 没有开始，不再办理
)

// Han is the state in the words of the field.
func (s State) Han() string { return stateNames[s] }

var stateNames = map[State]string{
	Waiting: "等前一项办好", Lacking: "等您补充", Filed: "在办", Done: "办好了", Failed: "没有办成", Withdrawn: "已撤回", Stopped: "没有开始",
}

// Open reports whether something may still come of the part.
func (s State) Open() bool { return s == Waiting || s == Lacking || s == Filed }

// Notice is the one notice that gathers what all departments found missing
// (联合一次性告知), with the day by which it is to be put right.
type Notice struct {
	Lines []Line       `json:"lines"`
	Until calendar.Day `json:"until"`
	By    string       `json:"by"`
	At    time.Time    `json:"at"`
}

// Line is what one part asks for.
type Line struct {
	Item  items.ID           `json:"item"`
	Title string             `json:"title"`
	Items []cases.Deficiency `json:"items"`
}

// Application is what a part that waits will be filed with, and what of it
// comes from the results of others.
type Application struct {
	Signed    *ink.Signature `json:"signed,omitempty"` // under the one form
	Answers   forms.Answers  `json:"answers,omitempty"`
	Materials []cases.Handed `json:"materials,omitempty"`
	Fields    []From         `json:"fields,omitempty"`
	Papers    []From         `json:"papers,omitempty"`
}

// From says that a field or a material is given by another part's result.
type From struct {
	Name string   `json:"name"` // of the field; ID of the material
	From items.ID `json:"from"`
}

// Part finds a part by its item.
func (j *Joint) Part(item items.ID) (*Part, bool) {
	for i := range j.Parts {
		if j.Parts[i].Item == item {
			return &j.Parts[i], true
		}
	}
	return nil, false
}

// Of finds the part of a case.
func (j *Joint) Of(id cases.ID) (*Part, bool) {
	for i := range j.Parts {
		if j.Parts[i].Case == id && id != "" {
			return &j.Parts[i], true
		}
	}
	return nil, false
}

// Open reports whether anything may still come of the matter.
func (j *Joint) Open() bool {
	return slices.ContainsFunc(j.Parts, func(p Part) bool { return p.State.Open() })
}

// Count counts the parts in a state.
func (j *Joint) Count(s State) int {
	n := 0
	for _, p := range j.Parts {
		if p.State == s {
			n++
		}
	}
	return n
}

// Own reports whether the matter is the actor's own.
func (j *Joint) Own(by identity.Actor) bool {
	return by.Party != "" && by.Party == j.Applicant.Party
}

// Visible reports whether the actor may know of the matter: its applicant, the
// windows and supervisors of its region, and the program.
func (j *Joint) Visible(by identity.Actor) bool {
	return j.Own(by) || slices.ContainsFunc(by.Posts, func(p identity.Post) bool {
		return p.Role == identity.System || (p.Role == identity.Window || p.Role == identity.Supervisor) && (p.Serves(j.Region) || identity.Within(p.Region, j.Region))
	})
}

// None is the answer about a matter that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "joint.none", "没有找到这个联办件。请核对编号；如果不是您的，您无权查看")
}

// Rated is the part whose case stands for the whole when it is rated: the first
// that came to an end. False while there is none.
func (j *Joint) Rated() (Part, bool) {
	for _, p := range j.Parts {
		if p.Case != "" && (p.State == Done || p.State == Failed) {
			return p, true
		}
	}
	return Part{}, false
}

package visits

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// ID is the key of a visit.
type ID string

// Stream is where the facts of the visit are kept.
func (id ID) Stream() string { return "visit/" + string(id) }

// A Visit is one joint visit for the cases of one matter.
type Visit struct {
	ID        ID           `json:"id"`
	Joint     joint.ID     `json:"joint"`
	Number    string       `json:"number"` // 联办编号
	Name      string       `json:"name"`   // of the matter
	Round     int          `json:"round"`  // 1, and more where something was to be put right
	Region    string       `json:"region"`
	Party     string       `json:"party"`
	Applicant string       `json:"applicant"`
	Where     string       `json:"where"`
	Day       calendar.Day `json:"day"`
	Caller    Person       `json:"caller"`
	Points    []Point      `json:"points"`
	Parts     []Part       `json:"parts"`
	Opened    time.Time    `json:"opened"`
	Ended     time.Time    `json:"ended,omitzero"`
	Log       []Note       `json:"log,omitempty"`

	Head event.Head `json:"-"`
}

// A Person is who of the staff.
type Person struct {
	Account string `json:"account"`
	Name    string `json:"name"`
	Agency  string `json:"agency"`
}

// A Point is one thing to be looked at, whoever demands it.
type Point struct {
	ID   string   `json:"id"`
	Text string   `json:"text"`
	For  []string `json:"for"` // agencies
}

// A Part is what one department has to do with the visit.
type Part struct {
	Agency   string           `json:"agency"`
	Name     string           `json:"name"`
	Cases    []cases.ID       `json:"cases"`
	Titles   []string         `json:"titles"` // of the items
	Agreed   bool             `json:"agreed,omitempty"`
	Rather   calendar.Day     `json:"rather,omitzero"` // the day it asks for instead
	Why      string           `json:"why,omitempty"`
	Reminded int              `json:"reminded,omitempty"`
	Absent   bool             `json:"absent,omitempty"` // did not conclude on the day
	Verdict  string           `json:"verdict,omitempty"`
	Findings []Finding        `json:"findings,omitempty"`
	Say      string           `json:"say,omitempty"`
	Evidence []cases.Evidence `json:"evidence,omitempty"`
	Signed   ink.Signature    `json:"signed,omitzero"`
	By       Person           `json:"by,omitzero"`
	At       time.Time        `json:"at,omitzero"`
}

// A Finding is what a department saw of one point.
type Finding struct {
	Point string `json:"point"`
	Meets bool   `json:"meets"`
	Say   string `json:"say,omitempty"`
}

// The verdicts of a department.
const (
	Pass = "通过"
	Mend = "整改后再看"
	Fail = "不符合"
)

// Note is one line of what was done.
type Note struct {
	At  time.Time `json:"at"`
	Act Act       `json:"act"`
	By  string    `json:"by"`
	Say string    `json:"say,omitempty"`
}

// An Act names what happened to a visit.
type Act string

// The acts.
const (
	Call     Act = "call"
	Agree    Act = "agree"
	Ask      Act = "ask" // for another day
	Move     Act = "move"
	Remind   Act = "remind"
	Miss     Act = "miss"
	Conclude Act = "conclude"
)

// Han is the act in the words of the field.
func (a Act) Han() string {
	return map[Act]string{Call: "召集", Agree: "同意时间", Ask: "请求改期", Move: "改期", Remind: "提醒", Miss: "缺席", Conclude: "作出结论"}[a]
}

// Moved is the fact that something happened to a visit.
type Moved struct {
	Visit   ID           `json:"visit"`
	Seq     int64        `json:"seq"`
	Act     Act          `json:"act"`
	By      string       `json:"by"`
	At      time.Time    `json:"at"`
	Say     string       `json:"say,omitempty"`
	Opening *Visit       `json:"opening,omitempty"`
	Day     calendar.Day `json:"day,omitzero"`
	Parts   []Part       `json:"parts,omitempty"` // as they stand now
}

// FactName is visits.moved.
func (Moved) FactName() string { return "visits.moved" }

// Happened reports whether anything did; what is judged to be nothing is the zero Moved.
func (m Moved) Happened() bool { return m.Act != "" }

// Apply makes a fact true of the visit; nothing else changes one.
func (v *Visit) Apply(m Moved) {
	if m.Opening != nil {
		*v = *m.Opening
	}
	if m.Day != 0 {
		v.Day = m.Day
	}
	v.Parts = slices.Clone(v.Parts)
	for _, p := range m.Parts {
		if i := v.at(p.Agency); i >= 0 {
			v.Parts[i] = p
		}
	}
	if len(v.Waits()) == 0 && v.Ended.IsZero() {
		v.Ended = m.At
	}
	v.Log = append(slices.Clone(v.Log), Note{m.At, m.Act, m.By, m.Say})
}

func (v *Visit) at(agency string) int {
	return slices.IndexFunc(v.Parts, func(p Part) bool { return p.Agency == agency })
}

// Waits are the departments that have not concluded.
func (v *Visit) Waits() []string {
	var all []string
	for _, p := range v.Parts {
		if p.Verdict == "" {
			all = append(all, p.Name)
		}
	}
	return all
}

// Agreed reports whether all agree to the day.
func (v *Visit) Agreed() bool {
	return !slices.ContainsFunc(v.Parts, func(p Part) bool { return !p.Agreed && p.Verdict == "" })
}

// Standing is where the visit stands, in words.
func (v *Visit) Standing(today calendar.Day) string {
	absent := slices.ContainsFunc(v.Parts, func(p Part) bool { return p.Absent && p.Verdict == "" })
	switch {
	case len(v.Waits()) == 0:
		return "已结束：" + v.Result()
	case absent:
		return "有部门缺席，等补作结论"
	case !v.Agreed():
		return "等各部门确认时间"
	case today < v.Day:
		return "时间已定"
	}
	return "进行中，等各部门结论"
}

// Result is the conclusions as one; "" while one is missing.
func (v *Visit) Result() string {
	result := Pass
	for _, p := range v.Parts {
		switch {
		case p.Verdict == "":
			return ""
		case p.Verdict == Fail:
			result = Fail
		case p.Verdict == Mend && result == Pass:
			result = Mend
		}
	}
	return result
}

// Merged is what is to be put right, each thing once, with who asks for it.
func (v *Visit) Merged() []string {
	var all []string
	for _, point := range v.Points {
		said := map[string][]string{}
		var order []string
		for _, p := range v.Parts {
			for _, f := range p.Findings {
				if f.Point != point.ID || f.Meets {
					continue
				}
				if said[f.Say] == nil {
					order = append(order, f.Say)
				}
				said[f.Say] = append(said[f.Say], p.Name)
			}
		}
		for _, say := range order {
			all = append(all, point.Text+"："+say+"（"+join(said[say])+"）")
		}
	}
	return all
}

// Own are the points that a department looks at.
func (v *Visit) Own(agency string) []Point {
	return slices.DeleteFunc(slices.Clone(v.Points), func(p Point) bool { return !slices.Contains(p.For, agency) })
}

// Agency is the department of the visit for which the actor speaks.
func (v *Visit) Agency(by identity.Actor) string {
	for _, p := range v.Parts {
		if by.SpeaksFor(p.Agency) {
			return p.Agency
		}
	}
	return ""
}

// Sees reports whether the actor may know of the visit.
func (v *Visit) Sees(by identity.Actor) bool {
	return by.Party != "" && by.Party == v.Party || v.Agency(by) != "" || by.Plays(identity.System) || by.Covers(v.Region)
}

// None is the answer about a visit that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "visits.none", "没有找到这次联合踏勘，请从办件页面打开")
}

// OnSite is the special procedure by which an item is inspected on the spot.
func OnSite(e *items.Edition) (items.Special, bool) {
	i := slices.IndexFunc(e.Special, func(s items.Special) bool { return s.Kind == items.Inspection })
	if i < 0 {
		return items.Special{}, false
	}
	return e.Special[i], true
}

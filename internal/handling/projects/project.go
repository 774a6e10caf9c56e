package projects

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// ID is the key of a project; people know it by its code.
type ID string

// Stream is where the facts of the project are kept.
func (id ID) Stream() string { return "project/" + string(id) }

// A Project is one construction project, from its filing to its completion.
type Project struct {
	ID        ID              `json:"id"`
	Code      string          `json:"code"` // 项目代码
	Name      string          `json:"name"`
	Type      Type            `json:"type"` // as it was when the project was opened
	Place     string          `json:"place"`
	Region    string          `json:"region"`
	Applicant cases.Applicant `json:"applicant"` // 建设单位
	Units     []Unit          `json:"units,omitempty"`
	Answers   forms.Answers   `json:"answers,omitempty"`

	Steward  Person     `json:"steward,omitzero"` // 项目管家
	Handover Handover   `json:"handover,omitzero"`
	Major    string     `json:"major,omitempty"` // why it is a major project; "": it is none
	Filings  []Filing   `json:"filings,omitempty"`
	Finished []Finished `json:"finished,omitempty"`
	Meetings []Meeting  `json:"meetings,omitempty"`
	Services []Standing `json:"services,omitempty"`
	Requests []Request  `json:"requests,omitempty"`
	Opened   time.Time  `json:"opened"`
	Closed   time.Time  `json:"closed,omitzero"`
	Log      []Note     `json:"log,omitempty"`

	Head event.Head `json:"-"`
}

// A Unit takes part in building: 勘察、设计、施工、监理.
type Unit struct {
	Part string `json:"part"`
	Name string `json:"name"`
}

// A Person is who of the staff, or of the firm.
type Person struct {
	Account string `json:"account,omitempty"`
	Name    string `json:"name,omitempty"`
	Agency  string `json:"agency,omitempty"`
}

// A Filing is an application within the project: of a whole stage by its draft
// and then its joint case, or of one item by its case.
type Filing struct {
	Stage  int       `json:"stage"`
	Draft  string    `json:"draft,omitempty"`
	Joint  joint.ID  `json:"joint,omitempty"`
	Case   cases.ID  `json:"case,omitempty"`
	Item   items.ID  `json:"item,omitempty"`
	Number string    `json:"number,omitempty"`
	At     time.Time `json:"at"`
}

// Finished says when a stage came to its end.
type Finished struct {
	Stage int       `json:"stage"`
	At    time.Time `json:"at"`
}

// A Meeting is a joint visit, drawing review or acceptance that was called.
type Meeting struct {
	ID       string       `json:"id"`
	Kind     string       `json:"kind"`
	Stage    int          `json:"stage"`
	Day      calendar.Day `json:"day"`
	Where    string       `json:"where,omitempty"`
	By       Person       `json:"by"`
	Opinions []Opinion    `json:"opinions"` // one for each who was bidden
	Result   string       `json:"result,omitempty"`
	Merged   string       `json:"merged,omitempty"` // the opinions as one
	Ended    time.Time    `json:"ended,omitzero"`
	EndedBy  Person       `json:"endedBy,omitzero"`
}

// An Opinion is what one agency says; Verdict is empty until it has.
type Opinion struct {
	Agency  string    `json:"agency"`
	Name    string    `json:"name"`
	Verdict string    `json:"verdict,omitempty"`
	Say     string    `json:"say,omitempty"`
	By      Person    `json:"by,omitzero"`
	At      time.Time `json:"at,omitzero"`
}

// The verdicts of an opinion, and the results of a meeting.
const (
	Agree       = "同意"
	Conditional = "附条件同意"
	Object      = "不同意"

	Pass = "通过"
	Mend = "整改后再看"
)

// A Request is something the firm asks for at the desk for major projects.
type Request struct {
	ID       string       `json:"id"`
	Text     string       `json:"text"`
	Agency   string       `json:"agency,omitempty"` // whom it is for; "": the steward
	By       Person       `json:"by"`
	At       time.Time    `json:"at"`
	Due      calendar.Day `json:"due"`
	Answer   string       `json:"answer,omitempty"`
	Answerer Person       `json:"answerer,omitzero"`
	Answered time.Time    `json:"answered,omitzero"`
}

// stage of life of a service.
const (
	Asked   = "已提出"
	Working = "办理中"
	Served  = "已办结"
)

// ServiceStates are the states of a technical service or a utility in order.
var ServiceStates = []string{Asked, Working, Served}

// Standing is how far a service has got.
type Standing struct {
	ID    string    `json:"id"` // Offered.ID
	State string    `json:"state"`
	Say   string    `json:"say,omitempty"`
	By    Person    `json:"by"`
	At    time.Time `json:"at"`
}

// Note is one line of what was done.
type Note struct {
	At  time.Time `json:"at"`
	Act Act       `json:"act"`
	By  Person    `json:"by"`
	Say string    `json:"say,omitempty"`
}

// None is the answer about a project that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "projects.none", "没有找到这个项目，请核对项目代码；不是本单位的项目，您无权查看")
}

// Own reports whether the project is the actor's own.
func (p *Project) Own(by identity.Actor) bool {
	return by.Party != "" && by.Party == p.Applicant.Party
}

// Stewards reports whether the actor is the project's steward.
func (p *Project) Stewards(by identity.Actor) bool {
	return by.Account != "" && by.Account == p.Steward.Account && p.serves(by)
}

// serves reports whether the actor may be a steward here: windows and
// supervisors of the place.
func (p *Project) serves(by identity.Actor) bool { return by.Covers(p.Region) }

// supervises reports whether the actor supervises the place.
func (p *Project) supervises(by identity.Actor) bool {
	return by.In(identity.Supervisor, func(post identity.Post) bool { return post.Serves(p.Region) })
}

// agency is the agency among those of the project for which the actor speaks.
func (p *Project) agency(by identity.Actor) string {
	all := p.Type.Agencies()
	for _, r := range p.Requests {
		all = append(all, r.Agency)
	}
	for _, agency := range by.Bureaus() {
		if agency != "" && slices.Contains(all, agency) {
			return agency
		}
	}
	return ""
}

// Sees reports whether the actor may know of the project: its unit, those who
// may steward or supervise it, and the agencies that have a part in it.
func (p *Project) Sees(by identity.Actor) bool {
	return p.Own(by) || p.serves(by) || p.agency(by) != "" || by.Plays(identity.System)
}

// Asking is the day by which the earliest open request is to be answered; 0: none.
func (p *Project) Asking() calendar.Day {
	var day calendar.Day
	for _, r := range p.Requests {
		if r.Answer == "" && (day == 0 || r.Due < day) {
			day = r.Due
		}
	}
	return day
}

// Meeting finds a meeting.
func (p *Project) Meeting(id string) (Meeting, bool) {
	i := slices.IndexFunc(p.Meetings, func(m Meeting) bool { return m.ID == id })
	if i < 0 {
		return Meeting{}, false
	}
	return p.Meetings[i], true
}

// Ended reports whether a stage has come to its end, and when.
func (p *Project) Ended(stage int) (time.Time, bool) {
	for _, f := range p.Finished {
		if f.Stage == stage {
			return f.At, true
		}
	}
	return time.Time{}, false
}

func person(by identity.Actor, agency string) Person { return Person{by.Account, by.Name, agency} }

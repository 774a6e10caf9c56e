package projects

import (
	"slices"
	"time"
)

// An Act names what happened to a project.
type Act string

// The acts.
const (
	Open     Act = "open"
	Steward  Act = "steward"
	Begin    Act = "begin"
	Submit   Act = "submit"
	Attach   Act = "attach"
	Finish   Act = "finish"
	Convene  Act = "convene"
	Opine    Act = "opine"
	Conclude Act = "conclude"
	Serve    Act = "serve"
	Mark     Act = "mark"
	Ask      Act = "ask"
	Answer   Act = "answer"
	Hear     Act = "hear"
)

// Han is the act in the words of the field.
func (a Act) Han() string {
	return map[Act]string{
		Open: "项目登记", Steward: "确定项目管家", Begin: "开始填写本阶段申请", Submit: "本阶段一次提交", Attach: "关联办件", Finish: "阶段完成", Convene: "召集",
		Opine: "提出意见", Conclude: "形成一份意见", Serve: "技术服务和市政公用服务", Mark: "列为重大项目", Ask: "提出诉求", Answer: "答复诉求", Hear: "知晓项目管家更换",
	}[a]
}

// Moved is the fact that something happened to a project.
type Moved struct {
	Project ID        `json:"project"`
	Seq     int64     `json:"seq"`
	Act     Act       `json:"act"`
	By      Person    `json:"by"`
	At      time.Time `json:"at"`
	Say     string    `json:"say,omitempty"`

	Opening *Project  `json:"opening,omitempty"` // what the filing fixed
	Steward *Person   `json:"steward,omitempty"`
	Major   *string   `json:"major,omitempty"`
	Filing  *Filing   `json:"filing,omitempty"`
	Stages  []int     `json:"stages,omitempty"` // that came to their end
	Meeting *Meeting  `json:"meeting,omitempty"`
	Service *Standing `json:"service,omitempty"`
	Request *Request  `json:"request,omitempty"`

	Handover *Handover `json:"handover,omitempty"`
}

// FactName is projects.moved.
func (Moved) FactName() string { return "projects.moved" }

// Happened reports whether anything did; what is judged to be nothing is the zero Moved.
func (m Moved) Happened() bool { return m.Act != "" }

// Apply makes a fact true of the project. It is the only function that changes
// one; given the same facts it always ends in the same project.
func (p *Project) Apply(m Moved) {
	if m.Opening != nil {
		*p = *m.Opening
	}
	p.ID = m.Project
	if m.Steward != nil {
		p.Steward = *m.Steward
	}
	if m.Handover != nil {
		p.Handover = *m.Handover
	}
	if m.Major != nil {
		p.Major = *m.Major
	}
	if m.Filing != nil {
		p.Filings = put(p.Filings, *m.Filing, func(a, b Filing) bool { return a.Draft == b.Draft && a.Case == b.Case })
	}
	for _, no := range m.Stages {
		p.Finished = put(p.Finished, Finished{no, m.At}, func(a, b Finished) bool { return a.Stage == b.Stage })
	}
	if m.Meeting != nil {
		p.Meetings = put(p.Meetings, *m.Meeting, func(a, b Meeting) bool { return a.ID == b.ID })
	}
	if m.Service != nil {
		p.Services = put(p.Services, *m.Service, func(a, b Standing) bool { return a.ID == b.ID })
	}
	if m.Request != nil {
		p.Requests = put(p.Requests, *m.Request, func(a, b Request) bool { return a.ID == b.ID })
	}
	if p.Closed.IsZero() && p.allEnded() {
		p.Closed = m.At
	}
	p.Log = append(slices.Clone(p.Log), Note{m.At, m.Act, m.By, m.Say})
}

// allEnded reports whether the four stages are done; the parallel one is not
// asked (国办发〔2019〕11号).
func (p *Project) allEnded() bool {
	some := false
	for _, s := range p.Type.Stages {
		if s.No == Parallel {
			continue
		}
		some = true
		if _, ok := p.Ended(s.No); !ok {
			return false
		}
	}
	return some
}

// put is a list in which one is replaced by its successor, or added at the end.
func put[T any](all []T, one T, same func(a, b T) bool) []T {
	all = slices.Clone(all)
	if i := slices.IndexFunc(all, func(a T) bool { return same(a, one) }); i >= 0 {
		all[i] = one
		return all
	}
	return append(all, one)
}

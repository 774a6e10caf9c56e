package cases

import (
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
)

// A Panel is a review by drawn experts (专家评审): who they are, when they meet,
// what each of them signed, and what it came to. How they were drawn is kept in
// the room experts. Its time is the special procedure in which it is held
// (行政许可法第四十五条).
type Panel struct {
	Review   string         `json:"review"`  // experts.ID
	Special  string         `json:"special"` // Special.ID
	Members  []PanelMember  `json:"members,omitempty"`
	Day      calendar.Day   `json:"day,omitempty"` // when they meet
	Place    string         `json:"place,omitempty"`
	Opinions []PanelOpinion `json:"opinions,omitempty"`
	Summary  string         `json:"summary,omitempty"` // 汇总意见; none: not finished
}

// A PanelMember is one expert, as the applicant is told of them.
type PanelMember struct {
	Name     string `json:"name"`
	Employer string `json:"employer"`
	Title    string `json:"title,omitempty"`
}

// A PanelOpinion is what one expert signed.
type PanelOpinion struct {
	Name    string        `json:"name"`
	Verdict string        `json:"verdict"`
	Text    string        `json:"text"`
	Signed  ink.Signature `json:"signed"`
	At      time.Time     `json:"at"`
}

// Experted is the special procedure in which the edition has experts review.
func Experted(e *items.Edition) (items.Special, bool) {
	return listed(e, items.Experts)
}

// OpenExperts begins the special procedure of a review by experts, with the
// announcement of their drawing.
func (c *Case) OpenExperts(e *items.Edition, review, reason string, by identity.Actor, at time.Time) (Moved, error) {
	s, on := Experted(e)
	if !on {
		return Moved{}, fault.New(fault.Conflict, "cases.open-experts.unlisted", "办事指南没有列出专家评审，不能组织")
	}
	m, err := c.openSpecial(s, reason, by, at)
	if err == nil {
		m.Panel = &Panel{Review: review, Special: m.Special.ID}
	}
	return m, err
}

// paneled is the panel of a review that is under way.
func (c *Case) paneled(act Act, review string) (*Panel, error) {
	if p := c.Panel; p != nil && p.Review == review && p.Summary == "" {
		own := *p
		own.Members, own.Opinions = slices.Clone(p.Members), slices.Clone(p.Opinions)
		return &own, nil
	}
	return nil, fault.New(fault.Conflict, "cases."+string(act)+".none", "这个办件没有正在进行的这次专家评审")
}

// CallExperts tells the applicant who the experts are and when they meet, so
// that they may ask for one to stand aside (专家评审通知书). Told again when an
// expert had to be replaced.
func (c *Case) CallExperts(review string, members []PanelMember, day calendar.Day, place string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(CallExperts, by)
	if err != nil {
		return Moved{}, err
	}
	p, err := c.paneled(CallExperts, review)
	if err != nil {
		return Moved{}, err
	}
	p.Members, p.Day, p.Place = members, day, place
	m := c.moved(CallExperts, c.State, doer, at)
	m.Panel = p
	return m, nil
}

// HearExpert puts the opinion that one of the experts signed into the case.
func (c *Case) HearExpert(review string, o PanelOpinion, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(HearExpert, by)
	if err != nil {
		return Moved{}, err
	}
	p, err := c.paneled(HearExpert, review)
	switch {
	case err != nil:
		return Moved{}, err
	case !slices.ContainsFunc(p.Members, func(m PanelMember) bool { return m.Name == o.Name }):
		return Moved{}, fault.New(fault.Conflict, "cases.hear-expert.member", "%s不是这次评审的专家", o.Name)
	}
	m := c.moved(HearExpert, c.State, doer, at)
	o.At = m.At
	p.Opinions = append(p.Opinions, o)
	m.Panel = p
	return m, nil
}

// SumExperts ends the special procedure with what the experts came to.
func (c *Case) SumExperts(review, summary string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(CloseSpecial, by)
	if err != nil {
		return Moved{}, err
	}
	p, err := c.paneled(CloseSpecial, review)
	if err != nil {
		return Moved{}, err
	}
	m, err := c.closeSpecial(p.Special, SpecialEnd{Result: summary}, doer, at)
	if err == nil {
		p.Summary = summary
		m.Panel = p
	}
	return m, err
}

// Line is the expert in one line.
func (m PanelMember) Line() string {
	return m.Name + "（" + strings.Trim(m.Employer+"，"+m.Title, "，") + "）"
}

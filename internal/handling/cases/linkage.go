package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// A Linkage is what whoever supervises after the approval is told when a pledge was
// found untrue (审管联动, 徐政发〔2022〕21号（八）): the regulator that the item names.
// One that is no agency of this city is told by letter, and the case says so.
type Linkage struct {
	Regulator string       `json:"regulator"`        // as the item names it
	Agency    string       `json:"agency,omitempty"` // agencies.ID; "" it is none of this city
	Say       string       `json:"say"`              // what was found
	On        calendar.Day `json:"on"`
	By        calendar.Day `json:"by,omitempty"` // by when its receipt is to be noted
	Received  *Noted       `json:"received,omitempty"`
}

// Noted is who noted the receipt, and when.
type Noted struct {
	By    string    `json:"by"`
	Title string    `json:"title,omitempty"`
	At    time.Time `json:"at"`
}

// longestReceipt is how many working days a city may give a regulator to note the
// receipt: no more than the law gives for deciding on a permit (行政许可法第四十二条).
const longestReceipt = 20

// ReadLinkage reads how long the regulator has to note the receipt. No law says how
// long, so a city sets it (see data/linkage.yaml). Fault: cases.linkage.
func ReadLinkage(text []byte) (clock.Limit, error) {
	var days struct {
		Receive int `yaml:"receive"`
	}
	if err := yaml.UnmarshalWithOptions(text, &days, yaml.Strict()); err != nil {
		return clock.Limit{}, fmt.Errorf("read the term for a regulator's receipt: %w", err)
	}
	if days.Receive < 1 || days.Receive > longestReceipt {
		return clock.Limit{}, fault.New(fault.Invalid, "cases.linkage", "审管联动签收期限（linkage.yaml）：receive 要写，在1至%d个工作日之间", longestReceipt)
	}
	return clock.Limit{N: days.Receive, Unit: clock.WorkingDays}, nil
}

// Waits reports whether the regulator has yet to note that it received the message.
func (l *Linkage) Waits() bool { return l != nil && l.Agency != "" && l.Received == nil }

// WaitsFor reports whether it waits for whoever speaks for the regulator.
func (l *Linkage) WaitsFor(by identity.Actor) bool { return l.Waits() && by.SpeaksFor(l.Agency) }

// Says is how the message stands.
func (l *Linkage) Says() string {
	switch {
	case l == nil:
		return ""
	case l.Agency == "":
		return "监管主体“" + l.Regulator + "”不是本市平台上的部门，平台不能送达，请另行函告"
	case l.Received == nil:
		return "已告知" + l.Regulator + "，" + l.By.Han() + "前签收"
	}
	return "已告知" + l.Regulator + "，" + l.Received.By + "（" + l.Received.Title + "）于" + calendar.Moment(l.Received.At) + "签收"
}

// about is the message with what was found.
func (l *Linkage) about(f Found) *Linkage {
	if l == nil {
		return nil
	}
	told := *l
	told.Say = f.Reason
	return &told
}

// link keeps the message, and lets the agency that it is for see the case.
func (c *Case) link(m Moved, _ Frame) error {
	if m.Linkage == nil {
		return nil
	}
	c.Linkage = m.Linkage
	if a := m.Linkage.Agency; a != "" && !slices.Contains(c.Involved, a) {
		c.Involved = append(slices.Clone(c.Involved), a)
	}
	return nil
}

// ReceiveLink has the regulator note that it received the message.
func (c *Case) ReceiveLink(by identity.Actor, at time.Time) (Moved, error) {
	if c.Linkage.Waits() && !c.Linkage.WaitsFor(by) {
		return Moved{}, fault.New(fault.Forbidden, "cases.receive-link.agency", "审管联动信息由%s签收", c.Linkage.Regulator)
	}
	doer, err := c.judge(ReceiveLink, by)
	if err != nil {
		return Moved{}, err
	}
	if !c.Linkage.Waits() {
		return Moved{}, fault.New(fault.Conflict, "cases.receive-link.none", "没有等待签收的审管联动信息")
	}
	m := c.moved(ReceiveLink, c.State, doer, at)
	l := *c.Linkage
	l.Received = &Noted{By: doer.Name, Title: doer.Title, At: m.At}
	m.Linkage = &l
	return m, nil
}

// ReceiveLink has the regulator note the receipt; see Case.ReceiveLink.
func (s *Service) ReceiveLink(ctx context.Context, id ID, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, ReceiveLink, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.ReceiveLink(by, at) })
}

// regulator is the message to whom the item names to supervise what is granted, where
// that is not the agency that decides; nil if it is.
func (s *Service) regulator(ctx context.Context, c *Case, e *items.Edition, at time.Time) (*Linkage, error) {
	if e.Regulator == "" || e.Regulator == e.AgencyName || s.Regulator == nil {
		return nil, nil
	}
	id, err := s.Regulator(ctx, e.Regulator)
	if err != nil || id == c.Agency {
		return nil, err
	}
	l := &Linkage{Regulator: e.Regulator, Agency: id, On: calendar.DayOf(at)}
	if id != "" {
		l.By = after(l.On, s.Receive, s.Days)
	}
	return l, nil
}

package companies

import (
	"slices"
	"time"

	"tongban/internal/civic/calendar"
)

// Moved is the fact that something happened in the life of a company.
type Moved struct {
	Company ID         `json:"company"`
	Act     Act        `json:"act"`
	By      string     `json:"by"`
	At      time.Time  `json:"at"`
	Step    Step       `json:"step"`
	Fresh   *Company   `json:"fresh,omitempty"` // of the first: what is known of it
	Lines   []Line     `json:"lines,omitempty"` // entries that read otherwise from now on
	Rest    *Rest      `json:"rest,omitempty"`
	Notice  *Notice    `json:"notice,omitempty"`
	Said    *Objection `json:"said,omitempty"`
}

// FactName is companies.moved.
func (Moved) FactName() string { return "companies.moved" }

// Happened reports whether anything did; what is judged to be nothing is the zero Moved.
func (m Moved) Happened() bool { return m.Act != "" }

// Line is one entry of the register as it now reads.
type Line struct {
	Name string `json:"name"` // 名称, 住所, 法定代表人, 注册资本, 经营范围
	Was  string `json:"was,omitempty"`
	Say  string `json:"say"`
}

// entry is where an entry of the register is kept; nil for one it does not have.
func (c *Company) entry(name string) *string {
	switch name {
	case "名称":
		return &c.Name
	case "主体类型":
		return &c.Kind
	case "住所":
		return &c.Address
	case "法定代表人":
		return &c.Head
	case "注册资本":
		return &c.Capital
	case "经营范围":
		return &c.Scope
	}
	return nil
}

// Entries are the names of what the register shows.
func Entries() []string {
	return []string{"名称", "主体类型", "住所", "法定代表人", "注册资本", "经营范围"}
}

// Entry is what an entry reads.
func (c *Company) Entry(name string) string {
	if at := c.entry(name); at != nil {
		return *at
	}
	return ""
}

// Apply makes a fact true of the company. It is the only function that changes
// one; given the same facts it always ends in the same company.
func (c *Company) Apply(m Moved) {
	if m.Fresh != nil {
		*c = *m.Fresh
	}
	on := calendar.DayOf(m.At)
	before := c.State
	if to := RowOf(m.Act).To; to != "" {
		c.State = to
	}
	c.Changed = m.At
	c.Steps = append(slices.Clone(c.Steps), m.Step)
	for _, l := range m.Lines {
		if at := c.entry(l.Name); at != nil {
			*at = l.Say
		}
	}
	if before == Resting && c.State != Resting && c.Rest != nil {
		c.Rested += c.Rest.Days(on)
		c.Rest = nil
	}
	switch m.Act {
	case TakeRest:
		c.takeRest(m.Rest)
	case Close, CloseSimply:
		c.Ended = on
	default:
		c.notice(m)
	}
}

// notice makes true what an act does to the notice to creditors of a company that
// is leaving.
func (c *Company) notice(m Moved) {
	switch m.Act {
	case Announce, Liquidate:
		n := *m.Notice
		c.Notice = &n
	case Object:
		n := *c.Notice
		n.Objections = append(slices.Clone(n.Objections), *m.Said)
		c.Notice = &n
	case Abandon, Lapse:
		c.State = Running
		if c.Notice.Before == Struck {
			c.State = Struck
		}
		c.Notice = nil
	case Ask, Unask:
		n := *c.Notice
		n.Asked = 0
		if m.Act == Ask {
			n.Asked = m.Step.On
		}
		c.Notice = &n
	case Strike:
		c.Notice = nil
	}
}

// takeRest begins a rest, or lets the one that runs go on.
func (c *Company) takeRest(r *Rest) {
	next := *r
	if c.Rest != nil {
		next.From = c.Rest.From
	}
	c.Rest = &next
}

// With is the company with one entry as the line says.
func (c Company) With(l Line) Company {
	if at := c.entry(l.Name); at != nil {
		*at = l.Say
	}
	return c
}

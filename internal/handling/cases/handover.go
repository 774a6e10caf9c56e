package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
)

// passed reports whether the item has left this case's agency for another one.
func (c *Case) passed(e *items.Edition) bool {
	return e.Handover.From == c.Agency && e.Agency != c.Agency
}

// weighed says under which edition the case goes on, and whose it is then: a later
// edition that is provably no worse takes it over, with the item's new agency if
// the decision on the handover (机构调整) says that running cases go along.
func (c *Case) weighed(m Moved, old, new Frame, days clock.Days) Moved {
	e := new.Edition
	if !c.passed(e) {
		if worse := c.Worse(old, new, days); len(worse) > 0 {
			m.Reason = fmt.Sprintf("仍按第%d版办理：%s", c.Edition, strings.Join(worse, "；"))
			return m
		}
		m.Edition = e.Number
		m.Reason = fmt.Sprintf("改按第%d版办理：办结日期不更晚，材料不增加，环节不变", m.Edition)
		return m
	}
	if !e.Handover.Cases {
		m.Reason = fmt.Sprintf("事项改由%s实施（%s）；按决定，在办件仍由%s按第%d版办理", e.AgencyName, e.Handover.Why, e.Handover.FromName, c.Edition)
		return m
	}
	back := Frame{Edition: e.Back(), Procedure: new.Procedure}
	if worse := c.Worse(old, back, days); len(worse) > 0 {
		m.Reason = fmt.Sprintf("事项改由%s实施，但不能证明移交后不更差，仍由%s按第%d版办理：%s", e.AgencyName, e.Handover.FromName, c.Edition, strings.Join(worse, "；"))
		return m
	}
	m.Edition, m.Agency = e.Number, e.Agency
	m.Reason = fmt.Sprintf("随事项移交%s办理（%s），按第%d版：办结日期不更晚，材料不增加，环节不变", e.AgencyName, e.Handover.Why, m.Edition)
	return m
}

// pass gives the case to its item's new agency: work that nobody has ended is
// to be taken up anew by the posts there.
func (c *Case) pass(m Moved, e *items.Edition) {
	if m.Agency == "" {
		return
	}
	before := c.Agency
	c.Papers = slices.Clone(c.Papers)
	for i := range c.Papers {
		c.Papers[i].Agency = cmp.Or(c.Papers[i].Agency, before) // numbered in its series
	}
	c.Agency, c.Region = m.Agency, e.Region
	c.Flow.Open = slices.Clone(c.Flow.Open)
	for i := range c.Flow.Open {
		if w := &c.Flow.Open[i]; w.Agency == before {
			w.Agency, w.Claimed = m.Agency, ""
		}
	}
	if !slices.Contains(c.Involved, m.Agency) {
		c.Involved = append(slices.Clone(c.Involved), m.Agency)
	}
}

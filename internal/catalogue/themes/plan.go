package themes

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

// A Plan is when each component is done at the earliest, if every agency takes
// all the time it promised (并联办理).
type Plan struct {
	Start    calendar.Day `json:"start"`
	Steps    []Step       `json:"steps"` // in the order in which they start
	Edges    []Edge       `json:"edges,omitempty"`
	Critical []items.ID   `json:"critical,omitempty"` // the longest way through
	Due      calendar.Day `json:"due"`                // when the last is done
	Days     int          `json:"days"`               // working days that takes: the computed promise
	Promised clock.Limit  `json:"promised,omitzero"`  // of the scheme
	By       calendar.Day `json:"by,omitzero"`        // when that is up
	Legal    calendar.Day `json:"legal"`              // 45 working days (行政许可法第四十二条)
	Longest  calendar.Day `json:"longest"`            // with the extension of 15
	Unknown  []items.ID   `json:"unknown,omitempty"`  // components without a limit that can be counted
}

// A Step is one component in the plan.
type Step struct {
	Item     items.ID     `json:"item"`
	Title    string       `json:"title"`
	Agency   string       `json:"agency"`
	Limit    clock.Limit  `json:"limit"`
	Assumed  bool         `json:"assumed,omitempty"` // the source gives a number without a unit
	Start    calendar.Day `json:"start"`
	Due      calendar.Day `json:"due"`
	Wave     int          `json:"wave"` // 0: at once; 1: after one of those; …
	After    []items.ID   `json:"after,omitempty"`
	Critical bool         `json:"critical,omitempty"`
	Optional bool         `json:"optional,omitempty"`
	When     string       `json:"when,omitempty"`
	own      int          // working days by itself, started on the first day
	last     int          // the predecessor it waits for longest
}

// onePlan lays the components one beside the other where they may, and one
// behind the other where they must.
func (c *Composed) onePlan(made []result, days clock.Days, f *findings) Plan {
	plan := Plan{Start: c.day, Edges: c.untangled(c.edges(made, f), f), Promised: c.Theme.Promised}
	steps := make([]Step, len(c.Parts))
	for i, p := range c.Parts {
		limit, assumed := limitOf(p.Edition)
		steps[i] = Step{Item: p.Item, Title: p.Title, Agency: p.Agency, Limit: limit, Assumed: assumed, Optional: p.Optional, When: p.When, last: -1}
		if limit.None() {
			plan.Unknown = append(plan.Unknown, p.Item)
		} else if assumed {
			f.warn("plan.unit", "components."+string(p.Item), []Use{p.use("", "")}, "%s的时限“%d”没有写单位，安排中按工作日计，请核实", p.use("", ""), limit.N)
		}
	}
	if len(plan.Unknown) > 0 {
		f.warn("plan.limit", "components", nil, "“%s”没有可以计算的时限，安排中按即办计，推算的时间可能偏短", strings.Join(c.titles(plan.Unknown), "”、“"))
	}
	for _, i := range ordered(len(steps), plan.Edges) {
		steps[i].begin(c.day, i, steps, plan.Edges)
		steps[i].Due = dueOn(steps[i].Start, steps[i].Limit, days)
		steps[i].own = worked(c.day, dueOn(c.day, steps[i].Limit, days), days)
	}
	plan.finish(steps, days)
	c.weigh(&plan, days, f)
	return plan
}

// begin sets when a step starts: when the last it waits for is done.
func (s *Step) begin(day calendar.Day, at int, steps []Step, edges []Edge) {
	s.Start = day
	for _, e := range edges {
		if e.to != at {
			continue
		}
		before := steps[e.from]
		s.After = append(s.After, before.Item)
		s.Wave = max(s.Wave, before.Wave+1)
		if s.last < 0 || before.Due > s.Start {
			s.Start, s.last = max(s.Start, before.Due), e.from
		}
	}
}

// limitOf is the limit that binds; a bare number is taken for working days, and
// said to be.
func limitOf(e *items.Edition) (l clock.Limit, assumed bool) {
	l = e.Binding()
	if l.None() {
		for _, bare := range []clock.Limit{e.Promised, e.Statutory} {
			if bare.N > 0 {
				return clock.Limit{N: bare.N, Unit: clock.WorkingDays}, true
			}
		}
	}
	if l.Check() != nil {
		return clock.Limit{}, false
	}
	return l, false
}

// dueOn is the last day for what starts on day. What is done at once is done on
// that day, or on the next on which offices work.
func dueOn(day calendar.Day, l clock.Limit, days clock.Days) calendar.Day {
	if l.None() {
		return day
	}
	return clock.Clock{Limit: l, Started: clock.At(day.Start())}.Due(days).Day
}

// ordered are the parts in an order in which each comes after what it waits for.
func ordered(n int, edges []Edge) []int {
	waits := make([]int, n)
	for _, e := range edges {
		waits[e.to]++
	}
	var order []int
	for len(order) < n {
		for i := range n {
			if waits[i] != 0 {
				continue
			}
			waits[i] = -1
			order = append(order, i)
			for _, e := range edges {
				if e.from == i {
					waits[e.to]--
				}
			}
			break
		}
	}
	return order
}

// finish finds the end and the way that leads there.
func (p *Plan) finish(steps []Step, days clock.Days) {
	p.Due = p.Start
	last := -1
	for i, s := range steps {
		if last < 0 || s.Due > p.Due {
			p.Due, last = max(p.Due, s.Due), i
		}
	}
	for i := last; i >= 0; i = steps[i].last {
		steps[i].Critical = true
		p.Critical = append(p.Critical, steps[i].Item)
	}
	slices.Reverse(p.Critical)
	p.Days = worked(p.Start, p.Due, days)
	p.Steps = steps
	slices.SortStableFunc(p.Steps, func(a, b Step) int { return int(a.Start-b.Start)*1000 + a.Wave - b.Wave })
}

// worked counts the working days after from, up to and including until.
func worked(from, until calendar.Day, days clock.Days) int {
	n := 0
	for d := from + 1; d <= until; d++ {
		if days.Works(d) {
			n++
		}
	}
	return n
}

// weigh holds the plan against the promise of the scheme and against the law.
func (c *Composed) weigh(p *Plan, days clock.Days, f *findings) {
	legal := clock.JointDecision
	p.Legal = dueOn(p.Start, legal.Limit, days)
	p.Longest = dueOn(p.Start, clock.Limit{N: legal.Limit.N + legal.Extension.N, Unit: legal.Limit.Unit}, days)
	c.singles(p, days, f)
	switch {
	case len(c.Parts) == 0:
	case p.Promised.None():
		f.warn("plan.promise", "promised", nil, "方案没有写明联办承诺时限，按各事项推算最快%d个工作日", p.Days)
	default:
		if p.By = dueOn(p.Start, p.Promised, days); p.Due > p.By {
			f.warn("plan.late", "promised", nil, "承诺%s，但最长的一路“%s”要%d个工作日，请压缩或者调整承诺", p.Promised, c.way(p.Critical), p.Days).Run = c.titles(p.Critical)
		}
	}
	switch {
	case p.Due > p.Longest:
		f.warn("plan.legal", "plan", nil, "按各事项时限最长%d个工作日，超过联合办理的45个工作日和可以延长的15个工作日", p.Days)
	case p.Due > p.Legal:
		f.warn("plan.extension", "plan", nil, "按各事项时限最长%d个工作日，超过联合办理的45个工作日，须经本级人民政府负责人批准延长", p.Days)
	}
}

// singles finds components whose own limit is longer than that of the whole.
func (c *Composed) singles(p *Plan, days clock.Days, f *findings) {
	if p.Promised.None() {
		return
	}
	whole := dueOn(p.Start, p.Promised, days)
	for i, part := range c.Parts {
		if l, _ := limitOf(part.Edition); !l.None() && dueOn(p.Start, l, days) > whole {
			f.warn("plan.single", "components."+string(part.Item), []Use{part.use("", "承诺"+l.String())}, "第%d项%s单项时限%s，长于整件事的%s", i+1, part.use("", ""), l, p.Promised)
		}
	}
}

func (c *Composed) titles(ids []items.ID) []string {
	var all []string
	for _, id := range ids {
		if p, ok := c.Part(id); ok {
			all = append(all, p.Title)
		}
	}
	return all
}

func (c *Composed) way(ids []items.ID) string { return strings.Join(c.titles(ids), " → ") }

// Waits are the components that a component waits for.
func (p Plan) Waits(id items.ID) []items.ID {
	var all []items.ID
	for _, e := range p.Edges {
		if e.After == id {
			all = append(all, e.Before)
		}
	}
	return all
}

package forms

import (
	"slices"
	"strings"

	"tongban/internal/engine/condition"
	"tongban/internal/ground/fault"
)

// A use is a condition with where it stands and the fields that hang on it.
type use struct {
	path string
	when string
	ids  []string // the field itself, or those of the group
}

func (c *checker) uses() []use {
	var all []use
	for i, g := range c.whole.Groups {
		if g.When != "" {
			u := use{path: c.path(i) + ".when", when: g.When}
			for _, f := range g.Fields {
				u.ids = append(u.ids, f.ID)
			}
			all = append(all, u)
		}
		for j, f := range g.Fields {
			if f.When != "" {
				all = append(all, use{c.path(i, j) + ".when", f.When, []string{f.ID}})
			}
		}
	}
	return all
}

// checkOrder holds conditions to use fields that are there and asked before,
// and shows the way round where fields hang on each other in a ring.
func (c *checker) checkOrder() {
	vars, order, hangs := c.whole.Vars(), map[string]int{}, map[string][]string{}
	for _, f := range c.whole.All() {
		order[f.ID] = len(order)
	}
	uses := c.uses()
	for _, u := range uses {
		for _, id := range u.ids {
			hangs[id] = append(hangs[id], names(u.when)...)
		}
	}
	for _, u := range uses {
		p, err := condition.Compile(u.when, vars)
		if err != nil {
			c.add(u.path, "when."+strings.TrimPrefix(fault.Code(err), "condition."), "条件有误，%s", fault.Say(err))
			continue
		}
		c.checkUse(u, p, order, hangs)
	}
}

func (c *checker) checkUse(u use, p condition.Program, order map[string]int, hangs map[string][]string) {
	for _, name := range p.Names() {
		late := slices.ContainsFunc(u.ids, func(id string) bool { return name != Today && order[name] >= order[id] })
		if !late {
			continue
		}
		if ring := ringFrom(name, u.ids, hangs); ring != nil {
			c.add(u.path, "when.cycle", "条件互相依赖成环：%s，请去掉其中一个", c.labels(ring))
			continue
		}
		c.add(u.path, "when.later", "条件用到了后面才问的“%s”，请把它移到前面", c.label(name))
	}
	for name, values := range p.Mentions() {
		c.checkMentions(u, name, values)
	}
}

// checkMentions finds texts that no option offers: the condition would never hold.
func (c *checker) checkMentions(u use, name string, values []string) {
	f := c.whole.Field(name)
	if f == nil || f.Kind != Choice && f.Kind != Choices {
		return
	}
	for _, v := range values {
		if f.place(v) == len(f.Options) {
			c.add(u.path, "when.option", "“%s”没有“%s”这个选项，条件不会成立", f.Label, short(v))
		}
	}
}

// ringFrom is the shortest way from a field that hangs on name back to it, both
// ends included: 甲 → 乙 → 甲. Nil if there is none.
func ringFrom(name string, ends []string, hangs map[string][]string) []string {
	from := map[string]string{name: ""}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if slices.Contains(ends, at) {
			ring := []string{at}
			for step := at; step != name; {
				step = from[step]
				ring = append(ring, step)
			}
			slices.Reverse(ring)
			return append([]string{at}, ring...)
		}
		for _, next := range hangs[at] {
			if _, seen := from[next]; !seen {
				from[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

func (c *checker) labels(ids []string) string {
	labels := make([]string, len(ids))
	for i, id := range ids {
		labels[i] = c.label(id)
	}
	return strings.Join(labels, " → ")
}

func (c *checker) label(id string) string {
	if f := c.whole.Field(id); f != nil && f.Label != "" {
		return f.Label
	}
	return id
}

package themes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
)

// An Edge says that one component starts only when another is done.
type Edge struct {
	Before   items.ID `json:"before"`
	After    items.ID `json:"after"`
	Why      string   `json:"why"`
	Declared bool     `json:"declared,omitempty"` // by the theme; otherwise derived from the items

	from, to int
}

// edges are all dependencies: what is declared, what follows from a result that
// is another's material, and what a condition says must be had already.
func (c *Composed) edges(made []result, f *findings) []Edge {
	var all []Edge
	add := func(from, to int, declared bool, why string, args ...any) {
		if slices.ContainsFunc(all, func(e Edge) bool { return e.from == from && e.to == to }) {
			return
		}
		all = append(all, Edge{c.Parts[from].Item, c.Parts[to].Item, fmt.Sprintf(why, args...), declared, from, to})
	}
	c.declared(f, add)
	for to, p := range c.Parts {
		for _, m := range p.Edition.Materials {
			if from := maker(made, to, m); from >= 0 && c.alone(made, m) {
				add(from, to, false, "“%s”要用“%s”办出的%s", p.Title, c.Parts[from].Title, m.Name)
			}
		}
		for _, field := range p.Edition.Form.All() {
			if from := c.giver(made, to, *field); from >= 0 && p.Given[field.ID] == "" {
				add(from, to, false, "“%s”要填“%s”办出的%s", p.Title, c.Parts[from].Title, field.Label)
			}
		}
		for _, condition := range p.Edition.Conditions {
			for _, r := range made {
				if r.by != to && hadAlready(condition, r.name) {
					add(r.by, to, false, "“%s”的条件“%s”以“%s”为前提", p.Title, condition.Text, c.Parts[r.by].Title)
				}
			}
		}
	}
	return all
}

// alone reports whether only one component makes the material: where several
// could, a choice among them excludes the rest, and any of them will do.
func (c *Composed) alone(made []result, m items.Material) bool {
	makers := map[int]bool{}
	for _, r := range made {
		if isPaper(m, r.paper) {
			makers[r.by] = true
		}
	}
	return len(makers) == 1
}

func (c *Composed) declared(f *findings, add func(from, to int, declared bool, why string, args ...any)) {
	place := func(id items.ID) int {
		return slices.IndexFunc(c.Parts, func(p Part) bool { return p.Item == id })
	}
	for i, o := range c.Theme.Order {
		from, to := place(o.Before), place(o.After)
		switch {
		case from == to && from >= 0:
			f.wrong("plan.self", fmt.Sprintf("order[%d]", i), nil, "“%s”不能排在自己前面", c.Parts[from].Title)
		case from >= 0 && to >= 0:
			add(from, to, true, "%s", cmp.Or(o.Why, "方案规定先办“"+c.Parts[from].Title+"”"))
		}
	}
}

// hadAlready reports whether a condition demands that a paper be there first:
// 已取得营业执照.
func hadAlready(condition items.Condition, name string) bool {
	text := condition.Text
	if condition.Kind == items.Prohibition || len([]rune(name)) < 3 || !strings.Contains(text, name) {
		return false
	}
	before, _, _ := strings.Cut(text, name)
	for _, no := range []string{"未取得", "没有", "尚未", "未办理", "无需", "注销"} {
		if strings.Contains(before, no) {
			return false
		}
	}
	for _, yes := range []string{"已", "取得", "领取", "持有", "凭", "具有", "具备"} {
		if strings.Contains(before, yes) {
			return true
		}
	}
	return false
}

// cycle is a way round through the edges, as a list of edges; nil if there is none.
func cycle(n int, edges []Edge) []Edge {
	next := make([][]Edge, n)
	for _, e := range edges {
		next[e.from] = append(next[e.from], e)
	}
	state := make([]int, n) // 0 unseen, 1 on the way, 2 done
	var way []Edge
	var walk func(int) []Edge
	walk = func(at int) []Edge {
		state[at] = 1
		for _, e := range next[at] {
			if way = append(way, e); state[e.to] == 1 {
				i := slices.IndexFunc(way, func(o Edge) bool { return o.from == e.to })
				return slices.Clone(way[i:])
			}
			if state[e.to] == 0 {
				if found := walk(e.to); found != nil {
					return found
				}
			}
			way = way[:len(way)-1]
		}
		state[at] = 2
		return nil
	}
	for at := range n {
		if state[at] == 0 {
			if found := walk(at); found != nil {
				return found
			}
		}
	}
	return nil
}

// untangled names every cycle and takes one edge out of each, one that was
// derived if there is one, so that the rest can be planned.
func (c *Composed) untangled(edges []Edge, f *findings) []Edge {
	for round := cycle(len(c.Parts), edges); round != nil; round = cycle(len(c.Parts), edges) {
		var run, whys []string
		for _, e := range round {
			run = append(run, c.Parts[e.from].Title)
			whys = append(whys, e.Why)
		}
		run = append(run, run[0])
		out := round[len(round)-1]
		if i := slices.IndexFunc(round, func(e Edge) bool { return !e.Declared }); i >= 0 {
			out = round[i]
		}
		f.wrong("plan.cycle", "order", nil, "先后顺序绕成一圈：%s（%s）。安排时暂不计这一条：%s", strings.Join(run, " → "), strings.Join(whys, "；"), out.Why).Run = run
		edges = slices.DeleteFunc(edges, func(e Edge) bool { return e.from == out.from && e.to == out.to })
	}
	return edges
}

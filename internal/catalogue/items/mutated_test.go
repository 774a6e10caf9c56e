package items_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// A mutant is a sample item with one fault put into it, and what the check must
// say of it.
type mutant struct {
	name  string   // what was broken, where the path does not say it
	rules []string // any of them
	path  string   // where the finding points, or begins to: "procedure." is one of its steps
	via   string   // the step that the run to the fault must name; "": any run
	warns bool     // a person may confirm it; all others may not be published
	item  *items.Edition
}

// mutations are the faults that are put into every item wherever it has room for
// them; least is how many of the sample's items must have.
var mutations = []struct {
	name  string
	least int
	of    func(*items.Edition) []mutant
}{
	{"a join is deleted, and what led to it is left hanging", 10, hangingJoins},
	{"a join is deleted, and its branches run on side by side", 10, openJoins},
	{"a step takes longer than was promised", 75, lengthened},
	{"the legal basis is dropped", 80, unfounded},
	{"a material named 其他材料 is added", 80, catchAlls},
}

func TestEveryMutantOfEverySampleItemIsFound(t *testing.T) {
	all := sample(t)
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			had, made := 0, 0
			for _, e := range all {
				mutants := m.of(e)
				if len(mutants) > 0 {
					had++
				}
				made += len(mutants)
				for _, one := range mutants {
					found(t, one)
				}
			}
			if had < m.least {
				t.Errorf("only %d of %d items could be broken so, want at least %d", had, len(all), m.least)
			}
			t.Logf("%d mutants of %d items", made, had)
		})
	}
}

// found fails the test unless the check refuses the mutant at its field.
func found(t *testing.T, m mutant) {
	t.Helper()
	all := m.item.Check()
	hit := slices.ContainsFunc(all, func(f items.Finding) bool {
		at := f.Path == m.path || strings.HasSuffix(m.path, ".") && strings.HasPrefix(f.Path, m.path)
		return at && slices.Contains(m.rules, f.Rule) && (m.warns || f.Severity == items.Error) && (m.via == "" || slices.Contains(f.Run, m.via))
	})
	if !hit {
		t.Errorf("%s %s: want one of %v at %s, found %v", m.item.Item, m.name, m.rules, m.path, all)
	}
}

// mutated is a copy of an item that may be changed without changing the item.
func mutated(e *items.Edition, change func(*items.Edition)) *items.Edition {
	c := *e
	c.Bases, c.Materials, c.Special, c.Fees = slices.Clone(e.Bases), slices.Clone(e.Materials), slices.Clone(e.Special), slices.Clone(e.Fees)
	c.Procedure.Nodes, c.Procedure.Edges = slices.Clone(e.Procedure.Nodes), slices.Clone(e.Procedure.Edges)
	change(&c)
	return &c
}

// joinsOf are the gateways in which ways of the procedure come together.
func joinsOf(e *items.Edition, kinds ...flow.Kind) []flow.Node {
	var joins []flow.Node
	for _, n := range e.Procedure.Nodes {
		in := 0
		for _, edge := range e.Procedure.Edges {
			if edge.To == n.ID {
				in++
			}
		}
		if in > 1 && slices.Contains(kinds, n.Kind) {
			joins = append(joins, n)
		}
	}
	return joins
}

func without(e *items.Edition, id string) {
	e.Procedure.Nodes = slices.DeleteFunc(e.Procedure.Nodes, func(n flow.Node) bool { return n.ID == id })
}

func hangingJoins(e *items.Edition) (all []mutant) {
	for _, j := range joinsOf(e, flow.Parallel, flow.Inclusive, flow.Exclusive) {
		all = append(all, mutant{name: "without " + j.ID, rules: []string{"flow.edge.ends"}, path: "procedure.",
			item: mutated(e, func(e *items.Edition) { without(e, j.ID) })})
	}
	return all
}

// openJoins lead what came to a join to where the join led. Where ways exclude
// each other that is as sound as before, so only joins that wait count.
func openJoins(e *items.Edition) (all []mutant) {
	for _, j := range joinsOf(e, flow.Parallel, flow.Inclusive) {
		all = append(all, mutant{name: "no wait at " + j.ID, rules: []string{"flow.unsafe", "flow.improper"}, path: "procedure.",
			item: mutated(e, func(e *items.Edition) { bridge(e, j.ID) })})
	}
	return all
}

// bridge takes a join out of the procedure and ties every way into it to the way
// out of it.
func bridge(e *items.Edition, id string) {
	var on string
	for _, edge := range e.Procedure.Edges {
		if edge.From == id {
			on = edge.To
		}
	}
	e.Procedure.Edges = slices.DeleteFunc(e.Procedure.Edges, func(edge flow.Edge) bool { return edge.From == id })
	for i := range e.Procedure.Edges {
		if e.Procedure.Edges[i].To == id {
			e.Procedure.Edges[i].To = on
		}
	}
	without(e, id)
}

// lengthened has each step in turn take one unit more than the whole item may.
func lengthened(e *items.Edition) (all []mutant) {
	if e.Promised.None() {
		return nil
	}
	for i, n := range e.Procedure.Nodes {
		if !n.Kind.Staffed() {
			continue
		}
		all = append(all, mutant{name: "long " + n.ID, rules: []string{"flow.limit.promise"}, path: "procedure", via: n.Name,
			item: mutated(e, func(e *items.Edition) {
				e.Procedure.Nodes[i].Limit = clock.Limit{N: e.Promised.N + 1, Unit: e.Promised.Unit}
			})})
	}
	return all
}

// unfounded takes the basis from the item, and in turn from each material,
// special procedure and fee.
func unfounded(e *items.Edition) []mutant {
	all := []mutant{{rules: []string{"items.basis.missing"}, path: "bases", item: mutated(e, func(e *items.Edition) { e.Bases = nil })}}
	for i := range e.Materials {
		all = append(all, mutant{rules: []string{"items.material.basis"}, path: fmt.Sprintf("materials[%d].basis", i),
			item: mutated(e, func(e *items.Edition) { e.Materials[i].Basis = nil })})
	}
	for i := range e.Special {
		all = append(all, mutant{rules: []string{"items.special.basis"}, path: fmt.Sprintf("special[%d].basis", i), warns: true,
			item: mutated(e, func(e *items.Edition) { e.Special[i].Basis = nil })})
	}
	for i := range e.Fees {
		all = append(all, mutant{rules: []string{"items.fee.basis"}, path: fmt.Sprintf("fees[%d].basis", i),
			item: mutated(e, func(e *items.Edition) { e.Fees[i].Basis = nil })})
	}
	return all
}

// catchAlls add the material behind the others, sound but for its name.
func catchAlls(e *items.Edition) []mutant {
	return []mutant{{rules: []string{"items.material.catchall"}, path: fmt.Sprintf("materials[%d].name", len(e.Materials)),
		item: mutated(e, func(e *items.Edition) {
			e.Materials = append(e.Materials, items.Material{ID: "other", Name: "其他材料", Necessity: items.Must, Kind: items.Original,
				Form: items.PaperOrElectronic, Copies: 1, Channel: items.ByApplicant, Basis: e.Bases, Standard: "内容完整、字迹清晰"})
		})}}
}

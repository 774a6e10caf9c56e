package items

import (
	"fmt"

	"tongban/internal/engine/flow"
)

// drawing builds a diagram from the rows of a table of steps.
type drawing struct{ flow.Definition }

// definitionOf is the diagram that a table of steps means: rows follow each
// other; neighbouring rows of one group run side by side, branch by branch.
func definitionOf(id, name string, steps []flow.Step) flow.Definition {
	d := drawing{flow.Definition{ID: id, Name: name}}
	at := d.node(flow.Node{ID: "start", Kind: flow.Start, Name: "受理"})
	for i := 0; i < len(steps); {
		n := 1
		for steps[i].Group != "" && i+n < len(steps) && steps[i+n].Group == steps[i].Group {
			n++
		}
		if n > 1 {
			at = d.block(at, steps[i:i+n])
		} else {
			at = d.step(at, steps[i])
		}
		i += n
	}
	d.edge(at, d.node(flow.Node{ID: "end", Kind: flow.End, Name: "办结"}))
	return d.Definition
}

func (d *drawing) node(n flow.Node) string {
	d.Nodes = append(d.Nodes, n)
	return n.ID
}

func (d *drawing) edge(from, to string) *flow.Edge {
	d.Edges = append(d.Edges, flow.Edge{ID: fmt.Sprintf("e%d", len(d.Edges)+1), From: from, To: to})
	return &d.Edges[len(d.Edges)-1]
}

// block draws rows that run side by side between a split and a join.
func (d *drawing) block(at string, rows []flow.Step) string {
	split := d.node(flow.Node{ID: "split" + fmt.Sprint(rows[0].No), Kind: flow.Parallel})
	d.edge(at, split)
	last := map[string]string{}
	var branches []string
	for _, row := range rows {
		b := row.Branch
		if b == "" {
			b = fmt.Sprint(row.No)
		}
		if last[b] == "" {
			branches, last[b] = append(branches, b), split
		}
		last[b] = d.step(last[b], row)
	}
	join := d.node(flow.Node{ID: "join" + fmt.Sprint(rows[0].No), Kind: flow.Parallel})
	for _, b := range branches {
		d.edge(last[b], join)
	}
	return join
}

// step draws one row, with a way around it if it is done only on a condition.
func (d *drawing) step(at string, row flow.Step) string {
	n := nodeOf(row)
	if row.When == "" {
		d.edge(at, d.node(n))
		return n.ID
	}
	ask := d.node(flow.Node{ID: n.ID + "-ask", Kind: flow.Exclusive})
	d.edge(at, ask)
	d.edge(ask, d.node(n)).When = row.When
	done := d.node(flow.Node{ID: n.ID + "-done", Kind: flow.Exclusive})
	d.edge(ask, done).Default = true
	d.edge(n.ID, done)
	return done
}

func nodeOf(s flow.Step) flow.Node {
	n := flow.Node{ID: s.ID, Kind: s.Kind, Name: s.Name, Post: s.Post, Role: s.Role, Agency: s.Agency, Authority: s.Authority,
		Standard: s.Standard, Limit: s.Limit, Substantive: s.Substantive, Decides: s.Decides, Apart: s.Apart, Rule: s.Rule,
		Result: s.Result, Among: s.Among, Over: s.Over, Quorum: s.Quorum, Count: s.Count, Agree: s.Agree}
	if n.ID == "" {
		n.ID = fmt.Sprintf("s%d", s.No)
	}
	if n.Kind == "" {
		n.Kind = flow.Task
	}
	return n
}

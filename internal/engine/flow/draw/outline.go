package draw

import (
	"strconv"

	"tongban/internal/engine/flow"
)

// An OutlineItem is one line of the list that stands beside the drawing.
type OutlineItem struct {
	No   string    // "1", "2", within a sub-procedure "3.1"
	Node flow.Node // the step
	Says []string  // what else the drawing shows: when it is done, side by side with what
}

// Outline lists the steps of d in the order in which they can come up.
func Outline(d flow.Definition) []OutlineItem {
	o := outliner{d: d, seen: map[string]bool{}}
	o.scope("", "")
	return o.items
}

type outliner struct {
	d     flow.Definition
	seen  map[string]bool
	items []OutlineItem
}

// scope lists one (sub-)procedure: a node comes when all that leads to it has
// come, or when nothing else is left.
func (o *outliner) scope(in, prefix string) {
	no := 0
	for n := o.next(in); n != nil; n = o.next(in) {
		o.seen[n.ID] = true
		if !n.Kind.Staffed() && n.Kind != flow.Rule && n.Kind != flow.Sub && n.Kind != flow.Timer && n.Kind != flow.Message {
			continue
		}
		no++
		number := prefix + strconv.Itoa(no)
		o.items = append(o.items, OutlineItem{No: number, Node: *n, Says: o.says(*n)})
		if n.Kind == flow.Sub && len(number) < 40 {
			o.scope(n.ID, number+".")
		}
	}
}

func (o *outliner) next(in string) *flow.Node {
	var waiting, begun *flow.Node
	for i := range o.d.Nodes {
		n := &o.d.Nodes[i]
		if o.seen[n.ID] || n.In != in || n.ID == in {
			continue
		}
		switch all, some := o.come(*n); {
		case all:
			return n
		case some && begun == nil:
			begun = n
		case waiting == nil:
			waiting = n
		}
	}
	if begun != nil {
		return begun
	}
	return waiting
}

// come reports whether all, and whether some, of what leads to a node has come.
func (o *outliner) come(n flow.Node) (all, some bool) {
	all = n.On == "" || o.seen[n.On]
	for _, e := range o.d.Edges {
		if e.To == n.ID {
			all, some = all && o.seen[e.From], some || o.seen[e.From]
		}
	}
	return all, some
}

// says tells of a step what the drawing shows by lines.
func (o *outliner) says(n flow.Node) []string {
	var says []string
	if host, ok := o.d.Node(n.On); ok {
		says = append(says, "附于“"+host.Name+"”")
	}
	for _, e := range o.d.Edges {
		if e.To != n.ID {
			continue
		}
		from, _ := o.d.Node(e.From)
		switch {
		case e.Name != "" && from.Kind != flow.Parallel:
			says = append(says, e.Name+"时办理")
		case e.When != "":
			says = append(says, "符合条件时办理")
		}
		if from.Kind == flow.Parallel && o.ways(from.ID) > 1 {
			says = append(says, "与其他分支同时办理")
		}
	}
	if n.Kind == flow.Multi {
		says = append(says, "多部门会签")
	}
	if n.Decides {
		says = append(says, "作出决定")
	}
	return says
}

func (o *outliner) ways(node string) int {
	n := 0
	for _, e := range o.d.Edges {
		if e.From == node {
			n++
		}
	}
	return n
}

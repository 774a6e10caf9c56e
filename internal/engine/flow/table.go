package flow

import (
	"fmt"
	"strconv"

	"tongban/internal/ground/fault"
)

// FromSteps turns the table face into the diagram face. The diagram has no
// places yet; draw.Layout computes them.
func FromSteps(id, name string, steps []Step) Definition {
	b := builder{d: Definition{ID: id, Name: name}}
	b.d.Nodes = append(b.d.Nodes, Node{ID: "start", Kind: Start, Name: "开始"})
	b.last = append(b.last, Edge{From: "start"})
	for i := 0; i < len(steps); {
		n := 1
		for steps[i].Group != "" && i+n < len(steps) && steps[i+n].Group == steps[i].Group {
			n++
		}
		if steps[i].Group == "" {
			b.step(steps[i], i+1)
		} else {
			b.group(steps[i:i+n], i+1)
		}
		i += n
	}
	b.node(Node{ID: "end", Kind: End, Name: "结束"})
	return b.d
}

// A builder appends blocks to a definition. last are the edges that lead to
// whatever comes next.
type builder struct {
	d    Definition
	last []Edge
}

// node appends a node to which everything open leads.
func (b *builder) node(n Node) {
	for _, e := range b.last {
		e.To = n.ID
		e.ID = "e" + strconv.Itoa(len(b.d.Edges)+1)
		b.d.Edges = append(b.d.Edges, e)
	}
	b.d.Nodes = append(b.d.Nodes, n)
	b.last = []Edge{{From: n.ID}}
}

// step appends one step; one with a condition stands between a choice and a
// merge, with a way around it.
func (b *builder) step(s Step, no int) {
	n := s.node(no)
	if s.When == "" {
		b.node(n)
		return
	}
	b.node(Node{ID: n.ID + "-if", Kind: Exclusive})
	b.last[0].When = s.When
	b.node(n)
	b.last = append(b.last, Edge{From: n.ID + "-if", Default: true})
	b.node(Node{ID: n.ID + "-fi", Kind: Exclusive})
}

func oneBranch(steps []Step) bool {
	for _, s := range steps[1:] {
		if s.Branch == "" || s.Branch != steps[0].Branch {
			return false
		}
	}
	return true
}

// group appends branches that run side by side; a single one simply follows.
func (b *builder) group(steps []Step, no int) {
	if oneBranch(steps) {
		for i, s := range steps {
			b.step(s, no+i)
		}
		return
	}
	first := steps[0].node(no).ID
	b.node(Node{ID: first + "-split", Kind: Parallel, Name: steps[0].Group})
	var ends []Edge
	for i := 0; i < len(steps); {
		b.last = []Edge{{From: first + "-split", Name: steps[i].Branch}}
		n := 1
		for steps[i].Branch != "" && i+n < len(steps) && steps[i+n].Branch == steps[i].Branch {
			n++
		}
		for k := i; k < i+n; k++ {
			b.step(steps[k], no+k)
		}
		ends = append(ends, b.last...)
		i += n
	}
	b.last = ends
	b.node(Node{ID: first + "-join", Kind: Parallel})
}

func (s Step) node(no int) Node {
	if s.ID == "" {
		s.ID = "s" + strconv.Itoa(no)
	}
	if s.Kind == "" {
		s.Kind = Task
	}
	return Node{
		ID: s.ID, Kind: s.Kind, Name: s.Name, Post: s.Post, Role: s.Role, Agency: s.Agency, Authority: s.Authority,
		Standard: s.Standard, Limit: s.Limit, Substantive: s.Substantive, Decides: s.Decides, Apart: s.Apart,
		Rule: s.Rule, Result: s.Result, Among: s.Among, Over: s.Over, Quorum: s.Quorum, Count: s.Count, Agree: s.Agree,
	}
}

func stepOf(n Node) Step {
	return Step{
		ID: n.ID, Kind: n.Kind, Name: n.Name, Post: n.Post, Role: n.Role, Agency: n.Agency, Authority: n.Authority,
		Standard: n.Standard, Limit: n.Limit, Substantive: n.Substantive, Decides: n.Decides, Apart: n.Apart,
		Rule: n.Rule, Result: n.Result, Among: n.Among, Over: n.Over, Quorum: n.Quorum, Count: n.Count, Agree: n.Agree,
	}
}

// Steps turns the diagram face into the table face. A diagram that says more
// than a table can is refused as "flow.steps.shape", naming the place: loops,
// sub-procedures, timers, and branches within branches.
func (d Definition) Steps() ([]Step, error) {
	p, err := Compile(d)
	if err != nil {
		return nil, err
	}
	r := reader{p: p}
	at, err := r.follow(p.starts[""].out[0].to, "", "")
	if err != nil {
		return nil, err
	}
	if at.Kind != End || r.read != len(p.places)-2 {
		return nil, shape(at)
	}
	for i := range r.steps {
		r.steps[i].No = i + 1
	}
	return r.steps, nil
}

// A reader reads blocks off a diagram.
type reader struct {
	p     *Procedure
	steps []Step
	read  int
}

func shape(pl *place) error {
	return fault.New(fault.Invalid, "flow.steps.shape", "流程图在%s处的走向无法写成环节表，请在流程图中编辑", called(pl.Node)).At(pl.ID, "shape", "此处无法写成环节表")
}

// follow reads steps and groups until something else comes.
func (r *reader) follow(pl *place, group, branch string) (*place, error) {
	for {
		var err error
		switch {
		case len(r.steps) > len(r.p.places):
			return nil, shape(pl)
		case pl.Kind == Exclusive && len(pl.in) == 1 && len(pl.out) == 2:
			pl, err = r.optional(pl, group, branch)
		case pl.Kind == Parallel && group == "" && len(pl.in) == 1 && len(pl.out) > 1:
			pl, err = r.group(pl)
		case isStep(pl):
			s := stepOf(pl.Node)
			s.Group, s.Branch = group, branch
			r.steps, r.read = append(r.steps, s), r.read+1
			pl = pl.out[0].to
		default:
			return pl, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func isStep(pl *place) bool {
	return (pl.Kind.Staffed() || pl.Kind == Rule) && len(pl.in) == 1 && len(pl.out) == 1 && len(pl.attached) == 0
}

// optional reads a step that is done only if a condition holds.
func (r *reader) optional(choice *place, group, branch string) (*place, error) {
	taken, around := choice.out[0], choice.out[1]
	if taken.Default {
		taken, around = around, taken
	}
	step := taken.to
	if taken.When == "" || !around.Default || !isStep(step) || step.out[0].to != around.to || len(around.to.in) != 2 || len(around.to.out) != 1 || around.to.Kind != Exclusive {
		return nil, shape(choice)
	}
	s := stepOf(step.Node)
	s.Group, s.Branch, s.When = group, branch, taken.When
	r.steps, r.read = append(r.steps, s), r.read+3
	return around.to.out[0].to, nil
}

// group reads branches that run side by side up to their join.
func (r *reader) group(split *place) (*place, error) {
	name := split.Name
	if name == "" {
		name = "并行" + strconv.Itoa(len(r.steps)+1)
	}
	var join *place
	for i, e := range split.out {
		from := len(r.steps)
		meet, err := r.follow(e.to, name, e.Name)
		if err != nil {
			return nil, err
		}
		if meet.Kind != Parallel || len(meet.out) != 1 || join != nil && meet != join || len(r.steps) == from {
			return nil, shape(meet)
		}
		if join = meet; e.Name == "" && len(r.steps) > from+1 {
			r.nameBranch(from, fmt.Sprintf("分支%d", i+1))
		}
	}
	if len(join.in) != len(split.out) {
		return nil, shape(join)
	}
	r.read += 2
	return join.out[0].to, nil
}

func (r *reader) nameBranch(from int, name string) {
	for i := from; i < len(r.steps); i++ {
		r.steps[i].Branch = name
	}
}

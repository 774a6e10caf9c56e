package flow

import (
	"tongban/internal/ground/fault"
)

// A Procedure is a definition made ready to run (流程). It is read-only and may
// serve any number of cases at once; keep one per edition.
type Procedure struct {
	def     Definition
	places  []*place
	byID    map[string]*place
	edges   map[string]*edge
	starts  map[string]*place // by the sub-procedure they start; "" is the whole
	graph   graph
	blocks  []*block
	meeting []int // of each vertex, where the ways from it meet again; none without blocks
}

// A place is a node with what surrounds it.
type place struct {
	Node
	at       int // index in Procedure.places and vertex of the graph
	in, out  []*edge
	attached []*place // timers and messages attached to it
	block    *block   // the parallel block it opens, if it opens one
	side     bool     // reached only by way of a timer or message that does not interrupt
}

type edge struct {
	Edge
	from, to *place
	stand    *place // where a token stands that waits at its end: at from, unless it is straight
}

// Compile makes d ready to run. It refuses, as "flow.malformed" with one field
// per flaw, what is no diagram at all: an edge to nowhere, a start that is
// missing. Whether a well-formed procedure can come to its end is Check's affair.
func Compile(d Definition) (*Procedure, error) {
	if flaws := malformed(d); len(flaws) > 0 {
		refusal := fault.New(fault.Invalid, "flow.malformed", "流程图不完整：%s", flaws[0].Say)
		for _, f := range flaws {
			refusal = refusal.At(f.Node, f.ID, "%s", f.Say)
		}
		return nil, refusal
	}
	p := link(d)
	p.graph = flatten(p)
	p.markSides()
	p.findBlocks()
	return p, nil
}

// Definition returns what the procedure was made from.
func (p *Procedure) Definition() Definition { return p.def }

// link makes places of nodes and joins them by edges.
func link(d Definition) *Procedure {
	p := &Procedure{
		def: d, byID: make(map[string]*place, len(d.Nodes)),
		edges: make(map[string]*edge, len(d.Edges)), starts: map[string]*place{},
	}
	for i, n := range d.Nodes {
		pl := &place{Node: n, at: i}
		p.places, p.byID[n.ID] = append(p.places, pl), pl
		if n.Kind == Start {
			p.starts[n.In] = pl
		}
	}
	for _, pl := range p.places {
		if host := p.byID[pl.On]; host != nil {
			host.attached = append(host.attached, pl)
		}
	}
	for _, e := range d.Edges {
		l := &edge{Edge: e, from: p.byID[e.From], to: p.byID[e.To]}
		l.stand = l.from
		p.edges[e.ID] = l
		l.from.out, l.to.in = append(l.from.out, l), append(l.to.in, l)
	}
	return p
}

// splits reports whether a token that leaves the place may become several.
func (pl *place) splits() bool {
	if len(pl.out) < 2 {
		return false
	}
	return pl.Kind != Exclusive
}

// joins reports whether tokens wait at the place for each other.
func (pl *place) joins() bool {
	return len(pl.in) > 1 && (pl.Kind == Parallel || pl.Kind == Inclusive)
}

// straight reports whether the edge is a branch of its own on which nothing is to
// be done: from a split to a join. A token waiting there has left the split.
func (e *edge) straight() bool { return e.from.splits() && e.to.joins() }

// first is the vertex to which a token comes first along the edge.
func (e *edge) first() int {
	if e.straight() {
		return e.stand.at
	}
	return e.to.at
}

// last is the vertex that a token leaves last before it comes to the edge's end.
func (p *Procedure) last(e *edge) int {
	if e.straight() {
		return e.stand.at
	}
	return p.wayOut(e.from)
}

// conditional reports whether the ways out of the place depend on conditions.
func (pl *place) conditional() bool {
	if pl.Kind == Inclusive {
		return true
	}
	for _, e := range pl.out {
		if pl.Kind != Parallel && (e.When != "" || e.Default) {
			return true
		}
	}
	return false
}

// scope returns the sub-procedures around the place, innermost first.
func (p *Procedure) scope(pl *place) []*place {
	var around []*place
	for in := p.byID[pl.In]; in != nil; in = p.byID[in.In] {
		around = append(around, in)
	}
	return around
}

// within reports whether the node is inside the sub-procedure, at any depth; ""
// is the whole procedure.
func (p *Procedure) within(node, sub string) bool {
	for {
		if sub == "" || node == sub {
			return true
		}
		if node == "" {
			return false
		}
		node = p.byID[node].In
	}
}

// inside is within for nodes, not counting the sub-procedure's own shape.
func (p *Procedure) inside(node, sub string) bool { return p.within(p.byID[node].In, sub) }

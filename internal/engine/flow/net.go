package flow

// A gate says how a vertex of a net takes tokens in, or gives them out.
type gate uint8

const (
	xor gate = iota // one of them
	and             // all of them
	or              // those that come, at least one
)

// A vertex is a node as the check sees it: how many of its ways in it waits for,
// how many of its ways out it serves.
type vertex struct {
	node    *place // nil for the end that all ends lead to
	in, out []int  // arcs
	join    gate
	split   gate
}

// An arc is a way between vertices. Reducing a net draws what is certain to run
// properly into the arcs, which remember it.
type arc struct {
	from, to int
	holds    []*place // every place drawn in: dead if the arc is dead
	run      []*place // one way through them
	gone     bool
}

// A net is one procedure or sub-procedure, a flow of its own; the
// sub-procedures in it are single steps (Petri net of the workflow kind).
type net struct {
	vertices []vertex
	arcs     []arc
	begin    int // arc on which the only token stands at first
	end      int // vertex of proper completion
	kill     int // vertex of termination
}

// netOf makes the net that starts at the place: the start of a (sub-)procedure,
// or a timer beside it that begins a flow of its own.
func netOf(p *Procedure, start *place) *net {
	n := &net{}
	first := n.vertex(nil)
	n.end, n.kill = n.vertex(nil), n.vertex(nil)
	at := map[*place]int{}
	for _, pl := range p.places {
		if pl.In == start.In && pl.side == start.side && (pl.Kind != Start || pl == start) {
			at[pl] = n.vertex(pl)
		}
	}
	n.begin = n.arc(first, at[start])
	for _, pl := range p.places {
		if _, here := at[pl]; here {
			n.connect(pl, at)
		}
	}
	n.prune()
	n.untangle()
	return n
}

func (n *net) vertex(pl *place) int {
	v := vertex{node: pl}
	if pl != nil {
		switch {
		case pl.Kind == Parallel:
			v.join, v.split = and, and
		case pl.Kind == Inclusive:
			v.join, v.split = or, or
		case pl.Kind == Exclusive:
		case pl.conditional():
			v.split = or
		default:
			v.split = and
		}
	}
	n.vertices = append(n.vertices, v)
	return len(n.vertices) - 1
}

func (n *net) arc(from, to int) int {
	n.arcs = append(n.arcs, arc{from: from, to: to})
	id := len(n.arcs) - 1
	n.vertices[from].out = append(n.vertices[from].out, id)
	n.vertices[to].in = append(n.vertices[to].in, id)
	return id
}

// connect draws the ways out of a place. What may interrupt it is another way
// out, taken instead.
func (n *net) connect(pl *place, at map[*place]int) {
	from := at[pl]
	for _, a := range pl.attached {
		if v, here := at[a]; here && !a.Beside {
			if from == at[pl] {
				from = n.vertex(nil)
				n.vertices[from].split = n.vertices[at[pl]].split
				n.vertices[at[pl]].split = xor
				n.arc(at[pl], from)
			}
			n.arc(at[pl], v)
		}
	}
	switch pl.Kind {
	case End:
		n.arc(from, n.end)
	case Terminate:
		n.arc(from, n.kill)
	}
	for _, e := range pl.out {
		if to, here := at[e.to]; here {
			n.arc(from, to)
		}
	}
}

// prune takes away the ways from what cannot be come to at all, which is
// reported as dead. Only a parallel join would really wait for them.
func (n *net) prune() {
	seen := make([]bool, len(n.vertices))
	queue := []int{n.arcs[n.begin].from}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		if seen[v] {
			continue
		}
		seen[v] = true
		for _, a := range n.vertices[v].out {
			queue = append(queue, n.arcs[a].to)
		}
	}
	for id := range n.arcs {
		if !seen[n.arcs[id].from] && n.vertices[n.arcs[id].to].join != and {
			n.remove(id)
		}
	}
}

// untangle parts the vertices that both join and split into two.
func (n *net) untangle() {
	for v := range n.vertices {
		if len(n.vertices[v].in) < 2 || len(n.vertices[v].out) < 2 {
			continue
		}
		after := n.vertex(n.vertices[v].node)
		n.vertices[after].join = xor
		n.vertices[after].split = n.vertices[v].split
		n.vertices[after].out = n.vertices[v].out
		for _, id := range n.vertices[after].out {
			n.arcs[id].from = after
		}
		n.vertices[v].out = nil
		n.arc(v, after)
	}
}

func (n *net) remove(id int) {
	a := &n.arcs[id]
	a.gone = true
	n.vertices[a.from].out = without(n.vertices[a.from].out, id)
	n.vertices[a.to].in = without(n.vertices[a.to].in, id)
}

func without(ids []int, id int) []int {
	var rest []int
	for _, i := range ids {
		if i != id {
			rest = append(rest, i)
		}
	}
	return rest
}

// clone copies the net, so that it can be reduced in more than one way.
func (n *net) clone() *net {
	c := *n
	c.vertices = append([]vertex(nil), n.vertices...)
	c.arcs = append([]arc(nil), n.arcs...)
	return &c
}

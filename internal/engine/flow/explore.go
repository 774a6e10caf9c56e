package flow

import (
	"slices"
)

// most markings that the check looks at in one net; beyond it the procedure is
// refused as too tangled to judge.
const mostStates = 40_000

// widest is the number of ways out of an inclusive split up to which every
// choice is tried.
const widest = 10

// An outcome is what the exploration of a net has found.
type outcome struct {
	faults []trouble
	live   map[*place]bool
}

// A trouble is one fault with the run that leads to it.
type trouble struct {
	id string
	at []*place
	by []*place
}

// A state is one marking of a net: the arcs that hold a token.
type state struct {
	marked set
	parent int
	fired  move // from the parent
	next   []int
	ended  bool
}

// A move takes tokens off arcs and puts others on.
type move struct {
	vertex   int
	from, to []int
}

type explorer struct {
	*net
	states   []state
	index    map[string]int
	upstream map[int]map[int]set // inclusive join, way in -> arcs from which it can be come to
	outcome
	seen map[string]bool // ids of faults found
}

// explore visits every marking that the net can come to.
func (n *net) explore() outcome {
	x := &explorer{net: n, index: map[string]int{}, upstream: map[int]map[int]set{}, seen: map[string]bool{}}
	x.live = map[*place]bool{}
	first := newSet(len(n.arcs))
	first.add(n.begin)
	x.add(first, -1, move{vertex: n.arcs[n.begin].from})
	for at := 0; at < len(x.states); at++ {
		if len(x.states) > mostStates {
			x.fault("flow.explodes", nil, at)
			return x.outcome
		}
		x.visit(at)
	}
	x.completion()
	return x.outcome
}

// visit makes every move that is possible in a state.
func (x *explorer) visit(at int) {
	if x.states[at].ended {
		return
	}
	for v := range x.vertices {
		for _, m := range x.moves(v, x.states[at].marked) {
			x.make(at, m)
		}
	}
}

func (x *explorer) make(at int, m move) {
	marked := slices.Clone(x.states[at].marked)
	for _, a := range m.from {
		marked.drop(a)
	}
	switch m.vertex {
	case x.end:
		if marked.len() > 0 {
			x.faultAfter("flow.improper", x.waiting(marked), at, m)
		}
		clear(marked)
	case x.kill:
		clear(marked)
	}
	for _, a := range m.to {
		if marked.has(a) {
			x.faultAfter("flow.unsafe", []*place{x.ahead(a)}, at, m)
			return
		}
		marked.add(a)
	}
	next := x.add(marked, at, m)
	x.states[at].next = append(x.states[at].next, next)
	if m.vertex == x.end || m.vertex == x.kill {
		x.states[next].ended = true
	}
}

func (x *explorer) add(marked set, parent int, m move) int {
	key := marked.key()
	if i, known := x.index[key]; known {
		return i
	}
	for _, a := range m.to {
		x.enliven(a)
	}
	if pl := x.vertices[m.vertex].node; pl != nil {
		x.live[pl] = true
	}
	if parent < 0 {
		x.enliven(x.begin)
	}
	i := len(x.states)
	x.index[key] = i
	x.states = append(x.states, state{marked: marked, parent: parent, fired: m})
	return i
}

func (x *explorer) enliven(a int) {
	for _, pl := range x.arcs[a].holds {
		x.live[pl] = true
	}
}

func (s set) key() string {
	b := make([]byte, 0, len(s)*8)
	for _, w := range s {
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(w>>24), byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56))
	}
	return string(b)
}

// moves lists what a vertex can do in a marking.
func (x *explorer) moves(v int, marked set) []move {
	var ready []int
	for _, a := range x.vertices[v].in {
		if marked.has(a) {
			ready = append(ready, a)
		}
	}
	if len(ready) == 0 {
		return nil
	}
	var all []move
	switch x.vertices[v].join {
	case xor:
		for _, a := range ready {
			all = append(all, x.outs(v, []int{a})...)
		}
	case and:
		if len(ready) == len(x.vertices[v].in) {
			all = x.outs(v, ready)
		}
	case or:
		if !x.mayCome(v, marked) {
			all = x.outs(v, ready)
		}
	}
	return all
}

// outs lists the choices a vertex has once it has taken tokens in.
func (x *explorer) outs(v int, from []int) []move {
	ways := x.vertices[v].out
	var all []move
	switch {
	case len(ways) == 0 || x.vertices[v].split == and:
		return []move{{v, from, ways}}
	case x.vertices[v].split == xor || len(ways) > widest:
		for _, a := range ways {
			all = append(all, move{v, from, []int{a}})
		}
	}
	if x.vertices[v].split == or && len(ways) > widest {
		return append(all, move{v, from, ways})
	}
	if x.vertices[v].split == or {
		for pick := 1; pick < 1<<len(ways); pick++ {
			all = append(all, move{v, from, chosen(ways, pick)})
		}
	}
	return all
}

func chosen(ways []int, pick int) []int {
	var some []int
	for i, a := range ways {
		if pick&(1<<i) != 0 {
			some = append(some, a)
		}
	}
	return some
}

// mayCome reports whether a token may still come to a way into the inclusive
// join on which there is none.
func (x *explorer) mayCome(join int, marked set) bool {
	for _, in := range x.vertices[join].in {
		if !marked.has(in) && x.leadTo(join, in).meets(marked) {
			return true
		}
	}
	return false
}

// leadTo is the set of arcs from which a way into a join can be come to without
// going through the join.
func (x *explorer) leadTo(join, in int) set {
	if s, known := x.upstream[join][in]; known {
		return s
	}
	s := newSet(len(x.arcs))
	queue := []int{in}
	for len(queue) > 0 {
		a := queue[0]
		queue = queue[1:]
		if s.has(a) || x.arcs[a].from == join {
			continue
		}
		s.add(a)
		queue = append(queue, x.vertices[x.arcs[a].from].in...)
	}
	for _, own := range x.vertices[join].in {
		s.drop(own)
	}
	if x.upstream[join] == nil {
		x.upstream[join] = map[int]set{}
	}
	x.upstream[join][in] = s
	return s
}

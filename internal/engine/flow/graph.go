package flow

import "math/bits"

// A set is a set of small numbers.
type set []uint64

func newSet(size int) set    { return make(set, (size+63)/64) }
func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) drop(i int)     { s[i/64] &^= 1 << (i % 64) }
func (s set) addAll(o set) {
	for i := range s {
		s[i] |= o[i]
	}
}
func (s set) fill() {
	for i := range s {
		s[i] = ^uint64(0)
	}
}
func (s set) len() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}
func (s set) meets(o set) bool {
	for i := range s {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}
func (s set) equals(o set) bool {
	for i := range s {
		if s[i] != o[i] {
			return false
		}
	}
	return true
}

// A graph is the procedure with its sub-procedures opened up: a sub-procedure
// leads to its start, and its ends lead to a vertex of their own, its exit, from
// which its ways out depart. A straight edge has a vertex of its own as well.
// Attached timers and messages are ways out of what they are attached to.
type graph struct {
	next, prev [][]int
	exit       map[string]int // of each sub-procedure; "" is the end of everything
}

// flatten opens up p. Terminating ends lead nowhere: they end other branches
// rather than meet them.
func flatten(p *Procedure) graph {
	g := graph{exit: map[string]int{"": len(p.places)}}
	size := len(p.places) + 1
	for _, pl := range p.places {
		if pl.Kind == Sub {
			g.exit[pl.ID] = size
			size++
		}
		size = pl.standOnEdges(size)
	}
	g.next, g.prev = make([][]int, size), make([][]int, size)
	for _, pl := range p.places {
		from := pl.at
		switch pl.Kind {
		case End:
			g.join(pl.at, g.exit[pl.In])
		case Terminate:
			if pl.In != "" {
				g.join(pl.at, g.exit[pl.In])
			}
		case Sub:
			g.join(pl.at, p.starts[pl.ID].at)
			from = g.exit[pl.ID]
		}
		for _, a := range pl.attached {
			g.join(pl.at, a.at)
		}
		for _, e := range pl.out {
			g.join(from, e.first())
			if e.straight() {
				g.join(e.first(), e.to.at)
			}
		}
	}
	return g
}

// standOnEdges gives the straight edges out of the place vertices, from at on,
// and returns the next that is free.
func (pl *place) standOnEdges(at int) int {
	for _, e := range pl.out {
		if e.straight() {
			e.stand = &place{Node: Node{ID: pl.ID, In: pl.In}, at: at}
			at++
		}
	}
	return at
}

func (g *graph) join(from, to int) {
	g.next[from] = append(g.next[from], to)
	g.prev[to] = append(g.prev[to], from)
}

// from is the set of vertices that can be come to from the given ones, them
// included, without setting foot on a closed one.
func (g *graph) from(starts []int, closed ...int) set { return walk(g.next, starts, closed) }

// to is the set of vertices from which goal can be come to, without setting foot
// on a closed one.
func (g *graph) to(goal int, closed ...int) set { return walk(g.prev, []int{goal}, closed) }

func walk(next [][]int, starts, closed []int) set {
	seen, shut := newSet(len(next)), newSet(len(next))
	for _, v := range closed {
		if v >= 0 {
			shut.add(v)
		}
	}
	queue := append([]int(nil), starts...)
	for len(queue) > 0 {
		v := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen.has(v) || shut.has(v) {
			continue
		}
		seen.add(v)
		queue = append(queue, next[v]...)
	}
	return seen
}

// meeting returns, for each vertex, the first one that every way from it to the
// end must pass: its immediate post-dominator; -1 if there is none. Ways through
// the vertices left out do not count.
func (g *graph) meeting(leftOut set) []int {
	size := len(g.next)
	pass := make([]set, size) // all that must be passed
	for v := range pass {
		pass[v] = newSet(size)
		pass[v].fill()
	}
	end := g.exit[""]
	clear(pass[end])
	pass[end].add(end)
	for again := true; again; {
		again = false
		for v := size - 1; v >= 0; v-- {
			if v == end {
				continue
			}
			must := g.passed(v, pass, leftOut)
			if !must.equals(pass[v]) {
				pass[v], again = must, true
			}
		}
	}
	return nearest(pass, g.to(end))
}

// passed is what must be passed from v on: v, and what must be from every place that
// comes next.
func (g *graph) passed(v int, pass []set, leftOut set) set {
	must := newSet(len(g.next))
	must.fill()
	for _, n := range g.next[v] {
		if leftOut.has(n) {
			continue
		}
		for i := range must {
			must[i] &= pass[n][i]
		}
	}
	must.add(v)
	return must
}

// nearest picks, of all that must be passed, the one that comes first: it has
// itself the most still to pass. Vertices that are not live never come to the
// end and meet nowhere.
func nearest(pass []set, live set) []int {
	first, still := make([]int, len(pass)), make([]int, len(pass))
	for v := range pass {
		still[v] = pass[v].len()
	}
	for v := range first {
		first[v] = -1
		for w := range pass {
			if w == v || !live.has(v) || !pass[v].has(w) {
				continue
			}
			if first[v] < 0 || still[w] > still[first[v]] {
				first[v] = w
			}
		}
	}
	return first
}

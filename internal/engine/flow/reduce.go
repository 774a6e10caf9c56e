package flow

import "slices"

// reduce draws into single arcs whatever is certain to behave: sequences,
// branches that meet again in a join of their own kind, and loops with one way
// in and out. What remains is small unless the procedure is tangled; a sound
// block-structured one becomes a single arc. None of it hides a fault: each rule
// turns a net that is 1-safe and can complete into one that is, and the other
// way round.
//
// With mercy, ways that lead straight to a terminating end are drawn in as well.
// A net that is sound without them is sound with them, but not the other way
// round: whoever finds fault with mercy must look again without.
func (n *net) reduce(mercy bool) {
	for again := true; again; {
		again = false
		for v := range n.vertices {
			again = n.sequence(v) || n.branches(v) || n.loop(v) || n.fuse(v) || mercy && n.quits(v) || again
		}
	}
}

// sequence draws in a vertex with one way in and one way out.
func (n *net) sequence(v int) bool {
	x := n.vertices[v]
	if len(x.in) != 1 || len(x.out) != 1 || x.in[0] == x.out[0] {
		return false
	}
	in, out := x.in[0], x.out[0]
	a, b := n.arcs[in], n.arcs[out]
	n.remove(out)
	n.vertices[v].in = nil
	joined := arc{from: a.from, to: b.to}
	joined.holds = slices.Concat(a.holds, one(x.node), b.holds)
	joined.run = slices.Concat(a.run, one(x.node), b.run)
	n.arcs[in] = joined
	n.vertices[b.to].in = append(slices.Clip(n.vertices[b.to].in), in)
	return true
}

func one(pl *place) []*place {
	if pl == nil {
		return nil
	}
	return []*place{pl}
}

// branches draws two arcs between the same split and join into one, if the join
// waits for what the split gives.
func (n *net) branches(v int) bool {
	x := n.vertices[v]
	for i, first := range x.out {
		for _, second := range x.out[i+1:] {
			a, b := n.arcs[first], n.arcs[second]
			if a.to != b.to || !matches(x.split, n.vertices[a.to].join) {
				continue
			}
			n.remove(second)
			n.arcs[first].holds = slices.Concat(a.holds, b.holds)
			if x.split == and {
				n.arcs[first].run = slices.Concat(a.run, b.run)
			}
			return true
		}
	}
	return false
}

// matches reports whether a join makes of the tokens of a split one again.
func matches(split, join gate) bool { return split == join || join == or }

// loop draws in the way back from a choice to the merge just before it.
func (n *net) loop(v int) bool {
	x := n.vertices[v]
	if x.join != xor || len(x.out) != 1 || len(x.in) < 2 {
		return false
	}
	on := x.out[0]
	choice := n.vertices[n.arcs[on].to]
	if choice.split != xor || len(choice.in) != 1 || len(choice.out) < 2 {
		return false
	}
	for _, back := range choice.out {
		if n.arcs[back].to == v {
			n.arcs[on].holds = slices.Concat(n.arcs[on].holds, n.arcs[back].holds)
			n.remove(back)
			return true
		}
	}
	return false
}

// fuse makes one of two merges, or of two joins, that follow each other directly,
// and one of two choices or two splits.
func (n *net) fuse(v int) bool {
	x := n.vertices[v]
	for _, id := range x.out {
		w := n.arcs[id].to
		y := n.vertices[w]
		if w == v || n.leads(w, v) {
			continue
		}
		if len(x.out) == 1 && len(x.in) > 1 && x.join == y.join && x.join != or && x.gateway() && len(n.arcs[id].holds) == 0 {
			n.fuseJoin(v, w, id)
			return true
		}
		if len(x.in) == 1 && len(y.in) == 1 && len(y.out) > 1 && x.split == y.split && x.split != or {
			n.fuseSplit(v, w, id)
			return true
		}
	}
	return false
}

// gateway reports whether the vertex does nothing by itself: a step must stay
// where it is, for it must be seen if it comes twice.
func (x vertex) gateway() bool {
	return x.node == nil || x.node.Kind == Exclusive || x.node.Kind == Parallel
}

func (n *net) leads(from, to int) bool {
	return slices.ContainsFunc(n.vertices[from].out, func(id int) bool { return n.arcs[id].to == to })
}

func (n *net) fuseJoin(v, w, between int) {
	ins := n.vertices[v].in
	for _, id := range ins {
		a := &n.arcs[id]
		a.to = w
		a.holds = slices.Concat(a.holds, one(n.vertices[v].node))
	}
	n.remove(between)
	n.vertices[v].in = nil
	n.vertices[w].in = slices.Concat(n.vertices[w].in, ins)
}

func (n *net) fuseSplit(v, w, between int) {
	outs := n.vertices[w].out
	for _, id := range outs {
		a := &n.arcs[id]
		a.from = v
		a.holds = slices.Concat(n.arcs[between].holds, one(n.vertices[w].node), a.holds)
		a.run = slices.Concat(n.arcs[between].run, a.run)
	}
	n.remove(between)
	n.vertices[w].out = nil
	n.vertices[v].out = slices.Concat(n.vertices[v].out, outs)
}

// quits draws in a choice's way to the terminating end, if there is another way.
func (n *net) quits(v int) bool {
	x := n.vertices[v]
	if x.split != xor || len(x.out) < 2 || len(x.in) == 0 {
		return false
	}
	for _, id := range x.out {
		if n.arcs[id].to == n.kill {
			in := &n.arcs[x.in[0]]
			in.holds = slices.Concat(in.holds, n.arcs[id].holds)
			n.remove(id)
			return true
		}
	}
	return false
}

package flow

// A block is what lies between a split and the place where its branches meet
// again (并行块).
type block struct {
	split    *place
	meet     int   // vertex where the branches meet; -1 if they never do
	branches []set // vertices on each branch, in the order of the ways out
	before   set   // vertices from which the split is still to come
}

// findBlocks finds the block of every place that may make several tokens of one.
func (p *Procedure) findBlocks() {
	for _, pl := range p.places {
		if !pl.splits() {
			continue
		}
		if p.meeting == nil {
			p.meeting = p.graph.meeting(p.outOfWay())
		}
		out := p.wayOut(pl)
		b := &block{split: pl, meet: p.meeting[out]}
		for _, e := range pl.out {
			b.branches = append(b.branches, p.graph.from([]int{e.first()}, b.meet, out, p.graph.exit[pl.In]))
		}
		b.before = p.graph.to(pl.at, b.meet)
		pl.block = b
		p.blocks = append(p.blocks, b)
	}
}

// outOfWay are the vertices that lead away from where branches meet: terminating
// ends, and timers and messages that do not interrupt.
func (p *Procedure) outOfWay() set {
	out := newSet(len(p.graph.next))
	for _, pl := range p.places {
		if pl.Beside || pl.Kind == Terminate {
			out.add(pl.at)
		}
	}
	return out
}

// wayOut is the vertex from which the ways out of a place depart.
func (p *Procedure) wayOut(pl *place) int {
	if pl.Kind == Sub {
		return p.graph.exit[pl.ID]
	}
	return pl.at
}

// branchesOf lists the branches of the block on which vertex v lies.
func (b *block) branchesOf(v int) []int {
	var on []int
	for i, branch := range b.branches {
		if branch.has(v) {
			on = append(on, i)
		}
	}
	return on
}

// markSides marks what is reached only by a timer or message that lets the work
// go on: a reminder and what follows from it.
func (p *Procedure) markSides() {
	closed := []int{}
	for _, pl := range p.places {
		if pl.On != "" && pl.Beside {
			closed = append(closed, pl.at)
		}
	}
	if len(closed) == 0 {
		return
	}
	main := p.graph.from([]int{p.starts[""].at}, closed...)
	for _, pl := range p.places {
		pl.side = !main.has(pl.at)
	}
}

package flow

import "slices"

// redeem returns the ways out of a split that the debts name, and the debts that
// remain. No way means that the token owes the split nothing.
func redeem(pl *place, owes []Debt) (ways []*edge, rest []Debt) {
	for _, d := range owes {
		if d.Split != pl.ID {
			rest = append(rest, d)
			continue
		}
		for _, e := range pl.out {
			if e.ID == d.Edge {
				ways = append(ways, e)
			}
		}
	}
	return ways, rest
}

// payable leaves out the debts to splits that lie on another branch than e.
func (r *run) payable(pl *place, e *edge, owes []Debt) []Debt {
	if pl.block == nil || len(owes) == 0 {
		return owes
	}
	var along []Debt
	for _, d := range owes {
		on := pl.block.branchesOf(r.byID[d.Split].at)
		if len(on) == 0 || slices.Contains(on, slices.Index(pl.out, e)) {
			along = append(along, d)
		}
	}
	return along
}

// forgive drops the debts to splits that the token has gone around: on the way
// back the case took another route, so that the branches that were waiting for
// it have lost their purpose and are cancelled. What those had owed, this token
// owes now.
func (r *run) forgive(pl *place, owes []Debt) []Debt {
	return r.unless(func(b *block) bool { return pl == b.split || b.before.has(pl.at) }, pl, owes)
}

// forgo does the same at a choice after which the token goes on at next: what it
// comes to only by way of that choice again, in another round of a loop, it has
// gone around in this one.
func (r *run) forgo(choice, next *place, owes []Debt) []Debt {
	if len(owes) == 0 {
		return owes
	}
	ahead := r.graph.from([]int{next.at}, choice.at)
	if meet := r.meeting[choice.at]; meet >= 0 {
		ahead.addAll(r.graph.from([]int{meet}, choice.at))
	}
	return r.unless(func(b *block) bool { return ahead.has(b.split.at) }, next, owes)
}

// unless keeps the debts to blocks for which ahead holds, and abandons the other
// blocks. The token that owes is at place now.
func (r *run) unless(ahead func(*block) bool, now *place, owes []Debt) (kept []Debt) {
	for i := 0; i < len(owes); i++ {
		b := r.byID[owes[i].Split].block
		if ahead(b) {
			kept = append(kept, owes[i])
			continue
		}
		owes = union(owes, r.abandon(b, now))
	}
	return kept
}

// writeOff drops what a token owes that comes to the end of a sub-procedure: it
// has gone around the splits in there, for should the sub-procedure be entered
// again, it begins anew. Else their branches would wait for it, and keep the
// sub-procedure from ending.
func (r *run) writeOff(end *place, owes []Debt) {
	for i := 0; i < len(owes); i++ {
		if r.inside(owes[i].Split, end.In) {
			owes = union(owes, r.abandon(r.byID[owes[i].Split].block, end))
		} else {
			r.deposit(end, owes[i:i+1])
		}
	}
}

// abandon cancels everything in the block, the branches that wait at its end
// included, and with it the sub-procedures that are left so, and returns what all
// had owed. The token that went around it is at place now.
func (r *run) abandon(b *block, now *place) []Debt {
	inBlock := func(node string) bool { return len(b.branchesOf(r.byID[node].at)) > 0 }
	var owes []Debt
	for _, w := range r.m.Open {
		if inBlock(w.Node) {
			owes = union(owes, w.Owes)
		}
	}
	for _, w := range r.m.Waits {
		if inBlock(w.Node) {
			owes = union(owes, w.Owes)
		}
	}
	for _, i := range r.m.Inside {
		if inBlock(i.Node) {
			owes = union(owes, i.Owes)
		}
	}
	owes = union(owes, r.take(func(t Token) bool {
		e := r.edges[t.Edge]
		return inBlock(e.to.ID) || e.to.at == b.meet && (e.from == b.split || inBlock(e.from.ID))
	}))
	r.cancel(inBlock)
	for _, sub := range r.scope(b.split) {
		if r.within(now.ID, sub.ID) {
			break
		}
		if kept := r.owing(sub.ID); r.desert(sub.ID) {
			owes = union(owes, kept)
		}
	}
	return owes
}

// part divides debts into those to splits inside the sub-procedure, which a
// token in it carries, and the others, which the sub-procedure keeps until it is
// left.
func (r *run) part(owes []Debt, sub string) (inner, outer []Debt) {
	for _, d := range owes {
		if r.inside(d.Split, sub) {
			inner = append(inner, d)
		} else {
			outer = append(outer, d)
		}
	}
	return inner, outer
}

// deposit leaves debts with the sub-procedures around a place, as if the token
// had entered them, and returns what it carries itself.
func (r *run) deposit(pl *place, owes []Debt) []Debt {
	i := r.running(pl.In)
	if i < 0 {
		return owes
	}
	inner, outer := r.part(owes, pl.In)
	r.m.Inside[i].Owes = union(r.m.Inside[i].Owes, r.deposit(r.byID[pl.In], outer))
	return inner
}

// owed is all that a token at a place owes, what the sub-procedures around it
// keep included.
func (r *run) owed(pl *place, owes []Debt) []Debt {
	for _, sub := range r.scope(pl) {
		if i := r.running(sub.ID); i >= 0 {
			owes = union(owes, r.m.Inside[i].Owes)
		}
	}
	return owes
}

func union(a, b []Debt) []Debt {
	all := a[:len(a):len(a)]
	for _, d := range b {
		if !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	return all
}

package flow

import "slices"

func owesTo(owes []Debt, split string) bool {
	return slices.ContainsFunc(owes, func(d Debt) bool { return d.Split == split })
}

func overlap(a, b []int) bool {
	return slices.ContainsFunc(a, func(i int) bool { return slices.Contains(b, i) })
}

func sharesSplit(a, b []Debt) bool {
	return slices.ContainsFunc(a, func(d Debt) bool { return owesTo(b, d.Split) })
}

// anyone reports whether something stands at a place, owing debts, for which
// which holds.
func (r *run) anyone(which func(at *place, owes []Debt) bool) bool {
	return slices.ContainsFunc(r.m.Open, func(w Work) bool { return which(r.byID[w.Node], w.Owes) }) ||
		slices.ContainsFunc(r.m.Waits, func(w Wait) bool { return w.On == "" && which(r.byID[w.Node], w.Owes) }) ||
		slices.ContainsFunc(r.m.Tokens, func(t Token) bool { return which(r.edges[t.Edge].stand, t.Owes) }) ||
		slices.ContainsFunc(r.m.Inside, func(i Inside) bool { return which(r.byID[i.Node], i.Owes) })
}

// earlierRework returns where, before target, something of one rework stands that
// will come to target, at a step or waiting on the way: the rework starts there for
// both, and owes what add is called with as well.
func (r *run) earlierRework(target *place, owed []Debt, together companions) (at *place, add func([]Debt) error) {
	comes := func(at *place, owes []Debt) bool {
		owes = r.owed(at, owes)
		return at != target && together(at, owes) && r.willCome(at, owes, target, owed)
	}
	for _, w := range r.m.Open {
		if at := r.byID[w.Node]; comes(at, w.Owes) {
			return at, func(owes []Debt) error { return r.open(at, owes, "") }
		}
	}
	for _, w := range r.m.Waits {
		if at := r.byID[w.Node]; w.On == "" && comes(at, w.Owes) {
			return at, func(owes []Debt) error { r.wait(at, owes); return nil }
		}
	}
	return nil, nil
}

// willCome reports whether the way leads from a place to target, and not from
// target to the place, without going through the splits that are owed. What
// owes its return to the branch that target is on comes there even if a loop
// leads back.
func (r *run) willCome(at *place, owes []Debt, target *place, fresh []Debt) bool {
	if r.apart(at, owes, target) {
		return false
	}
	return r.returns(owes, target) || r.leads(at, target, fresh) && !r.leads(target, at, fresh)
}

// returns reports whether the debts name a branch that target is on.
func (r *run) returns(owes []Debt, target *place) bool {
	return slices.ContainsFunc(r.blocks, func(b *block) bool { return overlap(b.owed(owes), b.branchesOf(target.at)) })
}

// apart reports whether what stands at a place, owing debts, and target are on
// different branches of some block, or will be: both may go on side by side.
func (r *run) apart(at *place, owes []Debt, target *place) bool {
	return slices.ContainsFunc(r.blocks, func(b *block) bool {
		theirs, mine := b.branchesOf(target.at), b.branchesOf(at.at)
		if len(mine) == 0 {
			mine = b.owed(owes)
		}
		return len(theirs) > 0 && len(mine) > 0 && !overlap(theirs, mine)
	})
}

// owed lists the branches of the block that the debts name.
func (b *block) owed(owes []Debt) []int {
	var on []int
	for i, e := range b.split.out {
		if slices.Contains(owes, Debt{Split: b.split.ID, Edge: e.ID}) {
			on = append(on, i)
		}
	}
	return on
}

// leads reports whether the way leads from a to b without going through the
// splits that are owed.
func (r *run) leads(a, b *place, owes []Debt) bool {
	var closed []int
	for _, d := range owes {
		closed = append(closed, r.byID[d.Split].at)
	}
	return r.graph.to(b.at, closed...).has(a.at)
}

// companions reports whether what stands at a place, owing debts, is of one rework
// with a token that is sent back.
type companions func(at *place, owes []Debt) bool

// companions are what was sent back out of another branch of a block that the
// token, too, is sent back out of, and what follows it there.
func (r *run) companions(from *place, fresh, old []Debt) companions {
	return func(at *place, owes []Debt) bool {
		return sharesSplit(owes, fresh) || r.follows(at, owes, from, old)
	}
}

// follows reports whether what stands at a place, owing debts, is the rework of
// another branch of a block that what is at ahead owes its return too, and comes
// after it.
func (r *run) follows(at *place, owes []Debt, ahead *place, owed []Debt) bool {
	return sharesSplit(owes, owed) && !r.apart(at, owes, ahead) &&
		slices.ContainsFunc(append(r.scope(at), at), func(at *place) bool { return r.leads(at, ahead, owed) })
}

// gather takes up what is of one rework with the token sent back to target, and
// cannot go on side by side with target, as what stands between target and the
// split, or on another route: it comes along with this token, which owes from now
// on what it owed, and its return to where it stood.
func (r *run) gather(target *place, owes []Debt, together companions) []Debt {
	var left []*place
	after := func(at *place, theirs []Debt) bool {
		theirs = r.owed(at, theirs)
		if at == target || !together(at, theirs) || r.apart(at, theirs, target) {
			return false
		}
		owes = union(union(owes, theirs), r.debts(at, target))
		left = append(left, at)
		return true
	}
	for _, w := range slices.Clone(r.m.Open) {
		if after(r.byID[w.Node], w.Owes) {
			r.close(w.Node)
		}
	}
	r.over(func(w Wait) bool { return w.On == "" && after(r.byID[w.Node], w.Owes) })
	r.take(func(t Token) bool { return after(r.edges[t.Edge].stand, t.Owes) })
	for _, at := range left {
		owes = union(owes, r.leaveSubs(at.ID, target))
	}
	return owes
}

// take removes tokens that wait at joins, and returns what they owed.
func (r *run) take(which func(Token) bool) []Debt {
	var owes []Debt
	r.m.Tokens = slices.DeleteFunc(r.m.Tokens, func(t Token) bool {
		gone := which(t)
		if gone {
			owes = union(owes, t.Owes)
		}
		return gone
	})
	return owes
}

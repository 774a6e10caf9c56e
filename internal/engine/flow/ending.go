package flow

import "slices"

// empty cancels everything in a sub-procedure, and with it what was sent back
// out of one of its branches, unless it returns to others too or is waited for by
// what does.
func (r *run) empty(sub string) {
	r.cancel(func(node string) bool { return r.inside(node, sub) })
	if sub == "" {
		return
	}
	going := r.goOn(sub)
	ends := func(at *place, owes []Debt) bool {
		if r.hasGoal(at, sub, owes) || r.awaited(standing{at, owes}, r.byID[sub], going) {
			return false
		}
		r.forget(standing{at, owes}, r.byID[sub])
		return true
	}
	for _, w := range slices.Clone(r.m.Open) {
		if ends(r.byID[w.Node], w.Owes) {
			r.close(w.Node)
		}
	}
	for _, i := range slices.Clone(r.m.Inside) {
		if i.Node != sub && ends(r.byID[i.Node], i.Owes) {
			r.cancel(func(node string) bool { return r.within(node, i.Node) })
			r.unwatch(i.Node)
		}
	}
	r.over(func(w Wait) bool { return w.On == "" && ends(r.byID[w.Node], w.Owes) })
	for _, t := range slices.Clone(r.m.Tokens) {
		if ends(r.edges[t.Edge].stand, t.Owes) {
			r.take(func(o Token) bool { return o.Edge == t.Edge })
		}
	}
	r.release(sub, going)
}

// A standing is something under way: where it stands, and what it owes.
type standing struct {
	at   *place
	owes []Debt
}

// goOn lists what was sent back out of a sub-procedure that ends and returns to
// other branches too, with what it owes to these.
func (r *run) goOn(sub string) (all []standing) {
	r.anyone(func(at *place, owes []Debt) bool {
		inner, _ := r.part(owes, sub)
		if len(inner) > 0 && r.hasGoal(at, sub, owes) {
			all = append(all, standing{at, r.besides(at, sub, owes)})
		}
		return false
	})
	return all
}

// awaited reports whether something is on a branch of a block, or will return
// there, in which something else goes on or to which it returns: that waits for it.
func (r *run) awaited(s standing, sub *place, going []standing) bool {
	return slices.ContainsFunc(r.blocks, func(b *block) bool {
		passes := func(s standing) bool { return r.passes(s, b, sub) }
		return passes(s) && slices.ContainsFunc(going, passes)
	})
}

// release lets what goes on owe the sub-procedure nothing more.
func (r *run) release(sub string, going []standing) {
	for i, w := range r.m.Open {
		r.m.Open[i].Owes = r.kept(standing{r.byID[w.Node], w.Owes}, sub, going)
	}
	for i, w := range r.m.Waits {
		r.m.Waits[i].Owes = r.kept(standing{r.byID[w.Node], w.Owes}, sub, going)
	}
	for i, t := range r.m.Tokens {
		r.m.Tokens[i].Owes = r.kept(standing{r.edges[t.Edge].stand, t.Owes}, sub, going)
	}
	for i, in := range r.m.Inside {
		if in.Node != sub {
			r.m.Inside[i].Owes = r.kept(standing{r.byID[in.Node], in.Owes}, sub, going)
		}
	}
}

// kept is what something owes still that goes on: if only because it is awaited,
// what those who wait for it are sent for.
func (r *run) kept(s standing, sub string, going []standing) []Debt {
	owes := r.besides(s.at, sub, s.owes)
	if r.hasGoal(s.at, sub, s.owes) {
		return owes
	}
	for _, g := range going {
		if r.awaited(s, r.byID[sub], []standing{g}) {
			owes = union(owes, r.goals(g.at, sub, g.owes))
		}
	}
	return owes
}

// besides is what of the debts of a token at a place is not owed to the
// sub-procedure: what it is sent for elsewhere, and blocks that it comes through
// before.
func (r *run) besides(at *place, sub string, owes []Debt) []Debt {
	inner, rest := r.part(owes, sub)
	if len(inner) == 0 {
		return owes
	}
	goals := r.goals(at, sub, rest)
	return slices.DeleteFunc(rest, func(d Debt) bool {
		return !slices.Contains(goals, d) && !r.comesFirst(at, d, r.byID[sub])
	})
}

// hasGoal reports whether a token owes the sub-procedure nothing, or something
// else as well that it is sent for.
func (r *run) hasGoal(at *place, sub string, owes []Debt) bool {
	inner, rest := r.part(owes, sub)
	return len(inner) == 0 || len(r.goals(at, sub, rest)) > 0
}

// goals are, of the debts besides those to splits in the sub-procedure, the ones
// that a token is sent for: not blocks that it comes through before; nor, unless it
// leads to another goal, what is on the way there, or owed by the sub-procedure
// itself, whose own token pays that.
func (r *run) goals(at *place, sub string, owes []Debt) []Debt {
	goals := slices.DeleteFunc(slices.Clone(owes), func(d Debt) bool { return r.comesFirst(at, d, r.byID[sub]) })
	own := r.owing(sub)
	for i := 0; i < len(goals); i++ {
		if (slices.Contains(own, goals[i]) || r.on(goals[i], r.byID[sub])) && !r.leadsTo(goals[i], goals) {
			goals, i = slices.Delete(goals, i, i+1), -1
		}
	}
	return goals
}

// leadsTo reports whether the split of one of the others is on the branch that d
// names.
func (r *run) leadsTo(d Debt, others []Debt) bool {
	return slices.ContainsFunc(others, func(o Debt) bool { return r.on(d, r.byID[o.Split]) })
}

// comesFirst reports whether a token at a place comes first to the split that d
// names, whose branches meet again before the sub-procedure, and then to this.
func (r *run) comesFirst(at *place, d Debt, sub *place) bool {
	split := r.byID[d.Split]
	return len(split.block.branchesOf(sub.at)) == 0 && !r.apart(split, nil, sub) &&
		r.graph.to(split.at, sub.at).has(at.at) && r.graph.from(r.graph.next[split.at], at.at).has(sub.at)
}

// on reports whether a place is on the branch that a debt names.
func (r *run) on(d Debt, pl *place) bool {
	b := r.byID[d.Split].block
	return overlap(b.branchesOf(pl.at), b.owed([]Debt{d}))
}

// passes reports whether something is in a block that ends before the
// sub-procedure, or will return there.
func (r *run) passes(s standing, b *block, sub *place) bool {
	if len(b.branchesOf(s.at.at)) > 0 {
		return len(b.branchesOf(sub.at)) == 0
	}
	return slices.ContainsFunc(s.owes, func(d Debt) bool { return d.Split == b.split.ID && r.comesFirst(s.at, d, sub) })
}

// forget takes away the branches that count as arrived in finished blocks into
// which something was sent back that is now cancelled.
func (r *run) forget(s standing, sub *place) {
	for _, b := range r.blocks {
		if r.passes(s, b, sub) {
			r.m.Tokens = slices.DeleteFunc(r.m.Tokens, func(t Token) bool { return r.edges[t.Edge].to.at == b.meet })
		}
	}
}

package flow

import "slices"

// empty cancels everything in a sub-procedure, and with it what was sent back
// out of one of its branches and would have returned only there.
func (r *run) empty(sub string) {
	r.cancel(func(node string) bool { return r.inside(node, sub) })
	if sub == "" {
		return
	}
	ends := func(at *place, owes []Debt) bool {
		only := len(owes) > 0 && len(r.besides(at, sub, owes)) == 0
		if only {
			r.forget(at, r.byID[sub], owes)
		}
		return only
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
	r.release(sub)
}

// release lets what returns to other branches too owe the sub-procedure nothing
// more.
func (r *run) release(sub string) {
	for i, w := range r.m.Open {
		r.m.Open[i].Owes = r.besides(r.byID[w.Node], sub, w.Owes)
	}
	for i, w := range r.m.Waits {
		r.m.Waits[i].Owes = r.besides(r.byID[w.Node], sub, w.Owes)
	}
	for i, t := range r.m.Tokens {
		r.m.Tokens[i].Owes = r.besides(r.edges[t.Edge].stand, sub, t.Owes)
	}
	for i, in := range r.m.Inside {
		if in.Node != sub {
			r.m.Inside[i].Owes = r.besides(r.byID[in.Node], sub, in.Owes)
		}
	}
}

// besides is what of the debts of a token at a place is not owed to the
// sub-procedure: neither to its splits nor, unless it leads to another split that
// is owed, by the sub-procedure itself, whose own token pays that, or on the way
// there. Blocks that the token comes through before are not what it is sent for.
func (r *run) besides(at *place, sub string, owes []Debt) []Debt {
	inner, rest := r.part(owes, sub)
	if len(inner) == 0 {
		return owes
	}
	first := func(d Debt) bool { return r.comesFirst(at, d, r.byID[sub]) }
	goals, own := slices.DeleteFunc(slices.Clone(rest), first), r.owing(sub)
	for i := 0; i < len(goals); i++ {
		if (slices.Contains(own, goals[i]) || r.on(goals[i], r.byID[sub])) && !r.leadsTo(goals[i], goals) {
			goals, i = slices.Delete(goals, i, i+1), -1
		}
	}
	if len(goals) == 0 {
		return nil
	}
	return slices.DeleteFunc(rest, func(d Debt) bool { return !first(d) && !slices.Contains(goals, d) })
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

// forget takes away the branches that count as arrived in finished blocks into
// which something was sent back that is now cancelled: at a place in them, or
// owing them its return.
func (r *run) forget(at, sub *place, owes []Debt) {
	for _, b := range r.blocks {
		in := len(b.branchesOf(at.at)) > 0 && len(b.branchesOf(sub.at)) == 0
		if in || slices.ContainsFunc(owes, func(d Debt) bool { return d.Split == b.split.ID && r.comesFirst(at, d, sub) }) {
			r.m.Tokens = slices.DeleteFunc(r.m.Tokens, func(t Token) bool { return r.edges[t.Edge].to.at == b.meet })
		}
	}
}

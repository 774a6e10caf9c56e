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
// it have lost their purpose and are cancelled.
func (r *run) forgive(pl *place, owes []Debt) []Debt {
	var kept []Debt
	for _, d := range owes {
		b := r.byID[d.Split].block
		if pl == b.split || b.before.has(pl.at) {
			kept = append(kept, d)
			continue
		}
		r.abandon(b)
	}
	return kept
}

// abandon cancels everything in the block, the branches that wait at its end
// included.
func (r *run) abandon(b *block) {
	r.cancel(func(node string) bool { return len(b.branchesOf(r.byID[node].at)) > 0 })
	r.m.Tokens = slices.DeleteFunc(r.m.Tokens, func(t Token) bool {
		e := r.edges[t.Edge]
		return e.to.at == b.meet && (e.from == b.split || len(b.branchesOf(e.from.at)) > 0)
	})
	r.m.Inside = slices.DeleteFunc(r.m.Inside, func(i Inside) bool {
		empty := r.inside(b.split.ID, i.Node) && !r.alive(i.Node)
		if empty {
			r.unwatch(i.Node)
		}
		return empty
	})
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

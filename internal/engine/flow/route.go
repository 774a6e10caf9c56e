package flow

import (
	"slices"

	"tongban/internal/ground/fault"
)

// leave sends tokens along the ways out of a place.
func (r *run) leave(pl *place, owes []Debt) error {
	if pl.block != nil {
		if back, rest := redeem(pl, owes); len(back) > 0 {
			r.sendAll(pl, back, rest)
			return nil
		}
	}
	ways, err := r.ways(pl)
	if err != nil {
		return err
	}
	r.sendAll(pl, ways, owes)
	return nil
}

// sendAll sends a token along each of the ways out of pl, with those debts that
// can be paid along it.
func (r *run) sendAll(pl *place, ways []*edge, owes []Debt) {
	for _, e := range ways {
		along := r.payable(pl, e, owes)
		if pl.Kind == Exclusive && len(pl.out) > 1 {
			along = r.forgo(pl, e.to, along)
		}
		r.moving = append(r.moving, Token{Edge: e.ID, Owes: along})
	}
}

// ways chooses the ways out of a place.
func (r *run) ways(pl *place) ([]*edge, error) {
	switch {
	case len(pl.out) == 1:
		return pl.out, nil
	case pl.Kind == Exclusive:
		return r.choose(pl, 1)
	case pl.conditional():
		return r.choose(pl, len(pl.out))
	}
	return pl.out, nil
}

// choose takes up to atMost ways whose condition holds, in the order drawn; the
// default if there is none. A way without a condition is always open.
func (r *run) choose(pl *place, atMost int) ([]*edge, error) {
	var open []*edge
	var otherwise *edge
	for _, e := range pl.out {
		if e.Default {
			otherwise = e
			continue
		}
		holds, err := r.isOpen(e)
		if err != nil {
			return nil, err
		}
		if holds {
			open = append(open, e)
		}
		if len(open) == atMost {
			return open, nil
		}
	}
	if len(open) == 0 && otherwise != nil {
		return []*edge{otherwise}, nil
	}
	if len(open) == 0 {
		return nil, fault.New(fault.Invalid, "flow.route.none", "%s之后没有一条路线的条件成立，请补充办理意见或联系事项管理员", called(pl.Node))
	}
	return open, nil
}

func (r *run) isOpen(e *edge) (bool, error) {
	if e.When == "" {
		return true, nil
	}
	return r.holds(e.When, nil)
}

// joinAll lets a parallel join fire when a token has come on each of its ways in.
// An inclusive join is judged later, when nothing moves any more.
func (r *run) joinAll(pl *place) error {
	if pl.Kind == Inclusive {
		return nil
	}
	for _, e := range pl.in {
		if !r.arrived(e) {
			return nil
		}
	}
	return r.fire(pl)
}

func (r *run) arrived(e *edge) bool {
	return slices.ContainsFunc(r.m.Tokens, func(t Token) bool { return t.Edge == e.ID })
}

// fire makes one token of those that have come to the join, and sends it on.
func (r *run) fire(pl *place) error {
	var owes []Debt
	for _, e := range pl.in {
		if i := slices.IndexFunc(r.m.Tokens, func(t Token) bool { return t.Edge == e.ID }); i >= 0 {
			owes = union(owes, r.m.Tokens[i].Owes)
			r.m.Tokens = slices.Delete(r.m.Tokens, i, i+1)
		}
	}
	r.change.Passed = append(r.change.Passed, pl.ID)
	return r.leave(pl, owes)
}

// settle does what can only be judged when nothing moves: inclusive joins that
// nothing more can come to, and sub-procedures in which nothing is left. It
// reports whether something moves again.
func (r *run) settle() (bool, error) {
	for _, t := range r.m.Tokens {
		join := r.edges[t.Edge].to
		if join.Kind == Inclusive && !r.awaits(join) {
			return true, r.fire(join)
		}
	}
	for i := len(r.m.Inside) - 1; i >= 0; i-- {
		if in := r.m.Inside[i]; !r.alive(in.Node) {
			r.m.Inside = slices.Delete(r.m.Inside, i, i+1)
			r.unwatch(in.Node)
			r.change.Passed = append(r.change.Passed, in.Node)
			return true, r.leave(r.byID[in.Node], in.Owes)
		}
	}
	return false, nil
}

// awaits reports whether a token may still come to a way into the inclusive
// join on which none has arrived: from within its block, or from before it, sent
// back and owing this block its return.
func (r *run) awaits(join *place) bool {
	var empty []int
	for _, e := range join.in {
		if !r.arrived(e) {
			empty = append(empty, r.last(e))
		}
	}
	closed := []int{join.at}
	if around := r.byID[join.In]; around != nil {
		closed = append(closed, around.at)
	}
	split := r.splitOf(join)
	if split != nil {
		closed = append(closed, r.wayOut(split))
	}
	upstream := walk(r.graph.prev, empty, closed)
	if r.anything(func(node string) bool { return node != join.ID && upstream.has(r.byID[node].at) }) {
		return true
	}
	return split != nil && r.anyone(func(_ *place, owes []Debt) bool {
		return slices.ContainsFunc(owes, func(d Debt) bool {
			return d.Split == split.ID && upstream.has(r.edges[d.Edge].first())
		})
	})
}

// splitOf is the split whose branches meet in the join; nil if there is none.
func (p *Procedure) splitOf(join *place) *place {
	for _, b := range p.blocks {
		if b.meet == join.at {
			return b.split
		}
	}
	return nil
}

// alive reports whether something in the sub-procedure is under way.
func (r *run) alive(sub string) bool {
	return r.anything(func(node string) bool { return r.inside(node, sub) })
}

func (r *run) anything(which func(node string) bool) bool {
	return slices.ContainsFunc(r.m.Open, func(w Work) bool { return which(w.Node) }) ||
		slices.ContainsFunc(r.m.Waits, func(w Wait) bool { return which(w.Node) }) ||
		slices.ContainsFunc(r.m.Tokens, func(t Token) bool { return which(r.edges[t.Edge].to.ID) }) ||
		slices.ContainsFunc(r.moving, func(t Token) bool { return which(r.edges[t.Edge].to.ID) }) ||
		slices.ContainsFunc(r.m.Inside, func(i Inside) bool { return which(i.Node) })
}

// desert ends a sub-procedure that its tokens have left, together with what
// still runs beside them, and reports whether it did.
func (r *run) desert(sub string) bool {
	if r.running(sub) < 0 || r.anything(func(node string) bool { return r.inside(node, sub) && !r.byID[node].side }) {
		return false
	}
	r.cancel(func(node string) bool { return r.within(node, sub) })
	r.unwatch(sub)
	return true
}

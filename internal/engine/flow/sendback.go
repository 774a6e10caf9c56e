package flow

import (
	"slices"

	"tongban/internal/ground/fault"
)

// SendBack returns a work to a step that was done before (退回). Sent out of one
// branch of a parallel block, the other branches keep their work, and the case
// comes back to this branch only. Sent back into a block that was finished, only
// the branch of that step is done again.
func (p *Procedure) SendBack(m Marking, work, by, to string, env Env) (Marking, Change, error) {
	r := p.begin(m, env)
	i, err := r.find(work)
	if err != nil {
		return m, Change{}, err
	}
	w := r.m.Open[i]
	if err := r.maySign(w, by); err != nil {
		return m, Change{}, err
	}
	if err := r.maySendBack(w, to); err != nil {
		return m, Change{}, err
	}
	if err := r.sendBack(w, r.byID[to]); err != nil {
		return m, Change{}, err
	}
	after, change, err := r.finish()
	if err != nil {
		return m, Change{}, err
	}
	return after, change, nil
}

// Earlier lists the steps to which a work may be sent back, in the order drawn.
func (p *Procedure) Earlier(m Marking, work string) []Node {
	r := p.begin(m, Env{})
	i, err := r.find(work)
	if err != nil {
		return nil
	}
	var steps []Node
	for _, pl := range p.places {
		if r.maySendBack(r.m.Open[i], pl.ID) == nil {
			steps = append(steps, pl.Node)
		}
	}
	return steps
}

func (r *run) maySendBack(w Work, to string) error {
	target, from := r.byID[to], r.byID[w.Node]
	done := slices.ContainsFunc(r.m.Done, func(d Done) bool { return d.Node == to })
	if target == nil || target == from || target.side != from.side || !target.Kind.Staffed() || !done || !r.graph.to(from.at).has(target.at) {
		return fault.New(fault.Invalid, "flow.back.to", "只能退回到本办件已经办过的前面环节")
	}
	for _, b := range r.blocks {
		mine, theirs := b.branchesOf(from.at), b.branchesOf(target.at)
		if len(mine) > 0 && len(theirs) > 0 && !overlap(mine, theirs) {
			return fault.New(fault.Invalid, "flow.back.across", "不能退回到并行办理的另一分支")
		}
	}
	return nil
}

func overlap(a, b []int) bool {
	return slices.ContainsFunc(a, func(i int) bool { return slices.Contains(b, i) })
}

// sendBack moves the token of w to target.
func (r *run) sendBack(w Work, target *place) error {
	owes := union(w.Owes, r.debts(r.byID[w.Node], target))
	r.close(w.Node)
	r.leaveSubs(w.Node, target)
	if at := r.earlierRework(target, owes); at != nil {
		target = at
	}
	owes = r.gather(target, owes)
	r.enterSubs(target, owes)
	r.credit(w.Node, target)
	return r.open(target, owes, w.Node)
}

// debts are the splits that lie between target and the place it is sent back
// from: there, other branches have kept their work.
func (r *run) debts(from, target *place) []Debt {
	var owes []Debt
	for _, b := range r.blocks {
		mine := b.branchesOf(from.at)
		if len(mine) > 0 && len(b.branchesOf(target.at)) == 0 {
			owes = append(owes, Debt{Split: b.split.ID, Edge: b.split.out[mine[0]].ID})
		}
	}
	return owes
}

// earlierRework returns the step, before target, to which another branch of the
// same block was sent back already: the rework starts there for both.
func (r *run) earlierRework(target *place, owes []Debt) *place {
	for _, w := range r.m.Open {
		at := r.byID[w.Node]
		if at != target && sharesSplit(w.Owes, owes) && r.comesBefore(at, target, owes) {
			return at
		}
	}
	return nil
}

// comesBefore reports whether the way leads from a to b, and not from b to a,
// without going through the splits that are owed.
func (r *run) comesBefore(a, b *place, owes []Debt) bool {
	var closed []int
	for _, d := range owes {
		closed = append(closed, r.byID[d.Split].at)
	}
	return r.graph.to(b.at, closed...).has(a.at) && !r.graph.to(a.at, closed...).has(b.at)
}

func sharesSplit(a, b []Debt) bool {
	return slices.ContainsFunc(a, func(x Debt) bool {
		return slices.ContainsFunc(b, func(y Debt) bool { return x.Split == y.Split })
	})
}

// gather takes up the tokens of the same block that are still on their way after
// target: their rework is done again together with this one, and what they owe
// comes along.
func (r *run) gather(target *place, owes []Debt) []Debt {
	var others []string
	for _, w := range r.m.Open {
		if w.Node != target.ID && sharesSplit(w.Owes, owes) && !slices.Contains(others, w.Node) {
			others, owes = append(others, w.Node), union(owes, w.Owes)
		}
	}
	for _, node := range others {
		r.close(node)
	}
	r.over(func(w Wait) bool {
		gone := w.On == "" && sharesSplit(w.Owes, owes)
		if gone {
			owes = union(owes, w.Owes)
		}
		return gone
	})
	r.m.Tokens = slices.DeleteFunc(r.m.Tokens, func(t Token) bool {
		gone := sharesSplit(t.Owes, owes)
		if gone {
			owes = union(owes, t.Owes)
		}
		return gone
	})
	return owes
}

// leaveSubs ends the sub-procedures that the token leaves with nothing in them.
func (r *run) leaveSubs(from string, target *place) {
	for _, sub := range r.scope(r.byID[from]) {
		i := r.running(sub.ID)
		if i < 0 || r.within(target.ID, sub.ID) || r.alive(sub.ID) {
			continue
		}
		r.m.Inside = slices.Delete(r.m.Inside, i, i+1)
		r.unwatch(sub.ID)
	}
}

// enterSubs begins anew the sub-procedures around target that had ended.
func (r *run) enterSubs(target *place, owes []Debt) {
	around := r.scope(target)
	slices.Reverse(around)
	for _, sub := range around {
		if i := r.running(sub.ID); i >= 0 {
			r.m.Inside[i].Owes = union(r.m.Inside[i].Owes, owes)
			continue
		}
		r.m.Inside = append(r.m.Inside, Inside{Node: sub.ID, Owes: owes})
		r.watch(sub, owes)
	}
}

// credit marks as arrived the branches that are finished of a block into which
// the token is sent back: only target's branch is done again.
func (r *run) credit(from string, target *place) {
	for _, b := range r.blocks {
		theirs := b.branchesOf(target.at)
		if len(theirs) == 0 || len(b.branchesOf(r.byID[from].at)) > 0 || b.meet < 0 || b.meet >= len(r.places) {
			continue
		}
		join := r.places[b.meet]
		if join.Kind != Parallel {
			continue
		}
		for _, e := range join.in {
			if !overlap(b.branchesOf(e.from.at), theirs) && !r.arrived(e) {
				r.m.Tokens = append(r.m.Tokens, Token{Edge: e.ID})
			}
		}
	}
}

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

// maySendBack judges whether a step may be gone back to: one that was done, that
// comes before this one without leaving a block around both, that is not on
// another branch, and not still ahead of a rework.
func (r *run) maySendBack(w Work, to string) error {
	target, from := r.byID[to], r.byID[w.Node]
	done := slices.ContainsFunc(r.m.Done, func(d Done) bool { return d.Node == to })
	if target == nil || target == from || target.side != from.side || !target.Kind.Staffed() || !done {
		return notEarlier()
	}
	around := r.notBeside(from) // and where blocks around both begin and end
	for _, b := range r.blocks {
		mine, theirs := b.branchesOf(from.at), b.branchesOf(target.at)
		if len(mine) == 0 && owesTo(r.owed(from, w.Owes), b.split.ID) {
			mine = []int{-1} // the block is under way, and its rework stands before it
			around = append(around, r.ahead(b.split, from)...)
		}
		if len(mine) == 0 || len(theirs) == 0 {
			continue
		}
		if !overlap(mine, theirs) {
			return fault.New(fault.Invalid, "flow.back.across", "不能退回到并行办理的另一分支").At("to", "across", "请选择本分支或者分支以前的环节")
		}
		around = append(around, r.wayOut(b.split), b.meet)
	}
	if !r.graph.to(from.at, around...).has(target.at) {
		return notEarlier()
	}
	return nil
}

// ahead lists, for a rework at a place, the vertex of a split it is to return to:
// what comes after it is still ahead, even if a loop leads back from there.
func (r *run) ahead(split, from *place) []int {
	if split == from {
		return nil
	}
	return []int{r.wayOut(split)}
}

// notBeside lists, for a place on a way that goes on beside the work, what is not
// on that way: nothing is sent back from a reminder into what it reminds of, nor
// by way of it into another reminder's.
func (r *run) notBeside(from *place) []int {
	if !from.side {
		return nil
	}
	var off []int
	for _, pl := range r.places {
		if !pl.side || pl.Beside {
			off = append(off, pl.at, r.wayOut(pl))
		}
	}
	return off
}

func notEarlier() error {
	return fault.New(fault.Invalid, "flow.back.to", "只能退回到本办件已经办过的前面环节").At("to", "earlier", "请选择已经办过的前面环节")
}

// sendBack moves the token of w to target, or to where the rework of another
// branch begins that will come to target.
func (r *run) sendBack(w Work, target *place) error {
	from := r.byID[w.Node]
	fresh, old := r.debts(from, target), r.owed(from, w.Owes)
	together := r.companions(from, fresh, old)
	r.close(w.Node)
	if at, add := r.earlierRework(target, union(fresh, old), together); at != nil {
		return add(r.deposit(at, r.takeBack(w, at)))
	}
	owes := r.gather(target, r.takeBack(w, target), together)
	owes = r.reopen(from, target, owes)
	r.enterSubs(target)
	return r.open(target, r.deposit(target, owes), w.Node)
}

// takeBack takes the token of w out of the sub-procedures that are not around
// the place where it begins again, and returns what it owes there.
func (r *run) takeBack(w Work, to *place) []Debt {
	owes := union(w.Owes, r.debts(r.byID[w.Node], to))
	return union(owes, r.leaveSubs(w.Node, to))
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

// leaveSubs returns what the sub-procedures that the token leaves had owed, and
// ends those with nothing left in them but what runs beside.
func (r *run) leaveSubs(from string, target *place) []Debt {
	var owes []Debt
	for _, sub := range r.scope(r.byID[from]) {
		if i := r.running(sub.ID); i >= 0 && !r.within(target.ID, sub.ID) {
			owes = union(owes, r.m.Inside[i].Owes)
			r.desert(sub.ID)
		}
	}
	return owes
}

// enterSubs begins anew the sub-procedures around target that had ended.
func (r *run) enterSubs(target *place) {
	around := r.scope(target)
	slices.Reverse(around)
	for _, sub := range around {
		if r.running(sub.ID) < 0 {
			r.m.Inside = append(r.m.Inside, Inside{Node: sub.ID})
			r.watch(sub)
		}
	}
}

// reopen prepares the blocks that were finished and into which the token is sent
// back: target's branch is to come again, the others count as arrived. It
// returns owes with what a token had owed that had arrived on target's branch.
func (r *run) reopen(from, target *place, owes []Debt) []Debt {
	for _, b := range r.blocks {
		theirs := b.branchesOf(target.at)
		join := r.joinOf(b)
		if len(theirs) == 0 || len(b.branchesOf(from.at)) > 0 || join == nil {
			continue
		}
		for _, e := range join.in {
			on := b.branchesOf(r.last(e))
			switch {
			case overlap(on, theirs):
				owes = union(owes, r.take(func(t Token) bool { return t.Edge == e.ID }))
			case join.Kind == Parallel && !r.arrived(e) && !r.comes(b, on):
				r.m.Tokens = append(r.m.Tokens, Token{Edge: e.ID})
			}
		}
	}
	return owes
}

// joinOf is the join at which a block ends; nil if it ends otherwise.
func (r *run) joinOf(b *block) *place {
	if b.meet < 0 || b.meet >= len(r.places) || r.places[b.meet].Kind != Parallel && r.places[b.meet].Kind != Inclusive {
		return nil
	}
	return r.places[b.meet]
}

// comes reports whether something is still on its way through these branches.
func (r *run) comes(b *block, branches []int) bool {
	inBranch := func(node string) bool { at := r.byID[node]; return !at.side && overlap(b.branchesOf(at.at), branches) }
	return r.anything(inBranch) || r.anyone(func(_ *place, owes []Debt) bool {
		return slices.ContainsFunc(owes, func(d Debt) bool {
			return d.Split == b.split.ID && slices.ContainsFunc(branches, func(i int) bool { return b.split.out[i].ID == d.Edge })
		})
	})
}

package flow

import (
	"maps"
	"slices"

	"tongban/internal/ground/fault"
)

// Complete signs a work with answers, and moves the case on when that was the
// last signature it took. Whether by holds the post is the caller's to judge;
// here it is judged who took the work, and who must be another person.
//
// The answers are kept under their own names for the conditions that follow;
// those of a countersign are only counted.
func (p *Procedure) Complete(m Marking, work, by string, answers map[string]any, env Env) (Marking, Change, error) {
	r := p.begin(m, env)
	i, err := r.find(work)
	if err != nil {
		return m, Change{}, err
	}
	if err := r.maySign(r.m.Open[i], by); err != nil {
		return m, Change{}, err
	}
	return r.moveOn(m, r.sign(i, by, answers))
}

// moveOn moves the case on from m if w has all the signatures it takes.
func (r *run) moveOn(m Marking, w Work) (Marking, Change, error) {
	if !w.signedByAll() {
		return r.m, Change{}, nil
	}
	if err := r.done(w); err != nil {
		return m, Change{}, err
	}
	after, change, err := r.finish()
	if err != nil {
		return m, Change{}, err
	}
	return after, change, nil
}

func (r *run) find(work string) (int, error) {
	i := slices.IndexFunc(r.m.Open, func(w Work) bool { return w.ID == work })
	if i < 0 {
		return 0, fault.New(fault.Conflict, "flow.work.gone", "这项工作已经办结或收回，请刷新后再看")
	}
	return i, nil
}

// maySign judges who may put a signature on a work.
func (r *run) maySign(w Work, by string) error {
	asked := slices.Contains(w.Signers, by)
	switch {
	case by == "":
		return fault.New(fault.SignIn, "flow.work.nobody", "请先登录")
	case w.SignedBy(by):
		return fault.New(fault.Forbidden, "flow.work.twice", "您已在这项工作上签过意见，须由另一人办理")
	case w.Claimed != "" && w.Claimed != by && !asked:
		return fault.New(fault.Forbidden, "flow.work.claimed", "这项工作已由他人签收，请联系签收人或请其退回")
	case !asked && !w.Short():
		return fault.New(fault.Forbidden, "flow.work.signed", "这项工作的经办人已经签署，只等加签人签署")
	}
	for _, other := range r.byID[w.Node].Apart {
		if slices.Contains(r.doers(other), by) && !asked {
			return fault.New(fault.Forbidden, "flow.work.apart", "%s须由%s经办人以外的人办理", called(r.byID[w.Node].Node), called(r.byID[other].Node))
		}
	}
	return nil
}

// doers are those who did the work of a node, when it was done last: what was
// sent back and done again by others is theirs now, or else a small office would
// in the end have nobody left to decide.
func (r *run) doers(node string) (by []string) {
	for _, d := range r.m.Done {
		switch {
		case d.Node != node:
		case r.byID[node].Kind == Multi:
			by = append(by, d.By...)
		default:
			by = d.By
		}
	}
	return by
}

// sign records a signature. A work that takes two people goes back to the tray
// for the second.
func (r *run) sign(i int, by string, answers map[string]any) Work {
	w := r.m.Open[i]
	w.Signed = append(slices.Clip(w.Signed), Sign{By: by, Answers: maps.Clone(answers)})
	if w.Claimed == by {
		w.Claimed, w.For = "", ""
	}
	r.m.Open[i] = w
	return w
}

// SignedBy reports whether somebody has signed the work.
func (w Work) SignedBy(by string) bool {
	return slices.ContainsFunc(w.Signed, func(s Sign) bool { return s.By == by })
}

// signedByAll reports whether every added signer has signed, and besides them as
// many people as the work takes.
func (w Work) signedByAll() bool {
	for _, by := range w.Signers {
		if !w.SignedBy(by) {
			return false
		}
	}
	return !w.Short()
}

// Short reports whether somebody whose work it is has still to sign, and not only
// those who were asked to besides.
func (w Work) Short() bool { return w.own() < max(w.Need, 1) }

// own counts the signatures of those whose work it is, added signers apart.
func (w Work) own() (n int) {
	for _, s := range w.Signed {
		if !slices.Contains(w.Signers, s.By) {
			n++
		}
	}
	return n
}

// answers are what the work was answered with, the last word counting; those of
// added signers are advice and do not override.
func (w Work) answers() map[string]any {
	all := map[string]any{}
	for _, advice := range []bool{true, false} {
		for _, s := range w.Signed {
			if slices.Contains(w.Signers, s.By) == advice {
				maps.Copy(all, s.Answers)
			}
		}
	}
	return all
}

// done closes a work that is fully signed and moves its token on.
func (r *run) done(w Work) error {
	pl := r.byID[w.Node]
	var by []string
	for _, s := range w.Signed {
		by = append(by, s.By)
	}
	r.m.Done = append(r.m.Done, Done{Work: w.ID, Node: w.Node, By: by})
	if pl.Kind == Multi {
		return r.vote(pl, w)
	}
	for name, value := range w.answers() {
		r.keep(name, value)
	}
	r.close(w.Node)
	return r.leave(pl, w.Owes)
}

// vote counts one seat of a countersign. It ends as soon as enough have agreed,
// or so many have not that enough no longer can.
func (r *run) vote(pl *place, w Work) error {
	agrees := true
	if pl.Agree != "" {
		var err error
		if agrees, err = r.holds(pl.Agree, w.answers()); err != nil {
			return err
		}
	}
	if agrees {
		w.Agreed++
	} else {
		w.Against++
	}
	need := need(pl.Node, w.Of)
	if w.Agreed < need && w.Against <= w.Of-need {
		r.tally(w)
		return nil
	}
	r.keep(pl.outcome(), w.Agreed >= need)
	r.close(w.Node)
	return r.leave(pl, w.Owes)
}

// tally takes the seat out and lets the others know the count.
func (r *run) tally(voted Work) {
	r.change.Closed = append(r.change.Closed, voted)
	r.m.Open = slices.DeleteFunc(r.m.Open, func(w Work) bool { return w.ID == voted.ID })
	for i := range r.m.Open {
		if r.m.Open[i].Node == voted.Node {
			r.m.Open[i].Agreed, r.m.Open[i].Against = voted.Agreed, voted.Against
		}
	}
}

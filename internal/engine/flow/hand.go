package flow

import (
	"maps"
	"slices"

	"tongban/internal/ground/fault"
)

// Claim takes a work out of the post's tray (签收).
func (p *Procedure) Claim(m Marking, work, by string) (Marking, error) {
	return p.hand(m, work, func(r *run, w *Work) error {
		if w.Claimed == by {
			return nil
		}
		if err := r.maySign(*w, by); err != nil {
			return err
		}
		w.Claimed = by
		return nil
	})
}

// Release puts a work back into the tray (退回签收). Only who holds it may.
func (p *Procedure) Release(m Marking, work, by string) (Marking, error) {
	return p.hand(m, work, func(_ *run, w *Work) error {
		switch {
		case by == "":
			return fault.New(fault.SignIn, "flow.work.nobody", "请先登录")
		case w.Claimed != "" && w.Claimed != by:
			return fault.New(fault.Forbidden, "flow.work.claimed", "这项工作已由他人签收，请联系签收人或请其退回")
		}
		w.Claimed, w.For = "", ""
		return nil
	})
}

// Transfer hands a work over for good (转办). by holds it, or is in charge, which
// is the caller's to judge: with by "" the work changes hands whoever holds it.
func (p *Procedure) Transfer(m Marking, work, by, to string) (Marking, error) {
	change := func(r *run, w *Work) error {
		if to == "" || to == w.Claimed || w.SignedBy(to) {
			return fault.New(fault.Invalid, "flow.transfer.to", "请选择另一位办理人")
		}
		w.Claimed, w.For = to, ""
		return r.maySign(*w, to)
	}
	if by == "" {
		return p.hand(m, work, change)
	}
	return p.passed(m, work, by, change)
}

// Delegate lets another do the work in by's name (委托); by remains answerable.
func (p *Procedure) Delegate(m Marking, work, by, to string) (Marking, error) {
	return p.passed(m, work, by, func(r *run, w *Work) error {
		if to == "" || to == by || w.SignedBy(to) {
			return fault.New(fault.Invalid, "flow.delegate.to", "请选择另一位受委托人")
		}
		w.Claimed, w.For = to, by
		return r.maySign(*w, to)
	})
}

// TakeBack ends that another does the work in by's name (收回委托): by, who had
// them do it, has the work again. What the other has signed is not theirs any
// more to give back, and nothing is left to take.
func (p *Procedure) TakeBack(m Marking, work, by string) (Marking, error) {
	return p.hand(m, work, func(r *run, w *Work) error {
		if by == "" || w.For != by {
			return fault.New(fault.Forbidden, "flow.take-back.who", "委托由委托人收回")
		}
		w.Claimed, w.For = by, ""
		return r.maySign(*w, by)
	})
}

// AddSigner asks one more person to sign (加签). The work is not done before.
func (p *Procedure) AddSigner(m Marking, work, by, signer string) (Marking, error) {
	return p.passed(m, work, by, func(_ *run, w *Work) error {
		if signer == "" || signer == by || slices.Contains(w.Signers, signer) || w.SignedBy(signer) {
			return fault.New(fault.Invalid, "flow.signer.who", "请选择尚未参与这项工作的人加签")
		}
		w.Signers = append(slices.Clip(w.Signers), signer)
		if w.Askers = maps.Clone(w.Askers); w.Askers == nil {
			w.Askers = map[string]string{}
		}
		w.Askers[signer] = by
		return nil
	})
}

// DropSigner takes back that somebody was asked to sign (撤回加签), as long as they
// have not. by asked for the signature, or is in charge, which is the caller's to
// judge: then by is "". When nothing else was missing, the work is done.
func (p *Procedure) DropSigner(m Marking, work, by, signer string, env Env) (Marking, Change, error) {
	r := p.begin(m, env)
	i, err := r.find(work)
	if err != nil {
		return m, Change{}, err
	}
	w := r.m.Open[i]
	switch {
	case !slices.Contains(w.Signers, signer) || w.SignedBy(signer):
		return m, Change{}, fault.New(fault.Conflict, "flow.signer.none", "没有等待这个人加签，或者已经签署，不能撤回")
	case by != "" && w.Askers[signer] != by:
		return m, Change{}, fault.New(fault.Forbidden, "flow.signer.asker", "加签由请其加签的人或者行政机关负责人撤回")
	}
	w.Signers = slices.DeleteFunc(slices.Clone(w.Signers), func(s string) bool { return s == signer })
	w.Askers = maps.Clone(w.Askers)
	delete(w.Askers, signer)
	r.m.Open[i] = w
	return r.moveOn(m, w)
}

// passed is hand for acts of who could do the work as well: nobody passes on, or
// asks others to sign, what is not theirs to do. Work in the common tray is taken
// by whoever acts on it.
func (p *Procedure) passed(m Marking, work, by string, act func(*run, *Work) error) (Marking, error) {
	return p.hand(m, work, func(r *run, w *Work) error {
		if err := r.maySign(*w, by); err != nil {
			return err
		}
		return act(r, w)
	})
}

// hand changes who has a work; no token moves.
func (p *Procedure) hand(m Marking, work string, act func(*run, *Work) error) (Marking, error) {
	r := p.begin(m, Env{})
	i, err := r.find(work)
	if err != nil {
		return m, err
	}
	w := r.m.Open[i]
	if err := act(r, &w); err != nil {
		return m, err
	}
	r.m.Open[i] = w
	return r.m, nil
}

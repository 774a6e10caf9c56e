package cases

import (
	"context"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// AddSigner asks one more person to sign a review (加签): the step is not done
// before they have. Their opinion is advice and does not take the place of the
// reviewer's. Whoever decides is fixed by law and the procedure, so a deciding
// step takes no further signer.
func (c *Case) AddSigner(work string, to identity.Actor, reason string, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(AddSigner, work, by)
	switch {
	case err != nil:
		return Moved{}, err
	case w.Decides:
		return Moved{}, fault.New(fault.Invalid, "cases.add-signer.decides", "“%s”是决定环节，不能加签；请在审查环节加签", w.Name)
	}
	if err := fault.Together(c.mayBeAsked(to), wanted(AddSigner, "reason", reason, "请写明请其加签的事由")); err != nil {
		return Moved{}, err
	}
	m := c.workMoved(AddSigner, w, doer, at)
	m.Work.To, m.Work.ToName, m.Reason = to.Account, to.Name, reason
	return m, nil
}

// mayBeAsked refuses to ask nobody to sign, and somebody whom the case is no business of.
func (c *Case) mayBeAsked(to identity.Actor) error {
	if to.Account == "" {
		return wanted(AddSigner, "to", "", "请选择加签人")
	}
	return fault.When(!slices.ContainsFunc(to.Posts, c.mayAdvise),
		fault.New(fault.Invalid, "cases.add-signer.who", "%s不在办理这个办件的部门，不能加签", to.Name).At("to", "post", "请选择参与办理的部门的人员"))
}

// mayAdvise reports whether the holder of a post may be asked to sign.
func (c *Case) mayAdvise(p identity.Post) bool {
	return slices.Contains(identity.Deciding, p.Role) && (p.Agency == c.Agency || c.works(p.Agency))
}

// Delegate has a colleague in the same post do the work in one's name (委托); who
// delegates stays answerable and is named with it.
func (c *Case) Delegate(work string, to identity.Actor, reason string, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(Delegate, work, by)
	switch {
	case err != nil:
		return Moved{}, err
	case doer.Under != "":
		return Moved{}, fault.New(fault.Forbidden, "cases.delegate.under", "首席代表受部门授权办理，不能再委托他人；请退回待签收或者转办")
	}
	return c.handOver(Delegate, w, to, reason, doer, at)
}

// standsIn reports whether the actor does, for some days, the work of the one
// who took w (AB岗): they hold the post in the other's place.
func standsIn(w flow.Work, by identity.Actor) bool {
	return w.Claimed != "" && slices.ContainsFunc(by.Posts, func(p identity.Post) bool {
		return p.For == w.Claimed && p.Agency == w.Agency && (w.Role == "" || p.Role == w.Role)
	})
}

// Absent is the name of the one in whose place e was done (AB岗): before it they
// took the work, or were given it. "" when nobody's.
func Absent(all []Event, e Event) string {
	if e.By.For == "" {
		return ""
	}
	for _, before := range all {
		switch w := before.Work; {
		case before.By.Account == e.By.For:
			return before.By.Name
		case w != nil && w.To == e.By.For && w.ToName != "":
			return w.ToName
		}
	}
	return ""
}

// Mine reports whether the actor has the work: took it, or stands in for who did.
func Mine(w flow.Work, by identity.Actor) bool {
	return by.Account != "" && w.Claimed == by.Account || standsIn(w, by)
}

// Asked reports whether the actor was asked to sign the work and has not yet.
func Asked(w flow.Work, by identity.Actor) bool {
	return slices.Contains(w.Signers, by.Account) && !slices.ContainsFunc(w.Signed, func(s flow.Sign) bool { return s.By == by.Account })
}

// taken is the procedure with the work in the hands of who acts on it: whoever
// stands in takes it over from the one who is away.
func (c *Case) taken(m Moved, f Frame) (flow.Marking, error) {
	if m.By.For == "" {
		return c.Flow, nil
	}
	return f.Procedure.Transfer(c.Flow, m.Work.ID, "", m.By.Account)
}

// AddSigner asks one more person to sign; see Case.AddSigner.
func (s *Service) AddSigner(ctx context.Context, id ID, work string, to identity.Actor, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, AddSigner, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.AddSigner(work, to, reason, by, at)
	})
}

// Delegate has a colleague do the work in one's name; see Case.Delegate.
func (s *Service) Delegate(ctx context.Context, id ID, work string, to identity.Actor, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Delegate, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.Delegate(work, to, reason, by, at)
	})
}

// Signing lists the work that the actor was asked to sign, soonest due first.
func (s *Service) Signing(ctx context.Context, by identity.Actor) ([]WorkRow, error) {
	if by.Account == "" || !by.Staff() {
		return nil, nil
	}
	return s.Store.Signing(ctx, by.Account, 50)
}

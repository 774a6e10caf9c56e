package cases

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// DropSigner takes back that somebody was asked to sign (撤回加签): a signer who
// never signs would hold the case for ever. Whoever asked for the signature may,
// and the head of the agency that has the work; nobody else, and only as long as
// it has not been given.
func (c *Case) DropSigner(work, signer, reason string, by identity.Actor, at time.Time) (Moved, error) {
	if err := c.may(DropSigner); err != nil {
		return Moved{}, err
	}
	w, open := c.Flow.Find(work)
	if !open {
		return Moved{}, fault.New(fault.Conflict, "cases.drop-signer.closed", "这项工作已经办完，无需撤回加签")
	}
	post, may := c.mayDrop(w, signer, by)
	switch {
	case !may:
		return Moved{}, fault.New(fault.Forbidden, "cases.drop-signer.who", "加签由请其加签的人或者行政机关负责人撤回")
	case !Asked(w, identity.Actor{Account: signer}):
		return Moved{}, fault.New(fault.Conflict, "cases.drop-signer.none", "没有等待这个人加签，或者已经签署，不能撤回").At("to", "none", "请选择还没有签署的加签人")
	case reason == "":
		return Moved{}, fault.New(fault.Invalid, "cases.drop-signer.reason", "请写明撤回加签的理由").At("reason", "required", "请写明理由")
	}
	m := c.workMoved(DropSigner, w, inPost(by, post.Role, post), at)
	m.Work.To, m.Reason = signer, reason
	return m, nil
}

// mayDrop finds the post in which the actor may take a signer off a work.
func (c *Case) mayDrop(w flow.Work, signer string, by identity.Actor) (post identity.Post, may bool) {
	for _, p := range by.Posts {
		if p.Role == identity.Head && p.Agency == w.Agency || w.Askers[signer] == by.Account && by.Account != "" && c.mayAdvise(p) {
			post, may = p, true
		}
	}
	return post, may
}

// Awaited is a signature that was asked for and is not given yet.
type Awaited struct {
	Work   flow.Work
	Signer string // account
}

// Droppable are the signatures awaited that the actor may take back.
func (c *Case) Droppable(by identity.Actor) (all []Awaited) {
	if c.may(DropSigner) != nil {
		return nil
	}
	for _, w := range c.Flow.Open {
		for _, signer := range w.Signers {
			if _, may := c.mayDrop(w, signer, by); may && Asked(w, identity.Actor{Account: signer}) {
				all = append(all, Awaited{w, signer})
			}
		}
	}
	return all
}

// asker is who takes a signer off, for the procedure: the one who asked, or ""
// for who is in charge.
func (c *Case) asker(work, signer string, by Doer) string {
	if w, _ := c.Flow.Find(work); w.Askers[signer] == by.Account {
		return by.Account
	}
	return ""
}

// DropSigner takes a signer off who has not signed; see Case.DropSigner.
func (s *Service) DropSigner(ctx context.Context, id ID, work, signer, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, DropSigner, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.DropSigner(work, signer, reason, by, at)
	})
}

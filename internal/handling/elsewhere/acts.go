package elsewhere

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Forward sends a parcel on. Within this installation it is a case of the other
// place at once, and its clock begins there; a partner is sent it as soon as it
// can be reached.
func (s *Service) Forward(ctx context.Context, id string, by identity.Actor) (*Parcel, error) {
	return s.act(ctx, id, "forward", by, func(b *sqldb.Batch, p *Parcel, at time.Time) error {
		if err := p.mayForward(); err != nil {
			return err
		}
		a, err := s.application(ctx, p.ID)
		if err != nil {
			return err
		}
		p.forward(by.Name, at)
		if p.There.Partner != "" {
			return s.send(ctx, b, p, a, at)
		}
		c, err := s.Cases.SubmitIn(ctx, b, a, s.lent(p.Here, p.There.Region, by))
		if err != nil {
			return err
		}
		p.hear(s.status(c, cases.Moved{}), at)
		return nil
	})
}

// mostTries is how often an act is judged while messages of the other place arrive.
const mostTries = 3

// act loads a parcel, does something with it for the place here, and keeps it. If
// word came from the other place meanwhile it is judged anew on what is known now:
// nobody here was in the way. Faults: elsewhere.stale, if somebody was.
func (s *Service) act(ctx context.Context, id, act string, by identity.Actor, do doing) (*Parcel, error) {
	p, err := s.inHand(ctx, id, act, by)
	for tries := 1; err == nil; tries++ {
		before := p.doneHere()
		err = s.attempt(ctx, p, act, by, do)
		if fault.Code(err) != stale || tries == mostTries {
			return p, err
		}
		if p, err = s.inHand(ctx, id, act, by); err == nil && p.doneHere() != before {
			err = somebodyWas()
		}
	}
	return nil, err
}

// doing is what an act does with a parcel, and what it puts into the batch.
type doing func(b *sqldb.Batch, p *Parcel, at time.Time) error

// inHand is a parcel for those who handle it here.
func (s *Service) inHand(ctx context.Context, id, act string, by identity.Actor) (*Parcel, error) {
	p, err := s.Parcel(ctx, id, by)
	if err == nil && !p.hands(by) {
		return nil, fault.New(fault.Forbidden, "elsewhere."+act+".role", "这件由%s的窗口代收，由那里的窗口办理", p.Here.Name)
	}
	return p, err
}

func (s *Service) attempt(ctx context.Context, p *Parcel, act string, by identity.Actor, do doing) error {
	at := s.now()
	var b sqldb.Batch
	if err := do(&b, p, at); err != nil {
		return err
	}
	if err := s.Store.Put(&b, p, "", "", "", Told{p.ID, act, p.State, by.Account, nil, "", at}); err != nil {
		return err
	}
	return s.commit(ctx, &b)
}

// lent is the clerk as the other place knows them: a window that takes in for
// it. Only this room lends such a post, after it has judged who acts.
func (s *Service) lent(here Place, region string, by identity.Actor) identity.Actor {
	title := "代收窗口（" + here.Name + "）"
	return identity.Actor{Account: by.Account, Name: by.Name, Channel: "elsewhere", Request: by.Request,
		Posts: []identity.Post{{Role: identity.Window, Region: region, Title: title}}}
}

// send writes the parcel to the partner's line.
func (s *Service) send(ctx context.Context, b *sqldb.Batch, p *Parcel, a cases.Application, at time.Time) error {
	who, err := s.Parties.View(ctx, p.Applicant.Party, identity.TheSystem)
	if err != nil {
		return err
	}
	who.ID = ""
	m := forwarded{p.ID, p.Sending, p.Mode, p.Here, p.There, p.Catalogue, p.ItemName, who, p.Applicant.Agent, a.Answers, a.Materials, a.Delivery}
	return s.write(b, p.There.Partner, Forwarded, fmt.Sprintf("forwarded/%s/%d", p.ID, p.Sending), m, at)
}

// ask writes to the partner's line what is asked of it about a parcel. Fault:
// elsewhere.asked, if that was asked already and the partner has not answered.
func (s *Service) ask(ctx context.Context, b *sqldb.Batch, p *Parcel, kind Kind, m asked, at time.Time) error {
	key := p.key(kind)
	before, err := s.Store.Written(ctx, p.There.Partner, key)
	if err != nil {
		return err
	}
	if before {
		return fault.New(fault.Conflict, "elsewhere.asked", "已经告知%s，正在等对方办理，有回音会显示在办理进展里", p.There.Name)
	}
	return s.write(b, p.There.Partner, kind, key, m, at)
}

// write puts a message into the batch, sealed.
func (s *Service) write(b *sqldb.Batch, partner string, kind Kind, key string, body any, at time.Time) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write a message: %w", err)
	}
	s.names(b, text)
	sealed, err := s.Vault.Seal(string(text), aboutOut(partner, key))
	if err != nil {
		return err
	}
	s.Store.Write(b, partner, Message{Key: key, Kind: kind, Made: at, Body: sealed, Content: content(key, kind, text)})
	return nil
}

func aboutOut(partner, key string) string { return "elsewhere/out/" + partner + "/" + key }

// Issue notes that the result was handed over here (任一窗口出件), or posted.
func (s *Service) Issue(ctx context.Context, id string, d cases.Delivered, by identity.Actor) (*Parcel, error) {
	return s.act(ctx, id, "issue", by, func(b *sqldb.Batch, p *Parcel, at time.Time) error {
		if err := p.mayIssue(by); err != nil {
			return err
		}
		d.Place = orElse(d.Place, p.Here.Name)
		p.note(at, p.Here.Name, "发放结果："+cases.Ways[d.Way], by.Name, d.Receiver)
		if p.There.Partner == "" {
			return s.deliver(ctx, b, p.Status.Case, d, s.lent(p.Here, p.There.Region, by))
		}
		d.At = at
		m := asked{Parcel: p.ID, Case: p.Status.Case, Person: by.Name, Place: p.Here, Delivered: &d}
		return s.ask(ctx, b, p, Issued, m, at)
	})
}

func (s *Service) deliver(ctx context.Context, b *sqldb.Batch, id cases.ID, d cases.Delivered, by identity.Actor) error {
	return s.Cases.ActIn(ctx, b, id, by, func(c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
		return c.Deliver(d, by, at)
	})
}

// Drop takes a parcel back at the applicant's wish: before it was forwarded here,
// afterwards there, as far as the law allows.
func (s *Service) Drop(ctx context.Context, id, reason string, by identity.Actor) (*Parcel, error) {
	return s.act(ctx, id, "drop", by, func(b *sqldb.Batch, p *Parcel, at time.Time) error {
		if err := p.MayDrop(); err != nil {
			return err
		}
		if reason == "" {
			return fault.New(fault.Invalid, "elsewhere.drop.reason", "请写明撤回的原因").At("reason", "required", "请写明撤回的原因")
		}
		p.note(at, p.Here.Name, "申请人撤回", by.Name, reason)
		switch {
		case p.State != There:
			p.State = Over
			return nil
		case p.There.Partner == "":
			return s.withdraw(ctx, b, p.Status.Case, reason)
		}
		m := asked{Parcel: p.ID, Case: p.Status.Case, Person: by.Name, Place: p.Here, Reason: reason}
		return s.ask(ctx, b, p, Dropped, m, at)
	})
}

// withdraw is the applicant's own act, made through the window that took it in.
func (s *Service) withdraw(ctx context.Context, b *sqldb.Batch, id cases.ID, reason string) error {
	c, err := s.Cases.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	own := identity.Actor{Name: c.Applicant.Name, Party: c.Applicant.Party, Channel: "elsewhere"}
	return s.Cases.ActIn(ctx, b, id, own, func(c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
		return c.Withdraw(reason, own, at)
	})
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

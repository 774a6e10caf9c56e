package elsewhere

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// atOnce is to how many partners messages travel at the same time.
const atOnce = 4

// Send brings every partner what waits for it, in order. A message that does
// not get through holds up that partner's line and no other; it is tried again
// later and later. One that arrived while its receipt was lost is sent again,
// and the other side says so.
func (s *Service) Send(ctx context.Context) error {
	partners, err := s.Store.Partners(ctx)
	if err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(atOnce)
	for _, p := range partners {
		if !p.Resting {
			group.Go(func() error { return s.sendTo(ctx, p) })
		}
	}
	return group.Wait()
}

func (s *Service) sendTo(ctx context.Context, p Partner) error {
	lines, err := s.Store.Lines(ctx)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		m, due, err := s.Store.Next(ctx, p.ID, s.Now())
		if err != nil || !due {
			return err
		}
		r, err := s.carry(ctx, p, m)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if back, missing := s.back(ctx, p, m, r); back || missing != nil {
			return missing
		}
		if err != nil {
			return s.Store.PutOff(ctx, p.ID, s.Now().Add(Pause(lines[p.ID].Tries)), orElse(fault.Say(err), "暂时联系不上"), r.Ahead())
		}
		if err := s.Store.Kept(ctx, p.ID, m.Number); err != nil {
			return err
		}
		lines[p.ID] = Line{}
	}
	return ctx.Err()
}

// Pause is how long to wait after so many failures: 5 seconds, 10, 20 … ten
// minutes at the most.
func Pause(tries int) time.Duration {
	return min(5*time.Second<<min(tries, 10), 10*time.Minute)
}

// carry sends one message and reads the receipt. One that cannot be trusted is none.
func (s *Service) carry(ctx context.Context, p Partner, m Message) (Receipt, error) {
	if err := s.trusted(p); err != nil {
		return Receipt{}, fault.New(fault.Forbidden, "elsewhere.send.trust", "没有发送：%s", sayAll(err))
	}
	raw, e, err := s.envelope(ctx, p, m)
	if err != nil {
		return Receipt{}, err
	}
	answer, err := s.Carrier.Carry(ctx, p.Address, raw)
	if err != nil {
		return Receipt{}, err
	}
	var r Receipt
	reply, unread := unpack(answer, &r)
	signed, err := s.from(ctx, &p, reply)
	switch {
	case err != nil:
		return Receipt{}, err
	case unread != nil || !signed || !r.Answers(e):
		return Receipt{}, fault.New(fault.Invalid, "elsewhere.send.receipt", "对方的回执不可信：签名或者内容不对，已按没有送到处理")
	case !r.Outcome.Kept():
		return r, fault.New(fault.Invalid, "elsewhere.send.refused", "对方拒收第%d号：%s", m.Number, r.Outcome.Say())
	}
	return r, nil
}

// envelope makes the message ready to travel: opened, dated and signed.
func (s *Service) envelope(ctx context.Context, p Partner, m Message) ([]byte, Envelope, error) {
	own, err := s.Own()
	if err != nil {
		return nil, Envelope{}, err
	}
	body, err := s.Vault.Open(m.Body, aboutOut(p.ID, m.Key))
	if err != nil {
		return nil, Envelope{}, err
	}
	files := map[string][]byte{}
	if m.Kind == Forwarded || m.Kind == Answered {
		var with struct{ Materials json.RawMessage }
		var a asked
		if err := json.Unmarshal([]byte(body), &with); err != nil {
			return nil, Envelope{}, fmt.Errorf("read message %d for %s: %w", m.Number, p.ID, err)
		}
		if err := json.Unmarshal(with.Materials, &a.Materials); err != nil {
			return nil, Envelope{}, fmt.Errorf("read message %d for %s: %w", m.Number, p.ID, err)
		}
		if files, err = s.contents(ctx, a.Materials); err != nil {
			return nil, Envelope{}, err
		}
	}
	e := Envelope{From: own.ID, To: p.ID, Number: m.Number, Key: m.Key, Kind: m.Kind, Made: m.Made.UTC(), Sent: s.now(), Body: json.RawMessage(body)}
	raw, err := s.pack(e, files)
	if err == nil && len(raw) > MostBytes {
		err = fault.New(fault.TooLarge, "elsewhere.send.large", "第%d号报文连同附件超过40MB，请改为邮寄材料", m.Number)
	}
	return raw, e, err
}

// Card is what a partner has to know of this installation: its name and its keys, the
// last of which is in use.
type Card struct{ ID, Key string }

// Own is the card of this installation.
func (s *Service) Own() (Card, error) {
	_, card, err := s.signer()
	if err != nil {
		return Card{}, err
	}
	id, _, err := follow(card)
	return Card{id, card}, err
}

// PutPartner enters a partner, or changes one; only an administrator may.
func (s *Service) PutPartner(ctx context.Context, p Partner, by identity.Actor) (Partner, error) {
	if err := administers(by); err != nil {
		return p, err
	}
	own, err := s.Own()
	if err != nil {
		return p, err
	}
	if p, err = s.certified(p); err != nil {
		return p, err
	}
	p, keys, err := p.Check(own.ID, s.Carrier.May)
	if err != nil {
		return p, err
	}
	if err := cmp.Or(s.older(ctx, p.ID, keys), s.sole(ctx, p)); err != nil {
		return p, err
	}
	return p, s.Store.SavePartner(ctx, p)
}

// sole refuses a partner at whose address another one is already: with a key that was
// replaced, and without what connects it to the first, it would be a second partner, and
// what waits for the first would never arrive.
func (s *Service) sole(ctx context.Context, p Partner) error {
	all, err := s.Store.Partners(ctx)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.Address == p.Address && other.ID != p.ID && !other.Resting {
			return fault.New(fault.Invalid, "elsewhere.partner.check", "协作平台的信息还有要修改的地方").
				At("address", "taken", "这个网址已经登记为“%s”。它换过密钥的，请把它“协作平台”页面上的整段公钥一并贴上（有证书的，贴在证书后面另起一行）；确实换了平台的，先停用原来的", other.Name)
		}
	}
	return nil
}

// Rest stops or resumes the exchange with a partner. What waits, waits on.
func (s *Service) Rest(ctx context.Context, id string, resting bool, by identity.Actor) error {
	return s.changePartner(ctx, id, by, func(p *Partner) { p.Resting = resting })
}

// Rank says whether a partner is of a level above ours (上级).
func (s *Service) Rank(ctx context.Context, id string, superior bool, by identity.Actor) error {
	return s.changePartner(ctx, id, by, func(p *Partner) { p.Superior = superior })
}

func (s *Service) changePartner(ctx context.Context, id string, by identity.Actor, do func(*Partner)) error {
	if err := administers(by); err != nil {
		return err
	}
	p, err := s.Store.Partner(ctx, id)
	if err != nil {
		return err
	}
	do(&p)
	return s.Store.SavePartner(ctx, p)
}

// Above reports whether a library is that of a partner above us; of one that is
// no partner any more nobody knows that it is.
func (s *Service) Above(ctx context.Context, library string) (bool, error) {
	p, err := s.Store.Partner(ctx, library)
	if fault.Of(err) == fault.NotFound {
		return false, nil
	}
	return p.Superior, err
}

// SetTerm sets the term of forwarding for what is taken in from now on.
func (s *Service) SetTerm(ctx context.Context, days int, by identity.Actor) error {
	if err := administers(by); err != nil {
		return err
	}
	if _, err := TermOf(days); err != nil {
		return err
	}
	return s.Store.SetTerm(ctx, days)
}

func administers(by identity.Actor) error {
	if by.Plays(identity.Admin) || by.Plays(identity.System) {
		return nil
	}
	return fault.New(fault.Forbidden, "elsewhere.admin", "协作平台由系统管理员设置")
}

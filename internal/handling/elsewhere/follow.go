package elsewhere

import (
	"context"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Wants reports whether a move is one that another place is told of.
func Wants(m cases.Moved) bool { return telling[m.Act] || m.Decision != nil }

// Concerns says which moves are of cases that came from a parcel.
func (s *Service) Concerns(ctx context.Context, all []cases.Moved) ([]bool, error) {
	ids := make([]cases.ID, len(all))
	for i, m := range all {
		ids[i] = m.Case
	}
	known, err := s.Store.FromParcels(ctx, ids)
	yes := make([]bool, len(all))
	for i, id := range ids {
		yes[i] = known[id]
	}
	return yes, err
}

// CaseMoved hears that a case moved: the parcel it came from is brought up to
// it, and if that is a partner's the partner is told. Told twice, it does
// nothing the second time.
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	f, err := s.Store.Foreign(ctx, m.Case)
	if err != nil {
		return err
	}
	if f.Parcel != "" {
		return s.tell(ctx, f, m, b)
	}
	p, err := s.Store.OfCase(ctx, m.Case)
	if err != nil || p == nil {
		return err
	}
	c, err := s.Cases.Store.Case(ctx, m.Case)
	if err != nil {
		return err
	}
	return s.heard(b, p, s.status(c, m), nil)
}

// heard brings a parcel up to a status and puts it into b.
func (s *Service) heard(b *sqldb.Batch, p *Parcel, status Status, certificate []byte) error {
	at := s.now()
	if !p.hear(status, at) {
		return nil
	}
	sealed, err := s.Vault.Seal(string(certificate), AboutCertificate(p.ID))
	if err != nil {
		return err
	}
	return s.Store.Put(b, p, "", "", sealed, Told{p.ID, "hear", p.State, "", &status, "", at})
}

// status is what there is to tell of a case after a move.
func (s *Service) status(c *cases.Case, m cases.Moved) Status {
	st := Status{Case: c.ID, Number: c.Number, Seq: c.Head.Seq, State: c.State, Received: c.Received, Decision: c.Decision,
		Certificate: c.Certificate, Delivered: c.Delivered, Delivery: c.Delivery, Reason: m.Reason}
	if promised, statutory := s.Cases.Due(c); c.State == cases.Accepted {
		if promised.Known {
			st.Promised = promised.Day
		}
		if statutory.Known {
			st.Statutory = statutory.Day
		}
	}
	if n := len(c.Notices); n > 0 && !c.Notices[n-1].Done {
		st.Notice = &c.Notices[n-1]
	}
	if c.Decision != nil && !c.Decision.Granted {
		st.Reason = c.Decision.Reason
	}
	return st
}

// telling are the acts that the place of receipt is told of; what happens
// within the bureau is not its business.
var telling = map[cases.Act]bool{
	cases.Submit: true, cases.AskOnce: true, cases.Correct: true, cases.Accept: true, cases.DeemAccept: true, cases.SayNotNeeded: true,
	cases.Refuse: true, cases.OpenSpecial: true, cases.CloseSpecial: true, cases.Extend: true, cases.Withdraw: true, cases.Terminate: true,
	cases.Certify: true, cases.Deliver: true, cases.GrantByRule: true, cases.Settle: true,
}

// tell writes to the partner what became of its parcel.
func (s *Service) tell(ctx context.Context, f Foreign, m cases.Moved, b *sqldb.Batch) error {
	key := movedKey(m)
	if before, err := s.Store.Written(ctx, f.Partner, key); before || err != nil {
		return err
	}
	c, err := s.Cases.Store.Case(ctx, m.Case)
	if err != nil {
		return err
	}
	frame, err := s.Cases.Frame(ctx, c)
	if err != nil {
		return err
	}
	body := moved{Parcel: f.Parcel, Agency: frame.Edition.AgencyName, Phone: frame.Edition.Phone, Status: s.status(c, m)}
	if c.Certificate != "" {
		if body.Certificate, err = s.Proof(ctx, c.Certificate); err != nil {
			return err
		}
	}
	return s.write(b, f.Partner, Moved, key, body, s.now())
}

// Late counts the parcels of this installation whose term of forwarding has passed.
func (s *Service) Late(ctx context.Context) (int, error) { return s.Store.Late(ctx, s.today()) }

// Backlog is what waits to be sent to all partners.
type Backlog struct {
	Waiting, Failing int
	Oldest           time.Time
	Owed             map[string]int // messages that wait, by the name of a partner that cannot be reached
}

// Backlog adds the lines up.
func (s *Service) Backlog(ctx context.Context) (all Backlog, err error) {
	partners, err := s.Store.Partners(ctx)
	if err != nil {
		return all, err
	}
	lines, err := s.Store.Lines(ctx)
	all.Owed = map[string]int{}
	for _, p := range partners {
		l := lines[p.ID]
		if p.Resting {
			continue
		}
		all.Waiting += int(l.Waiting())
		if l.Tries > 0 {
			all.Failing += int(l.Waiting())
			all.Owed[p.Name] = int(l.Waiting())
		}
		if l.Waiting() > 0 && (all.Oldest.IsZero() || l.Oldest.Before(all.Oldest)) {
			all.Oldest = l.Oldest
		}
	}
	return all, err
}

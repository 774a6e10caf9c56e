package certificates

import (
	"context"
	"encoding/hex"
	"sync"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/seals"
)

// Store keeps the directory. What is added to a batch is kept when the batch is.
type Store interface {
	// Add adds a new certificate and its first fact to the batch.
	Add(*sqldb.Batch, *Certificate, event.Fact) error
	// Save adds a certificate's change of state and the fact behind it.
	Save(*sqldb.Batch, *Certificate, event.Fact) error
	// Commit keeps the batch; the fault is certificates.stale when someone
	// else changed one of its certificates meanwhile.
	Commit(context.Context, *sqldb.Batch) error
	// Certificate loads one by its identifier; the fault is NotFound.
	Certificate(ctx context.Context, identifier string) (*Certificate, error)
	// OfParty lists a party's certificates, newest first, at most so many,
	// older than the one that ended the last page (nil: from the newest).
	OfParty(ctx context.Context, party string, after *Certificate, most int) ([]*Certificate, error)
	// Held lists the certificates of one type of whoever holds that code.
	Held(ctx context.Context, holderCode, typeCode string) ([]*Certificate, error)
	// Marked lists at most so many certificates that have the word among their
	// Marks, newest first.
	Marked(ctx context.Context, word string, most int) ([]*Certificate, error)
	// MarkOld gives theirs to certificates that were kept without.
	MarkOld(context.Context) error
	// Use adds a line of the log to the batch.
	Use(*sqldb.Batch, Use)
	// Uses lists the log of a certificate, newest first, before that line.
	Uses(ctx context.Context, identifier string, before Use, most int) ([]Use, error)
	// Define keeps a type, replacing an older wording of it.
	Define(context.Context, Type) error
	// Types lists every type, by code.
	Types(context.Context) ([]Type, error)
}

// Service is the door of the room.
type Service struct {
	Store   Store
	Seals   *seals.Service
	Roots   *seals.Roots // the published root of the city
	Now     func() time.Time
	Address string // where strangers look certificates up; the identifier is put behind

	mu    sync.RWMutex
	types map[string]Type
	stamp map[string]string // the certificate seal of an agency, once found
}

// Issue issues a certificate by itself. Faults: those of IssueInto.
func (s *Service) Issue(ctx context.Context, o Order, by identity.Actor) (*Certificate, error) {
	var b sqldb.Batch
	c, err := s.IssueInto(ctx, &b, o, by)
	if err != nil {
		return nil, err
	}
	return c, s.Store.Commit(ctx, &b)
}

// IssueInto issues a certificate in the batch of the decision that grants it,
// so that neither is ever kept without the other. Faults: certificates.type,
// certificates.issue.*, certificates.move.by, seals.none, seals.use.*.
func (s *Service) IssueInto(ctx context.Context, b *sqldb.Batch, o Order, by identity.Actor) (*Certificate, error) {
	t, err := s.Type(ctx, o.Type)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	today := calendar.DayOf(now)
	id := codes.CertificateID{Type: t.Code, Issuer: o.Issuer.Code, Serial: serial(today), Version: 1}
	r, err := compose(t, o, id, "", s.Address, today)
	if err != nil {
		return nil, err
	}
	return s.add(ctx, b, r, o.Seal, now, by)
}

// serial is 流水号: the day and twelve letters of chance.
func serial(day calendar.Day) string {
	return day.Start().Format("20060102") + secret.Letters(12)
}

// add seals a record and adds it to the batch.
func (s *Service) add(ctx context.Context, b *sqldb.Batch, r Record, seal string, now time.Time, by identity.Actor) (*Certificate, error) {
	c, err := r.issue(now, by)
	if err != nil {
		return nil, err
	}
	_, _, digest, err := r.evidence(now)
	if err != nil {
		return nil, err
	}
	use := seals.Use{Document: r.Identifier, Item: r.Item, Case: r.Case, At: now}
	if seal != "" {
		c.Sealing, err = s.Seals.Stamp(ctx, b, seal, digest, signedPath, use, by)
	} else {
		c.Sealing, err = s.sealing(ctx, b, r.Issuer.ID, digest, use, by)
	}
	if err != nil {
		return nil, err
	}
	return c, s.Store.Add(b, c, c.issued(hex.EncodeToString(digest), by))
}

// sealing is made with the agency's certificate seal. If that may not be used any more,
// because another has taken its place, it is made with that one.
func (s *Service) sealing(ctx context.Context, b *sqldb.Batch, agency string, digest []byte, use seals.Use, by identity.Actor) (made seals.Sealing, _ error) {
	for tries := 1; ; tries++ {
		seal, err := s.sealOf(ctx, agency)
		if err != nil {
			return made, err
		}
		if made, err = s.Seals.Stamp(ctx, b, seal, digest, signedPath, use, by); err == nil {
			return made, nil
		}
		s.forget(agency)
		if code := fault.Code(err); tries == 2 || code != "seals.use.state" && code != "seals.use.period" {
			return made, err
		}
	}
}

// sealOf is the agency's certificate seal: looked for once, and again after a
// sealing failed.
func (s *Service) sealOf(ctx context.Context, agency string) (string, error) {
	s.mu.RLock()
	id := s.stamp[agency]
	s.mu.RUnlock()
	if id != "" {
		return id, nil
	}
	seal, err := s.Seals.Usable(ctx, agency, seals.Certificate)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stamp == nil {
		s.stamp = map[string]string{}
	}
	s.stamp[agency] = seal.ID
	return seal.ID, nil
}

func (s *Service) forget(agency string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.stamp, agency)
}

// Renew issues the next version of a certificate (变更、延续): what the order
// leaves empty stays as it was; the version before is superseded in the same
// commit. Faults: certificates.move.*, certificates.renew.expired,
// certificates.renew.version and those of IssueInto.
func (s *Service) Renew(ctx context.Context, identifier string, o Order, by identity.Actor) (*Certificate, error) {
	var b sqldb.Batch
	c, err := s.RenewInto(ctx, &b, identifier, o, by)
	if err != nil {
		return nil, err
	}
	return c, s.Store.Commit(ctx, &b)
}

// RenewInto is Renew within the batch of the decision that grants it.
func (s *Service) RenewInto(ctx context.Context, b *sqldb.Batch, identifier string, o Order, by identity.Actor) (*Certificate, error) {
	old, err := s.Store.Certificate(ctx, identifier)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	today := calendar.DayOf(now)
	if old.Standing(today) == Expired && !o.InTime {
		return nil, fault.New(fault.Conflict, "certificates.renew.expired", "证照已于%s到期，不能变更或延续，请重新申请", old.Till.Han())
	}
	changed, err := old.Move(Supersede, "", now, by)
	if err != nil {
		return nil, err
	}
	r, err := s.next(ctx, old.Record, o, today)
	if err != nil {
		return nil, err
	}
	if err := s.Store.Save(b, old, changed); err != nil {
		return nil, err
	}
	return s.add(ctx, b, r, o.Seal, now, by)
}

// next is the record of the version after old.
func (s *Service) next(ctx context.Context, old Record, o Order, today calendar.Day) (Record, error) {
	t, err := s.Type(ctx, old.Type)
	if err != nil {
		return Record{}, err
	}
	id, err := codes.ParseCertificateID(old.Identifier)
	if err != nil {
		return Record{}, err
	}
	if id.Version++; id.Version > 999 {
		return Record{}, fault.New(fault.Conflict, "certificates.renew.version", "证照已换发998次，版本号用尽，请注销后重新申请")
	}
	return compose(t, o.over(old), id, old.Identifier, s.Address, today)
}

// over fills what the order leaves empty from the version before.
func (o Order) over(old Record) Order {
	out := Order{Type: old.Type, Issuer: old.Issuer, Area: old.Area, Holder: old.Holder, Number: old.Number, From: old.From, Till: old.Till,
		Face: old.Face, Item: old.Item, ItemName: old.ItemName, Case: o.Case, Seal: o.Seal}
	if o.Holder.Name != "" {
		out.Holder = o.Holder
	}
	if o.From != 0 || o.Till != 0 {
		out.From, out.Till = o.From, o.Till
	}
	if o.Face != nil {
		out.Face = o.Face
	}
	if o.Number != "" {
		out.Number = o.Number
	}
	if o.Item != "" {
		out.Item, out.ItemName = o.Item, o.ItemName
	}
	return out
}

// Move suspends, resumes, cancels, withdraws or revokes a certificate; see Life.
func (s *Service) Move(ctx context.Context, identifier string, act Act, reason string, by identity.Actor) error {
	var b sqldb.Batch
	if err := s.MoveInto(ctx, &b, identifier, act, reason, by); err != nil {
		return err
	}
	return s.Store.Commit(ctx, &b)
}

// MoveInto is Move within the batch of what it follows from.
func (s *Service) MoveInto(ctx context.Context, b *sqldb.Batch, identifier string, act Act, reason string, by identity.Actor) error {
	if act == Issue || act == Supersede {
		return fault.New(fault.Invalid, "certificates.move.act", "签发和换发请通过办件办理")
	}
	c, err := s.Store.Certificate(ctx, identifier)
	if err != nil {
		return err
	}
	changed, err := c.Move(act, reason, s.Now(), by)
	if err != nil {
		return err
	}
	return s.Store.Save(b, c, changed)
}

// Suspend is 暂扣.
func (s *Service) Suspend(ctx context.Context, identifier, reason string, by identity.Actor) error {
	return s.Move(ctx, identifier, Suspend, reason, by)
}

// Resume is 暂扣发还.
func (s *Service) Resume(ctx context.Context, identifier, reason string, by identity.Actor) error {
	return s.Move(ctx, identifier, Resume, reason, by)
}

// Cancel is 注销.
func (s *Service) Cancel(ctx context.Context, identifier, reason string, by identity.Actor) error {
	return s.Move(ctx, identifier, Cancel, reason, by)
}

// Withdraw is 撤销.
func (s *Service) Withdraw(ctx context.Context, identifier, reason string, by identity.Actor) error {
	return s.Move(ctx, identifier, Withdraw, reason, by)
}

// Revoke is 吊销.
func (s *Service) Revoke(ctx context.Context, identifier, reason string, by identity.Actor) error {
	return s.Move(ctx, identifier, Revoke, reason, by)
}

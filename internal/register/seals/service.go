package seals

import (
	"context"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
)

// Store keeps the register of seals and the log of their uses.
type Store interface {
	// Add adds a new seal and its first fact.
	Add(context.Context, Seal, event.Fact) error
	// Save keeps the state of a seal and the fact behind it. The fault is
	// Conflict if someone else changed it meanwhile.
	Save(context.Context, Seal, event.Fact) error
	// Seal loads one; the fault is NotFound.
	Seal(ctx context.Context, id string) (Seal, error)
	// Of lists the seals of an agency, newest first.
	Of(ctx context.Context, agency string) ([]Seal, error)
	// Standing lists the seals that are not cancelled, by id.
	Standing(context.Context) ([]Seal, error)
	// Use adds a line of the log to the batch in which the use happens.
	Use(*sqldb.Batch, Use)
	// Uses lists the log of a seal, newest first, before a line of the last page.
	Uses(ctx context.Context, seal string, before Use, most int) ([]Use, error)
}

// A Use is a line of the log: which seal, on what, by whom, for which case.
type Use struct {
	ID       string
	Seal     string
	Digest   string // SM3 of the sealed document, hex
	Document string // what it was: a certificate's identifier, a notice's number
	Account  string
	Name     string
	Item     string
	Case     string
	At       time.Time
}

// Service is the door of the room.
type Service struct {
	Store     Store
	Authority *Authority
	Now       func() time.Time

	mu   sync.Mutex
	seen map[string]glance
}

// glance is a seal lately loaded, with its key.
type glance struct {
	seal  Seal
	until time.Time
}

// fresh is how long another replica's change of a seal may go unnoticed.
const fresh = 2 * time.Second

// Make has a seal made, disabled until its agency enables it.
func (s *Service) Make(ctx context.Context, agency Agency, kind Kind, from, till calendar.Day, by identity.Actor) (Seal, error) {
	return s.make(ctx, agency, kind, from, till, agency.Code+"-"+secret.Letters(8), by)
}

func (s *Service) make(ctx context.Context, agency Agency, kind Kind, from, till calendar.Day, id string, by identity.Actor) (Seal, error) {
	seal, err := New(agency, kind, from, till, id, s.Now(), by)
	if err != nil {
		return Seal{}, err
	}
	if seal.Certificate, err = s.Authority.signer(seal); err != nil {
		return Seal{}, err
	}
	maker, key, err := s.Authority.maker()
	if err != nil {
		return Seal{}, err
	}
	if seal.Structure, err = seal.compose(seal.Certificate, maker, key); err != nil {
		return Seal{}, fmt.Errorf("make seal %s: %w", seal.ID, err)
	}
	made := Moved{seal.ID, agency.ID, "make", seal.State, "", by.Account, seal.Made}
	return seal, s.Store.Add(ctx, seal, made)
}

// Enable lets a seal be used; like Disable and Cancel it is a move of Life.
func (s *Service) Enable(ctx context.Context, id string, by identity.Actor) error {
	return s.move(ctx, id, Enable, "", by)
}

// Disable takes a seal out of use; it can be enabled again.
func (s *Service) Disable(ctx context.Context, id, reason string, by identity.Actor) error {
	return s.move(ctx, id, Disable, reason, by)
}

// Cancel takes a seal out of use for good. What it sealed before stays sealed.
func (s *Service) Cancel(ctx context.Context, id, reason string, by identity.Actor) error {
	return s.move(ctx, id, Cancel, reason, by)
}

func (s *Service) move(ctx context.Context, id string, act Act, reason string, by identity.Actor) error {
	seal, err := s.Store.Seal(ctx, id)
	if err != nil {
		return err
	}
	moved, err := seal.Move(act, reason, s.Now(), by)
	if err != nil {
		return err
	}
	if err := s.Store.Save(ctx, seal, moved); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.seen, id)
	return nil
}

// Seal shows one seal.
func (s *Service) Seal(ctx context.Context, id string) (Seal, error) { return s.Store.Seal(ctx, id) }

// Of lists the seals of an agency.
func (s *Service) Of(ctx context.Context, agency string) ([]Seal, error) {
	return s.Store.Of(ctx, agency)
}

// Uses is a page of the log of a seal: newest first, older than the last line seen.
func (s *Service) Uses(ctx context.Context, seal string, before Use, most int) ([]Use, error) {
	return s.Store.Uses(ctx, seal, before, min(max(most, 1), 200))
}

// Stamp seals a document: it signs hash (of the file at path), and adds the
// line of the log to the batch in which the document comes to be. use says
// what for, and when by the caller's clock, whose second also stands in the
// document; its seal, digest and actor are filled in.
func (s *Service) Stamp(ctx context.Context, b *sqldb.Batch, id string, hash []byte, path string, use Use, by identity.Actor) (Sealing, error) {
	seal, err := s.glance(ctx, id, use.At)
	if err != nil {
		return Sealing{}, err
	}
	if err := seal.Usable(use.At); err != nil {
		return Sealing{}, err
	}
	key, err := s.Authority.Keys.Signer(keyName(id))
	if err != nil {
		return Sealing{}, err
	}
	sealing, err := seal.seal(key, hash, path, use.At)
	if err != nil {
		return Sealing{}, err
	}
	use.ID, use.Seal, use.Digest, use.Account, use.Name = sqldb.NewID(), id, hex.EncodeToString(hash), by.Account, by.Name
	s.Store.Use(b, use)
	return sealing, nil
}

// glance loads a seal, or takes the one loaded a moment ago.
func (s *Service) glance(ctx context.Context, id string, now time.Time) (Seal, error) {
	s.mu.Lock()
	g, ok := s.seen[id]
	s.mu.Unlock()
	if ok && now.Before(g.until) && now.After(g.until.Add(-2*fresh)) {
		return g.seal, nil
	}
	seal, err := s.Store.Seal(ctx, id)
	if err != nil {
		return Seal{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen == nil {
		s.seen = map[string]glance{}
	}
	s.seen[id] = glance{seal, now.Add(fresh)}
	return seal, nil
}

// Usable is the agency's seal of that kind that may be used now; the fault is
// seals.none when there is none.
func (s *Service) Usable(ctx context.Context, agency string, kind Kind) (Seal, error) {
	all, err := s.Store.Of(ctx, agency)
	if err != nil {
		return Seal{}, err
	}
	for _, seal := range all {
		if seal.Kind == kind && seal.Usable(s.Now()) == nil {
			return seal, nil
		}
	}
	return Seal{}, fault.New(fault.Conflict, "seals.none", "本机关没有可用的%s，请先制作并启用电子印章", kind)
}

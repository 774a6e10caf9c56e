package joint

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Store keeps joint cases.
type Store interface {
	// Number allots the next number of a day, with which the stem ends; numbers may have gaps.
	Number(ctx context.Context, stem string, day calendar.Day) (string, error)
	// Add keeps a new joint case with what else is in the batch. One made of the
	// same draft before is returned instead, and nothing is kept.
	Add(ctx context.Context, b *sqldb.Batch, m Moved) (*Joint, error)
	// Change loads the joint case, lets do judge, and keeps the fact with what do
	// put into the batch; a fact without an act keeps nothing. If somebody changed
	// it meanwhile, do is asked again about the joint case as it then stands.
	Change(ctx context.Context, id ID, do func(*Joint, *sqldb.Batch) (Moved, error)) (*Joint, error)
	Joint(context.Context, ID) (*Joint, error)
	ByNumber(ctx context.Context, number string) (*Joint, error)
	ByDraft(ctx context.Context, draft string) (*Joint, error)
	// OfCase is the joint case a case is part of: fault.NotFound for none.
	OfCase(context.Context, cases.ID) (*Joint, error)
	// Parts are those of the cases that are part of any.
	Parts(context.Context, []cases.ID) (map[cases.ID]bool, error)
	// OfParty and In list joint cases, the newest first.
	OfParty(ctx context.Context, party string, limit int) ([]*Joint, error)
	In(ctx context.Context, region string, limit int) ([]*Joint, error)
	// IDs lists the keys after one, for audit.
	IDs(ctx context.Context, after ID, limit int) ([]ID, error)
	History(context.Context, ID) ([]event.Record, error)
}

// Face is what a certificate says, for the fields it fills.
type Face struct {
	Type   string
	Number string
	Lines  map[string]string // by label
}

// Service is the door of the room.
type Service struct {
	Store  Store
	Themes *themes.Service
	Cases  *cases.Service
	Vault  cases.Vault
	Named  func(b *sqldb.Batch, text string) // says that the batch names files; nil: nobody asks
	Face   func(ctx context.Context, identifier string) (Face, error)
	Days   clock.Days
	NewID  func() string
	Now    func() time.Time
}

// Find is the matter of a number, for those who may see it.
func (s *Service) Find(ctx context.Context, number string, by identity.Actor) (*Joint, error) {
	j, err := s.Store.ByNumber(ctx, number)
	if err != nil {
		return nil, err
	}
	if !j.Visible(by) {
		return nil, None()
	}
	return j, nil
}

// Mine are the actor's own matters, the newest first.
func (s *Service) Mine(ctx context.Context, by identity.Actor) ([]*Joint, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.OfParty(ctx, by.Party, 50)
}

// In are the matters that a window or supervisor sees, the newest first.
func (s *Service) In(ctx context.Context, by identity.Actor) ([]*Joint, error) {
	all, err := s.Store.In(ctx, "", 200)
	if err != nil {
		return nil, err
	}
	var seen []*Joint
	for _, j := range all {
		if j.Visible(by) {
			seen = append(seen, j)
		}
	}
	return seen, nil
}

// OfCase is the matter a case is part of; nil for a case of its own.
func (s *Service) OfCase(ctx context.Context, id cases.ID) (*Joint, error) {
	j, err := s.Store.OfCase(ctx, id)
	if fault.Of(err) == fault.NotFound {
		return nil, nil
	}
	return j, err
}

// CasesOf are the cases of the parts that have been filed, by item.
func (s *Service) CasesOf(ctx context.Context, j *Joint) (map[items.ID]*cases.Case, error) {
	var ids []cases.ID
	for _, p := range j.Parts {
		if p.Case != "" {
			ids = append(ids, p.Case)
		}
	}
	of, err := s.Cases.Store.Cases(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("cases of %s: %w", j.ID, err)
	}
	all := map[items.ID]*cases.Case{}
	for _, p := range j.Parts {
		if p.Case != "" {
			all[p.Item] = of[p.Case]
		}
	}
	return all, nil
}

// seal makes an application unreadable that the batch keeps, with the files it names.
func (s *Service) seal(b *sqldb.Batch, j ID, item items.ID, a Application) (string, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("write application for %s: %w", item, err)
	}
	if s.Named != nil {
		s.Named(b, string(text))
	}
	return s.Vault.Seal(string(text), about(j, item))
}

func (s *Service) opened(j *Joint, p Part) (a Application, err error) {
	text, err := s.Vault.Open(p.Sealed, about(j.ID, p.Item))
	if err != nil {
		return a, fmt.Errorf("open application for %s: %w", p.Item, err)
	}
	return a, json.Unmarshal([]byte(text), &a)
}

func about(j ID, item items.ID) string { return j.Stream() + "/" + string(item) }

// applicant is who files a part: the one who submitted the matter.
func (j *Joint) applicant() identity.Actor {
	return identity.Actor{Account: j.Account, Name: j.By, Party: j.Applicant.Party, Channel: j.Channel}
}

// moved begins a fact.
func (s *Service) moved(j *Joint, act Act, by identity.Actor) Moved {
	return Moved{Joint: j.ID, Seq: j.Head.Seq + 1, Act: act, By: by.Name, At: event.Moment(s.Now())}
}

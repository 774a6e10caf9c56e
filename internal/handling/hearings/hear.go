package hearings

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Wants reports whether the public may have to be told of a move: a hearing was
// called or held, or a case ended.
func Wants(m cases.Moved) bool { return m.Hearing != nil || m.Ended() }

// Concerns says which moves are of a hearing that is announced with them, or was.
func (s *Service) Concerns(ctx context.Context, all []cases.Moved) ([]bool, error) {
	ids := make([]cases.ID, len(all))
	for i, m := range all {
		ids[i] = m.Case
	}
	announced, err := s.Store.Announced(ctx, ids)
	yes := make([]bool, len(all))
	for i, m := range all {
		yes[i] = announced[m.Case] || m.Hearing != nil && m.Hearing.Public != nil
	}
	return yes, err
}

// CaseMoved posts a hearing that was announced, and what became of it.
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	c, err := s.Cases.Case(ctx, m.Case, identity.TheSystem)
	if err != nil {
		return err
	}
	all, err := s.Store.OfCase(ctx, m.Case)
	if err != nil {
		return err
	}
	for _, n := range all {
		if m.Hearing != nil && n.ID != NameOf(m.Case, m.Hearing) {
			continue // an earlier hearing of the same case
		}
		return s.post(*n, c, m, b)
	}
	if m.Hearing == nil {
		return nil
	}
	return s.post(Notice{}, c, m, b)
}

func (s *Service) post(n Notice, c *cases.Case, m cases.Moved, b *sqldb.Batch) error {
	if after, news := n.Tell(c, m); news {
		return s.Store.Post(b, Posted{Notice: after, When: m.At})
	}
	return nil
}

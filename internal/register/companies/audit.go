package companies

import (
	"context"

	"tongban/internal/ground/event"
)

// History is what happened to a company, the first thing first.
func (s *Service) History(ctx context.Context, id ID) ([]Moved, error) {
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	return event.ReadAll[Moved](records)
}

// Audit builds every company again from its facts and compares it with what is
// kept. See is told of each difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	return event.Audit(ctx, s.Store.IDs, s.audit, see)
}

func (s *Service) audit(ctx context.Context, id ID, see func(string)) error {
	kept, err := s.Store.Company(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	_, err = event.Replay[Moved]("公司 "+kept.Code, kept, kept.Chain, records, see)
	return err
}

package projects

import (
	"context"

	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
)

// Audit builds every project again from its facts and compares it with what is
// kept. See is told of each difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	return event.Audit(ctx, s.Store.IDs, s.audit, see)
}

func (s *Service) audit(ctx context.Context, id ID, see func(string)) error {
	kept, err := s.Store.Project(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	_, err = event.Replay[Moved]("项目 "+kept.Code, kept, kept.Head, records, see)
	return err
}

// moves are the facts of a case, in order.
func (s *Service) moves(ctx context.Context, id cases.ID) ([]cases.Moved, error) {
	records, err := s.Cases.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	return event.ReadAll[cases.Moved](records)
}

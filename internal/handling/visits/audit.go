package visits

import (
	"context"

	"tongban/internal/ground/event"
)

// Audit builds every visit again from its facts and compares it with what is
// kept. See is told of each difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	return event.Audit(ctx, s.Store.IDs, s.audit, see)
}

func (s *Service) audit(ctx context.Context, id ID, see func(string)) error {
	kept, err := s.Store.Visit(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	_, err = event.Replay[Moved]("联合踏勘 "+kept.Number, kept, kept.Head, records, see)
	return err
}

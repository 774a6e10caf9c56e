package experts

import (
	"context"
	"fmt"

	"tongban/internal/ground/event"
)

// Audit builds every review again from its facts and compares it with what is
// kept, and reckons every draw again from its seed. See is told of each
// difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	return event.Audit(ctx, s.Store.IDs, s.audit, see)
}

func (s *Service) audit(ctx context.Context, id ID, see func(string)) error {
	kept, err := s.Store.Review(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	name := "专家评审 " + kept.Number
	if _, err := event.Replay[Moved](name, kept, kept.Head, records, see); err != nil {
		return err
	}
	for i, round := range kept.Rounds {
		if round.Seed != "" && !round.Proven() {
			see(fmt.Sprintf("%s：第%d次抽取不能由公布的种子算出", name, i+1))
		}
	}
	return nil
}

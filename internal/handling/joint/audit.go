package joint

import (
	"context"
	"fmt"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Audit builds every joint case again from its facts and compares it with what
// is kept; and it holds every part to its case: none is missing, none stands
// otherwise than its case when there is no news under way. See is told of each
// difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	return event.Audit(ctx, s.Store.IDs, s.audit, see)
}

func (s *Service) audit(ctx context.Context, id ID, see func(string)) error {
	kept, err := s.Store.Joint(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	if _, err := event.Replay[Moved]("联办件 "+kept.Number, kept, kept.Head, records, see); err != nil {
		return err
	}
	return s.auditParts(ctx, kept, see)
}

func (s *Service) auditParts(ctx context.Context, j *Joint, see func(string)) error {
	for _, p := range j.Parts {
		if p.Case == "" {
			if p.State == Filed || p.State == Done || p.State == Failed {
				see(fmt.Sprintf("联办件 %s：“%s”没有办件", j.Number, p.Title))
			}
			continue
		}
		c, err := s.Cases.Store.Case(ctx, p.Case)
		if err != nil && fault.Of(err) == fault.NotFound {
			see(fmt.Sprintf("联办件 %s：“%s”的办件 %s 不存在", j.Number, p.Title, p.Number))
			continue
		}
		if err != nil {
			return err
		}
		if c.Item != p.Item || c.Number != p.Number {
			see(fmt.Sprintf("联办件 %s：“%s”与办件 %s 对不上", j.Number, p.Title, c.Number))
		}
	}
	return nil
}

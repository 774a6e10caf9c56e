package licences

import (
	"context"
	"fmt"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Editions are the facts of a licence, the first edition first.
func (s *Service) Editions(ctx context.Context, id ID) ([]Changed, error) {
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	return event.ReadAll[Changed](records)
}

// Audit builds every licence again from its facts and compares it with what is
// kept; and, when settled says that no news is under way, each part with its
// certificate. See is told of each difference, in a line.
func (s *Service) Audit(ctx context.Context, settled bool, see func(say string)) (looked int, err error) {
	return event.Audit(ctx, s.Store.IDs, func(ctx context.Context, id ID, see func(string)) error {
		kept, err := s.Store.Licence(ctx, id)
		if err != nil {
			return err
		}
		records, err := s.Store.History(ctx, id)
		if err != nil {
			return err
		}
		if _, err := event.Replay[Changed]("综合许可证 "+kept.Number, kept, kept.Head, records, see); err != nil {
			return err
		}
		return s.auditParts(ctx, kept, settled, see)
	}, see)
}

func (s *Service) auditParts(ctx context.Context, l *Licence, settled bool, see func(string)) error {
	for _, p := range l.Parts {
		c, err := s.Certificates.Certificate(ctx, p.Certificate, identity.TheSystem)
		switch {
		case err != nil && fault.Of(err) == fault.NotFound:
			see(fmt.Sprintf("综合许可证 %s：“%s”的证照不存在", l.Number, p.Permit))
		case err != nil:
			return err
		case settled && c.State != p.State:
			see(fmt.Sprintf("综合许可证 %s：“%s”写着%s，证照是%s", l.Number, p.Permit, p.State, c.State))
		}
	}
	return nil
}

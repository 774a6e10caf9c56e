package credit

import (
	"context"
	"fmt"

	"tongban/internal/ground/event"
)

// Audit builds every record again from its facts and compares it, and the
// columns by which it is found, with what is kept. See is told of each
// difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	return event.Audit(ctx, s.Store.IDs, s.audit, see)
}

// Kept is a record with the columns it is found by, as they stand.
type Kept struct {
	ID                                   string
	Record                               Record
	Subject, Name, Agency, Region, State string
}

func (s *Service) audit(ctx context.Context, id string, see func(string)) error {
	k, err := s.Store.Kept(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	again, err := event.Replay[Noted]("信用记录 "+id, &k.Record, k.Record.Head, records, see)
	if err != nil {
		return err
	}
	if k.ID != again.ID || k.Subject != again.Subject || k.Name != again.Name || k.Agency != again.Agency || k.Region != again.Region || k.State != string(again.State) {
		see(fmt.Sprintf("信用记录 %s：检索用的列与事实不符", id))
	}
	return nil
}

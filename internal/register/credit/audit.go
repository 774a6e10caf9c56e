package credit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/ground/event"
)

// Audit builds every record again from its facts and compares it, and the
// columns by which it is found, with what is kept. See is told of each
// difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	for after := ""; ; {
		kept, err := s.Store.Kept(ctx, after, 200)
		if err != nil || len(kept) == 0 {
			return looked, err
		}
		for _, k := range kept {
			if err := s.auditOne(ctx, k, see); err != nil {
				return looked, fmt.Errorf("audit credit record %s: %w", k.ID, err)
			}
			looked++
		}
		after = kept[len(kept)-1].ID
	}
}

// Kept is a record with the columns it is found by, as they stand.
type Kept struct {
	ID                                   string
	Record                               Record
	Subject, Name, Agency, Region, State string
}

func (s *Service) auditOne(ctx context.Context, k Kept, see func(string)) error {
	records, err := s.Store.History(ctx, k.ID)
	if err != nil {
		return err
	}
	if head, err := event.Verify(records); err != nil || head != k.Record.Head {
		see(fmt.Sprintf("信用记录 %s：记录链断了或者不完整", k.ID))
	}
	again := &Record{}
	for _, r := range records {
		var n Noted
		if err := json.Unmarshal([]byte(r.Body), &n); err != nil {
			return fmt.Errorf("read fact %d: %w", r.Seq, err)
		}
		again.Apply(n)
	}
	x, errX := json.Marshal(again)
	y, errY := json.Marshal(k.Record)
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		see(fmt.Sprintf("信用记录 %s：与事实不符", k.ID))
	}
	if k.ID != again.ID || k.Subject != again.Subject || k.Name != again.Name || k.Agency != again.Agency || k.Region != again.Region || k.State != string(again.State) {
		see(fmt.Sprintf("信用记录 %s：检索用的列与事实不符", k.ID))
	}
	return nil
}

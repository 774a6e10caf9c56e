package companies

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"tongban/internal/ground/event"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// History is what happened to a company, the first thing first.
func (s *Service) History(ctx context.Context, id ID) ([]Moved, error) {
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	return told(id, records)
}

func told(id ID, records []event.Record) ([]Moved, error) {
	all := make([]Moved, len(records))
	for i, r := range records {
		if err := json.Unmarshal([]byte(r.Body), &all[i]); err != nil {
			return nil, fmt.Errorf("read fact %d of company %s: %w", r.Seq, id, err)
		}
	}
	return all, nil
}

// Audit builds every company again from its facts and compares it with what is
// kept. See is told of each difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	for after := ID(""); ; {
		ids, err := s.Store.IDs(ctx, after, 200)
		if err != nil || len(ids) == 0 {
			return looked, err
		}
		for _, id := range ids {
			if err := s.auditOne(ctx, id, see); err != nil {
				return looked, fmt.Errorf("audit company %s: %w", id, err)
			}
			looked++
		}
		after = ids[len(ids)-1]
	}
}

func (s *Service) auditOne(ctx context.Context, id ID, see func(string)) error {
	kept, err := s.Store.Company(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	if head, err := event.Verify(records); err != nil || head != kept.Chain {
		see(fmt.Sprintf("公司 %s：记录链断了或者不完整", kept.Code))
	}
	facts, err := told(id, records)
	if err != nil {
		return err
	}
	again := &Company{}
	for _, m := range facts {
		again.Apply(m)
	}
	x, errX := json.Marshal(again)
	y, errY := json.Marshal(kept)
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		see(fmt.Sprintf("公司 %s：与事实不符", kept.Code))
	}
	return nil
}

package projects

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
)

// Audit builds every project again from its facts and compares it with what is
// kept. See is told of each difference, in a line.
func (s *Service) Audit(ctx context.Context, see func(say string)) (looked int, err error) {
	for after := ID(""); ; {
		ids, err := s.Store.IDs(ctx, after, 200)
		if err != nil || len(ids) == 0 {
			return looked, err
		}
		for _, id := range ids {
			if err := s.auditOne(ctx, id, see); err != nil {
				return looked, fmt.Errorf("audit project %s: %w", id, err)
			}
			looked++
		}
		after = ids[len(ids)-1]
	}
}

func (s *Service) auditOne(ctx context.Context, id ID, see func(string)) error {
	kept, err := s.Store.Project(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	if head, err := event.Verify(records); err != nil || head != kept.Head {
		see(fmt.Sprintf("项目 %s：记录链断了或者不完整", kept.Code))
	}
	again := &Project{}
	for _, r := range records {
		m, err := event.Read[Moved](r)
		if err != nil {
			return err
		}
		again.Apply(m)
	}
	x, errX := json.Marshal(again)
	y, errY := json.Marshal(kept)
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		see(fmt.Sprintf("项目 %s：与事实不符", kept.Code))
	}
	return nil
}

// moves are the facts of a case, in order.
func (s *Service) moves(ctx context.Context, id cases.ID) ([]cases.Moved, error) {
	records, err := s.Cases.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	var all []cases.Moved
	for _, r := range records {
		m, err := event.Read[cases.Moved](r)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

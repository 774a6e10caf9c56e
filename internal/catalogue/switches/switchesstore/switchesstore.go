// Package switchesstore keeps the turns of switches as chains of facts: there is
// nothing else to keep.
package switchesstore

import (
	"context"
	"fmt"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/switches"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Store is a switches.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ switches.Store = (*Store)(nil)

func stream(item items.ID) string { return "switches/" + string(item) }

// History reads the turns of an item.
func (s *Store) History(ctx context.Context, item items.ID) ([]switches.Turned, error) {
	records, err := s.Post.Stream(ctx, stream(item))
	if err != nil {
		return nil, fmt.Errorf("read switches of %s: %w", item, err)
	}
	all := make([]switches.Turned, len(records))
	for i, r := range records {
		if all[i], err = event.Read[switches.Turned](r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Add keeps one more turn.
func (s *Store) Add(ctx context.Context, t switches.Turned, after int) error {
	records, err := s.Post.Stream(ctx, stream(t.Item))
	if err != nil {
		return err
	}
	if len(records) != after {
		return fault.New(fault.Conflict, "switches.turn.stale", "有人刚刚停用或者恢复过，请刷新后再试")
	}
	var head event.Head
	if n := len(records); n > 0 {
		head = event.Head{Seq: records[n-1].Seq, Hash: records[n-1].Hash}
	}
	var b sqldb.Batch
	if _, err := s.Post.Record(&b, stream(t.Item), head, t.At, t); err != nil {
		return err
	}
	err = s.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "switches.turn.stale", "有人刚刚停用或者恢复过，请刷新后再试")
	}
	return err
}

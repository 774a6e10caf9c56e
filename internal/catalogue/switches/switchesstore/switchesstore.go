// Package switchesstore keeps the turns of switches as chains of facts: there is
// nothing else to keep.
package switchesstore

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/switches"
	"tongban/internal/ground/event"
)

// Store is a switches.Store.
type Store struct{ Post *event.Post }

var _ switches.Store = (*Store)(nil)

func stream(item items.ID) string { return "switches/" + string(item) }

// History reads the turns of an item.
func (s *Store) History(ctx context.Context, item items.ID) ([]switches.Turned, error) {
	return event.All[switches.Turned](ctx, s.Post, stream(item))
}

// Add keeps one more turn.
func (s *Store) Add(ctx context.Context, t switches.Turned, after int) error {
	return s.Post.Append(ctx, stream(t.Item), after, t.At, t)
}

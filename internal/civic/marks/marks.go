// Package marks remembers how far each account has read what it was told (已读标记):
// what happened to a case up to its n-th fact, say. What is told is kept where
// it happened; here stands only who has seen how much of it.
package marks

import (
	"context"
	"maps"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Read is how far something has been read: what it is about, and the place in
// its order, from 1, up to which all is read.
type Read map[string]int64

// Beyond is what r has read further than before.
func (r Read) Beyond(before Read) Read {
	further := Read{}
	for about, n := range r {
		if n > before[about] {
			further[about] = n
		}
	}
	return further
}

// Store keeps marks. A mark never goes back.
type Store interface {
	Read(ctx context.Context, account string, about []string) (Read, error)
	Mark(ctx context.Context, account string, read Read, at time.Time) error
}

// Service keeps the marks of whoever asks; nobody sees or sets another's.
type Service struct {
	Store Store
	Now   func() time.Time
}

// Read is how far the actor has read of each; what is missing was never read.
func (s *Service) Read(ctx context.Context, by identity.Actor, about ...string) (Read, error) {
	if by.Account == "" {
		return nil, nobody()
	}
	if len(about) == 0 {
		return Read{}, nil
	}
	return s.Store.Read(ctx, by.Account, about)
}

// Mark notes what the actor has read; what was read already changes nothing.
func (s *Service) Mark(ctx context.Context, read Read, by identity.Actor) error {
	before, err := s.Read(ctx, by, slices.Sorted(maps.Keys(read))...)
	if err != nil {
		return err
	}
	if read = read.Beyond(before); len(read) == 0 {
		return nil
	}
	return s.Store.Mark(ctx, by.Account, read, s.Now())
}

func nobody() error {
	return fault.New(fault.SignIn, "marks.read.who", "请先登录")
}

package tidings

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
)

// ring is how many messages an account had not read, and when we looked.
type ring struct {
	unread int
	at     time.Time
}

// quiet is how long a bell says what it said last: every page shows it, and none
// should wait for it. What the account reads itself is known at once.
const quiet = time.Minute

// mostRings is how many accounts are remembered; then all are looked at anew.
const mostRings = 4096

// Unread counts the actor's messages that are not read.
func (s *Service) Unread(ctx context.Context, by identity.Actor) (int, error) {
	all, err := s.list(ctx, true, by)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, m := range all {
		if m.Unread {
			n++
		}
	}
	s.remember(by, n)
	return n, nil
}

// Bell is Unread for the corner of every page: as it stood at most a minute ago.
func (s *Service) Bell(ctx context.Context, by identity.Actor) (int, error) {
	if by.Party == "" {
		return 0, nil
	}
	s.mu.Lock()
	last, known := s.rings[by.Account]
	s.mu.Unlock()
	if known && s.Now().Sub(last.at) < quiet {
		return last.unread, nil
	}
	return s.Unread(ctx, by)
}

func (s *Service) remember(by identity.Actor, unread int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rings == nil || len(s.rings) >= mostRings {
		s.rings = map[string]ring{}
	}
	s.rings[by.Account] = ring{unread, s.Now()}
}

// forget has the next page look anew.
func (s *Service) forget(by identity.Actor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rings, by.Account)
}

package queuestore_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/queue"
)

// Who asks for a ticket four times holds one.
func TestOneHoldsOneTicketOfALine(t *testing.T) {
	each(t, func(t *testing.T, s *queue.Service, _ *time.Time) {
		var all sync.WaitGroup
		got := make([]queue.Ticket, 4)
		for i := range got {
			all.Go(func() {
				var err error
				if got[i], err = s.Draw(t.Context(), queue.Want{Hall: "c", Line: "综合窗口"}, limin); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, one := range got {
			if one.ID != got[0].ID {
				t.Errorf("%s and %s", got[0].No(), one.No())
			}
		}
	})
}

// between has somebody act at the moment at which others read who waits.
type between struct {
	queue.Store
	once sync.Once
	act  func()
}

func (b *between) In(ctx context.Context, hall string, day calendar.Day, line string, states ...queue.State) ([]queue.Ticket, error) {
	if len(states) == 1 && states[0] == queue.Waiting {
		b.once.Do(b.act)
	}
	return b.Store.In(ctx, hall, day, line, states...)
}

// Of two who call to one window, the second learns that somebody stands there, though
// nobody did when they looked.
func TestAWindowCallsOneAtATime(t *testing.T) {
	each(t, func(t *testing.T, s *queue.Service, _ *time.Time) {
		ctx, ticket := t.Context(), must[queue.Ticket](t)
		for range 2 {
			ticket(s.Draw(ctx, queue.Want{Hall: "c", Line: "综合窗口"}, identity.Actor{Channel: "kiosk"}))
		}
		slow, fast := *s, *s
		slow.Store = &between{Store: s.Store, act: func() { ticket(fast.Next(ctx, clerk("A01"))) }}
		if other, err := slow.Next(ctx, clerk("A01")); fault.Code(err) != "queue.next.called" {
			t.Errorf("%s is called, too: %v", other.No(), err)
		}
		ticket(s.Next(ctx, clerk("A02")))
	})
}

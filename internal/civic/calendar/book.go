package calendar

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A Kept is a year's notice as it was put in force, and by whom.
type Kept struct {
	ID   string // rises with time
	Year Year
	By   string // name of who did it
	At   time.Time
}

// Store keeps what was put in force since the program was built.
type Store interface {
	// Latest is the id of the last that was put in force; "" none.
	Latest(ctx context.Context) (string, error)
	// All lists every notice ever put in force, in order.
	All(ctx context.Context) ([]Kept, error)
	Put(ctx context.Context, k Kept) error
	// Reckoned is up to which id due days have been reckoned anew; Reckon notes it.
	Reckoned(ctx context.Context) (string, error)
	Reckon(ctx context.Context, id string) error
}

// A Book is the calendar in force: the years built into the program, and on top
// of them those that an administrator put in force, so that they outlive a
// restart and reach every replica.
type Book struct {
	Live  *Live
	Built Calendar
	Store Store

	mu   sync.Mutex
	seen string
}

// Refresh takes up what was put in force elsewhere; run it every few seconds,
// and once before the doors open.
func (b *Book) Refresh(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	latest, err := b.Store.Latest(ctx)
	if err != nil || latest == b.seen {
		return err
	}
	all, err := b.Store.All(ctx)
	if err != nil {
		return err
	}
	now, course := b.Built, []since{{calendar: b.Built}}
	for _, k := range all {
		now = now.With(k.Year)
		course = append(course, since{k.At, now})
		b.seen = k.ID
	}
	b.Live.all.Store(&course)
	return nil
}

// Put puts a year in force. Who may is judged by whoever calls: this room is
// below those who act.
func (b *Book) Put(ctx context.Context, k Kept) error {
	if err := b.Store.Put(ctx, k); err != nil {
		return fmt.Errorf("keep calendar of %d: %w", k.Year.Year, err)
	}
	return b.Refresh(ctx)
}

// Behind is the id up to which due days have still to be reckoned anew, "" none, and
// the first day that may have changed: a notice arranges no day before the December
// before its year.
func (b *Book) Behind(ctx context.Context) (upto string, since Day, err error) {
	latest, err := b.Store.Latest(ctx)
	if err != nil || latest == "" {
		return "", 0, err
	}
	done, err := b.Store.Reckoned(ctx)
	if err != nil || done >= latest {
		return "", 0, err
	}
	all, err := b.Store.All(ctx)
	for _, k := range all {
		if begins := Date(k.Year.Year-1, 12, 1); k.ID > done && (since == 0 || begins < since) {
			since = begins
		}
	}
	return latest, since, err
}

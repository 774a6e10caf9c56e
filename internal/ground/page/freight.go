package page

import (
	"context"
	"time"

	"tongban/internal/ground/fault"
)

// A Freight sends whole tables out (整表导出), which take seconds where a page
// takes a millisecond: few at a time, and each rests after every stretch for
// longer than it worked, so that whoever stands at a window does not wait for it.
type Freight struct{ tracks chan struct{} }

// NewFreight lets so many be under way at once.
func NewFreight(tracks int) *Freight { return &Freight{make(chan struct{}, tracks)} }

// A Train is one table on its way.
type Train struct {
	freight *Freight
	since   time.Time
}

// Depart takes a place; fault.Busy when there is none.
func (f *Freight) Depart() (*Train, error) {
	select {
	case f.tracks <- struct{}{}:
		return &Train{f, time.Now()}, nil
	default:
		return nil, fault.New(fault.Busy, "page.freight", "正在导出的人较多，请过一会儿再导出")
	}
}

// stretch is how long a train works before it rests.
const stretch = 2 * time.Millisecond

// Rest gives way to others, once the train has worked for a stretch: nine times
// as long as it did, so that it takes a tenth of one processor at the most, and no longer
// than a quarter of a second. It ends early with ctx.
func (t *Train) Rest(ctx context.Context) error {
	worked := time.Since(t.since)
	if ctx.Err() != nil || worked < stretch {
		return ctx.Err()
	}
	rest := time.NewTimer(min(9*worked, 250*time.Millisecond))
	defer rest.Stop()
	defer func() { t.since = time.Now() }()
	select {
	case <-rest.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Arrive gives the place back.
func (t *Train) Arrive() { <-t.freight.tracks }

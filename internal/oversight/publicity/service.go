package publicity

import (
	"context"
	"sync"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Service is the door of the room.
type Service struct {
	Store    Store
	Cases    Cases
	Editions Editions
	Days     clock.Days
	Now      func() time.Time

	mu    sync.Mutex
	held  Recent
	until time.Time
}

// Cases is what the room asks of the handling floor; cases.Service is one.
type Cases interface {
	Case(ctx context.Context, id cases.ID, by identity.Actor) (*cases.Case, error)
}

// Editions finds the edition of a case; items.Service is one.
type Editions interface {
	Edition(ctx context.Context, id items.ID, number int) (*items.Edition, error)
}

// A Filter chooses results, newest first; empty fields let everything through.
type Filter struct {
	Agency string
	Item   items.ID
	Name   string // of the applicant, as shown, begins with
	After  string // Result.Cursor of the last one seen
	Limit  int
}

// Recent is how it went lately.
type Recent struct {
	Since   calendar.Day
	Decided int
	InTime  int
}

// Store keeps results.
type Store interface {
	// Show adds a result to the batch; a second one of the same case is none.
	Show(b *sqldb.Batch, r Result)
	// Undo marks, in the batch, the result of a case as undone; none, if nothing
	// of the case is public.
	Undo(b *sqldb.Batch, id cases.ID, how string, on calendar.Day)
	// List is a page of results.
	List(ctx context.Context, f Filter) ([]Result, error)
	// ShowPledge adds a pledge to the batch; a second one of the same case is none.
	ShowPledge(b *sqldb.Batch, p Pledged)
	// FindPledge marks, in the batch, what the check of a case's pledge came to.
	FindPledge(b *sqldb.Batch, id cases.ID, found string)
	// Pledges is a page of the pledges that are public on a day.
	Pledges(ctx context.Context, f Filter, on calendar.Day) ([]Pledged, error)
	// Count counts what was granted since a day.
	Count(ctx context.Context, since calendar.Day) (Recent, error)
	// Differ compares the sums that Count reads with the results; "" nothing differs.
	Differ(ctx context.Context) (string, error)
}

// Wants reports whether a move is a decision, or undoes one.
func Wants(m cases.Moved) bool { return undoes(m) || m.Decision != nil && m.Ended() }

func undoes(m cases.Moved) bool {
	l := m.Later
	return l != nil && l.Done && l.Granted && !l.Kind.Favours() && l.Served == nil
}

// CaseMoved hears of a decision and publishes it at once, so well within the
// seven working days; and marks one that was undone since, so that nobody relies
// on what no longer stands (行政许可法第四十条).
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	if undoes(m) {
		l := m.Later
		s.Store.Undo(b, m.Case, l.Kind.Han(), calendar.DayOf(l.At))
		return nil
	}
	c, e, err := s.decided(ctx, m)
	if err != nil {
		return err
	}
	if r, public := Of(c, e, s.Days, calendar.DayOf(s.Now())); public {
		s.Store.Show(b, r)
	}
	return nil
}

// decided is the case of a move, and its edition.
func (s *Service) decided(ctx context.Context, m cases.Moved) (*cases.Case, *items.Edition, error) {
	c, err := s.Cases.Case(ctx, m.Case, identity.TheSystem)
	if err != nil {
		return nil, nil, err
	}
	e, err := s.Editions.Edition(ctx, c.Item, c.Edition)
	return c, e, err
}

const (
	mostShown  = 100
	recentDays = 30
	recentKept = time.Minute
)

// List is a page of results for everybody.
func (s *Service) List(ctx context.Context, f Filter) ([]Result, error) {
	return s.Store.List(ctx, f.paged())
}

// paged is the filter with as many as one page shows.
func (f Filter) paged() Filter {
	if f.Limit < 1 || f.Limit > mostShown {
		f.Limit = 20
	}
	return f
}

// Recent is how it went in the last thirty days, as of at most a minute ago.
func (s *Service) Recent(ctx context.Context) (Recent, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	if now.Before(s.until) && !now.Before(s.until.Add(-recentKept)) {
		return s.held, nil
	}
	since := calendar.DayOf(now) - recentDays
	r, err := s.Store.Count(ctx, since)
	if err != nil {
		return Recent{}, err
	}
	r.Since = since
	s.held, s.until = r, now.Add(recentKept)
	return r, nil
}

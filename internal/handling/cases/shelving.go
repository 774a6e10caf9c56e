package cases

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/archives"
)

// An Ended case and when it ended.
type Ended struct {
	ID     ID
	Closed time.Time
}

// Shelved is a case on its way to the shelf: as it is once it stands there, where
// its facts ended before, and the fact of it.
type Shelved struct {
	Case  *Case
	Was   event.Head
	Moved Moved
}

// Moving is the answer when a case moved while it was put on the shelf: nothing
// was lost, and it is looked at again the next time.
func Moving() error {
	return fault.New(fault.Conflict, "cases.archive.moving", "办件正在办理，下次再归档")
}

// Shelving is how closed cases are archived (办结件归档): when, the rule of the shelf says.
type Shelving struct {
	Files archives.Files
	Told  func(context.Context) (map[string]bool, error) // streams of which there is news to tell

	terms archives.Terms // in force while the run lasts
}

// shelvedAtOnce is how many cases one commit puts on the shelf, and shelvedInARun
// how many go there before others may have their turn at the work.
const (
	shelvedAtOnce = 50
	shelvedInARun = 20_000
)

// ShelveClosed archives what has been over for as long as the rule says, batch by
// batch, and returns how many cases it took. If it breaks off nothing is half done,
// and the next run goes on with what is left.
func (s *Service) ShelveClosed(ctx context.Context, how Shelving) (taken int, err error) {
	rule, err := s.Shelf.Rule(ctx)
	if err != nil || !rule.On {
		return 0, err
	}
	if how.terms, err = s.Shelf.Terms(ctx); err != nil {
		return 0, err
	}
	told, err := how.Told(ctx)
	if err != nil {
		return 0, err
	}
	before := rule.Before(s.Now())
	for after := (Ended{}); ctx.Err() == nil && taken < shelvedInARun; {
		page, err := s.Store.Closed(ctx, before, after, shelvedAtOnce)
		if err != nil || len(page) == 0 {
			return taken, err
		}
		n, err := s.shelvePage(ctx, how, page, before, told)
		if taken += n; err != nil {
			return taken, err
		}
		after = page[len(page)-1]
	}
	return taken, ctx.Err()
}

// shelvePage archives a page of cases together or, if one of them moved
// meanwhile, each by itself.
func (s *Service) shelvePage(ctx context.Context, how Shelving, page []Ended, before time.Time, told map[string]bool) (int, error) {
	n, err := s.shelveAll(ctx, how, page, before, told)
	if fault.Code(err) != "cases.archive.moving" {
		return n, err
	}
	taken := 0
	for i := range page {
		n, err := s.shelveAll(ctx, how, page[i:i+1], before, told)
		if fault.Code(err) == "cases.archive.moving" {
			continue
		}
		if taken += n; err != nil {
			return taken, err
		}
	}
	return taken, nil
}

func (s *Service) shelveAll(ctx context.Context, how Shelving, page []Ended, before time.Time, told map[string]bool) (int, error) {
	var b sqldb.Batch
	run, all := s.Shelf.Begin(), []Shelved(nil)
	for _, e := range page {
		if told[e.ID.Stream()] {
			continue // its news is still on its way
		}
		one, err := s.shelve(ctx, how, run, &b, e.ID, before)
		if err != nil {
			return 0, fmt.Errorf("archive case %s: %w", e.ID, err)
		}
		if one != nil {
			all = append(all, *one)
		}
	}
	if len(all) == 0 {
		return 0, nil
	}
	return len(all), s.Store.Shelve(ctx, &b, all)
}

// shelve judges one case and puts its package into the batch; nil if it stays
// where it is.
func (s *Service) shelve(ctx context.Context, how Shelving, run *archives.Run, b *sqldb.Batch, id ID, before time.Time) (*Shelved, error) {
	c, facts, err := s.rested(ctx, id, before)
	if err != nil || c == nil {
		return nil, err
	}
	content, frame, err := s.parcel(ctx, c, facts, how.terms)
	if err != nil {
		return nil, err
	}
	content.Findings = content.Check(how.Files)
	if say := archives.Refused(content.Findings); say != "" {
		slog.WarnContext(ctx, "case not archived", "case", id, "why", say)
		return nil, s.Shelf.Store.Refuse(ctx, archives.Refusal{ID: id.Stream(), About: c.Number, Say: say, At: s.Now()})
	}
	version, err := s.versionOf(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := run.Take(ctx, b, id.Stream(), version, content)
	if err != nil {
		return nil, err
	}
	was := c.Head
	m, err := c.Archive(p, c.after(s.Now()))
	if err != nil {
		return nil, err
	}
	return &Shelved{c, was, m}, c.Apply(m, frame)
}

// rested is a case of which nothing is awaited and that has not moved since before,
// with its facts; nil if there is no such case.
func (s *Service) rested(ctx context.Context, id ID, before time.Time) (*Case, []event.Record, error) {
	c, err := s.Store.Case(ctx, id)
	switch {
	case fault.Of(err) == fault.NotFound:
		return nil, nil, nil
	case err != nil:
		return nil, nil, err
	}
	facts, err := s.Store.History(ctx, id)
	if err != nil || len(facts) == 0 || !c.Rests(facts[len(facts)-1].At, before, s.Days) {
		return nil, nil, err
	}
	return c, facts, nil
}

// Rests reports whether nothing is awaited of a case that moved last at a moment, and
// it has not moved since before.
func (c *Case) Rests(last, before time.Time, days clock.Days) bool {
	return c.awaits() == "" && !last.After(before) && len(c.Owes(days)) == 0
}

// parcel is what the package of a case is to hold.
func (s *Service) parcel(ctx context.Context, c *Case, facts []event.Record, terms archives.Terms) (archives.Content, Frame, error) {
	f, err := s.Frame(ctx, c)
	if err != nil {
		return archives.Content{}, f, err
	}
	papers, err := s.Store.Papers(ctx, c.ID)
	return c.Parcel(facts, papers, f.Edition.AgencyName, terms.Of(string(f.Edition.Type), string(c.Item))), f, err
}

func (s *Service) versionOf(ctx context.Context, id ID) (int64, error) {
	p, err := s.Shelf.Store.Latest(ctx, id.Stream())
	if fault.Of(err) == fault.NotFound {
		return 0, nil
	}
	return p.Version, err
}

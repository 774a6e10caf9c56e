package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/register/archives"
	"tongban/internal/register/archives/archivestore"
)

// shelf is where the fill puts what ended long ago. Its packages are numbered one
// after another, whoever makes them.
type shelf struct {
	store archivestore.Store
	terms archives.Terms

	mu  sync.Mutex
	run *archives.Run
}

func (f *filler) openShelf(ctx context.Context) (*shelf, error) {
	terms, err := f.Archives.Terms(ctx)
	return &shelf{store: archivestore.Store{DB: f.DB, Post: f.Post}, terms: terms, run: f.Archives.Begin()}, err
}

// end keeps where the series end.
func (s *shelf) end(ctx context.Context) error { return s.store.End(ctx, s.run.Ends()) }

// number makes a package the next of its series.
func (s *shelf) number(ctx context.Context, p *archives.Package) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.run.Number(ctx, p)
	return err
}

// numbered gives a group its numbers, and puts those on the shelf that belong there.
func (f *filler) numbered(ctx context.Context, group []*past) error {
	all := make([]casestore.Past, len(group))
	for i, p := range group {
		all[i] = p.Past
	}
	if err := f.store.Number(ctx, all); err != nil {
		return err
	}
	for _, p := range group {
		last := p.Facts[len(p.Facts)-1].At
		if !p.Case.Rests(last, f.before, f.Calendar) {
			continue
		}
		if err := f.shelve(ctx, p); err != nil {
			return fmt.Errorf("archive case %s: %w", p.Case.Number, err)
		}
	}
	return nil
}

// shelve archives a case as the daily run would have (cases.ShelveClosed).
func (f *filler) shelve(ctx context.Context, p *past) (err error) {
	c := p.Case
	c.Head = event.Head{}
	facts := make([]event.Record, len(p.Facts))
	for i, m := range p.Facts {
		if facts[i], err = event.Next(c.ID.Stream(), c.Head, m, m.At); err != nil {
			return err
		}
		c.Head = event.Head{Seq: facts[i].Seq, Hash: facts[i].Hash}
	}
	content := c.Parcel(facts, papersOf(p), p.Edition.AgencyName, f.shelf.terms.Of(string(p.Edition.Type), string(c.Item)))
	content.Findings = content.Check(nil)
	if p.packed, err = archives.Pack(content); err != nil {
		return err
	}
	p.packed.ID, p.packed.Version = c.ID.Stream(), 1
	if err := f.shelf.number(ctx, &p.packed); err != nil {
		return err
	}
	was := c.Head
	m, err := c.Archive(p.packed, f.shelvedAt(c.Closed))
	if err != nil {
		return err
	}
	p.Shelved = &cases.Shelved{Case: c, Was: was, Moved: m}
	return c.Apply(m, p.frame)
}

// shelvedAt is the night in which the run took what ended then.
func (f *filler) shelvedAt(closed time.Time) time.Time {
	return closed.Add(f.wall().Sub(f.before)).Truncate(time.Second)
}

// papersOf are the papers of a case. They have no numbers.
func papersOf(p *past) []cases.Paper {
	all := make([]cases.Paper, len(p.Case.Papers))
	for i, one := range p.Case.Papers {
		one.Year = calendar.DayOf(p.Facts[one.Seq-1].At).Year()
		all[i] = one
	}
	return all
}

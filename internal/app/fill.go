package app

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/oversight/publicity/publicitystore"
	"tongban/internal/oversight/rating/ratingstore"
	"tongban/internal/oversight/supervision/supervisionstore"
	"tongban/internal/register/archives"
	"tongban/internal/register/archives/archivestore"
)

// Fill gives the sample city n more cases of the past year, for measuring how the
// platform behaves when it has long been in use: a few items and offices have
// most of them, nine in ten are closed, the open ones are the latest. They are
// judged by the same rules as every case, so that an audit finds nothing, and the
// sums of supervision, what is public and what people said of a fifth of them are
// there; but nobody is told, there are no certificates, and no daily root takes
// them in.
func (a *App) Fill(ctx context.Context, n int) error { return a.fill(ctx, filler{n: n}) }

// FillShelved is Fill for a city whose archive is kept as it should be: what ended
// longer ago than the shortest rule says stands on the shelf, in its package.
func (a *App) FillShelved(ctx context.Context, n int) error {
	rule := archives.Rule{On: true, Days: archives.FewestDays}
	return a.fill(ctx, filler{n: n, before: rule.Before(a.wall())})
}

func (a *App) fill(ctx context.Context, f filler) error {
	f.App, f.store = a, &casestore.Store{DB: a.DB, Post: a.Post, Marks: a.Serials, Days: a.Calendar, Onward: a.Cases.Onward}
	if err := f.prepare(ctx); err != nil {
		return err
	}
	return a.DB.Unindexed(ctx, filled, f.all)
}

// filled are the tables that are filled while they have no secondary indexes.
var filled = []string{"cases", "cases_archived", "archives_packages", "cases_work", "cases_owed", "cases_papers", "publicity_results", "rating_invites", "rating_ratings", "supervision_looks"}

// groupOfFill is how many cases are kept in one commit.
const groupOfFill = 2000

// all makes the cases on all processors and keeps them one group after another.
func (f *filler) all(ctx context.Context) error {
	group, within := errgroup.WithContext(ctx)
	starts, made := make(chan int), make(chan []*past, 1)
	group.Go(func() error {
		defer close(starts)
		for i := 0; i < f.n; i += groupOfFill {
			select {
			case starts <- i:
			case <-within.Done():
				return within.Err()
			}
		}
		return nil
	})
	makers, making := errgroup.WithContext(within)
	for range runtime.GOMAXPROCS(0) {
		makers.Go(func() error { return f.make(making, starts, made) })
	}
	group.Go(func() error {
		defer close(made)
		return makers.Wait()
	})
	group.Go(func() error { return f.keep(within, made) })
	return group.Wait()
}

// make makes groups of cases, from each start that it is told.
func (f *filler) make(ctx context.Context, starts <-chan int, made chan<- []*past) error {
	scribe := &scribe{filler: f, people: map[string]identity.Actor{}}
	for first := range starts {
		group := make([]*past, 0, groupOfFill)
		for i := first; i < min(first+groupOfFill, f.n); i++ {
			p, err := scribe.past(ctx, i)
			if err != nil {
				return fmt.Errorf("fill case %d: %w", i, err)
			}
			group = append(group, p)
		}
		if err := f.numbered(ctx, group); err != nil {
			return err
		}
		select {
		case made <- group:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// keep keeps the groups as they come, with what other rooms know of the cases.
func (f *filler) keep(ctx context.Context, made <-chan []*past) error {
	sums := supervisionstore.Load{}
	for group := range made {
		if err := f.keepGroup(ctx, &sums, group); err != nil {
			return fmt.Errorf("fill: %w", err)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return f.total(ctx, &sums)
}

func (f *filler) keepGroup(ctx context.Context, sums *supervisionstore.Load, group []*past) error {
	all := make([]casestore.Past, len(group))
	for i, p := range group {
		all[i] = p.Past
	}
	return f.store.Load(ctx, all, func(b *sqldb.Batch) error {
		for _, p := range group {
			if err := f.known(b, sums, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// total keeps what is added up over all cases.
func (f *filler) total(ctx context.Context, sums *supervisionstore.Load) error {
	if err := sums.End(ctx, f.DB); err != nil {
		return err
	}
	if err := f.shelf.end(ctx); err != nil {
		return err
	}
	if err := (&publicitystore.Store{DB: f.DB}).Recount(ctx); err != nil {
		return err
	}
	return (&ratingstore.Store{DB: f.DB}).Recount(ctx)
}

// known adds what oversight and the archive know of a case.
func (f *filler) known(b *sqldb.Batch, sums *supervisionstore.Load, p *past) error {
	if p.Shelved != nil {
		archivestore.Load(b, p.packed)
	}
	if err := sums.Line(b, p.Case.ID, p.line); err != nil {
		return err
	}
	if p.look != 0 {
		sums.Look(b, p.Case.ID, p.look)
	}
	if p.public != nil {
		publicitystore.Load(b, *p.public)
	}
	if p.invite == nil {
		return nil
	}
	p.invite.Number = p.Case.Number // allotted after it was made
	return ratingstore.Load(b, f.Post, *p.invite, *p.rated)
}

type filler struct {
	*App
	n      int
	store  *casestore.Store
	kinds  []*kind
	share  []int // of each kind, in a hundred
	window identity.Actor
	before time.Time // what ended before it stands on the shelf; zero: nothing does
	shelf  *shelf
}

// kind is one item with what its cases begin with.
type kind struct {
	*items.Edition
	frame cases.Frame
}

// fillItems are the items that the cases are about, and how many of a hundred.
var fillItems = []struct {
	id    items.ID
	share int
}{
	{"social-card", 38}, {"medical-resident", 24}, {"residence-permit", 14}, {"individual-business", 10}, {"unemployment", 6}, {"food-permit", 5}, {"elder-subsidy", 3},
}

func (f *filler) prepare(ctx context.Context) (err error) {
	for _, one := range fillItems {
		e, err := f.Items.Current(ctx, one.id)
		if err != nil {
			return err
		}
		k := &kind{Edition: e}
		if k.frame, err = f.Cases.Frame(ctx, &cases.Case{Item: e.Item, Edition: e.Number}); err != nil {
			return err
		}
		f.kinds = append(f.kinds, k)
		for range one.share {
			f.share = append(f.share, len(f.kinds)-1)
		}
	}
	if f.window, err = f.clerk(ctx); err != nil {
		return err
	}
	f.shelf, err = f.openShelf(ctx)
	return err
}

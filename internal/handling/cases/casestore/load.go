package casestore

import (
	"context"
	"fmt"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// A Past is a case with all that happened to it, on its way in from elsewhere.
type Past struct {
	Case    *cases.Case
	Facts   []cases.Moved
	Opened  cases.Openings // of its open work
	Edition *items.Edition
}

// Load keeps cases with their past, all or none, and tells nobody: what followed
// from it is past too. Numbers are allotted here.
func (s *Store) Load(ctx context.Context, all []Past) error {
	if err := s.numberAll(ctx, all); err != nil {
		return err
	}
	var b sqldb.Batch
	for _, p := range all {
		if err := s.load(&b, p); err != nil {
			return err
		}
	}
	return s.DB.Commit(ctx, &b)
}

func (s *Store) load(b *sqldb.Batch, p Past) (err error) {
	c := p.Case
	c.Head = event.Head{}
	for _, m := range p.Facts {
		if c.Head, err = s.Post.Copy(b, c.ID.Stream(), c.Head, m.At, m); err != nil {
			return err
		}
	}
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	if err := putFiling(b, c); err != nil {
		return err
	}
	s.insert(b, c, body)
	for _, w := range c.Flow.Open {
		s.openWork(b, c, w, p.Opened[w.ID])
	}
	if err := s.putOwed(b, c, ""); err != nil {
		return err
	}
	for _, paper := range c.Papers {
		putPaper(b, c, paper, p.Facts[paper.Seq-1].At)
	}
	return nil
}

// numberAll allots the case numbers of one load in one commit.
func (s *Store) numberAll(ctx context.Context, all []Past) error {
	counts, stems := map[string]int64{}, []string{}
	stem := func(p Past) string { return cases.NumberStem(p.Edition, calendar.DayOf(p.Case.Opened)) }
	for _, p := range all {
		if counts[stem(p)]++; counts[stem(p)] == 1 {
			stems = append(stems, stem(p))
		}
	}
	last := make([]int64, len(stems))
	next := map[string]*int64{}
	var take sqldb.Batch
	for i, name := range stems {
		next[name] = &last[i]
		take.Row([]any{&last[i]}, `INSERT INTO cases_serials (name, last) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET last = cases_serials.last + excluded.last RETURNING last`, name, counts[name])
	}
	if err := s.DB.Commit(ctx, &take); err != nil {
		return fmt.Errorf("allot case numbers: %w", err)
	}
	for name, n := range counts {
		*next[name] -= n
	}
	for _, p := range all {
		n := next[stem(p)]
		*n++
		p.Case.Number = fmt.Sprintf("%s%04d", stem(p), *n)
	}
	return nil
}

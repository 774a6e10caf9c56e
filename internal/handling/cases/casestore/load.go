package casestore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/serials"
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
	Sealed  bool // it is vouched for elsewhere: no daily root of ours takes it in

	Shelved *cases.Shelved // it goes straight to the shelf: its facts are in a package, kept in the same load
}

// Load keeps cases with their past, all or none, and tells nobody: what followed
// from it is past too. Their numbers were allotted by Number. With is what else is to
// be kept with them, as Inserts.
func (s *Store) Load(ctx context.Context, all []Past, with ...func(*sqldb.Batch) error) error {
	var b sqldb.Batch
	for _, p := range all {
		if err := s.load(&b, p); err != nil {
			return err
		}
	}
	for _, add := range with {
		if err := add(&b); err != nil {
			return err
		}
	}
	return s.DB.Pour(ctx, &b)
}

// The heads of the rows that Load keeps.
var (
	loadCase   = `INSERT INTO cases (` + strings.Join(caseColumns, ", ") + `)`
	loadFiling = `INSERT INTO cases_filings (case_id, body)`
	loadWork   = `INSERT INTO cases_work (case_id, work_id, ` + strings.Join(workColumns, ", ") + `)`
	loadOwed   = `INSERT INTO cases_owed (case_id, no, ` + strings.Join(owedColumns, ", ") + `)`
	loadShelf  = `INSERT INTO cases_archived (` + strings.Join(shelfColumns, ", ") + `)`
	loadPaper  = `INSERT INTO cases_papers (case_id, seq, kind, ` + strings.Join(paperColumns, ", ") + `, serial)`
)

func (s *Store) load(b *sqldb.Batch, p Past) (err error) {
	if p.Shelved != nil {
		return s.loadShelved(b, *p.Shelved)
	}
	c := p.Case
	c.Head = event.Head{}
	for _, m := range p.Facts {
		if c.Head, err = s.Post.Past(b, c.ID.Stream(), c.Head, m.At, m); err != nil {
			return err
		}
	}
	if !p.Sealed {
		s.Post.Grown(b, c.ID.Stream())
	}
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	filed, err := filingOf(c)
	if err != nil {
		return err
	}
	id := string(c.ID)
	b.Insert(loadCase, slices.Concat(fixedOf(c), s.plainOf(c, body), s.sortedOf(c))...)
	b.Insert(loadFiling, id, filed)
	for _, w := range c.Flow.Open {
		b.Insert(loadWork, append([]any{id, w.ID}, s.workOf(c, w, p.Opened[w.ID])...)...)
	}
	for i, o := range c.Owes(s.Days) {
		values, err := owedOf(c, o)
		if err != nil {
			return err
		}
		b.Insert(loadOwed, append([]any{id, int64(i)}, values...)...)
	}
	for _, paper := range c.Papers {
		b.Insert(loadPaper, slices.Concat([]any{id, paper.Seq, string(paper.Kind)}, paperOf(c, paper, p.Facts[paper.Seq-1].At), []any{int64(0)})...)
	}
	return nil
}

func (s *Store) loadShelved(b *sqldb.Batch, one cases.Shelved) (err error) {
	c := one.Case
	if c.Head, err = s.Post.Past(b, c.ID.Stream(), one.Was, one.Moved.At, one.Moved); err != nil {
		return err
	}
	b.Insert(loadShelf, s.shelfRow(c)...)
	return nil
}

// Number allots the numbers of cases that are to be loaded, in one commit.
func (s *Store) Number(ctx context.Context, all []Past) error {
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
		serials.Take(&take, &last[i], "cases_serials", name, counts[name], 0)
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

package casestore

import (
	"context"
	"slices"
	"strings"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// shelveNumbers takes the papers of a case off the working tables. They stand in its
// package; of their numbers it stays known that they are borne by something.
func shelveNumbers(b *sqldb.Batch, id cases.ID) {
	b.Exec(`INSERT INTO cases_numbers (agency, kind, year, low, high) SELECT agency, kind, year, serial, serial FROM cases_papers WHERE case_id = $1 AND serial > 0`, string(id))
	b.Exec(`DELETE FROM cases_papers WHERE case_id = $1`, string(id))
}

// shelvedPapers are the papers of a case as its package has them; none if it has no package.
func (s *Store) shelvedPapers(ctx context.Context, id cases.ID) (all []cases.Paper, err error) {
	p, err := s.Shelf.Latest(ctx, id.Stream())
	if fault.Of(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := p.Open()
	for _, one := range c.Papers {
		all = append(all, cases.Paper{Kind: cases.PaperKind(one.Kind), Title: one.Title, Seq: one.Seq, Year: one.Year, Serial: one.Serial})
	}
	return all, err
}

// fetchPapers puts the papers of a case that is fetched back where they were, with
// their numbers, which leave the runs of the shelf.
func (s *Store) fetchPapers(ctx context.Context, b *sqldb.Batch, c *cases.Case, facts []event.Record) error {
	kept, err := s.shelvedPapers(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, p := range c.Papers {
		serial := 0
		if i := slices.IndexFunc(kept, func(k cases.Paper) bool { return k.Kind == p.Kind && k.Seq == p.Seq }); i >= 0 {
			serial = kept[i].Serial
		}
		at := facts[p.Seq-1].At
		putPaper(b, c, p, at, serial)
		if serial > 0 {
			fetchNumber(b, giver(c, p), p.Kind, yearOf(at), serial)
		}
	}
	return nil
}

// fetchNumber takes a number out of the run of the shelf in which it lies: what is
// before it and what is after stay there. The batch fails if it lies in none.
func fetchNumber(b *sqldb.Batch, agency string, kind cases.PaperKind, year int64, n int) {
	const series = ` FROM cases_numbers WHERE agency = $1 AND kind = $2 AND year = $3 AND `
	of := []any{agency, string(kind), year, n}
	var high int // the row is ours until the end of the batch, whoever joins runs meanwhile
	b.Row([]any{&high}, `UPDATE cases_numbers SET high = high WHERE agency = $1 AND kind = $2 AND year = $3 AND low <= $4 AND high >= $4 RETURNING high`, of...)
	b.Exec(`INSERT INTO cases_numbers (agency, kind, year, low, high) SELECT agency, kind, year, $5, high`+series+`low <= $4 AND high > $4`, append(of, n+1)...)
	b.Exec(`DELETE`+series+`low = $4`, of...)
	b.Exec(`UPDATE cases_numbers SET high = $5 WHERE agency = $1 AND kind = $2 AND year = $3 AND low < $4 AND high >= $4`, append(of, n-1)...)
}

// A run is numbers of a series whose papers stand on the shelf, ends included.
type run struct {
	agency, kind string
	year         int64
	low, high    int
}

// takeRun takes a run away if it is still as it was read; else the batch fails.
func takeRun(b *sqldb.Batch, r run) {
	var low int
	b.Row([]any{&low}, `DELETE FROM cases_numbers WHERE agency = $1 AND kind = $2 AND year = $3 AND low = $4 AND high = $5 RETURNING low`, r.agency, r.kind, r.year, r.low, r.high)
}

func scanRun(scan func(...any) error) (r run, err error) {
	return r, scan(&r.agency, &r.kind, &r.year, &r.low, &r.high)
}

// JoinNumbers makes one run of those that follow each other.
func (s *Store) JoinNumbers(ctx context.Context) error {
	for at := (run{}); ; {
		page, err := sqldb.Rows(ctx, s.DB, scanRun, `SELECT agency, kind, year, low, high FROM cases_numbers
			WHERE (agency, kind, year, low) > ($1, $2, $3, $4) ORDER BY agency, kind, year, low LIMIT $5`, at.agency, at.kind, at.year, at.low, runsAtOnce)
		if err != nil || len(page) == 0 {
			return err
		}
		var b sqldb.Batch
		for len(page) > 0 {
			n := following(page)
			if n > 1 {
				joined := page[0]
				joined.high = page[n-1].high
				for _, r := range page[:n] {
					takeRun(&b, r)
				}
				b.Exec(`INSERT INTO cases_numbers (agency, kind, year, low, high) VALUES ($1, $2, $3, $4, $5)`, joined.agency, joined.kind, joined.year, joined.low, joined.high)
			}
			at, page = page[n-1], page[n:]
		}
		if b.Len() == 0 {
			continue
		}
		if err := s.DB.Commit(ctx, &b); err != nil && !sqldb.IsOutrun(err) { // a case was fetched meanwhile: the next time
			return err
		}
	}
}

// following is how many of the first runs follow each other.
func following(page []run) int {
	for n := 1; n < len(page); n++ {
		before, r := page[n-1], page[n]
		if before.agency != r.agency || before.kind != r.kind || before.year != r.year || r.low != before.high+1 {
			return n
		}
	}
	return len(page)
}

// shelvedCells is what would be kept of a case on the shelf: its row in the lists, and
// each of its papers in its package.
func shelvedCells(c *cases.Case, row []any, at []time.Time) []cases.Cells {
	all := []cases.Cells{{Table: shelf, Names: shelfColumns, Values: row}}
	for _, p := range c.Papers {
		all = append(all, packedPaper(p.Seq, string(p.Kind), p.Title, yearOf(at[p.Seq-1])))
	}
	return all
}

// packedPaper is a paper as a package has it.
func packedPaper(seq int64, kind, title string, year int64) cases.Cells {
	return cases.Cells{Table: "archives_packages", Key: paperKey(seq, kind), Names: []string{"title", "year"}, Values: []any{title, year}}
}

// storedPapers adds the papers of cases on the shelf as their packages have them.
func (s *Store) storedPapers(ctx context.Context, shelved []cases.Stored, at map[string]*cases.Stored) error {
	if len(shelved) == 0 {
		return nil
	}
	streams := make([]string, len(shelved))
	for i, one := range shelved {
		streams[i] = one.ID.Stream()
	}
	packages, err := s.Shelf.Newest(ctx, streams)
	if err != nil {
		return err
	}
	for _, p := range packages {
		c, spoilt := p.Open()
		if spoilt != nil {
			continue // its chain shows it, see storedFacts
		}
		one := at[strings.TrimPrefix(p.ID, cases.ID("").Stream())]
		for _, paper := range c.Papers {
			one.Rows = append(one.Rows, packedPaper(paper.Seq, paper.Kind, paper.Title, int64(paper.Year)))
		}
	}
	return nil
}

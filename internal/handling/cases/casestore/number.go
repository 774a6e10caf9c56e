package casestore

import (
	"context"
	"fmt"
	"sync"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// numbers allots case numbers (办件编号) without a shared row on the way of
// every act: each process takes serials in blocks, small at first, so that what
// is lost when a process ends is small too. Case numbers may have gaps.
type numbers struct {
	mu     sync.Mutex
	blocks map[string]*block
	day    calendar.Day
}

type block struct {
	mu         sync.Mutex
	next, last int64
	size       int64
}

const largestBlock = 64

// number is the next case number: implementation code, day, four-digit serial
// of that code on that day; more digits when four are not enough.
func (s *Store) number(ctx context.Context, e *items.Edition, day calendar.Day) (string, error) {
	stem := cases.NumberStem(e, day)
	b := s.numbers.block(stem, day)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next > b.last {
		b.size = min(max(1, b.size*2), largestBlock)
		var take sqldb.Batch
		serials.Take(&take, &b.last, "cases_serials", stem, b.size, s.Marks.OnDay(serials.Case, day))
		if err := s.DB.Commit(ctx, &take); err != nil {
			return "", err
		}
		b.next = b.last - b.size + 1
	}
	serial := b.next
	b.next++
	return fmt.Sprintf("%s%04d", stem, serial), nil
}

func (n *numbers) block(stem string, day calendar.Day) *block {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.blocks == nil || day > n.day {
		n.blocks, n.day = map[string]*block{}, day
	}
	b := n.blocks[stem]
	if b == nil {
		b = &block{next: 1}
		n.blocks[stem] = b
	}
	return b
}

// NumberPaper gives a paper the next number of its agency, kind and year, if it
// has none yet, and moves the end of that series on. Only the replica that delivers
// the news calls it, so numbers have no gaps but what is left out after a copy was
// brought back; the index forbids that two are alike.
func (s *Store) NumberPaper(b *sqldb.Batch, id cases.ID, seq int64, kind cases.PaperKind, year int) {
	b.Exec(`UPDATE cases_papers SET serial = 1 + COALESCE((SELECT r.last FROM cases_series r
		WHERE r.year = cases_papers.year AND r.agency = cases_papers.agency AND r.kind = cases_papers.kind AND r.last > $4), $4)
		WHERE case_id = $1 AND seq = $2 AND kind = $3 AND serial = 0`, string(id), seq, string(kind), s.Marks.InYear(serials.Paper, year))
	b.Exec(`INSERT INTO cases_series (agency, kind, year, last, checked, looked)
		SELECT agency, kind, year, serial, 0, 0 FROM cases_papers WHERE case_id = $1 AND seq = $2 AND kind = $3 AND serial > 0
		ON CONFLICT (year, agency, kind) DO UPDATE SET last = excluded.last WHERE excluded.last > cases_series.last`, string(id), seq, string(kind))
}

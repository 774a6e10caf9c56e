package event

import (
	"context"
	"sync"
	"time"

	"tongban/internal/ground/sqldb"
)

// growth are the marks of days on which streams have grown.
var growth = sqldb.Log{Into: `INSERT INTO event_grown (day, stream)`}

// grown marks, with the act, that a stream has grown today, for the next daily
// root. Whoever has kept a mark makes no other for that day; of two who make one
// at a time, or do not know of each other, each keeps its own, and none waits.
func (p *Post) grown(b *sqldb.Batch, stream string) {
	day := p.day()
	if p.marked.has(day, stream) {
		return
	}
	growth.Add(b, day, stream)
	b.After(func() { p.marked.add(day, stream) })
}

// marked are streams whose mark of one day this process has kept, the latest of
// them. Marks of a day go only when it is long over, see ClearMarks.
type marked struct {
	mu       sync.Mutex
	day      int64
	now, old map[string]bool
}

// mostMarked is how many streams each of the two halves holds.
const mostMarked = 4096

func (m *marked) has(day int64, stream string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.day == day && (m.now[stream] || m.old[stream])
}

func (m *marked) add(day int64, stream string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.day != day:
		m.day, m.now, m.old = day, map[string]bool{}, nil
	case len(m.now) >= mostMarked:
		m.now, m.old = map[string]bool{}, m.now
	}
	m.now[stream] = true
}

// day is today by number.
func (p *Post) day() int64 { return sqldb.Instant(p.Now()) / (24 * time.Hour).Milliseconds() }

// A Growth is how far a stream has come.
type Growth struct {
	Stream string
	Seq    int64 // of its last fact
}

// Unsealed lists the streams that have grown since the marks were last cleared,
// in no order, some of which may be sealed up to their end.
func (p *Post) Unsealed(ctx context.Context) ([]Growth, error) {
	return sqldb.Rows(ctx, p.DB, func(scan func(...any) error) (g Growth, err error) {
		return g, scan(&g.Stream, &g.Seq)
	}, `SELECT g.stream, (SELECT MAX(f.seq) FROM event_facts f WHERE f.stream = g.stream) FROM event_grown g GROUP BY g.stream`)
}

// Grown is grown for a new stream, of which a batch may hold very many.
func (p *Post) Grown(b *sqldb.Batch, stream string) {
	b.Insert(growth.Into, p.day(), stream)
}

// ClearMarks takes away, in the batch that publishes a root, the marks of the days
// before yesterday: an act that was under way at midnight may have found a mark of
// its day and be kept only after that day was sealed, so each is looked at twice.
func (p *Post) ClearMarks(b *sqldb.Batch) {
	b.Exec(`DELETE FROM event_grown WHERE day < $1`, p.day()-1)
}

// Hashes are the hashes of the facts of a stream from one number to another.
func (p *Post) Hashes(ctx context.Context, stream string, first, last int64) ([]string, error) {
	all, err := sqldb.Rows(ctx, p.DB, func(scan func(...any) error) (hash string, err error) {
		return hash, scan(&hash)
	}, `SELECT hash FROM event_facts WHERE stream = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq`, stream, first, last)
	if err != nil || int64(len(all)) == last-first+1 {
		return all, err
	}
	facts, err := p.Stream(ctx, stream)
	all = nil
	for _, f := range facts {
		if f.Seq >= first && f.Seq <= last {
			all = append(all, f.Hash)
		}
	}
	return all, err
}

// Fact is one fact of a stream, and the hash of the one before; nil if there is none.
func (p *Post) Fact(ctx context.Context, stream string, seq int64) (r *Record, prev string, err error) {
	two, err := sqldb.Rows(ctx, p.DB, scanRecord,
		`SELECT stream, seq, name, body, at, hash FROM event_facts WHERE stream = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq`, stream, seq-1, seq)
	if err == nil && int64(len(two)) < min(seq, 2) {
		two, err = p.fromShelf(ctx, stream, seq)
	}
	if err != nil || len(two) == 0 || two[len(two)-1].Seq != seq {
		return nil, "", err
	}
	if len(two) == 2 {
		prev = two[0].Hash
	}
	return &two[len(two)-1], prev, nil
}

// Sum is the hash of the record after one whose hash is prev, reckoned anew.
func (r Record) Sum(prev string) string { return r.sum(prev) }

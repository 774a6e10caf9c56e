package event

import (
	"context"

	"tongban/internal/ground/sqldb"
)

// A Mark is a stream that has grown, up to fact Seq, since the last daily root.
type Mark struct {
	Stream string
	Seq    int64
}

// grown marks the stream of a fact for the next daily root. Facts that are told
// to somebody are marked when they are told, many in one commit, and not in the
// act that waits for its answer; the others with their act.
func grown(b *sqldb.Batch, r Record) {
	b.Exec(`INSERT INTO event_unsealed (stream, seq) VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq
		WHERE event_unsealed.seq < excluded.seq`, r.Stream, r.Seq)
}

// Grown marks a new stream for the next daily root.
func Grown(b *sqldb.Batch, m Mark) {
	b.Insert(`INSERT INTO event_unsealed (stream, seq)`, m.Stream, m.Seq)
}

// Unsealed lists the streams that have grown, in no order.
func (p *Post) Unsealed(ctx context.Context) ([]Mark, error) {
	return sqldb.Rows(ctx, p.DB, func(scan func(...any) error) (m Mark, err error) {
		return m, scan(&m.Stream, &m.Seq)
	}, `SELECT stream, seq FROM event_unsealed`)
}

// Sealed takes the mark away in the batch that seals, unless the stream has
// grown further.
func Sealed(b *sqldb.Batch, m Mark) {
	b.Exec(`DELETE FROM event_unsealed WHERE stream = $1 AND seq = $2`, m.Stream, m.Seq)
}

// Hashes are the hashes of the facts of a stream from one number to another.
func (p *Post) Hashes(ctx context.Context, stream string, first, last int64) ([]string, error) {
	return sqldb.Rows(ctx, p.DB, func(scan func(...any) error) (hash string, err error) {
		return hash, scan(&hash)
	}, `SELECT hash FROM event_facts WHERE stream = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq`, stream, first, last)
}

// Fact is one fact of a stream, and the hash of the one before; nil if there is none.
func (p *Post) Fact(ctx context.Context, stream string, seq int64) (r *Record, prev string, err error) {
	two, err := sqldb.Rows(ctx, p.DB, scanRecord,
		`SELECT stream, seq, name, body, at, hash FROM event_facts WHERE stream = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq`, stream, seq-1, seq)
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

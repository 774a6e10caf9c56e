package blob

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/ground/sqldb"
)

// same reports whether two times of a placing are the same: tables keep milliseconds.
func same(a, b time.Time) bool { return sqldb.Instant(a) == sqldb.Instant(b) }

// Sweep removes from the shelf what nothing named in time. It is for a task that one
// replica runs; two of them do no harm.
func (l *Loose) Sweep(ctx context.Context, s Shelf) error {
	for _, step := range []func() error{
		func() error { return l.Flush(ctx) },
		func() error { return l.mark(ctx) },
		func() error { return l.remove(ctx, s) },
		func() error { return l.forget(ctx) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// mark has nothing name any more what was not named in time.
func (l *Loose) mark(ctx context.Context) error {
	var b sqldb.Batch
	b.Exec(`UPDATE blob_loose SET going = $1 WHERE going = 0 AND placed > 0 AND until < $2`, sqldb.Instant(l.now()), sqldb.Instant(l.now()))
	return l.db.Commit(ctx, &b)
}

// remove takes from the shelf what is going, also what an earlier sweep left.
func (l *Loose) remove(ctx context.Context, s Shelf) error {
	for after := ""; ; {
		some, err := l.leaving(ctx, after)
		if err != nil || len(some) == 0 {
			return err
		}
		var b sqldb.Batch
		for _, p := range some {
			gone, err := s.Drop(ctx, p.hash, p.at)
			if err != nil {
				return fmt.Errorf("remove loose file: %w", err)
			}
			l.dropped(&b, p, gone)
			after = p.hash
		}
		if err := l.db.Commit(ctx, &b); err != nil {
			return err
		}
	}
}

// dropped notes that a content is gone; one that others placed stays for good, and its
// row goes.
func (l *Loose) dropped(b *sqldb.Batch, p placing, gone bool) {
	if gone {
		b.Exec(`UPDATE blob_loose SET gone = $1 WHERE hash = $2 AND token = $3 AND going > 0 AND gone = 0`, sqldb.Instant(l.now()), p.hash, p.token)
	} else {
		b.Exec(`DELETE FROM blob_loose WHERE hash = $1 AND token = $2 AND going > 0 AND gone = 0`, p.hash, p.token)
	}
}

func (l *Loose) leaving(ctx context.Context, after string) ([]placing, error) {
	return sqldb.Rows(ctx, l.db, func(scan func(...any) error) (p placing, err error) {
		var at int64
		err = scan(&p.hash, &p.token, &at)
		p.at = sqldb.FromInstant(at)
		return p, err
	}, `SELECT hash, token, placed FROM blob_loose WHERE going > 0 AND gone = 0 AND hash > $1 ORDER BY hash LIMIT 100`, after)
}

// forgotten are rows that have no more to say: of what is named, of what may have been
// there before, and of what went long ago.
const forgotten = `until = $1 OR placed = 0 AND going = 0 AND until < $2 OR gone > 0 AND gone < $3`

func (l *Loose) forget(ctx context.Context) error {
	now := l.now()
	for {
		n, err := l.db.Exec(ctx, `DELETE FROM blob_loose WHERE hash IN (SELECT hash FROM blob_loose WHERE `+forgotten+` LIMIT 1000) AND (`+forgotten+`)`,
			int64(named), sqldb.Instant(now), sqldb.Instant(now.Add(-Recall)))
		if err != nil || n < 1000 {
			return err
		}
	}
}

// A Count is how much nothing names.
type Count struct {
	Files, Bytes int64 // that wait to be named
	Removed      int64 // within Recall
}

// Count says how much nothing names now.
func (l *Loose) Count(ctx context.Context) (c Count, err error) {
	err = l.db.Row(ctx, `SELECT COALESCE(SUM(CASE WHEN going = 0 THEN 1 ELSE 0 END), 0), CAST(COALESCE(SUM(CASE WHEN going = 0 THEN size ELSE 0 END), 0) AS BIGINT),
		COALESCE(SUM(CASE WHEN gone > 0 THEN 1 ELSE 0 END), 0) FROM blob_loose WHERE until < $1`, int64(named)).Scan(&c.Files, &c.Bytes, &c.Removed)
	return c, err
}

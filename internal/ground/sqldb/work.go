package sqldb

import (
	"context"
	"time"
)

// Work is something the program does from time to time (定时工作), on whichever
// replica holds its lease.
type Work struct {
	Name   string
	Pause  time.Duration // between two times
	Done   time.Time     // when it last went well
	Failed time.Time     // when it last did not
	Begun  time.Time     // of one that was never done at all: since when it should have been
}

// Still reports whether the work has stood still for three times its pause, and
// a minute at the least: nobody does it, or whoever does hangs.
func (w Work) Still(now time.Time) bool {
	return w.Idle(now) > max(3*w.Pause, time.Minute)
}

// Idle is how long ago it was last done, well or not.
func (w Work) Idle(now time.Time) time.Duration {
	return now.Sub(later(w.Begun, later(w.Done, w.Failed)))
}

// Since is how long ago it last went well.
func (w Work) Since(now time.Time) time.Duration { return now.Sub(later(w.Begun, w.Done)) }

// Failing reports whether it did not go well the last time.
func (w Work) Failing() bool { return w.Failed.After(w.Done) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// NoteWork keeps how a work went at a time: well, or not.
func (db *DB) NoteWork(ctx context.Context, name string, pause time.Duration, at time.Time, well bool) error {
	done, failed := Instant(at), int64(0)
	if !well {
		done, failed = failed, done
	}
	var b Batch
	b.Exec(`INSERT INTO sqldb_works (name, pause, done, failed) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO UPDATE SET pause = excluded.pause,
		done = CASE WHEN excluded.done > 0 THEN excluded.done ELSE sqldb_works.done END,
		failed = CASE WHEN excluded.failed > 0 THEN excluded.failed ELSE sqldb_works.failed END`, name, pause.Milliseconds(), done, failed)
	return db.Commit(ctx, &b)
}

// Works lists all works by name, as all replicas did them.
func (db *DB) Works(ctx context.Context) ([]Work, error) {
	return Rows(ctx, db, func(scan func(...any) error) (w Work, err error) {
		var pause, done, failed int64
		err = scan(&w.Name, &pause, &done, &failed)
		w.Pause, w.Done, w.Failed = time.Duration(pause)*time.Millisecond, FromInstant(done), FromInstant(failed)
		return w, err
	}, `SELECT name, pause, done, failed FROM sqldb_works ORDER BY name`)
}

// probe is the row of the leases that Writable writes to.
const probe = "ready"

// Writable has the database keep something, durably: it is not full, not
// read-only and not away.
func (db *DB) Writable(ctx context.Context, now time.Time) error {
	var b Batch
	b.Exec(`INSERT INTO sqldb_leases (name, holder, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until`, probe, db.leases.holder, Instant(now))
	return db.Commit(ctx, &b)
}

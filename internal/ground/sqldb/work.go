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
	Since  time.Time     // when it was begun that takes long
	Seen   time.Time     // when it was last seen to be at it
}

const (
	// LookEvery is how often one notes that it is still at a work.
	LookEvery = 20 * time.Second
	// unseen is for how long nobody may note it before it counts as given up.
	unseen = time.Minute
	// longest is for how long any work may take before somebody should look.
	longest = time.Hour
)

// Running reports whether the work is being done, and takes its time.
func (w Work) Running(now time.Time) bool {
	return w.Since.After(later(w.Done, w.Failed)) && now.Sub(w.Seen) <= unseen
}

// Long reports whether the work takes so long that it may hang.
func (w Work) Long(now time.Time) bool {
	return w.Running(now) && now.Sub(w.Since) > max(3*w.Pause, longest)
}

// Still reports whether the work has stood still for three times its pause, and
// a minute at the least: nobody does it.
func (w Work) Still(now time.Time) bool {
	return !w.Running(now) && w.Idle(now) > max(3*w.Pause, time.Minute)
}

// Idle is how long ago it was last done, well or not.
func (w Work) Idle(now time.Time) time.Duration {
	return now.Sub(later(w.Begun, later(w.Done, w.Failed)))
}

// Taking is for how long it has been done if it takes long; otherwise nothing.
func (w Work) Taking(now time.Time) time.Duration {
	if !w.Running(now) {
		return 0
	}
	return now.Sub(w.Since)
}

// Well is how long ago it last went well.
func (w Work) Well(now time.Time) time.Duration { return now.Sub(later(w.Begun, w.Done)) }

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

// NoteRunning keeps that a work begun at since is still being done now.
func (db *DB) NoteRunning(ctx context.Context, name string, since, now time.Time) error {
	var b Batch
	b.Exec(`INSERT INTO sqldb_running (name, since, seen) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET since = excluded.since, seen = excluded.seen`, name, Instant(since), Instant(now))
	return db.Commit(ctx, &b)
}

// Works lists all works by name, as all replicas did or do them. One that nobody has
// come to the end of yet has no pause.
func (db *DB) Works(ctx context.Context) ([]Work, error) {
	return Rows(ctx, db, func(scan func(...any) error) (w Work, err error) {
		var pause, done, failed, since, seen int64
		err = scan(&w.Name, &pause, &done, &failed, &since, &seen)
		w.Pause, w.Done, w.Failed = time.Duration(pause)*time.Millisecond, FromInstant(done), FromInstant(failed)
		w.Since, w.Seen = FromInstant(since), FromInstant(seen)
		return w, err
	}, `SELECT w.name, w.pause, w.done, w.failed, COALESCE(r.since, 0), COALESCE(r.seen, 0)
		FROM sqldb_works w LEFT JOIN sqldb_running r ON r.name = w.name
		UNION ALL SELECT r.name, 0, 0, 0, r.since, r.seen FROM sqldb_running r WHERE r.name NOT IN (SELECT name FROM sqldb_works)
		ORDER BY 1`)
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

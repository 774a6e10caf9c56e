package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// pgWriters is how many groups of acts may be on their way to PostgreSQL at
// once; each sends what waits in one round trip and one transaction. While one is
// on its way the next gathers: with two each held fewer, for a twentieth fewer
// lifecycles with one replica and a tenth fewer with two.
const pgWriters = 1

// ofWriters is how those who write are connected: each by a connection of its own, so that
// PostgreSQL has the statements of acts, and the pages they touch, at hand in one process.
// One that broke takes its time to be given up, and another is made meanwhile.
func ofWriters(readers *pgxpool.Config) *pgxpool.Config {
	own := readers.Copy()
	own.MaxConns = pgWriters + givenUp
	return own
}

// givenUp is how many broken connections may be under way to be given up: each for
// fifteen seconds at most.
const givenUp = 7

// gathering is how long a group waits for more acts while other replicas write too: of
// each other's acts none shares its commit, and PostgreSQL is asked more often for less.
const gathering = 2 * time.Millisecond

// Beside is told that another replica was seen to write what this one does.
func (db *DB) Beside() { db.beside.Store(time.Now().UnixMilli()) }

// crowded reports whether another replica wrote within the last second.
func (db *DB) crowded() bool { return time.Now().UnixMilli()-db.beside.Load() < 1000 }

func (db *DB) writePostgres() {
	for last := 0; ; {
		first, open := <-db.line
		if !open {
			return
		}
		if last > 1 && db.crowded() {
			time.Sleep(gathering)
		}
		group := db.groupOf(first)
		last = len(group)
		db.sendGroup(present(group))
	}
}

// groupOf is who writes together: the first and those who wait, but for conversations,
// which each go on by themselves.
func (db *DB) groupOf(first *job) (group []*job) {
	for j, waiting := first, true; waiting; j, waiting = next(db.line) {
		if j.do != nil {
			db.writers.Go(func() { db.alone(j) })
		} else if group = append(group, j); len(group) == groupSize/2 {
			break
		}
	}
	return group
}

// sendGroup sends several acts in one transaction. If any of them fails, all
// were undone, so the halves are sent again by themselves until those that fail
// stand alone. If the connection broke, nobody knows what was kept, and nothing
// is sent again.
func (db *DB) sendGroup(group []*job) {
	if len(group) == 0 {
		return
	}
	db.meter.groups.Observe(float64(len(group)))
	if len(group) == 1 {
		group[0].done <- retried(func() error { return db.send(context.Background(), group[0]) })
		return
	}
	err := db.send(context.Background(), group...)
	if _, broke := errors.AsType[*lostError](err); err == nil || broke {
		answer(group, err)
		return
	}
	half := len(group) / 2
	db.sendGroup(group[:half])
	db.sendGroup(group[half:])
}

// lostError is a failure after which the outcome is not known, or before which nothing
// could be sent: to send it again in parts would not help.
type lostError struct{ error }

func (e *lostError) Unwrap() error { return e.error }

func (db *DB) send(ctx context.Context, jobs ...*job) error {
	conn, err := db.hand.Acquire(ctx)
	if err != nil {
		return &lostError{fmt.Errorf("reach database: %w", err)}
	}
	defer conn.Release()
	err = safely(func() error { return exchange(ctx, conn.Conn(), jobs) })
	if err != nil && conn.Conn().IsClosed() {
		return &lostError{err}
	}
	return err
}

// exchange sends what needs no answer in one round trip, which PostgreSQL takes
// as one transaction. Where answers are read, a missing one must undo the rest,
// so the commit is a second trip.
func exchange(ctx context.Context, conn *pgx.Conn, jobs []*job) error {
	var out pgx.Batch
	reads := slices.ContainsFunc(jobs, func(j *job) bool { return j.batch.reads() })
	if reads {
		out.Queue("BEGIN")
	}
	queue(&out, gathered(batches(jobs)...))
	err := conn.SendBatch(ctx, &out).Close()
	if !reads {
		return err
	}
	end := "COMMIT"
	if err != nil {
		end = "ROLLBACK"
	}
	if _, ended := conn.Exec(ctx, end); ended != nil {
		return errors.Join(err, ended)
	}
	return err
}

// alone runs a Within: a transaction with a conversation in it.
func (db *DB) alone(j *job) {
	j.done <- retried(func() error {
		conn, err := db.reads.Conn(j.ctx)
		if err != nil {
			return fmt.Errorf("reach database: %w", err)
		}
		defer conn.Close()
		tx, err := conn.BeginTx(j.ctx, nil)
		if err != nil {
			return fmt.Errorf("begin: %w", err)
		}
		defer tx.Rollback() // after Commit this does nothing
		if err := j.converse(j.ctx, tx, pipelined(conn)); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// pipelined sends the statements of a batch in one round trip, within the
// transaction that is open on the connection.
func pipelined(conn *sql.Conn) func(context.Context, []statement) error {
	return func(ctx context.Context, all []statement) error {
		var out pgx.Batch
		queue(&out, all)
		return conn.Raw(func(driver any) error {
			return driver.(*stdlib.Conn).Conn().SendBatch(ctx, &out).Close()
		})
	}
}

func queue(out *pgx.Batch, all []statement) {
	for _, s := range all {
		queued := out.Queue(s.query, s.args...)
		if s.into != nil {
			queued.QueryRow(func(row pgx.Row) error { return row.Scan(s.into...) })
		}
	}
}

// retried does it again, a few times, when the database says that two
// transactions stood in each other's way.
func retried(do func() error) (err error) {
	for range 5 {
		if err = do(); !isCollision(err) {
			return err
		}
	}
	return err
}

func isCollision(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

var _ querier = (*sql.Tx)(nil)

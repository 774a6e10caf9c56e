package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// pgWriters is how many groups of acts may be on their way to PostgreSQL at
// once; each sends what waits in one round trip and one transaction.
const pgWriters = 4

func (db *DB) writePostgres() {
	for first := range db.line {
		if first.do != nil {
			go db.alone(first)
			continue
		}
		group := []*job{first}
		for len(group) < groupSize/2 {
			j, waiting := next(db.line)
			if !waiting {
				break
			}
			if j.do != nil {
				go db.alone(j)
				continue
			}
			group = append(group, j)
		}
		db.sendGroup(group)
	}
}

// sendGroup sends several acts in one transaction. If any of them fails, all
// were undone, so each is sent again by itself and fails or not on its own.
func (db *DB) sendGroup(group []*job) {
	ctx := context.Background()
	if len(group) > 1 && db.send(ctx, group...) == nil {
		answer(group, nil)
		return
	}
	for _, j := range group {
		j.done <- retried(func() error { return db.send(ctx, j) })
	}
}

func (db *DB) send(ctx context.Context, jobs ...*job) (err error) {
	var out pgx.Batch
	for _, j := range jobs {
		for _, s := range j.batch.statements {
			queued := out.Queue(s.query, s.args...)
			if s.into != nil {
				queued.QueryRow(func(row pgx.Row) error { return row.Scan(s.into...) })
			}
		}
	}
	return db.pool.SendBatch(ctx, &out).Close()
}

// alone runs a Within: a transaction with a conversation in it.
func (db *DB) alone(j *job) {
	j.done <- retried(func() error {
		tx, err := db.reads.BeginTx(j.ctx, nil)
		if err != nil {
			return fmt.Errorf("begin: %w", err)
		}
		defer tx.Rollback() // after Commit this does nothing
		if err := safely(func() error { return j.do(context.WithValue(j.ctx, txKey{}, querier(tx))) }); err != nil {
			return err
		}
		return tx.Commit()
	})
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

package sqldb

import (
	"context"
	"fmt"
	"runtime/debug"

	"tongban/internal/ground/fault"
)

// groupSize is how many acts may share one commit.
const groupSize = 64

// A Batch is the writes of one act: statements that need no answer from one
// another. All of them are kept, or none.
type Batch struct {
	statements []statement
	after      []func()
}

type statement struct {
	query string
	args  []any
	into  []any
}

// Exec adds a statement.
func (b *Batch) Exec(query string, args ...any) {
	b.statements = append(b.statements, statement{query: query, args: args})
}

// Row adds a statement that answers with one row (… RETURNING …), which is
// scanned into the pointers once the batch runs. The act fails if there is no row.
func (b *Batch) Row(into []any, query string, args ...any) {
	b.statements = append(b.statements, statement{query, args, into})
}

// After has do run when the batch has been kept, and not otherwise.
func (b *Batch) After(do func()) { b.after = append(b.after, do) }

// Len is how many statements the batch holds.
func (b *Batch) Len() int { return len(b.statements) }

// job is one who waits in line to write: a batch, or a conversation.
type job struct {
	ctx   context.Context
	batch *Batch
	do    func(context.Context) error
	err   error
	done  chan error
}

// Commit keeps the whole batch, durably, or nothing of it. Once it is in line
// it is not called back: a cancelled ctx is heard before that only. Inside a
// Within it joins that transaction.
func (db *DB) Commit(ctx context.Context, b *Batch) error {
	if tx, inside := ctx.Value(txKey{}).(querier); inside {
		return db.commitWithin(ctx, tx, b)
	}
	if err := db.enqueue(&job{ctx: ctx, batch: b, done: make(chan error, 1)}); err != nil {
		return err
	}
	for _, do := range b.after {
		do()
	}
	return nil
}

// Within runs do in one transaction: all of it is kept, or none. A Within
// inside a Within joins it. On PostgreSQL do may run again if the transaction
// collided with another, so it must have no effect outside the database.
func (db *DB) Within(ctx context.Context, do func(context.Context) error) error {
	if _, inside := ctx.Value(txKey{}).(querier); inside {
		return do(ctx)
	}
	return db.enqueue(&job{ctx: ctx, do: do, done: make(chan error, 1)})
}

func (db *DB) enqueue(j *job) error {
	select {
	case db.line <- j:
		return <-j.done
	case <-j.ctx.Done():
		return fault.New(fault.Busy, "sqldb.busy", "当前办理人数较多，请稍后再试")
	}
}

func (db *DB) commitWithin(ctx context.Context, tx querier, b *Batch) error {
	for _, s := range b.statements {
		var err error
		if s.into != nil {
			err = tx.QueryRowContext(ctx, s.query, s.args...).Scan(s.into...)
		} else {
			_, err = tx.ExecContext(ctx, s.query, s.args...)
		}
		if err != nil {
			return err
		}
	}
	for _, do := range b.after {
		do() // hooks only wake sleepers, who find nothing if the transaction fails
	}
	return nil
}

// drain takes whoever waits, without waiting for more.
func drain(line <-chan *job, group []*job) []*job {
	for len(group) < groupSize {
		j, waiting := next(line)
		if !waiting {
			return group
		}
		group = append(group, j)
	}
	return group
}

func next(line <-chan *job) (*job, bool) {
	select {
	case j, open := <-line:
		return j, open
	default:
		return nil, false
	}
}

// answer tells everyone in the group how it ended: with err, or, if that is
// nil, with what became of each.
func answer(group []*job, err error) {
	for _, j := range group {
		if err != nil {
			j.done <- err
		} else {
			j.done <- j.err
		}
	}
}

// safely turns a panic in a transaction into an error, so that the one who
// writes for everybody goes on.
func safely(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}

// Join adds all that other holds.
func (b *Batch) Join(other *Batch) {
	b.statements = append(b.statements, other.statements...)
	b.after = append(b.after, other.after...)
}

package sqldb

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/spans"
)

// groupSize is how many acts may share one commit.
const groupSize = 64

// A Batch is the writes of one act: statements that need no answer from one
// another. All of them are kept, or none.
type Batch struct {
	statements []statement
	logged     []logged
	after      []func()
	open       map[string]int // statements that take more rows, by their heads
	guards     []guard
}

type statement struct {
	query string
	args  []any
	into  []any
	width int // values in a row, of an Insert
}

// Exec adds a statement.
func (b *Batch) Exec(query string, args ...any) {
	b.statements = append(b.statements, statement{query: query, args: args})
}

// Row adds a statement that answers with one row (… RETURNING …), which is
// scanned into the pointers (to plain values) once the batch runs. The act fails
// with sql.ErrNoRows if there is no row.
func (b *Batch) Row(into []any, query string, args ...any) {
	b.statements = append(b.statements, statement{query: query, args: args, into: into})
}

// rowsAtOnce is how many rows one statement inserts.
const rowsAtOnce = 50

// Insert adds a row to a table: INSERT INTO t (a, b), without its VALUES. Rows with
// the same head go together, many in one statement, at the place of the first of
// them: nothing between them may depend on them.
func (b *Batch) Insert(head string, row ...any) {
	i, known := b.open[head]
	if !known || len(b.statements[i].args) >= rowsAtOnce*len(row) {
		if b.open == nil {
			b.open = map[string]int{}
		}
		i = len(b.statements)
		b.open[head] = i
		b.statements = append(b.statements, statement{query: head, width: len(row)})
	}
	b.statements[i].args = append(b.statements[i].args, row...)
}

// settle writes the statements of Insert out; no rows are added to them after.
func (b *Batch) settle() {
	b.open = nil
	for i := range b.statements {
		if s := &b.statements[i]; s.width > 0 {
			s.query += " VALUES " + marks(len(s.args)/s.width, s.width)
			s.width = 0
		}
	}
}

// marks is ($1, $2), ($3, $4) for two rows of two.
func marks(rows, width int) string {
	text := make([]byte, 0, rows*width*6)
	for n := 1; n <= rows*width; n++ {
		switch {
		case n == 1:
			text = append(text, "($"...)
		case n%width == 1 || width == 1:
			text = append(text, "), ($"...)
		default:
			text = append(text, ", $"...)
		}
		text = strconv.AppendInt(text, int64(n), 10)
	}
	return string(append(text, ')'))
}

// After has do run when the batch has been kept, and not otherwise.
func (b *Batch) After(do func()) { b.after = append(b.after, do) }

// reads reports whether any statement answers.
func (b *Batch) reads() bool {
	return slices.ContainsFunc(b.statements, func(s statement) bool { return s.into != nil })
}

// Len is how many statements the batch holds.
func (b *Batch) Len() int { return len(b.statements) + len(b.logged) }

// job is one who waits in line to write: a batch, or a conversation.
type job struct {
	ctx   context.Context
	batch *Batch
	do    func(context.Context) error
	aside string   // SQLite: a pragma that is asked for between two transactions
	after []func() // what the conversation wants done when it has been kept
	err   error
	done  chan error
}

// batches are what the jobs of a group say, of which none converses.
func batches(group []*job) (all []*Batch) {
	for _, j := range group {
		all = append(all, j.batch)
	}
	return all
}

// transaction is what the context of a Within carries.
type transaction struct {
	querier
	send   func(context.Context, []statement) error // a whole batch, in the way the database likes best
	after  []func()
	failed error // the first statement that failed: PostgreSQL keeps nothing then, so nor does SQLite
}

func inside(ctx context.Context) *transaction {
	tx, _ := ctx.Value(txKey{}).(*transaction)
	return tx
}

// Conversing reports whether ctx carries a Within: then what asks the database
// must ask one question after another.
func Conversing(ctx context.Context) bool { return inside(ctx) != nil }

// Commit keeps the whole batch, durably, or nothing of it. A cancelled ctx is
// heard until the batch has its turn, not after. Inside a Within it joins that
// transaction.
func (db *DB) Commit(ctx context.Context, b *Batch) error {
	b.settle()
	if tx := inside(ctx); tx != nil {
		b.After(func() { db.meter.kept(b) })
		return b.said(tx.join(ctx, b))
	}
	if r, along := mounts(ctx); along {
		err := db.Commit(ctx, r.batch(b))
		r.arrived(err)
		return err
	}
	if err := db.enqueue(&job{ctx: ctx, batch: b, done: make(chan error, 1)}); err != nil {
		return b.said(err)
	}
	db.meter.kept(b)
	for _, do := range b.after {
		do()
	}
	return nil
}

// Within runs do in one transaction: all of it is kept, or none. A Within
// inside a Within joins it; if a statement fails, so does the whole, even if do
// returns nil. On PostgreSQL do may run again if the transaction collided with
// another, so it must have no effect outside the database. Do must use the ctx
// it is given for all that it asks of the database.
func (db *DB) Within(ctx context.Context, do func(context.Context) error) error {
	if inside(ctx) != nil {
		return do(ctx)
	}
	if r, along := mounts(ctx); along {
		err := db.Within(ctx, func(ctx context.Context) error {
			if err := do(ctx); err != nil {
				return err
			}
			return inside(ctx).join(ctx, r.batch())
		})
		r.arrived(err)
		return err
	}
	j := &job{ctx: ctx, do: do, done: make(chan error, 1)}
	if err := db.enqueue(j); err != nil {
		return err
	}
	for _, do := range j.after {
		do()
	}
	return nil
}

func (db *DB) enqueue(j *job) (err error) {
	if err := held(j.ctx); err != nil {
		return err
	}
	_, end := spans.Begin(j.ctx, "write")
	defer func(since time.Time) { db.meter.wrote(since, err); end(err) }(time.Now())
	db.gate.RLock()
	if db.closed || j.ctx.Err() != nil {
		db.gate.RUnlock()
		return busy()
	}
	select {
	case db.line <- j:
		db.gate.RUnlock()
		return plainly(<-j.done)
	case <-j.ctx.Done():
		db.gate.RUnlock()
		return busy()
	}
}

func busy() error {
	return fault.New(fault.Busy, "sqldb.busy", "当前办理人数较多，请稍后再试")
}

// converse runs the conversation of j over q.
func (j *job) converse(ctx context.Context, q querier, send func(context.Context, []statement) error) error {
	tx := &transaction{querier: q, send: send}
	if err := safely(func() error { return j.do(context.WithValue(ctx, txKey{}, tx)) }); err != nil {
		return err
	}
	j.after = tx.after
	return tx.failed
}

// join runs a batch in the transaction.
func (tx *transaction) join(ctx context.Context, b *Batch) error {
	if err := tx.send(ctx, gathered(b)); err != nil {
		tx.failed = err
		return err
	}
	tx.after = append(tx.after, b.after...)
	return nil
}

// present sends away those who gave up while they waited: nothing of theirs is
// kept.
func present(group []*job) []*job {
	return slices.DeleteFunc(group, func(j *job) bool {
		if j.ctx.Err() == nil {
			return false
		}
		j.done <- busy()
		return true
	})
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
	b.settle()
	other.settle()
	b.statements = append(b.statements, other.statements...)
	b.logged = append(b.logged, other.logged...)
	b.after = append(b.after, other.after...)
	b.guards = append(b.guards, other.guards...)
}

package sqldb

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"tongban/internal/ground/spans"
)

type txKey struct{}

type querier interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// Exec runs one statement by itself, or in the Within that ctx carries, and
// says how many rows it touched.
func (db *DB) Exec(ctx context.Context, query string, args ...any) (rows int64, err error) {
	err = db.Within(ctx, func(ctx context.Context) error {
		res, err := inside(ctx).ExecContext(ctx, query, args...)
		if err != nil {
			inside(ctx).failed = err
			return err
		}
		rows, err = res.RowsAffected()
		return err
	})
	return rows, err
}

// A Found is one row; Scan gives sql.ErrNoRows when there is none.
type Found interface{ Scan(into ...any) error }

// Row asks for one row.
func (db *DB) Row(ctx context.Context, query string, args ...any) Found {
	ctx = db.brief(ctx)
	trace(ctx, query, args)
	defer db.meter.read(time.Now())
	_, end := spans.Begin(ctx, "read", "sql", query)
	defer end(nil)
	if tx := inside(ctx); tx != nil {
		return tx.QueryRowContext(ctx, query, args...)
	}
	if db.Postgres {
		return db.pool.QueryRow(ctx, query, args...)
	}
	if stmt := db.prepared(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return db.reads.QueryRowContext(ctx, query, args...)
}

// brief is ctx for a question about one row. SQLite is not watched while it answers
// that: to look whether who asked still waits would take half as long again.
func (db *DB) brief(ctx context.Context) context.Context {
	if db.Postgres || ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// Rows asks for many rows, reading each with scan.
func Rows[T any](ctx context.Context, db *DB, scan func(scan func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// One is Rows for what there is at most once; where it is not the answer is none.
func One[T any](ctx context.Context, db *DB, scan func(scan func(...any) error) (T, error), none error, query string, args ...any) (T, error) {
	all, err := Rows(db.brief(ctx), db, scan, query, args...)
	if err == nil && len(all) == 0 {
		err = none
	}
	if err != nil {
		var nothing T
		return nothing, err
	}
	return all[0], nil
}

// Each is Rows for results too long to hold: see is told one row at a time. It
// holds a connection meanwhile, so see may not ask the database itself.
func (db *DB) Each(ctx context.Context, see func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := db.query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := see(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// A sequence is rows, one after another.
type sequence interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close() error
}

// A pgSequence comes from pgx itself: database/sql would make each value twice.
type pgSequence struct{ pgx.Rows }

func (s pgSequence) Close() error {
	s.Rows.Close()
	return nil
}

func (db *DB) query(ctx context.Context, query string, args ...any) (rows sequence, err error) {
	trace(ctx, query, args)
	defer db.meter.read(time.Now())
	_, end := spans.Begin(ctx, "read", "sql", query)
	defer func() { end(err) }()
	if tx := inside(ctx); tx != nil {
		return tx.QueryContext(ctx, query, args...)
	}
	if db.Postgres {
		rows, err := db.pool.Query(ctx, query, args...)
		return pgSequence{rows}, err
	}
	if stmt := db.prepared(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return db.reads.QueryContext(ctx, query, args...)
}

// prepared returns a kept statement of SQLite, whose driver would otherwise
// parse the text at every call; pgx keeps its own. It returns nil when the text
// cannot be kept, and the call then goes the plain way and meets the error.
func (db *DB) prepared(ctx context.Context, query string) *sql.Stmt {
	return db.kept.get(ctx, db.reads, query)
}

// statements keeps prepared texts, up to a bound: texts made up at run time
// (filters) must not fill the memory.
type statements struct {
	mu    sync.RWMutex
	texts map[string]*sql.Stmt
}

const mostKept = 512

func (s *statements) get(ctx context.Context, pool *sql.DB, query string) *sql.Stmt {
	s.mu.RLock()
	stmt, full := s.texts[query], len(s.texts) >= mostKept
	s.mu.RUnlock()
	if stmt != nil || full {
		return stmt
	}
	// Outside the lock: this may wait for a connection.
	stmt, err := pool.PrepareContext(ctx, nameless(query))
	if err != nil {
		return nil
	}
	return s.keep(query, stmt)
}

// keep returns the statement to use: the one kept for the text, or nil if there
// is no room for it.
func (s *statements) keep(query string, stmt *sql.Stmt) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if first := s.texts[query]; first != nil || len(s.texts) >= mostKept {
		stmt.Close()
		return first
	}
	if s.texts == nil {
		s.texts = map[string]*sql.Stmt{}
	}
	s.texts[query] = stmt
	return stmt
}

func (s *statements) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, stmt := range s.texts {
		stmt.Close()
	}
}

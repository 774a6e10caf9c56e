// Package rekey replaces the keys of the platform while people work (更换密钥): a
// new key is first made known to every replica, then used by all, and then what the
// old one has made is made anew, row after row in the background, from where it
// stopped if the program died. A room says which of its columns a key has made and
// how to make them again; its tables are changed here in no other way.
//
// What stands in facts and on papers is not made anew: a fact is evidence and its
// hash holds it as it was written. So an old field key and an old key of marks stay
// in the ring and go on reading.
package rekey

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
)

// A Column holds what a key has made: sealed values, each alone or within a text, or
// digests by which what is sealed is looked up.
type Column struct {
	Table  string
	Key    string // a text that names the row; there is an index in its order
	Column string
	About  func(key string) string // what the sealed values of that row are bound to
	From   []string                // other columns that a digest is made from
	Digest Digest                  // makes the digests of the row; nil: the column is sealed
}

// A Digest makes the digests of a row anew, from what it keeps sealed: it returns the
// value of the column, and adds to the batch what is to be changed elsewhere.
type Digest func(k Keys, r Row, b *sqldb.Batch) (string, error)

// A Row is what a digest is made from.
type Row struct {
	Key   string
	Value string
	From  []string
}

// Always is a Column's About where all rows are bound to the same.
func Always(about string) func(string) string {
	return func(string) string { return about }
}

func (c Column) name() string { return c.Table + "." + c.Column }

func (c Column) series() secret.Series {
	if c.Digest != nil {
		return secret.Index
	}
	return secret.Field
}

// Keys is the part of the key ring that is needed here (secret.Ring).
type Keys interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
	Stale(sealed string) bool
	Index(value, about string) string
	Indexes(value, about string) []string
	Known() map[secret.Series]int
	Used(secret.Series) int
	Use(secret.Series, int) error
	Refresh() error
}

// Service replaces keys.
type Service struct {
	DB      *sqldb.DB
	Keys    Keys
	Columns []Column
	Replica string        // names this process among the replicas
	Settle  time.Duration // how long a replica may not have heard of what the others do
	Now     func() time.Time

	waits map[secret.Series]wait

	following sync.Mutex
	said      map[secret.Series]int // to the other replicas
	saidAt    time.Time
}

// rowsAtOnce is how many rows are looked at in one round.
const rowsAtOnce = 500

// Work puts newer keys to use, and goes through every column that is behind the key
// in use, for some rounds; it is for a task that runs every few seconds on one
// replica. One who changes a row meanwhile wins; as they may write what they read
// before, every column is gone through a second time, a little later.
func (s *Service) Work(ctx context.Context) error {
	if s.waits == nil {
		s.waits = map[secret.Series]wait{}
	}
	if err := s.Follow(ctx); err != nil {
		return err
	}
	if err := s.advance(ctx); err != nil {
		return err
	}
	used, err := s.generations(ctx)
	if err != nil {
		return err
	}
	for _, c := range s.Columns {
		if !s.settled(used[c.series()]) {
			continue // some replica may still make them by the key before
		}
		if err := s.work(ctx, c); err != nil {
			return fmt.Errorf("make %s anew: %w", c.name(), err)
		}
	}
	return nil
}

func (s *Service) work(ctx context.Context, c Column) error {
	for range 20 {
		p, err := s.progress(ctx, c)
		if err != nil || p.Finished {
			return err
		}
		again, err := s.round(ctx, c, p)
		if err != nil || again != p.again {
			return err
		}
	}
	return nil
}

// A Progress is how far a column has come.
type Progress struct {
	Name       string
	Generation int   // of its key
	Rows       int64 // looked at so far
	Finished   bool
	after      string
	again      bool // it is gone through a second time
}

// past is how far the column has come when those rows are done.
func (p Progress) past(rows []Row) Progress {
	p.Rows += int64(len(rows))
	switch {
	case len(rows) == rowsAtOnce:
		p.after = rows[len(rows)-1].Key
	case p.again:
		p.Finished = true
	default:
		p.after, p.again = "", true
	}
	return p
}

// stage is what of it stands in the column finished: 0 the first time, 2 the second, 1 done.
func (p Progress) stage() int {
	switch {
	case p.Finished:
		return 1
	case p.again:
		return 2
	}
	return 0
}

// Progress lists all columns.
func (s *Service) Progress(ctx context.Context) ([]Progress, error) {
	var all []Progress
	for _, c := range s.Columns {
		p, err := s.progress(ctx, c)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// progress is how far a column has come toward the current key. The first key
// of a ring needs no work.
func (s *Service) progress(ctx context.Context, c Column) (Progress, error) {
	now := Progress{Name: c.name(), Generation: s.Keys.Used(c.series())}
	all, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (p Progress, err error) {
		var finished int
		err = scan(&p.Generation, &p.after, &p.Rows, &finished)
		p.Name, p.Finished, p.again = now.Name, finished == 1, finished == 2
		return p, err
	}, `SELECT generation, after_key, rows_done, finished FROM rekey_columns WHERE name = $1`, now.Name)
	switch {
	case err != nil:
		return now, err
	case len(all) == 1 && all[0].Generation >= now.Generation:
		return all[0], nil
	}
	now.Finished = now.Generation == 1
	return now, nil
}

// round makes the next rows anew and notes it, in one transaction: of a program
// that dies either both are kept or neither. It reports whether the next is of the
// second time.
func (s *Service) round(ctx context.Context, c Column, p Progress) (again bool, err error) {
	rows, err := s.rows(ctx, c, p.after)
	if err != nil {
		return false, err
	}
	var b sqldb.Batch
	for _, r := range rows {
		fresh, err := s.anew(c, r, &b)
		if err != nil {
			return false, fmt.Errorf("row %s: %w", r.Key, err)
		}
		if fresh != r.Value {
			b.Exec(fmt.Sprintf(`UPDATE %s SET %s = $1 WHERE %s = $2 AND %s = $3`, c.Table, c.Column, c.Key, c.Column), fresh, r.Key, r.Value)
		}
	}
	p = p.past(rows)
	b.Exec(`INSERT INTO rekey_columns (name, generation, after_key, rows_done, finished) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (name) DO UPDATE SET generation = excluded.generation, after_key = excluded.after_key, rows_done = excluded.rows_done, finished = excluded.finished`,
		p.Name, p.Generation, p.after, p.Rows, p.stage())
	return p.again, s.DB.Commit(ctx, &b)
}

// rows are the next ones of a column.
func (s *Service) rows(ctx context.Context, c Column, after string) ([]Row, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (Row, error) {
		r := Row{From: make([]string, len(c.From))}
		to := []any{&r.Key, &r.Value}
		for i := range r.From {
			to = append(to, &r.From[i])
		}
		return r, scan(to...)
	}, fmt.Sprintf(`SELECT %s FROM %s WHERE %s > $1 ORDER BY %s LIMIT %d`,
		strings.Join(append([]string{c.Key, c.Column}, c.From...), ", "), c.Table, c.Key, c.Key, rowsAtOnce), after)
}

// anew is the value of a row by the keys in use.
func (s *Service) anew(c Column, r Row, b *sqldb.Batch) (string, error) {
	if c.Digest != nil {
		return c.Digest(s.Keys, r, b)
	}
	var bad error
	fresh := sealedValue.ReplaceAllStringFunc(r.Value, func(sealed string) string {
		if !s.Keys.Stale(sealed) {
			return sealed
		}
		plain, err := s.Keys.Open(sealed, c.About(r.Key))
		if err != nil {
			if sealed == r.Value {
				bad = err
			}
			return sealed // within a text: words of somebody that look like it
		}
		again, err := s.Keys.Seal(plain, c.About(r.Key))
		if err != nil {
			bad = err
		}
		return again
	})
	return fresh, bad
}

// sealedValue is what Seal makes: at least nonce and tag stand behind the key's number.
var sealedValue = regexp.MustCompile(`\bk[0-9]+\.[A-Za-z0-9_-]{38,}`)

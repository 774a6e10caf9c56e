// Package rekey seals anew what a replaced field key has sealed (更换数据密钥):
// row after row in the background, while people work, from where it stopped if
// the program died. A room says which of its columns are sealed and what each
// value is bound to; its tables are changed here in no other way.
//
// What stands in facts is not sealed anew: a fact is evidence and its hash holds
// it as it was written. So an old field key stays in the ring and goes on opening.
package rekey

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/ground/sqldb"
)

// A Column is a sealed column whose rows may be sealed anew.
type Column struct {
	Table  string
	Key    string // its primary key, a text
	Column string
	About  func(key string) string // what the value of that row is bound to
}

// Always is a Column's About where all rows are bound to the same.
func Always(about string) func(string) string {
	return func(string) string { return about }
}

func (c Column) name() string { return c.Table + "." + c.Column }

// Keys is the part of the key ring that is needed here (secret.Ring).
type Keys interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
	Stale(sealed string) bool
	Generation() int
}

// Service seals columns anew.
type Service struct {
	DB      *sqldb.DB
	Keys    Keys
	Columns []Column
	Settle  time.Duration // how long after a new key some replica may still seal with the old one
	Now     func() time.Time

	seen  int // the generation that was current when last looked
	since time.Time
}

// rowsAtOnce is how many rows are looked at in one round.
const rowsAtOnce = 500

// Work goes through every column that is behind the current key, for some
// rounds; it is for a task that runs every few seconds on one replica. One who
// changes a row meanwhile wins: what they write is sealed by the current key.
func (s *Service) Work(ctx context.Context) error {
	if g := s.Keys.Generation(); g != s.seen {
		s.seen, s.since = g, s.Now()
	}
	if s.Now().Sub(s.since).Abs() < s.Settle {
		return nil
	}
	for _, c := range s.Columns {
		for range 20 {
			p, err := s.progress(ctx, c)
			if err != nil {
				return err
			}
			if p.Finished {
				break
			}
			if err := s.round(ctx, c, p); err != nil {
				return fmt.Errorf("seal %s anew: %w", c.name(), err)
			}
		}
	}
	return nil
}

// A Progress is how far a column has come.
type Progress struct {
	Name       string
	Generation int   // of the field key
	Rows       int64 // looked at so far
	Finished   bool
	after      string
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
	now := Progress{Name: c.name(), Generation: s.Keys.Generation()}
	all, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (p Progress, err error) {
		var finished int
		err = scan(&p.Generation, &p.after, &p.Rows, &finished)
		p.Name, p.Finished = now.Name, finished == 1
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

// row is a sealed value as it stands.
type row struct{ key, sealed string }

// round seals the next rows anew and notes it, in one transaction: of a program
// that dies either both are kept or neither.
func (s *Service) round(ctx context.Context, c Column, p Progress) error {
	rows, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (r row, err error) {
		return r, scan(&r.key, &r.sealed)
	}, fmt.Sprintf(`SELECT %s, %s FROM %s WHERE %s > $1 ORDER BY %s LIMIT %d`, c.Key, c.Column, c.Table, c.Key, c.Key, rowsAtOnce), p.after)
	if err != nil {
		return err
	}
	var b sqldb.Batch
	for _, r := range rows {
		if !s.Keys.Stale(r.sealed) {
			continue
		}
		fresh, err := s.anew(c, r)
		if err != nil {
			return fmt.Errorf("row %s: %w", r.key, err)
		}
		b.Exec(fmt.Sprintf(`UPDATE %s SET %s = $1 WHERE %s = $2 AND %s = $3`, c.Table, c.Column, c.Key, c.Column), fresh, r.key, r.sealed)
	}
	if len(rows) > 0 {
		p.after = rows[len(rows)-1].key
	}
	p.Finished = len(rows) < rowsAtOnce
	b.Exec(`INSERT INTO rekey_columns (name, generation, after_key, rows_done, finished) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (name) DO UPDATE SET generation = excluded.generation, after_key = excluded.after_key, rows_done = excluded.rows_done, finished = excluded.finished`,
		p.Name, p.Generation, p.after, p.Rows+int64(len(rows)), sqldb.Bool(p.Finished))
	return s.DB.Commit(ctx, &b)
}

func (s *Service) anew(c Column, r row) (string, error) {
	about := c.About(r.key)
	plain, err := s.Keys.Open(r.sealed, about)
	if err != nil {
		return "", err
	}
	return s.Keys.Seal(plain, about)
}

// Package creditstore keeps credit records in SQL.
package creditstore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/credit"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "credit", Files: files}

// Store is a credit.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ credit.Store = (*Store)(nil)

// Add adds a new record and its fact to the batch.
func (s *Store) Add(b *sqldb.Batch, r *credit.Record, n credit.Noted) (err error) {
	if r.Head, err = s.Post.Record(b, credit.Stream(r.ID), r.Head, n.At, n); err != nil {
		return err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("write credit record %s: %w", r.ID, err)
	}
	b.Exec(`INSERT INTO credit_records (id, subject, name, agency, region, state, body, seq, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.ID, r.Subject, r.Name, r.Agency, r.Region, string(r.State), string(body), r.Head.Seq, r.Head.Hash)
	return nil
}

// Keep commits a batch of records.
func (s *Store) Keep(ctx context.Context, b *sqldb.Batch) error { return s.DB.Commit(ctx, b) }

// Change loads, judges and keeps; the chain of facts is the version.
func (s *Store) Change(ctx context.Context, id string, do func(credit.Record) (credit.Noted, error)) (credit.Record, error) {
	r, err := s.Record(ctx, id)
	if err != nil {
		return r, err
	}
	n, err := do(r)
	if err != nil {
		return r, err
	}
	r.Apply(n)
	var b sqldb.Batch
	if err := s.Put(&b, &r, n); err != nil {
		return r, err
	}
	err = s.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return r, fault.New(fault.Conflict, "credit.stale", "这条记录刚刚被他人办理，请刷新后再试")
	}
	return r, err
}

// Put adds what became of a record to the batch.
func (s *Store) Put(b *sqldb.Batch, r *credit.Record, n credit.Noted) (err error) {
	if r.Head, err = s.Post.Record(b, credit.Stream(r.ID), r.Head, n.At, n); err != nil {
		return err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("write credit record %s: %w", r.ID, err)
	}
	b.Exec(`UPDATE credit_records SET state = $1, body = $2, seq = $3, hash = $4 WHERE id = $5`, string(r.State), string(body), r.Head.Seq, r.Head.Hash, r.ID)
	return nil
}

const columns = `body, seq, hash`

func scan(read func(...any) error) (r credit.Record, err error) {
	kept, head, err := event.Scan[credit.Record](read)
	if err != nil {
		return r, err
	}
	kept.Head = head
	return *kept, nil
}

// Record reads one.
func (s *Store) Record(ctx context.Context, id string) (credit.Record, error) {
	return sqldb.One(ctx, s.DB, scan, credit.None(), `SELECT `+columns+` FROM credit_records WHERE id = $1`, id)
}

// mostOf bounds how many records about one subject are read.
const mostOf = 200

// Of is all records about a subject.
func (s *Store) Of(ctx context.Context, subject []string) ([]credit.Record, error) {
	if len(subject) == 0 {
		return nil, nil
	}
	in, args := sqldb.In(subject)
	return sqldb.Rows(ctx, s.DB, scan, fmt.Sprintf(`SELECT `+columns+` FROM credit_records WHERE subject IN %s ORDER BY id DESC LIMIT $%d`, in, len(args)+1), append(args, mostOf)...)
}

// List is a page, the latest first.
func (s *Store) List(ctx context.Context, f credit.Filter) ([]credit.Record, error) {
	var where []string
	var args []any
	and := func(condition string, arg any) {
		args = append(args, arg)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if len(f.Subject) > 0 {
		in, under := sqldb.In(f.Subject)
		args, where = append(args, under...), append(where, `subject IN `+in)
	}
	if f.Agency != "" {
		and(`agency = $%d`, f.Agency)
	} else {
		and(`region LIKE $%d`, identity.Stem(f.Region)+"%")
	}
	if f.State != "" {
		and(`state = $%d`, string(f.State))
	}
	if f.Name != "" {
		and(`name >= $%d`, f.Name)
		and(`name < $%d`, f.Name+"\U0010ffff")
	}
	if f.After != "" {
		and(`id < $%d`, f.After)
	}
	args = append(args, f.Limit)
	return sqldb.Rows(ctx, s.DB, scan, fmt.Sprintf(`SELECT `+columns+` FROM credit_records WHERE %s ORDER BY id DESC LIMIT $%d`, strings.Join(where, " AND "), len(args)), args...)
}

// IDs lists keys in order.
func (s *Store) IDs(ctx context.Context, after string, limit int) ([]string, error) {
	return sqldb.Rows(ctx, s.DB, func(read func(...any) error) (id string, err error) { return id, read(&id) },
		`SELECT id FROM credit_records WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// Kept reads a record and the columns it is found by.
func (s *Store) Kept(ctx context.Context, id string) (k credit.Kept, err error) {
	row := s.DB.Row(ctx, `SELECT `+columns+`, id, subject, name, agency, region, state FROM credit_records WHERE id = $1`, id)
	k.Record, err = scan(func(to ...any) error {
		return row.Scan(append(to, &k.ID, &k.Subject, &k.Name, &k.Agency, &k.Region, &k.State)...)
	})
	return k, err
}

// History is the facts of a record in order.
func (s *Store) History(ctx context.Context, id string) ([]event.Record, error) {
	return s.Post.Stream(ctx, credit.Stream(id))
}

// Package visitstore keeps joint visits in SQL.
package visitstore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/visits"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "visits", Files: files}

// Store is a visits.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ visits.Store = (*Store)(nil)

// Add keeps a new visit.
func (s *Store) Add(ctx context.Context, m visits.Moved) (*visits.Visit, error) {
	v := &visits.Visit{}
	v.Apply(m)
	var b sqldb.Batch
	if err := s.put(&b, v, m); err != nil {
		return nil, err
	}
	err := s.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return nil, fault.New(fault.Conflict, "visits.call.open", "这件事已经召集了联合踏勘，还没有结束")
	}
	return v, err
}

func (s *Store) put(b *sqldb.Batch, v *visits.Visit, m visits.Moved) (err error) {
	before := v.Head
	if v.Head, err = s.Post.Record(b, v.ID.Stream(), before, m.At, m); err != nil {
		return err
	}
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write visit %s: %w", v.ID, err)
	}
	open := string(v.Joint)
	if !v.Ended.IsZero() {
		open = string(v.ID)
	}
	if before.Seq > 0 {
		var kept string
		b.Row([]any{&kept}, `UPDATE visits_visits SET ended = $1, open_of = $2, body = $3, head_seq = $4, head_hash = $5 WHERE id = $6 AND head_seq = $7 RETURNING id`,
			sqldb.Bool(!v.Ended.IsZero()), open, string(body), v.Head.Seq, v.Head.Hash, string(v.ID), before.Seq)
		return nil
	}
	b.Exec(`INSERT INTO visits_visits (id, joint, ended, open_of, opened, body, head_seq, head_hash) VALUES ($1, $2, 0, $3, $4, $5, $6, $7)`,
		string(v.ID), string(v.Joint), open, sqldb.Instant(v.Opened), string(body), v.Head.Seq, v.Head.Hash)
	for _, p := range v.Parts {
		b.Exec(`INSERT INTO visits_agencies (agency, visit) VALUES ($1, $2)`, p.Agency, string(v.ID))
	}
	return nil
}

// Change loads, judges, and keeps.
func (s *Store) Change(ctx context.Context, id visits.ID, do func(*visits.Visit, *sqldb.Batch) (visits.Moved, error)) (*visits.Visit, error) {
	stale := fault.New(fault.Conflict, "visits.stale", "这次踏勘刚被他人处理，请刷新后再试")
	return event.Change(ctx, s.DB, stale, func() (*visits.Visit, error) { return s.Visit(ctx, id) }, do, s.put)
}

const columns = `SELECT v.body, v.head_seq, v.head_hash FROM visits_visits v `

func scan(read func(...any) error) (*visits.Visit, error) {
	v, head, err := event.Scan[visits.Visit](read)
	if err == nil {
		v.Head = head
	}
	return v, err
}

// Visit reads one.
func (s *Store) Visit(ctx context.Context, id visits.ID) (*visits.Visit, error) {
	return sqldb.One(ctx, s.DB, scan, visits.None(), columns+`WHERE v.id = $1`, string(id))
}

// Of are the visits of a matter.
func (s *Store) Of(ctx context.Context, id joint.ID) ([]*visits.Visit, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE v.joint = $1 ORDER BY v.opened DESC`, string(id))
}

// For are the visits of an agency.
func (s *Store) For(ctx context.Context, agency string, limit int) ([]*visits.Visit, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`JOIN visits_agencies a ON a.visit = v.id WHERE a.agency = $1 ORDER BY v.ended, v.opened DESC LIMIT $2`, agency, limit)
}

// Ringing are the open visits.
func (s *Store) Ringing(ctx context.Context, after visits.ID, limit int) ([]*visits.Visit, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE v.ended = 0 AND v.id > $1 ORDER BY v.id LIMIT $2`, string(after), limit)
}

// IDs lists keys in order.
func (s *Store) IDs(ctx context.Context, after visits.ID, limit int) ([]visits.ID, error) {
	return sqldb.Column[visits.ID](ctx, s.DB, `SELECT id FROM visits_visits WHERE id > $1 ORDER BY id LIMIT $2`, string(after), limit)
}

// History is the facts of a visit in order.
func (s *Store) History(ctx context.Context, id visits.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}

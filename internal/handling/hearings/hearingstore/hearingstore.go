// Package hearingstore keeps announced hearings and who signed up for them in SQL.
package hearingstore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "hearings", Files: files}

// Sealed are the columns of this room with telephones that are kept unreadable.
var Sealed = []rekey.Column{
	{Table: "hearings_signups", Key: "id", Column: "body", About: func(id string) string { return hearings.Signup{ID: id}.Stream() }},
	{Table: "hearings_stakes", Key: "id", Column: "body", About: func(id string) string { return hearings.Stake{ID: id}.Stream() }},
}

// Store is a hearings.Store.
type Store struct {
	DB *sqldb.DB
	// Facts is where what happened is recorded.
	Facts *event.Post
}

var _ hearings.Store = (*Store)(nil)

// Post puts a notice into the batch.
func (s *Store) Post(b *sqldb.Batch, p hearings.Posted) error {
	n := p.Notice
	head, err := s.Facts.Record(b, n.ID.Stream(), n.Head, p.When, p)
	if err != nil {
		return err
	}
	body, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("write notice %s: %w", n.ID, err)
	}
	b.Exec(`INSERT INTO hearings_notices (id, case_id, ended, held, body, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, held = excluded.held, body = excluded.body, head_seq = excluded.head_seq, head_hash = excluded.head_hash`,
		string(n.ID), string(n.Case), sqldb.Bool(!n.Ended.IsZero()), sqldb.Instant(n.At), string(body), head.Seq, head.Hash)
	return nil
}

// Sign puts a sign-up into the batch.
func (s *Store) Sign(b *sqldb.Batch, m hearings.Signed) error {
	u := m.Signup
	head, err := s.Facts.Record(b, u.Stream(), u.Head, m.When, m)
	if err != nil {
		return err
	}
	body, err := json.Marshal(u)
	if err != nil {
		return fmt.Errorf("write sign-up %s: %w", u.ID, err)
	}
	if u.Head.Seq == 0 { // a second one of the same party at the same moment fails
		b.Exec(`INSERT INTO hearings_signups (notice, party, id, body, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5, $6)`,
			string(u.Notice), u.Party, u.ID, string(body), head.Seq, head.Hash)
		return nil
	}
	b.Exec(`UPDATE hearings_signups SET body = $1, head_seq = $2, head_hash = $3 WHERE notice = $4 AND party = $5`,
		string(body), head.Seq, head.Hash, string(u.Notice), u.Party)
	return nil
}

// Commit keeps a batch.
func (s *Store) Commit(ctx context.Context, b *sqldb.Batch) error {
	err := s.DB.Commit(ctx, b)
	if sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "hearings.stale", "这次听证的报名刚刚有变化，请刷新后再试")
	}
	return err
}

const notices = `SELECT body, head_seq, head_hash FROM hearings_notices `

func scanNotice(read func(...any) error) (*hearings.Notice, error) {
	n, head, err := event.Scan[hearings.Notice](read)
	if err == nil {
		n.Head = head
	}
	return n, err
}

// Notice finds one.
func (s *Store) Notice(ctx context.Context, id hearings.ID) (*hearings.Notice, error) {
	return sqldb.One(ctx, s.DB, scanNotice, hearings.None(), notices+`WHERE id = $1`, string(id))
}

// OfCase are the notices of a case.
func (s *Store) OfCase(ctx context.Context, id cases.ID) ([]*hearings.Notice, error) {
	return sqldb.Rows(ctx, s.DB, scanNotice, notices+`WHERE case_id = $1 ORDER BY held DESC`, string(id))
}

// Announced are those of the cases of which a hearing was announced.
func (s *Store) Announced(ctx context.Context, ids []cases.ID) (map[cases.ID]bool, error) {
	in, args := sqldb.In(ids)
	return sqldb.Keys[cases.ID](ctx, s.DB, `SELECT DISTINCT case_id FROM hearings_notices WHERE case_id IN `+in, args...)
}

// List is a page of notices, by keyset.
func (s *Store) List(ctx context.Context, over bool, after string, limit int) ([]*hearings.Notice, error) {
	args, where := []any{sqldb.Bool(over)}, `WHERE ended = $1`
	beyond, order := `>`, `held, id`
	if over {
		beyond, order = `<`, `held DESC, id DESC`
	}
	if at, id, ok := strings.Cut(after, "/"); ok {
		if ms, err := strconv.ParseInt(at, 10, 64); err == nil {
			where += ` AND (held, id) ` + beyond + ` ($2, $3)`
			args = append(args, ms, id)
		}
	}
	args = append(args, limit)
	return sqldb.Rows(ctx, s.DB, scanNotice, notices+where+` ORDER BY `+order+fmt.Sprintf(` LIMIT $%d`, len(args)), args...)
}

const signups = `SELECT body, head_seq, head_hash FROM hearings_signups `

func scanSignup(read func(...any) error) (*hearings.Signup, error) {
	u, head, err := event.Scan[hearings.Signup](read)
	if err == nil {
		u.Head = head
	}
	return u, err
}

// Signups are all who signed up for a hearing.
func (s *Store) Signups(ctx context.Context, id hearings.ID) ([]*hearings.Signup, error) {
	return sqldb.Rows(ctx, s.DB, scanSignup, signups+`WHERE notice = $1 ORDER BY id`, string(id))
}

// Signup is that of a party.
func (s *Store) Signup(ctx context.Context, id hearings.ID, party string) (*hearings.Signup, error) {
	all, err := sqldb.Rows(ctx, s.DB, scanSignup, signups+`WHERE notice = $1 AND party = $2`, string(id), party)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// Of are the sign-ups of a party, each with its hearing.
func (s *Store) Of(ctx context.Context, party string, limit int) ([]hearings.Held, error) {
	return sqldb.Rows(ctx, s.DB, scanHeld, `SELECT u.body, u.head_seq, u.head_hash, n.body, n.head_seq, n.head_hash
		FROM hearings_signups u JOIN hearings_notices n ON n.id = u.notice WHERE u.party = $1 ORDER BY u.id DESC LIMIT $2`, party, limit)
}

func scanHeld(read func(...any) error) (h hearings.Held, err error) {
	var signup, notice string
	n := &hearings.Notice{}
	if err := read(&signup, &h.Signup.Head.Seq, &h.Signup.Head.Hash, &notice, &n.Head.Seq, &n.Head.Hash); err != nil {
		return h, err
	}
	if err := json.Unmarshal([]byte(signup), &h.Signup); err != nil {
		return h, fmt.Errorf("read a sign-up: %w", err)
	}
	h.For = n
	return h, json.Unmarshal([]byte(notice), n)
}

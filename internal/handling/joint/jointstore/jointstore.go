// Package jointstore keeps joint cases in SQL.
package jointstore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "joint", Files: files}

// Store is a joint.Store.
type Store struct {
	DB    *sqldb.DB
	Post  *event.Post
	Marks serials.Marks // after which numbers the series go on
}

var _ joint.Store = (*Store)(nil)

// Number allots the next number of a day, with which the stem ends.
func (s *Store) Number(ctx context.Context, stem string, day calendar.Day) (string, error) {
	var b sqldb.Batch
	var last int64
	serials.Take(&b, &last, "joint_serials", stem, 1, s.Marks.OnDay(serials.Joint, day))
	if err := s.DB.Commit(ctx, &b); err != nil {
		return "", fmt.Errorf("allot joint number: %w", err)
	}
	return fmt.Sprintf("%s%04d", stem, last), nil
}

// Add keeps a new joint case with its first cases.
func (s *Store) Add(ctx context.Context, b *sqldb.Batch, m joint.Moved) (*joint.Joint, error) {
	j := &joint.Joint{}
	j.Apply(m)
	if err := s.put(b, j, m); err != nil {
		return nil, err
	}
	err := s.DB.Commit(ctx, b)
	if sqldb.IsDuplicate(err) {
		if before, failed := s.ByDraft(ctx, j.Draft); failed == nil {
			return before, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("keep joint case: %w", err)
	}
	return j, nil
}

func (s *Store) put(b *sqldb.Batch, j *joint.Joint, m joint.Moved) (err error) {
	before := j.Head
	if j.Head, err = s.Post.Record(b, j.ID.Stream(), before, m.At, m); err != nil {
		return err
	}
	body, err := json.Marshal(j)
	if err != nil {
		return fmt.Errorf("write joint case %s: %w", j.ID, err)
	}
	if before.Seq == 0 {
		b.Exec(`INSERT INTO joint_matters (id, number, draft, theme, party, region, open, opened, body, head_seq, head_hash)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, string(j.ID), j.Number, j.Draft, string(j.Theme), j.Applicant.Party, j.Region,
			sqldb.Bool(j.Open()), sqldb.Instant(j.Opened), string(body), j.Head.Seq, j.Head.Hash)
	} else {
		var kept string
		b.Row([]any{&kept}, `UPDATE joint_matters SET open = $1, body = $2, head_seq = $3, head_hash = $4 WHERE id = $5 AND head_seq = $6 RETURNING id`,
			sqldb.Bool(j.Open()), string(body), j.Head.Seq, j.Head.Hash, string(j.ID), before.Seq)
	}
	for _, p := range j.Parts {
		b.Exec(`INSERT INTO joint_parts (joint, item, case_id, state) VALUES ($1, $2, $3, $4)
			ON CONFLICT (joint, item) DO UPDATE SET case_id = excluded.case_id, state = excluded.state`, string(j.ID), string(p.Item), string(p.Case), string(p.State))
	}
	return nil
}

// Change loads, judges, and keeps.
func (s *Store) Change(ctx context.Context, id joint.ID, do func(*joint.Joint, *sqldb.Batch) (joint.Moved, error)) (*joint.Joint, error) {
	stale := fault.New(fault.Conflict, "joint.stale", "这个联办件刚被他人处理，请刷新后再试")
	return event.Change(ctx, s.DB, stale, func() (*joint.Joint, error) { return s.Joint(ctx, id) }, do, s.put)
}

const columns = `SELECT body, head_seq, head_hash FROM joint_matters`

func scan(read func(...any) error) (*joint.Joint, error) {
	j, head, err := event.Scan[joint.Joint](read)
	if err == nil {
		j.Head = head
	}
	return j, err
}

func (s *Store) one(ctx context.Context, where string, args ...any) (*joint.Joint, error) {
	return sqldb.One(ctx, s.DB, scan, joint.None(), columns+where, args...)
}

// Joint reads one by its key.
func (s *Store) Joint(ctx context.Context, id joint.ID) (*joint.Joint, error) {
	return s.one(ctx, ` WHERE id = $1`, string(id))
}

// ByNumber reads one by its number.
func (s *Store) ByNumber(ctx context.Context, number string) (*joint.Joint, error) {
	return s.one(ctx, ` WHERE number = $1`, number)
}

// ByDraft reads the one that was made of a draft.
func (s *Store) ByDraft(ctx context.Context, draft string) (*joint.Joint, error) {
	return s.one(ctx, ` WHERE draft = $1`, draft)
}

// OfCase reads the one that a case is part of.
func (s *Store) OfCase(ctx context.Context, id cases.ID) (*joint.Joint, error) {
	return s.one(ctx, ` WHERE id = (SELECT joint FROM joint_parts WHERE case_id = $1)`, string(id))
}

// Parts asks for all at once.
func (s *Store) Parts(ctx context.Context, ids []cases.ID) (map[cases.ID]bool, error) {
	marks, args := sqldb.In(ids)
	return sqldb.Keys[cases.ID](ctx, s.DB, `SELECT case_id FROM joint_parts WHERE case_id IN `+marks, args...)
}

// OfParty lists a party's, the newest first.
func (s *Store) OfParty(ctx context.Context, party string, limit int) ([]*joint.Joint, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+` WHERE party = $1 ORDER BY opened DESC, id DESC LIMIT $2`, party, limit)
}

// In lists those of a region and all below it, the newest first.
func (s *Store) In(ctx context.Context, region string, limit int) ([]*joint.Joint, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+` WHERE region LIKE $1 ORDER BY opened DESC, id DESC LIMIT $2`, strings.TrimRight(identity.Stem(region), "%")+"%", limit)
}

// IDs lists keys in order.
func (s *Store) IDs(ctx context.Context, after joint.ID, limit int) ([]joint.ID, error) {
	return sqldb.Column[joint.ID](ctx, s.DB, `SELECT id FROM joint_matters WHERE id > $1 ORDER BY id LIMIT $2`, string(after), limit)
}

// History is the facts of a joint case in order.
func (s *Store) History(ctx context.Context, id joint.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}

// Use is how far the numbers of joint cases have come.
func Use(ctx context.Context, db *sqldb.DB) (serials.Use, error) {
	return serials.Furthest(ctx, db, serials.Joint, "joint_serials")
}

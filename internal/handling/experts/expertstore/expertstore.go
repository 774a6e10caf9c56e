// Package expertstore keeps the register of experts and their reviews in SQL.
package expertstore

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
	"tongban/internal/handling/cases"
	"tongban/internal/handling/experts"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "experts", Files: files}

// Store is an experts.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ experts.Store = (*Store)(nil)

// Register keeps an entry of the register.
func (s *Store) Register(ctx context.Context, m experts.Registered) (experts.Expert, error) {
	e := m.Expert
	body, err := json.Marshal(e)
	if err != nil {
		return e, fmt.Errorf("write expert %s: %w", e.ID, err)
	}
	var b sqldb.Batch
	head, err := s.Post.Record(&b, "expert/"+string(e.ID), e.Head, m.At, m)
	if err != nil {
		return e, err
	}
	b.Exec(`INSERT INTO experts_register (id, name, region, body, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, region = excluded.region, body = excluded.body, head_seq = excluded.head_seq, head_hash = excluded.head_hash`,
		string(e.ID), e.Name, e.Region, string(body), head.Seq, head.Hash)
	err = s.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return e, fault.New(fault.Conflict, "experts.register.stale", "这位专家的信息刚被他人修改，请刷新后再试")
	}
	e.Head = head
	return e, err
}

func scanExpert(read func(...any) error) (experts.Expert, error) {
	e, head, err := event.Scan[experts.Expert](read)
	if err != nil {
		return experts.Expert{}, err
	}
	e.Head = head
	return *e, nil
}

const entry = `SELECT body, head_seq, head_hash FROM experts_register `

// Expert finds an entry.
func (s *Store) Expert(ctx context.Context, id experts.ExpertID) (experts.Expert, error) {
	none := fault.New(fault.NotFound, "experts.register.none", "专家库里没有这位专家")
	return sqldb.One(ctx, s.DB, scanExpert, none, entry+`WHERE id = $1`, string(id))
}

// Experts is the register of the divisions that take in region, and of those in it.
func (s *Store) Experts(ctx context.Context, region, after string, limit int) ([]experts.Expert, error) {
	stem := identity.Stem(region)
	args := []any{stem, stem + ":"} // ':' follows '9'
	where := `WHERE (region >= $1 AND region < $2`
	for n := 2; n < len(stem); n++ {
		outer := stem[:n] + strings.Repeat("0", len(region)-n)
		args = append(args, outer)
		where += fmt.Sprintf(` OR region = $%d`, len(args))
	}
	where += `)`
	if name, id, ok := strings.Cut(after, "/"); ok {
		args = append(args, name, id)
		where += fmt.Sprintf(` AND (name, id) > ($%d, $%d)`, len(args)-1, len(args))
	}
	where += ` ORDER BY name, id`
	if limit > 0 {
		args = append(args, limit)
		where += fmt.Sprintf(` LIMIT $%d`, len(args))
	}
	return sqldb.Rows(ctx, s.DB, scanExpert, entry+where, args...)
}

// Add keeps a new review.
func (s *Store) Add(ctx context.Context, m experts.Moved, b *sqldb.Batch) (*experts.Review, error) {
	r := &experts.Review{}
	r.Apply(m)
	if err := s.put(b, r, m); err != nil {
		return nil, err
	}
	err := s.DB.Commit(ctx, b)
	if sqldb.IsDuplicate(err) {
		return nil, fault.New(fault.Conflict, "experts.announce.open", "这个办件的专家评审已经公布抽取方案，或者办件刚被他人处理，请刷新后再试")
	}
	return r, err
}

func (s *Store) put(b *sqldb.Batch, r *experts.Review, m experts.Moved) (err error) {
	before := r.Head
	if r.Head, err = s.Post.Record(b, r.ID.Stream(), before, m.At, m); err != nil {
		return err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("write expert review %s: %w", r.ID, err)
	}
	open := string(r.Case)
	if !r.Ended.IsZero() {
		open = string(r.ID)
	}
	for _, i := range r.Now().Invited {
		if c, _ := r.Find(i.Expert); c.Account != "" {
			b.Exec(`INSERT INTO experts_drawn (account, review) VALUES ($1, $2) ON CONFLICT DO NOTHING`, c.Account, string(r.ID))
		}
	}
	if before.Seq > 0 {
		var kept string
		b.Row([]any{&kept}, `UPDATE experts_reviews SET ended = $1, open_of = $2, body = $3, head_seq = $4, head_hash = $5 WHERE id = $6 AND head_seq = $7 RETURNING id`,
			sqldb.Bool(!r.Ended.IsZero()), open, string(body), r.Head.Seq, r.Head.Hash, string(r.ID), before.Seq)
		return nil
	}
	b.Exec(`INSERT INTO experts_reviews (id, case_id, agency, ended, open_of, opened, body, head_seq, head_hash) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8)`,
		string(r.ID), string(r.Case), r.Agency, open, sqldb.Instant(r.Opened), string(body), r.Head.Seq, r.Head.Hash)
	return nil
}

// Change loads, judges, and keeps.
func (s *Store) Change(ctx context.Context, id experts.ID, do func(*experts.Review, *sqldb.Batch) (experts.Moved, error)) (*experts.Review, error) {
	stale := fault.New(fault.Conflict, "experts.stale", "这次专家评审刚被他人处理，请刷新后再试")
	return event.Change(ctx, s.DB, stale, func() (*experts.Review, error) { return s.Review(ctx, id) }, do, s.put)
}

const columns = `SELECT r.body, r.head_seq, r.head_hash FROM experts_reviews r `

func scan(read func(...any) error) (*experts.Review, error) {
	r, head, err := event.Scan[experts.Review](read)
	if err == nil {
		r.Head = head
	}
	return r, err
}

// Review reads one.
func (s *Store) Review(ctx context.Context, id experts.ID) (*experts.Review, error) {
	return sqldb.One(ctx, s.DB, scan, experts.None(), columns+`WHERE r.id = $1`, string(id))
}

// Of are the reviews of a case.
func (s *Store) Of(ctx context.Context, id cases.ID) ([]*experts.Review, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE r.case_id = $1 ORDER BY r.opened DESC`, string(id))
}

// For are the reviews of an agency.
func (s *Store) For(ctx context.Context, agency string, limit int) ([]*experts.Review, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE r.agency = $1 ORDER BY r.ended, r.opened DESC LIMIT $2`, agency, limit)
}

// Drawn are the reviews for which an account was drawn.
func (s *Store) Drawn(ctx context.Context, account string, limit int) ([]*experts.Review, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`JOIN experts_drawn d ON d.review = r.id WHERE d.account = $1 ORDER BY r.opened DESC LIMIT $2`, account, limit)
}

// Ringing are the open reviews.
func (s *Store) Ringing(ctx context.Context, after experts.ID, limit int) ([]*experts.Review, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE r.ended = 0 AND r.id > $1 ORDER BY r.id LIMIT $2`, string(after), limit)
}

// IDs lists keys in order.
func (s *Store) IDs(ctx context.Context, after experts.ID, limit int) ([]experts.ID, error) {
	return sqldb.Column[experts.ID](ctx, s.DB, `SELECT id FROM experts_reviews WHERE id > $1 ORDER BY id LIMIT $2`, string(after), limit)
}

// History is the facts of a review in order.
func (s *Store) History(ctx context.Context, id experts.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}

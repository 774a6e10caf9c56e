// Package elsewherestore keeps parcels for other places, partners and the
// messages between installations in SQL.
package elsewherestore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "elsewhere", Files: files}

// Sealed are the columns of this room that are kept unreadable. Messages are so
// too, but only until they have been delivered.
var Sealed = []rekey.Column{
	{Table: "elsewhere_parcels", Key: "id", Column: "application", About: elsewhere.AboutApplication},
	{Table: "elsewhere_parcels", Key: "id", Column: "certificate", About: elsewhere.AboutCertificate},
}

// Store is an elsewhere.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ elsewhere.Store = (*Store)(nil)

// Put adds a parcel and the fact of what was done to the batch.
func (s *Store) Put(b *sqldb.Batch, p *elsewhere.Parcel, asked, application, certificate string, told elsewhere.Told) error {
	head, err := s.Post.Record(b, "elsewhere/"+p.ID, event.Head{Seq: p.Seq, Hash: p.Hash}, told.At, told)
	if err != nil {
		return err
	}
	before := p.Seq
	p.Seq, p.Hash = head.Seq, head.Hash
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write parcel %s: %w", p.ID, err)
	}
	there := p.There.Region
	if p.There.Partner != "" {
		there = "" // nobody of ours handles it
	}
	if before == 0 {
		b.Exec(`INSERT INTO elsewhere_parcels (id, asked, here, there, party, case_id, state, ended, forward_by, body, application, certificate, seq, hash, partner)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, $13, $14)`, p.ID, asked, p.Here.Region, there, p.Applicant.Party, "",
			string(p.State), sqldb.Bool(p.State == elsewhere.Over), p.ForwardBy.String(), string(body), application, p.Seq, p.Hash, p.There.Partner)
		return nil
	}
	own := ""
	if p.There.Partner == "" {
		own = string(p.Status.Case)
	}
	var kept string
	b.Row([]any{&kept}, `UPDATE elsewhere_parcels SET case_id = $1, state = $2, ended = $3, forward_by = $4, body = $5, seq = $6, hash = $7,
		certificate = CASE WHEN $8 = '' THEN certificate ELSE $8 END WHERE id = $9 AND seq = $10 RETURNING id`,
		own, string(p.State), sqldb.Bool(p.State == elsewhere.Over), p.ForwardBy.String(), string(body), p.Seq, p.Hash, certificate, p.ID, before)
	return nil
}

// Amend adds to the batch that the sealed application of a parcel is another one.
func (s *Store) Amend(b *sqldb.Batch, parcel, application string) {
	b.Exec(`UPDATE elsewhere_parcels SET application = $1 WHERE id = $2`, application, parcel)
}

// Commit keeps a batch.
func (s *Store) Commit(ctx context.Context, b *sqldb.Batch) error { return s.DB.Commit(ctx, b) }

// Collided reports whether a batch was not kept because somebody was faster.
func (s *Store) Collided(err error) bool {
	return sqldb.IsOutrun(err)
}

const columns = `SELECT body, seq, hash FROM elsewhere_parcels `

func scan(row func(...any) error) (*elsewhere.Parcel, error) {
	p, head, err := event.Scan[elsewhere.Parcel](row)
	if err == nil {
		p.Seq, p.Hash = head.Seq, head.Hash
	}
	return p, err
}

func (s *Store) one(ctx context.Context, where, key string) (*elsewhere.Parcel, error) {
	return sqldb.One(ctx, s.DB, scan, elsewhere.None(), columns+where, key)
}

// Parcel finds one.
func (s *Store) Parcel(ctx context.Context, id string) (*elsewhere.Parcel, error) {
	return s.one(ctx, `WHERE id = $1`, id)
}

// ByRequest finds the parcel that a request made.
func (s *Store) ByRequest(ctx context.Context, asked string) (*elsewhere.Parcel, error) {
	return s.one(ctx, `WHERE asked = $1`, asked)
}

// OfCase is the parcel that became a case of ours.
func (s *Store) OfCase(ctx context.Context, id cases.ID) (*elsewhere.Parcel, error) {
	p, err := scan(s.DB.Row(ctx, columns+`WHERE case_id = $1`, string(id)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return p, err
}

// FromParcels asks for all at once.
func (s *Store) FromParcels(ctx context.Context, ids []cases.ID) (map[cases.ID]bool, error) {
	marks, args := sqldb.In(ids)
	return sqldb.Keys[cases.ID](ctx, s.DB, `SELECT case_id FROM elsewhere_foreign WHERE case_id IN `+marks+`
		UNION ALL SELECT case_id FROM elsewhere_parcels WHERE case_id IN `+marks, args...)
}

// Application is what was taken down, sealed.
func (s *Store) Application(ctx context.Context, id string) (text string, err error) {
	err = s.DB.Row(ctx, `SELECT application FROM elsewhere_parcels WHERE id = $1`, id).Scan(&text)
	return text, err
}

// Certificate is what the other place issued, sealed.
func (s *Store) Certificate(ctx context.Context, id string) (text string, err error) {
	err = s.DB.Row(ctx, `SELECT certificate FROM elsewhere_parcels WHERE id = $1`, id).Scan(&text)
	return text, err
}

// List is a page of parcels, the latest first.
func (s *Store) List(ctx context.Context, f elsewhere.Filter) ([]*elsewhere.Parcel, error) {
	after := f.After
	if after == "" {
		after = "~"
	}
	if f.Party != "" {
		return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE party = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, f.Party, after, f.Limit)
	}
	column, region := "here", f.Here
	if f.There != "" {
		column, region = "there", f.There
	}
	from, to := identity.Stem(region), identity.Stem(region)+"~"
	return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE ended = $1 AND `+column+` >= $2 AND `+column+` <= $3 AND id < $4 ORDER BY id DESC LIMIT $5`,
		sqldb.Bool(f.Over), from, to, after, f.Limit)
}

// Late counts the parcels that should have been forwarded before the day.
func (s *Store) Late(ctx context.Context, day calendar.Day) (n int, err error) {
	err = s.DB.Row(ctx, `SELECT COUNT(*) FROM elsewhere_parcels WHERE state IN ('taken', 'returned', 'sent') AND forward_by < $1`, day.String()).Scan(&n)
	return n, err
}

// Term is the term of forwarding in working days, 0 if it was never set.
func (s *Store) Term(ctx context.Context) (int, error) {
	var text string
	err := s.DB.Row(ctx, `SELECT value FROM elsewhere_settings WHERE name = 'term'`).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}

// SetTerm sets it.
func (s *Store) SetTerm(ctx context.Context, days int) error {
	_, err := s.DB.Exec(ctx, `INSERT INTO elsewhere_settings (name, value) VALUES ('term', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, strconv.Itoa(days))
	return err
}

// Package licencestore keeps composite licences in SQL.
package licencestore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/licences"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "licences", Files: files}

// Store is a licences.Store.
type Store struct {
	DB    *sqldb.DB
	Post  *event.Post
	Marks serials.Marks // after which numbers the series go on
}

var _ licences.Store = (*Store)(nil)

// Number allots the next number of a day, with which the stem ends.
func (s *Store) Number(ctx context.Context, stem string, day calendar.Day) (string, error) {
	var b sqldb.Batch
	var last int64
	serials.Take(&b, &last, "licences_serials", stem, 1, s.Marks.OnDay(serials.Licence, day))
	if err := s.DB.Commit(ctx, &b); err != nil {
		return "", fmt.Errorf("allot licence number: %w", err)
	}
	return fmt.Sprintf("%s%04d", stem, last), nil
}

// Put adds a licence's new edition to the batch; the chain of facts is its version.
func (s *Store) Put(b *sqldb.Batch, l *licences.Licence, c licences.Changed) (err error) {
	if l.Head, err = s.Post.Record(b, l.ID.Stream(), l.Head, c.At, c); err != nil {
		return err
	}
	body, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("write licence %s: %w", l.ID, err)
	}
	if c.Fresh != nil {
		b.Exec(`INSERT INTO licences_licences (id, number, matter, party, industry, opened, body, seq, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			string(l.ID), l.Number, l.Matter, l.Party, l.Industry, sqldb.Instant(l.Opened), string(body), l.Head.Seq, l.Head.Hash)
	} else {
		b.Exec(`UPDATE licences_licences SET body = $1, seq = $2, hash = $3 WHERE id = $4`, string(body), l.Head.Seq, l.Head.Hash, string(l.ID))
	}
	b.Exec(`INSERT INTO licences_parts (root, licence, issuer) VALUES ($1, $2, $3) ON CONFLICT (root) DO NOTHING`,
		licences.Root(c.Part.Certificate), string(l.ID), licences.Issuer(c.Part.Certificate))
	if l.Sheet != "" {
		b.Exec(`INSERT INTO licences_sheets (root, licence) VALUES ($1, $2) ON CONFLICT (root) DO NOTHING`, licences.Root(l.Sheet), string(l.ID))
	}
	return nil
}

const columns = `SELECT body, seq, hash FROM licences_licences`

func scan(read func(...any) error) (*licences.Licence, error) {
	l, head, err := event.Scan[licences.Licence](read)
	if err == nil {
		l.Head = head
	}
	return l, err
}

func none() error {
	return fault.New(fault.NotFound, "licences.none", "没有找到这份综合许可证，请核对编号")
}

func (s *Store) one(ctx context.Context, where, key string) (*licences.Licence, error) {
	return sqldb.One(ctx, s.DB, scan, none(), columns+where, key)
}

// Licence reads one by its key.
func (s *Store) Licence(ctx context.Context, id licences.ID) (*licences.Licence, error) {
	return s.one(ctx, ` WHERE id = $1`, string(id))
}

// OfMatter reads the one of a matter.
func (s *Store) OfMatter(ctx context.Context, matter string) (*licences.Licence, error) {
	return s.one(ctx, ` WHERE matter = $1`, matter)
}

// OfPart reads the one that shows a certificate.
func (s *Store) OfPart(ctx context.Context, root string) (*licences.Licence, error) {
	return s.one(ctx, ` WHERE id = (SELECT licence FROM licences_parts WHERE root = $1)`, root)
}

// OfSheet reads the one of a paper.
func (s *Store) OfSheet(ctx context.Context, root string) (*licences.Licence, error) {
	return s.one(ctx, ` WHERE id = (SELECT licence FROM licences_sheets WHERE root = $1)`, root)
}

// Numbered reads one by the number printed on it.
func (s *Store) Numbered(ctx context.Context, number string) (*licences.Licence, error) {
	return s.one(ctx, ` WHERE number = $1`, number)
}

// OfIssuer lists those with a part that the agency of that code granted, the
// newest first.
func (s *Store) OfIssuer(ctx context.Context, code string, before licences.ID, limit int) ([]*licences.Licence, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+` WHERE id IN (SELECT licence FROM licences_parts WHERE issuer = $1 AND ($2 = '' OR licence < $2)) ORDER BY id DESC LIMIT $3`, code, string(before), limit)
}

// OfParty lists a holder's, the newest first.
func (s *Store) OfParty(ctx context.Context, party string, limit int) ([]*licences.Licence, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+` WHERE party = $1 ORDER BY opened DESC, id DESC LIMIT $2`, party, limit)
}

// IDs lists keys in order.
func (s *Store) IDs(ctx context.Context, after licences.ID, limit int) ([]licences.ID, error) {
	return sqldb.Column[licences.ID](ctx, s.DB, `SELECT id FROM licences_licences WHERE id > $1 ORDER BY id LIMIT $2`, string(after), limit)
}

// History is the facts of a licence in order.
func (s *Store) History(ctx context.Context, id licences.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}

// Use is how far the numbers of licences have come.
func Use(ctx context.Context, db *sqldb.DB) (serials.Use, error) {
	return serials.Furthest(ctx, db, serials.Licence, "licences_serials")
}

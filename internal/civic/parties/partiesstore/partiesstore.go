// Package partiesstore keeps parties in SQL, with what must not be read sealed.
package partiesstore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "parties", Files: files}

// Sealed are the columns of this room that are kept unreadable.
var Sealed = []rekey.Column{
	{Table: "parties", Key: "id", Column: "private", About: aboutPrivate},
	{Table: "parties", Key: "id", Column: "document_index", From: []string{"private", "document_type"}, Digest: ownDigest},
	{Table: "parties", Key: "id", Column: "head_index", From: []string{"private"}, Digest: headDigest},
}

func aboutPrivate(id string) string { return privateColumn + "." + id }

func ownDigest(k rekey.Keys, r rekey.Row, _ *sqldb.Batch) (string, error) {
	p, err := opened(k, parties.Party{ID: r.Key, Document: parties.Document{Type: r.From[1]}}, r.From[0])
	return k.Index(indexed(p.Document), documentColumn), err
}

func headDigest(k rekey.Keys, r rekey.Row, _ *sqldb.Batch) (string, error) {
	p, err := opened(k, parties.Party{ID: r.Key}, r.From[0])
	return k.Index(indexed(p.Head.Document), documentColumn), err
}

// Keys encrypts columns and makes keyed hashes to look them up by (secret.Ring).
type Keys interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
	Index(value, about string) string
	Indexes(value, about string) []string
}

// Store is a parties.Store.
type Store struct {
	DB   *sqldb.DB
	Keys Keys
}

var _ parties.Store = (*Store)(nil)

const (
	privateColumn  = "parties.private"
	documentColumn = "parties.document"
	row            = `id, kind, name, document_type, head_name, sort, real_grade, private, created, version`
)

// private is what of a party is kept sealed, as one value.
type private struct {
	Number   string           `json:"number"`
	Mobile   string           `json:"mobile"`
	Address  string           `json:"address"`
	Document parties.Document `json:"head"`
}

// index is the keyed hash of a document; a person's own and a head's are alike,
// so that they can be matched.
func (s *Store) index(d parties.Document) string { return s.Keys.Index(indexed(d), documentColumn) }

// indexed is what of a document is hashed.
func indexed(d parties.Document) string {
	if d.Number == "" {
		return ""
	}
	return d.Type + ":" + d.Number
}

// under are the keyed hashes under which a document may stand.
func (s *Store) under(d parties.Document) (in string, args []any) {
	return sqldb.In(s.Keys.Indexes(indexed(d), documentColumn))
}

// Add keeps new parties.
func (s *Store) Add(ctx context.Context, all ...parties.Party) error {
	b := &sqldb.Batch{}
	for _, p := range all {
		if err := s.free(ctx, p.Document); err != nil {
			return err
		}
		sealed, err := s.seal(p)
		if err != nil {
			return err
		}
		b.Exec(`INSERT INTO parties (id, kind, name, document_type, document_index, head_name, head_index, sort, real_grade, private, created, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
			p.ID, string(p.Kind), p.Name, p.Document.Type, s.index(p.Document), p.Head.Name, s.index(p.Head.Document), p.Sort, int(p.Real), sealed, sqldb.Instant(p.Created))
	}
	err := s.DB.Commit(ctx, b)
	if sqldb.IsDuplicate(err) {
		return registered()
	}
	return err
}

func registered() error {
	return fault.New(fault.Conflict, "parties.add.known", "该证件号码已登记，请直接查询使用").At("number", "known", "该证件号码已登记")
}

// free refuses a document that stands under the hash of another key, which the
// column's uniqueness does not see while a key is replaced.
func (s *Store) free(ctx context.Context, d parties.Document) error {
	if len(s.Keys.Indexes(indexed(d), documentColumn)) < 2 {
		return nil
	}
	_, err := s.ByDocument(ctx, d)
	switch {
	case err == nil:
		return registered()
	case fault.Of(err) == fault.NotFound:
		return nil
	}
	return err
}

// Party finds a party by its id.
func (s *Store) Party(ctx context.Context, id string) (parties.Party, error) {
	return parties.ReadOnce(ctx, id, func() (parties.Party, error) {
		return s.one(s.DB.Row(ctx, `SELECT `+row+` FROM parties WHERE id = $1`, id))
	})
}

// Parties finds several at once.
func (s *Store) Parties(ctx context.Context, ids []string) (map[string]parties.Party, error) {
	all := make(map[string]parties.Party, len(ids))
	if len(ids) == 0 {
		return all, nil
	}
	marks, args := sqldb.In(ids)
	return all, s.DB.Each(ctx, func(scan func(...any) error) error {
		p, err := s.scan(scan)
		all[p.ID] = p
		return err
	}, `SELECT `+row+` FROM parties WHERE id IN `+marks, args...)
}

// ByDocument finds a party by its document.
func (s *Store) ByDocument(ctx context.Context, d parties.Document) (parties.Party, error) {
	if d.Number == "" {
		return parties.Party{}, parties.None()
	}
	in, args := s.under(d)
	return s.one(s.DB.Row(ctx, `SELECT `+row+` FROM parties WHERE document_index IN `+in, args...))
}

func (s *Store) one(r sqldb.Found) (parties.Party, error) {
	p, err := s.scan(r.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return p, parties.None()
	}
	return p, err
}

func (s *Store) scan(scan func(...any) error) (parties.Party, error) {
	var (
		p       parties.Party
		sealed  string
		created int64
	)
	err := scan(&p.ID, &p.Kind, &p.Name, &p.Document.Type, &p.Head.Name, &p.Sort, &p.Real, &sealed, &created, &p.Version)
	if err != nil {
		return p, err
	}
	p.Created = sqldb.FromInstant(created)
	return s.open(p, sealed)
}

// Save keeps the party if nobody else changed it. Its document stays what it is.
func (s *Store) Save(ctx context.Context, p parties.Party) error {
	sealed, err := s.seal(p)
	if err != nil {
		return err
	}
	b := &sqldb.Batch{}
	var id string
	b.Row([]any{&id}, `UPDATE parties SET name = $1, head_name = $2, head_index = $3, sort = $4, real_grade = $5, private = $6, version = version + 1
		WHERE id = $7 AND version = $8 RETURNING id`,
		p.Name, p.Head.Name, s.index(p.Head.Document), p.Sort, int(p.Real), sealed, p.ID, p.Version)
	err = s.DB.Commit(ctx, b)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Conflict, "parties.save.stale", "申请人信息刚被修改过，请刷新后再试")
	}
	return err
}

func (s *Store) seal(p parties.Party) (string, error) {
	text, err := json.Marshal(private{p.Document.Number, p.Mobile, p.Address, p.Head.Document})
	if err != nil {
		return "", err
	}
	return s.Keys.Seal(string(text), aboutPrivate(p.ID))
}

func (s *Store) open(p parties.Party, sealed string) (parties.Party, error) {
	return opened(s.Keys, p, sealed)
}

func opened(keys interface {
	Open(sealed, about string) (string, error)
}, p parties.Party, sealed string) (parties.Party, error) {
	text, err := keys.Open(sealed, aboutPrivate(p.ID))
	if err != nil {
		return p, err
	}
	var private private
	err = json.Unmarshal([]byte(text), &private)
	p.Document.Number, p.Mobile, p.Address, p.Head.Document = private.Number, private.Mobile, private.Address, private.Document
	return p, err
}

// Names reads what parties are called, all at once.
func (s *Store) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	marks := make([]string, len(ids))
	args := make([]any, len(ids))
	for i, id := range ids {
		marks[i], args[i] = "$"+strconv.Itoa(i+1), id
	}
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var id, name string
		err := scan(&id, &name)
		names[id] = name
		return err
	}, `SELECT id, name FROM parties WHERE id IN (`+strings.Join(marks, ", ")+`)`, args...)
	return names, err
}

// Heads lists the organisations whose head carries the document of person, if
// more than that person's own word names them.
func (s *Store) Heads(ctx context.Context, person string) ([]string, error) {
	p, err := s.Party(ctx, person)
	if fault.Of(err) == fault.NotFound || err == nil && (p.Real == 0 || p.Document.Number == "") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	in, args := s.under(p.Document)
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT id FROM parties WHERE head_index <> '' AND head_index IN `+in+` ORDER BY id`, args...)
}

// Unmask writes down that a party was seen whole.
func (s *Store) Unmask(ctx context.Context, u parties.Unmasking) error {
	b := &sqldb.Batch{}
	b.Exec(`INSERT INTO parties_unmaskings (id, at, party, account, name, reason) VALUES ($1, $2, $3, $4, $5, $6)`,
		u.ID, sqldb.Instant(u.At), u.Party, u.Account, u.Name, u.Reason)
	return s.DB.Commit(ctx, b)
}

// Unmaskings lists when a party was seen whole, or by an official, the latest first.
func (s *Store) Unmaskings(ctx context.Context, party, account, before string, limit int) ([]parties.Unmasking, error) {
	column, who := "party", party
	if party == "" {
		column, who = "account", account
	}
	if before == "" {
		before = "~" // sorts after every id
	}
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (u parties.Unmasking, err error) {
		var at int64
		err = scan(&u.ID, &at, &u.Party, &u.Account, &u.Name, &u.Reason)
		u.At = sqldb.FromInstant(at)
		return u, err
	}, `SELECT id, at, party, account, name, reason FROM parties_unmaskings WHERE `+column+` = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, who, before, limit)
}

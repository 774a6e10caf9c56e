// Package certificatestore keeps certificates in SQL. What a certificate says
// is sealed in its column; holders are found by a keyed hash of their number.
package certificatestore

import (
	"context"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/certificates"
	"tongban/internal/register/certificates/ofd"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "certificates", Files: files}

// Sealed are the columns of this room that are kept unreadable.
var Sealed = []rekey.Column{
	{Table: "certificates_certificates", Key: "identifier", Column: "body", About: rekey.Always(bodyColumn)},
	{Table: "certificates_certificates", Key: "identifier", Column: "holder", From: []string{"body"}, Digest: holderDigest},
}

// Store is a certificates.Store.
type Store struct {
	DB     *sqldb.DB
	Post   *event.Post
	Cipher secret.Cipher
	Index  secret.Indexer
}

var _ certificates.Store = (*Store)(nil)

// What the sealed column and the hash are bound to.
const (
	bodyColumn   = "certificates.body"
	holderColumn = "certificates.holder"
)

// Add adds a certificate and its first fact to the batch.
func (s *Store) Add(b *sqldb.Batch, c *certificates.Certificate, fact event.Fact) error {
	head, err := s.Post.Record(b, stream(c), c.Head, c.Changed, fact)
	if err != nil {
		return err
	}
	c.Head = head
	plain, err := json.Marshal(c.Record)
	if err != nil {
		return fmt.Errorf("write certificate %s: %w", c.Identifier, err)
	}
	body, err := s.Cipher.Seal(string(plain), bodyColumn)
	if err != nil {
		return err
	}
	b.Exec(`INSERT INTO certificates_certificates (identifier, type, party, holder, state, body, seal, sealed, digest, value, changed, seq, hash, marked)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`,
		c.Identifier, c.Type, c.Holder.Party, s.Index.Index(c.Holder.Code, holderColumn), string(c.State), body, c.Sealing.Seal, sqldb.Instant(c.Sealing.At),
		hex.EncodeToString(c.Sealing.Hash), hex.EncodeToString(c.Sealing.Value), sqldb.Instant(c.Changed), head.Seq, head.Hash)
	s.mark(b, c)
	return nil
}

// Save adds a change of state to the batch; the chain of facts is its version.
func (s *Store) Save(b *sqldb.Batch, c *certificates.Certificate, fact event.Fact) error {
	head, err := s.Post.Record(b, stream(c), c.Head, c.Changed, fact)
	if err != nil {
		return err
	}
	c.Head = head
	b.Exec(`UPDATE certificates_certificates SET state = $1, changed = $2, seq = $3, hash = $4 WHERE identifier = $5`,
		string(c.State), sqldb.Instant(c.Changed), head.Seq, head.Hash, c.Identifier)
	return nil
}

func stream(c *certificates.Certificate) string { return "certificate/" + c.Identifier }

// Commit keeps the batch.
func (s *Store) Commit(ctx context.Context, b *sqldb.Batch) error {
	err := s.DB.Commit(ctx, b)
	if sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "certificates.stale", "证照已被他人办理，请刷新后再试")
	}
	return err
}

const columns = `party, state, body, seal, sealed, digest, value, changed, seq, hash`

// Certificate loads one.
func (s *Store) Certificate(ctx context.Context, identifier string) (*certificates.Certificate, error) {
	return sqldb.One(ctx, s.DB, s.scan, fault.New(fault.NotFound, "certificates.unknown", "没有查到这份证照，请核对证照标识"), `SELECT `+columns+` FROM certificates_certificates WHERE identifier = $1`, identifier)
}

// OfParty is a page of a party's certificates, newest first.
func (s *Store) OfParty(ctx context.Context, party string, after *certificates.Certificate, most int) ([]*certificates.Certificate, error) {
	at, identifier := int64(math.MaxInt64), ""
	if after != nil {
		at, identifier = sqldb.Instant(after.Sealing.At), after.Identifier
	}
	return sqldb.Rows(ctx, s.DB, s.scan, `SELECT `+columns+` FROM certificates_certificates
		WHERE party = $1 AND (sealed < $2 OR sealed = $2 AND identifier < $3) ORDER BY sealed DESC, identifier DESC LIMIT $4`, party, at, identifier, most)
}

// Held is every certificate of that type of the holder with that code.
func (s *Store) Held(ctx context.Context, holderCode, typeCode string) ([]*certificates.Certificate, error) {
	if holderCode == "" {
		return nil, nil
	}
	in, args := sqldb.In(s.Index.Indexes(holderCode, holderColumn))
	return sqldb.Rows(ctx, s.DB, s.scan, `SELECT `+columns+` FROM certificates_certificates
		WHERE holder IN `+in+` AND type = $`+strconv.Itoa(len(args)+1)+` ORDER BY sealed DESC, identifier DESC`, append(args, typeCode)...)
}

func (s *Store) scan(scan func(...any) error) (*certificates.Certificate, error) {
	var (
		c                          certificates.Certificate
		party, body, digest, value string
		sealed, changed            int64
	)
	if err := scan(&party, &c.State, &body, &c.Sealing.Seal, &sealed, &digest, &value, &changed, &c.Head.Seq, &c.Head.Hash); err != nil {
		return nil, err
	}
	plain, err := s.Cipher.Open(body, bodyColumn)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(plain), &c.Record); err != nil {
		return nil, fmt.Errorf("read certificate: %w", err)
	}
	c.Holder.Party = party
	c.Sealing.At, c.Changed, c.Sealing.Path = sqldb.FromInstant(sealed), sqldb.FromInstant(changed), "/"+ofd.SignaturePath
	var digestErr, valueErr error
	c.Sealing.Hash, digestErr = hex.DecodeString(digest)
	c.Sealing.Value, valueErr = hex.DecodeString(value)
	return &c, errors.Join(digestErr, valueErr)
}

// Use adds a line of the log to the batch.
func (s *Store) Use(b *sqldb.Batch, u certificates.Use) {
	b.Exec(`INSERT INTO certificates_uses (identifier, at, id, purpose, item, case_no, account, name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		u.Identifier, sqldb.Instant(u.At), u.ID, u.Purpose, u.Item, u.Case, u.Account, u.Name)
}

// Uses is a page of the log, newest first.
func (s *Store) Uses(ctx context.Context, identifier string, before certificates.Use, most int) ([]certificates.Use, error) {
	at := sqldb.Instant(before.At)
	if at == 0 {
		at = math.MaxInt64
	}
	return sqldb.Rows(ctx, s.DB, scanUse, `SELECT identifier, at, id, purpose, item, case_no, account, name FROM certificates_uses
		WHERE identifier = $1 AND (at < $2 OR at = $2 AND id < $3) ORDER BY at DESC, id DESC LIMIT $4`, identifier, at, before.ID, most)
}

func scanUse(scan func(...any) error) (u certificates.Use, err error) {
	var at int64
	err = scan(&u.Identifier, &at, &u.ID, &u.Purpose, &u.Item, &u.Case, &u.Account, &u.Name)
	u.At = sqldb.FromInstant(at)
	return u, err
}

// Define keeps a type.
func (s *Store) Define(ctx context.Context, t certificates.Type) error {
	body, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("write certificate type %s: %w", t.Code, err)
	}
	_, err = s.DB.Exec(ctx, `INSERT INTO certificates_types (code, body) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET body = excluded.body`, t.Code, string(body))
	return err
}

// Types lists every type, by code.
func (s *Store) Types(ctx context.Context) ([]certificates.Type, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (t certificates.Type, err error) {
		var body string
		if err := scan(&body); err != nil {
			return t, err
		}
		return t, json.Unmarshal([]byte(body), &t)
	}, `SELECT body FROM certificates_types ORDER BY code`)
}

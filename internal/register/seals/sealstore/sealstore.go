// Package sealstore keeps seals and the log of their uses in SQL.
package sealstore

import (
	"context"
	"embed"
	"encoding/base64"
	"errors"
	"math"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/seals"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "seals", Files: files}

// Store is a seals.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ seals.Store = (*Store)(nil)

// Add adds a seal and its first fact.
func (s *Store) Add(ctx context.Context, seal seals.Seal, fact event.Fact) error {
	var b sqldb.Batch
	head, err := s.Post.Record(&b, stream(seal.ID), seal.Head, seal.Made, fact)
	if err != nil {
		return err
	}
	b.Exec(`INSERT INTO seals_seals (id, agency, agency_code, agency_name, kind, name, state, valid_from, valid_till, made, picture, certificate, structure, seq, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		seal.ID, seal.Agency.ID, seal.Agency.Code, seal.Agency.Name, string(seal.Kind), seal.Name, string(seal.State), seal.From.String(), seal.Till.String(),
		sqldb.Instant(seal.Made), seal.Picture, base64.StdEncoding.EncodeToString(seal.Certificate), base64.StdEncoding.EncodeToString(seal.Structure), head.Seq, head.Hash)
	return s.DB.Commit(ctx, &b)
}

// Save keeps the state; the chain of facts is its version.
func (s *Store) Save(ctx context.Context, seal seals.Seal, fact event.Fact) error {
	var b sqldb.Batch
	head, err := s.Post.Record(&b, stream(seal.ID), seal.Head, s.Post.Now(), fact)
	if err != nil {
		return err
	}
	b.Exec(`UPDATE seals_seals SET state = $1, seq = $2, hash = $3 WHERE id = $4`, string(seal.State), head.Seq, head.Hash, seal.ID)
	if err = s.DB.Commit(ctx, &b); sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "seals.stale", "印章状态已被他人更改，请刷新后再试")
	}
	return err
}

func stream(id string) string { return "seal/" + id }

const columns = `id, agency, agency_code, agency_name, kind, name, state, valid_from, valid_till, made, picture, certificate, structure, seq, hash`

// Seal loads one seal.
func (s *Store) Seal(ctx context.Context, id string) (seals.Seal, error) {
	return sqldb.One(ctx, s.DB, scan, fault.New(fault.NotFound, "seals.unknown", "没有这枚印章"), `SELECT `+columns+` FROM seals_seals WHERE id = $1`, id)
}

// Of lists the seals of an agency, newest first.
func (s *Store) Of(ctx context.Context, agency string) ([]seals.Seal, error) {
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM seals_seals WHERE agency = $1 ORDER BY made DESC, id`, agency)
}

// Standing lists the seals that are not cancelled.
func (s *Store) Standing(ctx context.Context) ([]seals.Seal, error) {
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM seals_seals WHERE state <> 'cancelled' ORDER BY id`)
}

func scan(scan func(...any) error) (seal seals.Seal, err error) {
	var from, till, cert, structure string
	var made int64
	if err := scan(&seal.ID, &seal.Agency.ID, &seal.Agency.Code, &seal.Agency.Name, &seal.Kind, &seal.Name, &seal.State, &from, &till,
		&made, &seal.Picture, &cert, &structure, &seal.Head.Seq, &seal.Head.Hash); err != nil {
		return seal, err
	}
	seal.From, seal.Till, seal.Made = calendar.Parse(from), calendar.Parse(till), sqldb.FromInstant(made)
	var certErr, sealErr error
	seal.Certificate, certErr = base64.StdEncoding.DecodeString(cert)
	seal.Structure, sealErr = base64.StdEncoding.DecodeString(structure)
	return seal, errors.Join(certErr, sealErr)
}

var uses = sqldb.Log{Into: `INSERT INTO seals_uses (seal, at, id, digest, document, account, name, item, case_no)`}

// Use adds a line of the log to the batch.
func (s *Store) Use(b *sqldb.Batch, u seals.Use) {
	uses.Add(b, u.Seal, sqldb.Instant(u.At), u.ID, u.Digest, u.Document, u.Account, u.Name, u.Item, u.Case)
}

// Uses is a page of the log, newest first.
func (s *Store) Uses(ctx context.Context, seal string, before seals.Use, most int) ([]seals.Use, error) {
	at := sqldb.Instant(before.At)
	if at == 0 {
		at = math.MaxInt64
	}
	return sqldb.Rows(ctx, s.DB, scanUse, `SELECT seal, at, id, digest, document, account, name, item, case_no FROM seals_uses
		WHERE seal = $1 AND (at < $2 OR at = $2 AND id < $3) ORDER BY at DESC, id DESC LIMIT $4`, seal, at, before.ID, most)
}

func scanUse(scan func(...any) error) (u seals.Use, err error) {
	var at int64
	err = scan(&u.Seal, &at, &u.ID, &u.Digest, &u.Document, &u.Account, &u.Name, &u.Item, &u.Case)
	u.At = sqldb.FromInstant(at)
	return u, err
}

// Package papersstore keeps the editions of what papers say.
package papersstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/papers"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "papers", Files: files}

// Store is a papers.Store.
type Store struct{ DB *sqldb.DB }

var _ papers.Store = (*Store)(nil)

// Editions are all editions, by form and number.
func (s *Store) Editions(ctx context.Context) ([]papers.Edition, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (e papers.Edition, err error) {
		var from string
		var at int64
		err = scan(&e.Form, &e.Number, &e.Text, &from, &e.Why, &e.By, &at)
		e.At, e.From = sqldb.FromInstant(at), calendar.Parse(from)
		return e, err
	}, `SELECT form, number, words, from_day, why, author, at FROM papers_editions ORDER BY form, number`)
}

// Add keeps a new edition.
func (s *Store) Add(ctx context.Context, e papers.Edition) error {
	var b sqldb.Batch
	var number int64
	b.Row([]any{&number}, `INSERT INTO papers_editions (form, number, words, from_day, why, author, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (form, number) DO NOTHING RETURNING number`,
		string(e.Form), e.Number, e.Text, e.From.String(), e.Why, e.By, sqldb.Instant(e.At))
	err := s.DB.Commit(ctx, &b)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Conflict, "papers.publish.faster", "另一位管理员刚刚发布了新版，请刷新后再改")
	}
	return err
}

// Explain keeps why numbers are borne by no paper, once.
func (s *Store) Explain(ctx context.Context, v papers.Void) error {
	var b sqldb.Batch
	b.Exec(`INSERT INTO papers_voids (agency, kind, year, first, last, reason, author, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (agency, kind, year, first) DO NOTHING`, v.Agency, v.Kind, v.Year, v.From, v.To, v.Reason, v.By, sqldb.Instant(v.At))
	return s.DB.Commit(ctx, &b)
}

// Voids are the explanations of a year.
func (s *Store) Voids(ctx context.Context, year int) ([]papers.Void, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (v papers.Void, err error) {
		var at int64
		err = scan(&v.Agency, &v.Kind, &v.Year, &v.From, &v.To, &v.Reason, &v.By, &at)
		v.At = sqldb.FromInstant(at)
		return v, err
	}, `SELECT agency, kind, year, first, last, reason, author, at FROM papers_voids WHERE year = $1 ORDER BY agency, kind, first`, year)
}

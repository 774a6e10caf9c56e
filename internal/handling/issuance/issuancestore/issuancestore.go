// Package issuancestore remembers in SQL what was issued on which case.
package issuancestore

import (
	"context"
	"database/sql"
	"embed"
	"errors"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/issuance"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "issuance", Files: files}

// Store is an issuance.Store.
type Store struct{ DB *sqldb.DB }

var _ issuance.Store = (*Store)(nil)

// Issued is the identifier of the case's certificate.
func (s *Store) Issued(ctx context.Context, id cases.ID) (identifier string, err error) {
	err = s.DB.Row(ctx, `SELECT identifier FROM issuance_done WHERE case_id = $1`, string(id)).Scan(&identifier)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return identifier, err
}

// AllIssued are the identifiers of those of several cases that have a certificate.
func (s *Store) AllIssued(ctx context.Context, ids []cases.ID) (map[cases.ID]string, error) {
	all := make(map[cases.ID]string, len(ids))
	marks, args := sqldb.In(ids)
	return all, s.DB.Each(ctx, func(scan func(...any) error) error {
		var id cases.ID
		var identifier string
		err := scan(&id, &identifier)
		all[id] = identifier
		return err
	}, `SELECT case_id, identifier FROM issuance_done WHERE case_id IN `+marks, args...)
}

var done = sqldb.Log{Into: `INSERT INTO issuance_done (case_id, identifier)`}

// Keep notes what was issued.
func (s *Store) Keep(b *sqldb.Batch, id cases.ID, identifier string) {
	done.Add(b, string(id), identifier)
}

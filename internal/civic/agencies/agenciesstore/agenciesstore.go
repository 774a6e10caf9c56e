// Package agenciesstore keeps agencies in SQL.
package agenciesstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"

	"tongban/internal/civic/agencies"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "agencies", Files: files}

// Store is an agencies.Store.
type Store struct{ DB *sqldb.DB }

var _ agencies.Store = (*Store)(nil)

// Version rises with every change of any agency.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	return version, s.DB.Row(ctx, `SELECT version FROM agencies_version WHERE id = 1`).Scan(&version)
}

// All reads every agency.
func (s *Store) All(ctx context.Context) ([]agencies.Agency, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (a agencies.Agency, err error) {
		var closed int
		err = scan(&a.ID, &a.Name, &a.Short, &a.USCC, &a.Region, &a.Kind, &a.Parent, &a.Phone, &a.Address, &a.Review, &a.Court, &closed, &a.Version)
		a.Closed = closed == 1
		return a, err
	}, `SELECT id, name, short, uscc, region, kind, parent, phone, address, review, court, closed, version FROM agencies`)
}

// Put keeps agencies, new (version 0) or changed, all or none.
func (s *Store) Put(ctx context.Context, all ...agencies.Agency) error {
	b := &sqldb.Batch{}
	for _, a := range all {
		var id string
		b.Row([]any{&id}, `INSERT INTO agencies (id, name, short, uscc, region, kind, parent, phone, address, review, court, closed, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, short = excluded.short, uscc = excluded.uscc, region = excluded.region, kind = excluded.kind,
				parent = excluded.parent, phone = excluded.phone, address = excluded.address, review = excluded.review, court = excluded.court,
				closed = excluded.closed, version = agencies.version + 1
			WHERE agencies.version = $13 RETURNING id`,
			a.ID, a.Name, a.Short, a.USCC, a.Region, string(a.Kind), a.Parent, a.Phone, a.Address, a.Review, a.Court, sqldb.Bool(a.Closed), a.Version)
	}
	b.Exec(`UPDATE agencies_version SET version = version + 1 WHERE id = 1`)
	err := s.DB.Commit(ctx, b)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Conflict, "agencies.put.stale", "部门信息刚被修改过，请刷新后再试")
	}
	return err
}

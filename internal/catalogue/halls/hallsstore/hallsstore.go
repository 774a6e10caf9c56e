// Package hallsstore keeps halls in SQL.
package hallsstore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"

	"tongban/internal/catalogue/halls"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "halls", Files: files}

// Store is a halls.Store.
type Store struct{ DB *sqldb.DB }

var _ halls.Store = (*Store)(nil)

// Version rises with every change of any hall.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	return version, s.DB.Row(ctx, `SELECT version FROM halls_version WHERE id = 1`).Scan(&version)
}

// All reads every hall.
func (s *Store) All(ctx context.Context) ([]halls.Hall, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (h halls.Hall, err error) {
		var windows string
		var closed int
		if err := scan(&h.ID, &h.Name, &h.Kind, &h.Region, &h.Agency, &h.Approved, &h.Address, &h.Hours, &h.Phone, &windows, &closed, &h.Version); err != nil {
			return h, err
		}
		h.Closed = closed == 1
		return h, json.Unmarshal([]byte(windows), &h.Windows)
	}, `SELECT id, name, kind, region, agency, approved, address, hours, phone, windows, closed, version FROM halls`)
}

// Put keeps halls, new (version 0) or changed, all or none.
func (s *Store) Put(ctx context.Context, all ...halls.Hall) error {
	b := &sqldb.Batch{}
	for _, h := range all {
		windows, err := json.Marshal(h.Windows)
		if err != nil {
			return err
		}
		var id string
		b.Row([]any{&id}, `INSERT INTO halls (id, name, kind, region, agency, approved, address, hours, phone, windows, closed, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, region = excluded.region, agency = excluded.agency,
				approved = excluded.approved, address = excluded.address, hours = excluded.hours, phone = excluded.phone, windows = excluded.windows,
				closed = excluded.closed, version = halls.version + 1
			WHERE halls.version = $12 RETURNING id`,
			h.ID, h.Name, string(h.Kind), h.Region, h.Agency, h.Approved, h.Address, h.Hours, h.Phone, string(windows), sqldb.Bool(h.Closed), h.Version)
	}
	b.Exec(`UPDATE halls_version SET version = version + 1 WHERE id = 1`)
	err := s.DB.Commit(ctx, b)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Conflict, "halls.put.stale", "服务场所信息刚被修改过，请刷新后再试")
	}
	return err
}

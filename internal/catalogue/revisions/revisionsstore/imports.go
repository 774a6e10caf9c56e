package revisionsstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"tongban/internal/catalogue/revisions/imports"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Imports is an imports.Store.
type Imports struct{ DB *sqldb.DB }

var _ imports.Store = (*Imports)(nil)

// Add keeps a new import.
func (s *Imports) Add(ctx context.Context, im *imports.Import) error {
	body, err := json.Marshal(im)
	if err != nil {
		return fmt.Errorf("write import %s: %w", im.ID, err)
	}
	im.Version = 1
	_, err = s.DB.Exec(ctx, `INSERT INTO revisions_imports (id, region, hash, state, begun, body, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`,
		string(im.ID), im.Region, im.Hash, string(im.State), sqldb.Instant(im.Begun), string(body))
	if sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "imports.twice", "同一个文件已经上传过")
	}
	return err
}

// Save keeps a change.
func (s *Imports) Save(ctx context.Context, im *imports.Import) error {
	body, err := json.Marshal(im)
	if err != nil {
		return fmt.Errorf("write import %s: %w", im.ID, err)
	}
	n, err := s.DB.Exec(ctx, `UPDATE revisions_imports SET state = $1, body = $2, version = version + 1 WHERE id = $3 AND version = $4`,
		string(im.State), string(body), string(im.ID), im.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "imports.stale", "这次导入刚被处理过，请刷新后再试")
	}
	im.Version++
	return nil
}

func importOf(scan func(...any) error) (*imports.Import, error) {
	var body string
	var version int64
	if err := scan(&body, &version); err != nil {
		return nil, err
	}
	var im imports.Import
	if err := json.Unmarshal([]byte(body), &im); err != nil {
		return nil, fmt.Errorf("read import: %w", err)
	}
	im.Version = version
	return &im, nil
}

// Import reads one.
func (s *Imports) Import(ctx context.Context, id imports.ID) (*imports.Import, error) {
	return sqldb.One(ctx, s.DB, importOf, imports.None(), `SELECT body, version FROM revisions_imports WHERE id = $1`, string(id))
}

// OfFile is the import of that content on that desk.
func (s *Imports) OfFile(ctx context.Context, region, hash string) (id imports.ID, err error) {
	err = s.DB.Row(ctx, `SELECT id FROM revisions_imports WHERE region = $1 AND hash = $2`, region, hash).Scan((*string)(&id))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// List lists the imports of a desk, the newest first.
func (s *Imports) List(ctx context.Context, region string, limit int) ([]*imports.Import, error) {
	return sqldb.Rows(ctx, s.DB, importOf, `SELECT body, version FROM revisions_imports WHERE region = $1 ORDER BY begun DESC, id DESC LIMIT $2`, region, limit)
}

// Pending lists what the program has to work on, the oldest first.
func (s *Imports) Pending(ctx context.Context) ([]imports.ID, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (id imports.ID, err error) { return id, scan((*string)(&id)) },
		`SELECT id FROM revisions_imports WHERE state IN ('waiting', 'keeping') ORDER BY begun, id LIMIT 20`)
}

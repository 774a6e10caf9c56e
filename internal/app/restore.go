package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"tongban/internal/catalogue/items/itemstore"
	"tongban/internal/ground/backup"
	"tongban/internal/ground/sqldb"
)

// database is where Settings keep the tables.
func (s Settings) database() string {
	if s.DB == "" {
		return filepath.Join(s.Data, "tongban.db")
	}
	return s.DB
}

// Backup copies the platform while it runs. It changes nothing, not even tables
// that a newer program would change. Pool is a folder to keep files in beside
// the copy, or "" to keep them within.
func Backup(ctx context.Context, s Settings, pool string, to io.Writer) (backup.Tail, error) {
	if s.DB == "" {
		if _, err := os.Stat(s.database()); err != nil {
			return backup.Tail{}, fmt.Errorf("data directory: %w", err)
		}
	}
	db, err := sqldb.Open(ctx, s.database())
	if err != nil {
		return backup.Tail{}, err
	}
	defer db.Close()
	files, err := s.files(ctx)
	if err != nil {
		return backup.Tail{}, err
	}
	return backup.Make(ctx, backup.Source{DB: db, Data: s.Data, Files: files, Pool: pool}, to, time.Now())
}

// Restore brings a copy back into an empty database and a new data directory,
// and its tables up to date.
func Restore(ctx context.Context, s Settings, pool string, from io.Reader) (backup.Head, backup.Tail, error) {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return backup.Head{}, backup.Tail{}, fmt.Errorf("data directory: %w", err)
	}
	db, err := sqldb.Open(ctx, s.database())
	if err != nil {
		return backup.Head{}, backup.Tail{}, err
	}
	defer db.Close()
	files, err := s.files(ctx)
	if err != nil {
		return backup.Head{}, backup.Tail{}, err
	}
	if err := s.remember(); err != nil {
		return backup.Head{}, backup.Tail{}, err
	}
	head, tail, err := backup.Restore(ctx, backup.Target{DB: db, Schemas: Tables, Data: s.Data, Files: files, Pool: pool}, from)
	if err != nil {
		return head, tail, err
	}
	if err := db.Migrate(ctx, Tables...); err != nil {
		return head, tail, err
	}
	// What a copy does not hold because it follows from the rest is made anew.
	return head, tail, (&itemstore.Store{DB: db}).Reindex(ctx)
}

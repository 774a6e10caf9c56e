package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"tongban/internal/catalogue/items/itemstore"
	"tongban/internal/civic/serials"
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
	return backup.Make(ctx, backup.Source{DB: db, Data: s.Data, Files: files, Pool: pool}, to, s.wall())
}

func (s Settings) wall() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// Restored is what was brought back, and from which numbers on the city goes on.
type Restored struct {
	Head    backup.Head
	Tail    backup.Tail
	Resumed serials.Resumed
}

// Restore brings a copy back into an empty database and a new data directory,
// and its tables up to date. Skip is how many numbers of each series are left out, or
// serials.Reckoned.
func Restore(ctx context.Context, s Settings, pool string, skip int64, from io.Reader) (done Restored, err error) {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return done, fmt.Errorf("data directory: %w", err)
	}
	db, err := sqldb.Open(ctx, s.database())
	if err != nil {
		return done, err
	}
	defer db.Close()
	files, err := s.files(ctx)
	if err != nil {
		return done, err
	}
	if err := s.remember(); err != nil {
		return done, err
	}
	then := func(ctx context.Context, head backup.Head) (err error) {
		done.Resumed, err = s.goOn(ctx, db, head.Made, skip)
		return err
	}
	done.Head, done.Tail, err = backup.Restore(ctx, backup.Target{DB: db, Schemas: Tables, Data: s.Data, Files: files, Pool: pool, Then: then}, from)
	return done, err
}

// goOn brings what a copy held up to date, and notes from which numbers on it goes on.
func (s Settings) goOn(ctx context.Context, db *sqldb.DB, made time.Time, skip int64) (r serials.Resumed, err error) {
	if err := db.Migrate(ctx, Tables...); err != nil {
		return r, err
	}
	// What a copy does not hold because it follows from the rest is made anew.
	if err := (&itemstore.Store{DB: db}).Reindex(ctx); err != nil {
		return r, err
	}
	return s.resume(ctx, db, made, skip)
}

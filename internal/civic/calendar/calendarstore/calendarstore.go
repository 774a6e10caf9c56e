// Package calendarstore keeps calendar years in SQL.
package calendarstore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "calendar", Files: files}

// Store is a calendar.Store.
type Store struct{ DB *sqldb.DB }

var _ calendar.Store = (*Store)(nil)

// Latest finds the last id.
func (s *Store) Latest(ctx context.Context) (string, error) {
	return s.text(ctx, `SELECT id FROM calendar_years ORDER BY id DESC LIMIT 1`)
}

// Reckoned reads how far due days were reckoned.
func (s *Store) Reckoned(ctx context.Context) (string, error) {
	return s.text(ctx, `SELECT upto FROM calendar_reckoned WHERE one = 1`)
}

func (s *Store) text(ctx context.Context, query string) (text string, err error) {
	err = s.DB.Row(ctx, query).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, err
}

// Reckon notes it.
func (s *Store) Reckon(ctx context.Context, id string) error {
	_, err := s.DB.Exec(ctx, `INSERT INTO calendar_reckoned (one, upto) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET upto = excluded.upto`, id)
	return err
}

// All reads every notice.
func (s *Store) All(ctx context.Context) ([]calendar.Kept, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (k calendar.Kept, err error) {
		var body string
		var at int64
		if err = scan(&k.ID, &body, &k.By, &at); err != nil {
			return k, err
		}
		k.At = sqldb.FromInstant(at)
		return k, json.Unmarshal([]byte(body), &k.Year)
	}, `SELECT id, body, by_name, at FROM calendar_years ORDER BY id`)
}

// Put keeps one.
func (s *Store) Put(ctx context.Context, k calendar.Kept) error {
	body, err := json.Marshal(k.Year)
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, `INSERT INTO calendar_years (id, year, body, by_name, at) VALUES ($1, $2, $3, $4, $5)`,
		k.ID, k.Year.Year, string(body), k.By, sqldb.Instant(k.At))
	return err
}

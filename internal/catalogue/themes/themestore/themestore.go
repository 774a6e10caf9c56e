// Package themestore keeps themes and their drafts in SQL.
package themestore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "themes", Files: files}

// Store is a themes.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ themes.Store = (*Store)(nil)

// Version rises with every publication.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	return version, s.DB.Row(ctx, `SELECT version FROM themes_version WHERE id = 1`).Scan(&version)
}

// Published are all editions, by theme and number.
func (s *Store) Published(ctx context.Context) ([]*themes.Theme, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (*themes.Theme, error) {
		var body string
		if err := scan(&body); err != nil {
			return nil, err
		}
		t := &themes.Theme{}
		return t, json.Unmarshal([]byte(body), t)
	}, `SELECT body FROM themes_editions ORDER BY theme, number`)
}

// Keep publishes editions.
func (s *Store) Keep(ctx context.Context, by string, at time.Time, all ...*themes.Theme) error {
	var b sqldb.Batch
	if err := keep(&b, by, at, all...); err != nil {
		return err
	}
	return stale(s.DB.Commit(ctx, &b))
}

func keep(b *sqldb.Batch, by string, at time.Time, all ...*themes.Theme) error {
	for _, t := range all {
		body, err := json.Marshal(t)
		if err != nil {
			return fmt.Errorf("write theme %s: %w", t.ID, err)
		}
		b.Exec(`INSERT INTO themes_editions (theme, number, name, effective, retired, body, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			string(t.ID), t.Number, t.Name, dayText(t.Effective), dayText(t.Retired), string(body), by, sqldb.Instant(at))
	}
	b.Exec(`UPDATE themes_version SET version = version + 1 WHERE id = 1`)
	return nil
}

// Shelve puts an edition of another level's library on the shelf.
func (s *Store) Shelve(b *sqldb.Batch, one *themes.Shared) error {
	body, err := json.Marshal(one)
	if err != nil {
		return fmt.Errorf("write shared theme %s: %w", one.Theme.ID, err)
	}
	b.Exec(`INSERT INTO themes_shelf (library, theme, number, name, body, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		one.Library, string(one.Theme.ID), one.Theme.Number, one.Theme.Name, string(body), sqldb.Instant(one.At))
	return nil
}

// Shelved is an edition from the shelf.
func (s *Store) Shelved(ctx context.Context, from themes.Superior) (*themes.Shared, error) {
	all, err := sqldb.Rows(ctx, s.DB, scanShared, `SELECT library, body FROM themes_shelf WHERE library = $1 AND theme = $2 AND number = $3`, from.Library, string(from.ID), from.Number)
	if err == nil && len(all) == 0 {
		return nil, themes.None(from.ID)
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// Shelf is the latest edition of each theme on it.
func (s *Store) Shelf(ctx context.Context) ([]*themes.Shared, error) {
	return sqldb.Rows(ctx, s.DB, scanShared, `SELECT library, body FROM themes_shelf s
		WHERE number = (SELECT MAX(number) FROM themes_shelf o WHERE o.library = s.library AND o.theme = s.theme) ORDER BY library, name, theme`)
}

func scanShared(scan func(...any) error) (*themes.Shared, error) {
	var library, body string
	if err := scan(&library, &body); err != nil {
		return nil, err
	}
	one := &themes.Shared{}
	err := json.Unmarshal([]byte(body), one)
	one.Library = library
	return one, err
}

func dayText(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func stale(err error) error {
	if sqldb.IsOutrun(err) {
		return fault.New(fault.Conflict, "themes.stale", "这件事刚被他人修改，请刷新后再试")
	}
	return err
}

// Draft reads the draft of a theme; one that nobody began is unopened.
func (s *Store) Draft(ctx context.Context, id themes.ID) (*themes.Draft, error) {
	all, err := sqldb.Rows(ctx, s.DB, scanDraft, `SELECT body, head_seq, head_hash FROM themes_drafts WHERE id = $1`, string(id))
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return &themes.Draft{ID: id}, nil
	}
	return all[0], nil
}

// Drafts are all drafts, the last changed first.
func (s *Store) Drafts(ctx context.Context) ([]*themes.Draft, error) {
	return sqldb.Rows(ctx, s.DB, scanDraft, `SELECT body, head_seq, head_hash FROM themes_drafts ORDER BY changed DESC, id LIMIT 200`)
}

func scanDraft(read func(...any) error) (*themes.Draft, error) {
	d, head, err := event.Scan[themes.Draft](read)
	if err == nil {
		d.Head = head
	}
	return d, err
}

// Change keeps a move of a draft, and what it publishes, in one commit.
func (s *Store) Change(ctx context.Context, id themes.ID, do func(*themes.Draft) (themes.Moved, *themes.Theme, error)) (*themes.Draft, error) {
	d, err := s.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	m, published, err := do(d)
	if err != nil || m.Act == "" {
		return d, err
	}
	version := d.Head
	d.Apply(m)
	var b sqldb.Batch
	if published != nil {
		if err := keep(&b, m.By, m.At, published); err != nil {
			return nil, err
		}
	}
	if d.Head, err = s.Post.Record(&b, id.Stream(), version, m.At, m); err != nil {
		return nil, err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write draft %s: %w", id, err)
	}
	row := []any{string(id), d.Text.Name, d.Text.Region, string(d.State), sqldb.Instant(m.At), string(body), d.Head.Seq, d.Head.Hash}
	if version.Seq == 0 {
		b.Exec(`INSERT INTO themes_drafts (id, name, region, state, changed, body, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, row...)
	} else {
		var kept string
		b.Row([]any{&kept}, `UPDATE themes_drafts SET name = $2, region = $3, state = $4, changed = $5, body = $6, head_seq = $7, head_hash = $8
			WHERE id = $1 AND head_seq = $9 RETURNING id`, append(row, version.Seq)...)
	}
	return d, stale(s.DB.Commit(ctx, &b))
}

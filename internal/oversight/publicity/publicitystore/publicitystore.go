// Package publicitystore keeps what the public may read of decisions in SQL.
package publicitystore

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/publicity"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "publicity", Files: files}

// Store is a publicity.Store.
type Store struct{ DB *sqldb.DB }

var _ publicity.Store = (*Store)(nil)

const columns = `case_id, item, item_name, type, agency, agency_name, region, name, in_time, decided, shown, undone, undone_on`

// Show adds a result.
func (s *Store) Show(b *sqldb.Batch, r publicity.Result) {
	count(b, r)
	b.Exec(`INSERT INTO publicity_results (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (case_id) DO NOTHING`,
		values(r)...)
}

// values are what the columns hold of a result.
func values(r publicity.Result) []any {
	return []any{string(r.Case), string(r.Item), r.ItemName, string(r.Type), r.Agency, r.AgencyName, r.Region, r.Name,
		int64(sqldb.Bool(r.InTime)), r.Decided.String(), r.Shown.String(), r.Undone, r.UndoneOn.String()}
}

// Undo marks one.
func (s *Store) Undo(b *sqldb.Batch, id cases.ID, how string, on calendar.Day) {
	b.Exec(`UPDATE publicity_results SET undone = $1, undone_on = $2 WHERE case_id = $3`, how, on.String(), string(id))
}

// List is a page of results, newest first, by keyset.
func (s *Store) List(ctx context.Context, f publicity.Filter) ([]publicity.Result, error) {
	w := chosen(f)
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM publicity_results WHERE `+w.page(f.Limit), w.args...)
}

// wanted is what a page is asked for, and with which values.
type wanted struct {
	parts []string
	args  []any
}

func (w *wanted) and(part string, values ...any) {
	for _, v := range values {
		w.args = append(w.args, v)
		part = strings.Replace(part, "?", fmt.Sprintf("$%d", len(w.args)), 1)
	}
	w.parts = append(w.parts, part)
}

// page is the condition with the order and the length of a page.
func (w *wanted) page(limit int) string {
	w.args = append(w.args, limit)
	return strings.Join(w.parts, " AND ") + fmt.Sprintf(` ORDER BY decided DESC, case_id DESC LIMIT $%d`, len(w.args))
}

// chosen is what a filter asks for.
func chosen(f publicity.Filter) *wanted {
	w := &wanted{parts: []string{"1 = 1"}}
	if f.Agency != "" {
		w.and(`agency = ?`, f.Agency)
	}
	if f.Item != "" {
		w.and(`item = ?`, string(f.Item))
	}
	if f.Name != "" {
		w.and(`name >= ? AND name < ?`, f.Name, f.Name+"\U0010FFFF")
	}
	if day, id, ok := strings.Cut(f.After, "/"); ok {
		w.and(`(decided, case_id) < (?, ?)`, day, id)
	}
	return w
}

func scan(scan func(...any) error) (r publicity.Result, err error) {
	var inTime int
	var decided, shown, undoneOn string
	err = scan((*string)(&r.Case), (*string)(&r.Item), &r.ItemName, (*string)(&r.Type), &r.Agency, &r.AgencyName, &r.Region, &r.Name,
		&inTime, &decided, &shown, &r.Undone, &undoneOn)
	r.InTime = inTime == 1
	r.Decided, r.Shown = calendar.Parse(decided), calendar.Parse(shown)
	r.UndoneOn = calendar.Parse(undoneOn)
	r.Cursor = decided + "/" + string(r.Case)
	return r, err
}

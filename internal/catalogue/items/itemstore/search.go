package itemstore

import (
	"context"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
)

// index puts an edition's words into the search index in place of those its
// item had: full-text tables are the one thing the two databases do not share.
func (s *Store) index(b *sqldb.Batch, e *items.Edition) {
	words := e.Words()
	if s.DB.Postgres {
		b.Exec(`INSERT INTO items_search (no, words) VALUES ($1, $2::text::tsvector)
			ON CONFLICT (no) DO UPDATE SET words = excluded.words`, rowOf(e.Item), vector(words))
		return
	}
	b.Exec(`INSERT OR REPLACE INTO items_search (rowid, words) VALUES ($1, $2)`, rowOf(e.Item), strings.Join(words, " "))
}

// many is how many editions published at once are an import.
const many = 50

// planAnew has PostgreSQL plan the questions of a large import for the tables as
// they are by then: a plan it made while they were small goes through all of them
// for every question, and an import grows them in one transaction.
func (s *Store) planAnew(b *sqldb.Batch, editions int) {
	if s.DB.Postgres && editions > many {
		b.Exec(`SET LOCAL plan_cache_mode = force_custom_plan`)
	}
}

// enter puts the words of an item's first edition into the search index.
func (s *Store) enter(b *sqldb.Batch, e *items.Edition) {
	words := e.Words()
	if s.DB.Postgres {
		b.Insert(`INSERT INTO items_search (no, words)`, rowOf(e.Item), vector(words))
		return
	}
	b.Insert(`INSERT INTO items_search (rowid, words)`, rowOf(e.Item), strings.Join(words, " "))
}

// vector writes words as a value of PostgreSQL's index. They hold Han characters,
// letters and digits only.
func vector(words []string) string { return "'" + strings.Join(words, "' '") + "'" }

// Match asks the search index for what is in force on day.
func (s *Store) Match(ctx context.Context, m items.Match, day calendar.Day, limit int) ([]items.Entry, error) {
	if len(m) == 0 {
		return nil, nil
	}
	query := matchSQLite
	expression := fts5(m)
	if s.DB.Postgres {
		query, expression = matchPostgres, tsquery(m)
	}
	return sqldb.Rows(ctx, s.DB, scanEntry, query, day.String(), expression, limit)
}

// The index is asked first and alone: a planner that has no statistics yet
// would go through all items instead.
const (
	matchSQLite = `SELECT ` + entryColumns + ` FROM items_search CROSS JOIN items i ON i.no = items_search.rowid
		WHERE items_search MATCH $2 AND ` + inForce + ` LIMIT $3`
	matchPostgres = `WITH s AS MATERIALIZED (SELECT no FROM items_search WHERE words @@ $2::text::tsquery LIMIT 4 * $3)
		SELECT ` + entryColumns + ` FROM s JOIN items i ON i.no = s.no WHERE ` + inForce + ` LIMIT $3`
)

// fts5 writes a match in the query language of SQLite's index.
func fts5(m items.Match) string {
	return expression(m, " OR ", " AND ", func(t items.Token) string {
		if t.Prefix {
			return `"` + t.Text + `"*`
		}
		return `"` + t.Text + `"`
	})
}

// tsquery writes a match in the query language of PostgreSQL's index.
func tsquery(m items.Match) string {
	return expression(m, " | ", " & ", func(t items.Token) string {
		if t.Prefix {
			return `'` + t.Text + `':*`
		}
		return `'` + t.Text + `'`
	})
}

// expression joins alternatives and their words. Words hold Han characters,
// letters and digits only, so nothing in them needs to be escaped.
func expression(m items.Match, or, and string, word func(items.Token) string) string {
	alternatives := make([]string, len(m))
	for i, tokens := range m {
		all := make([]string, len(tokens))
		for j, t := range tokens {
			all[j] = word(t)
		}
		alternatives[i] = "(" + strings.Join(all, and) + ")"
	}
	return strings.Join(alternatives, or)
}

// Reindex makes the search index anew from the editions that lists show: a copy
// brought back has none.
func (s *Store) Reindex(ctx context.Context) error {
	type shown struct {
		id     items.ID
		number int
	}
	for after := ""; ; {
		page, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (i shown, err error) {
			return i, scan(&i.id, &i.number)
		}, `SELECT id, number FROM items WHERE id > $1 ORDER BY id LIMIT 200`, after)
		if err != nil || len(page) == 0 {
			return err
		}
		var b sqldb.Batch
		for _, i := range page {
			e, err := s.Edition(ctx, i.id, i.number)
			if err != nil {
				return err
			}
			s.index(&b, e)
		}
		if err := s.DB.Commit(ctx, &b); err != nil {
			return err
		}
		after = string(page[len(page)-1].id)
	}
}

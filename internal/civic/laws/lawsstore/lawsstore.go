// Package lawsstore keeps articles of laws in SQL.
package lawsstore

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "laws", Files: files}

// Store is a laws.Store.
type Store struct{ DB *sqldb.DB }

var _ laws.Store = (*Store)(nil)

// Version rises with every change.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	return version, s.DB.Row(ctx, `SELECT version FROM laws_version WHERE id = 1`).Scan(&version)
}

func scan(scan func(...any) error) (a laws.Article, err error) {
	var version, effective, abolished string
	err = scan(&a.Law, &version, &a.Article, &a.Chapter, &a.Text, &effective, &abolished)
	a.Version, a.Effective, a.Abolished = calendar.Parse(version), calendar.Parse(effective), calendar.Parse(abolished)
	return a, err
}

// Citations reads every article with the first character of its text.
func (s *Store) Citations(ctx context.Context) ([]laws.Article, error) {
	return sqldb.Rows(ctx, s.DB, scan, `SELECT law, version, article, '', SUBSTR(text, 1, 1), effective, abolished FROM laws_articles`)
}

// atOnce is how many articles one statement keeps.
const atOnce = 100

// Put keeps articles, all or none.
func (s *Store) Put(ctx context.Context, all []laws.Article) error {
	b := &sqldb.Batch{}
	for ; len(all) > 0; all = all[min(len(all), atOnce):] {
		var q strings.Builder
		var args []any
		q.WriteString(`INSERT INTO laws_articles (law, version, no, article, chapter, text, effective, abolished) VALUES `)
		for i, a := range all[:min(len(all), atOnce)] {
			if i > 0 {
				q.WriteString(", ")
			}
			n := len(args)
			fmt.Fprintf(&q, "($%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8)
			args = append(args, a.Law, a.Version.String(), a.Number(), a.Article, a.Chapter, a.Text, a.Effective.String(), a.Abolished.String())
		}
		q.WriteString(` ON CONFLICT (law, version, no) DO UPDATE SET article = excluded.article, chapter = excluded.chapter,
			text = excluded.text, effective = excluded.effective, abolished = excluded.abolished`)
		b.Exec(q.String(), args...)
	}
	b.Exec(`UPDATE laws_version SET version = version + 1 WHERE id = 1`)
	return s.DB.Commit(ctx, b)
}

// literal escapes what LIKE would take for wildcards.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Find lists articles that answer every word, after the given one. Articles are
// thousands, so they are gone through one by one.
func (s *Store) Find(ctx context.Context, words []laws.Word, after laws.Article, limit int) ([]laws.Article, error) {
	var q strings.Builder
	args := []any{after.Law, after.Version.String(), after.Number()}
	q.WriteString(`SELECT law, version, article, chapter, text, effective, abolished FROM laws_articles WHERE (law, version, no) > ($1, $2, $3)`)
	for _, w := range words {
		args = append(args, "%"+literal.Replace(w.Text)+"%")
		fmt.Fprintf(&q, ` AND ((law || article || text) LIKE $%d ESCAPE '\'`, len(args))
		if w.Number > 0 {
			args = append(args, w.Number)
			fmt.Fprintf(&q, ` OR no = $%d`, len(args))
		}
		for _, law := range w.Laws {
			args = append(args, law)
			fmt.Fprintf(&q, ` OR law = $%d`, len(args))
		}
		q.WriteString(")")
	}
	args = append(args, limit)
	fmt.Fprintf(&q, ` ORDER BY law, version, no LIMIT $%d`, len(args))
	return sqldb.Rows(ctx, s.DB, scan, q.String(), args...)
}

// Law reads a law, its newest version first.
func (s *Store) Law(ctx context.Context, names []string) ([]laws.Article, error) {
	marks, args := sqldb.In(names)
	return sqldb.Rows(ctx, s.DB, scan, `SELECT law, version, article, chapter, text, effective, abolished FROM laws_articles
		WHERE law IN `+marks+` ORDER BY version DESC, no LIMIT 5000`, args...)
}

// Package marksstore keeps read marks in SQL.
package marksstore

import (
	"context"
	"embed"
	"fmt"
	"maps"
	"slices"
	"time"

	"tongban/internal/civic/marks"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "marks", Files: files}

// Store is a marks.Store.
type Store struct{ DB *sqldb.DB }

var _ marks.Store = (*Store)(nil)

// Read is how far the account has read of each.
func (s *Store) Read(ctx context.Context, account string, about []string) (marks.Read, error) {
	text, args := sqldb.In(about)
	read := marks.Read{}
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var what string
		var upto int64
		err := scan(&what, &upto)
		read[what] = upto
		return err
	}, fmt.Sprintf(`SELECT about, upto FROM marks_read WHERE about IN %s AND account = $%d`, text, len(args)+1), append(args, account)...)
	return read, err
}

// Mark moves marks forward, all or none; one that is further on already stays.
func (s *Store) Mark(ctx context.Context, account string, read marks.Read, at time.Time) error {
	var b sqldb.Batch
	for _, about := range slices.Sorted(maps.Keys(read)) {
		b.Exec(`INSERT INTO marks_read (account, about, upto, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (account, about) DO UPDATE SET upto = excluded.upto, at = excluded.at WHERE marks_read.upto < excluded.upto`,
			account, about, read[about], sqldb.Instant(at))
	}
	return s.DB.Commit(ctx, &b)
}

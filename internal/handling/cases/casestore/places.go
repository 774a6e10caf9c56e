package casestore

import (
	"context"
	"fmt"
	"slices"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

var placeColumns = []string{"pool", "since", "number", "no"}

// placeOf is what is kept of a case that competes for a limited number; nothing
// of another.
func placeOf(c *cases.Case) []any {
	if !c.Competes() {
		return nil
	}
	return []any{pool(c, *c.Place), sqldb.Instant(c.Place.Since), c.Number, int64(c.Place.No)}
}

// placeCells are the same, for audit: those of a case on the shelf too, whose
// place stays taken.
func placeCells(c *cases.Case) []cases.Cells {
	if now := placeOf(c); now != nil {
		return []cases.Cells{{Table: "cases_places", Names: placeColumns, Values: now}}
	}
	return nil
}

// pool names a number that cases compete for.
func pool(c *cases.Case, p cases.Place) string { return string(c.Item) + " " + p.Of }

// putPlace brings the order of those who compete up to date with the case.
func putPlace(b *sqldb.Batch, c *cases.Case, before []any) {
	switch now := placeOf(c); {
	case slices.Equal(now, before):
	case now == nil:
		b.Exec(`DELETE FROM cases_places WHERE case_id = $1`, string(c.ID))
	case before == nil:
		b.Exec(`INSERT INTO cases_places (case_id, pool, since, number, no) VALUES ($1, $2, $3, $4, $5)`, append([]any{string(c.ID)}, now...)...)
	default:
		b.Exec(`UPDATE cases_places SET no = $1 WHERE case_id = $2`, now[3], string(c.ID))
	}
}

// Competition is how those who compete for the number of a place stand now.
func (s *Store) Competition(ctx context.Context, c *cases.Case, p cases.Place) (now cases.Competition, err error) {
	err = s.DB.Row(ctx, `SELECT
		(SELECT COUNT(*) FROM cases_places WHERE pool = $1 AND no > 0),
		(SELECT COUNT(*) FROM cases_places WHERE pool = $1 AND no = 0 AND (since, number) < ($2, $3)),
		(SELECT MIN(n) FROM (SELECT 1 AS n UNION ALL SELECT no + 1 FROM cases_places WHERE pool = $1 AND no > 0) w
			WHERE NOT EXISTS (SELECT 1 FROM cases_places t WHERE t.pool = $1 AND t.no = w.n))`,
		pool(c, p), sqldb.Instant(p.Since), c.Number).Scan(&now.Taken, &now.Before, &now.Next)
	if err != nil {
		return now, fmt.Errorf("read who competes with case %s: %w", c.ID, err)
	}
	return now, nil
}

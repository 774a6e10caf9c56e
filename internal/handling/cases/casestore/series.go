package casestore

import (
	"context"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Series counts the numbers that papers of a year have been given, and the papers
// that wait for one. Both are read from the indexes of numbers alone: the papers
// themselves are never gone through.
func (s *Store) Series(ctx context.Context, year int) ([]cases.Series, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (r cases.Series, err error) {
		err = scan(&r.Agency, (*string)(&r.Kind), &r.Year, &r.Count, &r.First, &r.Last, &r.Waiting)
		return r, err
	}, `SELECT agency, kind, year, SUM(n), MAX(first), MAX(last), SUM(waiting) FROM (
		SELECT agency, kind, year, COUNT(*) AS n, MIN(serial) AS first, MAX(serial) AS last, 0 AS waiting
			FROM cases_papers WHERE serial > 0 AND year = $1 GROUP BY agency, kind, year
		UNION ALL SELECT agency, kind, year, 0, 0, 0, COUNT(*) FROM cases_papers WHERE serial = 0 AND year = $1 GROUP BY agency, kind, year) c
		GROUP BY agency, kind, year ORDER BY agency, kind`, year)
}

// Skipped finds the numbers below the last that no paper of the series has.
func (s *Store) Skipped(ctx context.Context, r cases.Series) ([]cases.Gap, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (g cases.Gap, err error) {
		var next, before int
		err = scan(&next, &before)
		return cases.Gap{From: before + 1, To: next - 1}, err
	}, `SELECT p.serial, COALESCE((SELECT MAX(q.serial) FROM cases_papers q WHERE q.agency = p.agency AND q.kind = p.kind AND q.year = p.year AND q.serial > 0 AND q.serial < p.serial), 0)
		FROM cases_papers p WHERE p.agency = $1 AND p.kind = $2 AND p.year = $3 AND p.serial > 0 AND p.serial > 1 AND NOT EXISTS
		(SELECT 1 FROM cases_papers q WHERE q.agency = p.agency AND q.kind = p.kind AND q.year = p.year AND q.serial > 0 AND q.serial = p.serial - 1) ORDER BY p.serial`,
		r.Agency, string(r.Kind), r.Year)
}

package casestore

import (
	"context"
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Uses are how far the numbers of cases have come, and those of papers in the years
// from a day on.
func Uses(ctx context.Context, db *sqldb.DB, since calendar.Day) ([]serials.Use, error) {
	of, err := serials.Furthest(ctx, db, serials.Case, "cases_serials")
	if err != nil {
		return nil, err
	}
	papers := serials.Use{Kind: serials.Paper, Ended: map[string]int64{}}
	all, err := sqldb.Rows(ctx, db, scanSeries, `SELECT `+seriesColumns+` FROM cases_series WHERE year >= $1`, since.Year())
	for _, r := range all {
		papers.Last, papers.Ended[r.Name()] = max(papers.Last, int64(r.Last)), int64(r.Last)
	}
	if err == nil {
		papers.Day, err = busiest(ctx, db, since.Year())
	}
	if err != nil {
		return nil, fmt.Errorf("how far the numbers of papers have come: %w", err)
	}
	return []serials.Use{of, papers}, nil
}

// busiest is the most papers of one series that were handed over in one day. Those on
// the shelf are not looked at: they are of the same kind of days.
func busiest(ctx context.Context, db *sqldb.DB, year int) (most int64, err error) {
	err = db.Row(ctx, `SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM cases_papers p
		JOIN event_facts f ON f.stream = $2 || p.case_id AND f.seq = p.seq
		WHERE p.year >= $1 GROUP BY p.agency, p.kind, `+serials.DayOf("f.at")+`) d`, year, cases.ID("").Stream()).Scan(&most)
	return most, err
}

package publicitystore

import (
	"context"
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
	"tongban/internal/oversight/publicity"
)

// count adds a result to the sums of its day, unless it has been shown before:
// news may be told twice.
func count(b *sqldb.Batch, r publicity.Result) {
	b.Exec(`INSERT INTO publicity_days (decided, granted, in_time) SELECT $1, 1, $2 WHERE NOT EXISTS (SELECT 1 FROM publicity_results WHERE case_id = $3)
		ON CONFLICT (decided) DO UPDATE SET granted = publicity_days.granted + 1, in_time = publicity_days.in_time + excluded.in_time`,
		r.Decided.String(), int64(sqldb.Bool(r.InTime)), string(r.Case))
}

// Count adds up the days since one.
func (s *Store) Count(ctx context.Context, since calendar.Day) (r publicity.Recent, err error) {
	err = s.DB.Row(ctx, `SELECT COALESCE(SUM(granted), 0), COALESCE(SUM(in_time), 0) FROM publicity_days WHERE decided >= $1`,
		since.String()).Scan(&r.Decided, &r.InTime)
	return r, err
}

// Differ counts all results and compares them with the sums; "" for no difference.
func (s *Store) Differ(ctx context.Context) (string, error) {
	say, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (string, error) {
		var day string
		var granted, inTime, shown, shownInTime int64
		err := scan(&day, &granted, &inTime, &shown, &shownInTime)
		return fmt.Sprintf("%s公示%d件、按时%d件，合计表记为%d件、%d件", day, shown, shownInTime, granted, inTime), err
	}, `SELECT k.decided, COALESCE(d.granted, 0), COALESCE(d.in_time, 0), COALESCE(r.n, 0), COALESCE(r.in_time, 0)
		FROM (SELECT decided FROM publicity_days UNION SELECT DISTINCT decided FROM publicity_results) k
		LEFT JOIN publicity_days d ON d.decided = k.decided
		LEFT JOIN (SELECT decided, COUNT(*) AS n, SUM(in_time) AS in_time FROM publicity_results GROUP BY decided) r ON r.decided = k.decided
		WHERE COALESCE(d.granted, 0) <> COALESCE(r.n, 0) OR COALESCE(d.in_time, 0) <> COALESCE(r.in_time, 0) ORDER BY k.decided LIMIT 1`)
	if err != nil || len(say) == 0 {
		return "", err
	}
	return say[0], nil
}

// Load adds very many new results to the batch; Recount makes the sums of them.
func Load(b *sqldb.Batch, r publicity.Result) {
	b.Insert(`INSERT INTO publicity_results (`+columns+`)`, values(r)...)
}

// Recount makes the sums anew from the results.
func (s *Store) Recount(ctx context.Context) error {
	var b sqldb.Batch
	b.Exec(`DELETE FROM publicity_days`)
	b.Exec(`INSERT INTO publicity_days (decided, granted, in_time) SELECT decided, COUNT(*), SUM(in_time) FROM publicity_results GROUP BY decided`)
	return s.DB.Commit(ctx, &b)
}

package supervisionstore_test

import (
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/oversight/supervision/supervisionstore"
)

// The sweep touches the cases that are due and no others, however many run: the
// database itself says by which way it finds them (徐政发〔2022〕21号（十九）).
func TestTheSweepFindsWhatIsDueByIndex(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, supervisionstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		const running, due = 20_000, 10
		ctx, now := t.Context(), time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		_, err := db.Exec(ctx, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT))
			INSERT INTO supervision_looks (case_id, due) SELECT 'c' || i, CASE WHEN i <= CAST($2 AS BIGINT) THEN CAST($3 AS BIGINT) ELSE CAST($4 AS BIGINT) + i END FROM n`,
			running, due, sqldb.Instant(now), sqldb.Instant(now.Add(time.Hour)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(ctx, `ANALYZE`); err != nil {
			t.Fatal(err)
		}
		s := &supervisionstore.Store{DB: db}
		begun := time.Now()
		looks, err := s.Looks(ctx, now, 1000)
		if err != nil || len(looks) != due {
			t.Fatalf("%d due, %v", len(looks), err)
		}
		t.Logf("%d of %d found in %s", due, running, time.Since(begun))
		plan, err := db.Plan(ctx, `SELECT case_id, due FROM supervision_looks WHERE due <= $1 ORDER BY due, case_id LIMIT $2`, sqldb.Instant(now), 1000)
		text := strings.Join(plan, "\n")
		if err != nil || !strings.Contains(text, "supervision_looks_due") || strings.Contains(text, "Seq Scan") || strings.Contains(text, "TEMP B-TREE") || strings.Contains(text, "Sort") {
			t.Errorf("%v: it goes\n%s", err, text)
		}
		if strings.Contains(text, "SCAN supervision_looks") {
			t.Errorf("it walks the whole index:\n%s", text)
		}
	})
}

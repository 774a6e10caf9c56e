package sqldb_test

import (
	"fmt"
	"testing"

	"tongban/internal/ground/sqldb"
)

// Rows that go together are kept whole and in full, however many they are and
// whatever stands between them; one that breaks a key breaks them all.
func TestRowsThatGoTogether(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		total := 0
		for _, rows := range []int{1, 49, 50, 51, 120} {
			var b, other sqldb.Batch
			for i := range rows {
				b.Insert(`INSERT INTO things (id, n)`, fmt.Sprintf("%d-%d", rows, i), i)
			}
			b.Exec(`UPDATE things SET n = n + 1000 WHERE id = $1`, fmt.Sprintf("%d-0", rows))
			other.Insert(`INSERT INTO things (id, n)`, fmt.Sprintf("%d-more", rows), 7)
			b.Join(&other)
			b.Insert(`INSERT INTO things (id, n)`, fmt.Sprintf("%d-last", rows), 8)
			if err := db.Commit(t.Context(), &b); err != nil {
				t.Fatal(rows, err)
			}
			total += rows + 2
			if got := count(t, db); got != total {
				t.Fatalf("%d rows kept, want %d", got, total)
			}
			var n int
			if err := db.Row(t.Context(), `SELECT n FROM things WHERE id = $1`, fmt.Sprintf("%d-0", rows)).Scan(&n); err != nil || n != 1000 {
				t.Errorf("the row that was changed after holds %d: %v", n, err)
			}
		}
		var b sqldb.Batch
		for i := range 60 {
			b.Insert(`INSERT INTO things (id, n)`, fmt.Sprintf("new-%d", i), i)
		}
		b.Insert(`INSERT INTO things (id, n)`, "1-0", 1)
		if err := db.Commit(t.Context(), &b); !sqldb.IsDuplicate(err) || count(t, db) != total {
			t.Errorf("%v, %d rows", err, count(t, db))
		}
	})
}

package sqldb_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"tongban/internal/ground/sqldb"
)

var thingLog = sqldb.Log{Into: `INSERT INTO things (id, n)`}

// What acts of one commit add to a table goes together; an act that fails takes
// nothing of the others' with it, and leaves nothing of its own.
func TestRowsOfManyActs(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		const acts = 100
		failed := make([]error, acts)
		var all sync.WaitGroup
		for i := range acts {
			all.Go(func() {
				var b sqldb.Batch
				thingLog.Add(&b, fmt.Sprintf("%d-a", i), i)
				b.Exec(`UPDATE things SET n = -1 WHERE n = $1`, i)
				thingLog.Add(&b, fmt.Sprintf("%d-b", i), i)
				if i%10 == 3 {
					thingLog.Add(&b, fmt.Sprintf("%d-b", i), i)
				}
				failed[i] = db.Commit(t.Context(), &b)
			})
		}
		all.Wait()
		for i, err := range failed {
			if sqldb.IsDuplicate(err) != (i%10 == 3) {
				t.Errorf("act %d: %v", i, err)
			}
		}
		if got := count(t, db); got != 180 {
			t.Errorf("%d rows kept, want 180", got)
		}
		var undone int
		if err := db.Row(t.Context(), `SELECT COUNT(*) FROM things WHERE n = -1`).Scan(&undone); err != nil || undone != 0 {
			t.Errorf("%d rows were there before what the act itself said: %v", undone, err)
		}
	})
}

// A row that is there already is left as it is where the log says so, in a conversation too.
func TestRowsThatMayBeThere(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		once := sqldb.Log{Into: thingLog.Into, Else: `ON CONFLICT DO NOTHING`}
		err := db.Within(t.Context(), func(ctx context.Context) error {
			var b sqldb.Batch
			for i := range 70 {
				once.Add(&b, fmt.Sprint(i%35), i)
			}
			return db.Commit(ctx, &b)
		})
		if got := count(t, db); err != nil || got != 35 {
			t.Errorf("%d rows, want 35: %v", got, err)
		}
		var b sqldb.Batch
		once.Add(&b, "1", 1)
		if err := db.Pour(t.Context(), &b); db.Postgres && err == nil {
			t.Error("poured what is no Insert")
		}
	})
}

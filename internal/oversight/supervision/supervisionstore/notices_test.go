package supervisionstore_test

import (
	"fmt"
	"strings"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/oversight/supervision/supervisionstore"
)

// Whoever holds a post counts their reminders at one place of an index for each way by
// which they come, and no more than are shown, however many others of that role have.
func TestRemindersOfOthersAreNotWalked(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		store := &supervisionstore.Store{DB: db}
		var b sqldb.Batch
		for i := range 33 {
			b.Exec(`INSERT INTO supervision_notices (id, account, role, agency, region, case_id, number, item_name, rule, level, say, at)
				VALUES ($1, '', 'window', $2, '', 'c', 'n', 'i', 'r', 'red', 's', 1)`, fmt.Sprint(i), []string{"many", "few"}[i/30])
		}
		if err := db.Commit(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		for agency, want := range map[string]int{"many": 20, "few": 3, "none": 0} {
			var asked []string
			ctx := sqldb.Tracing(t.Context(), func(q sqldb.Asked) {
				if !db.Postgres {
					asked, _ = db.Plan(t.Context(), q.Query, q.Args...)
				}
			})
			n, err := store.CountNotices(ctx, "me", []identity.Post{{Role: identity.Window, Agency: agency}}, 20)
			if plan := strings.Join(asked, "\n"); err != nil || n != want || !db.Postgres && strings.Count(plan, "(role=? AND agency=?)") != 2 {
				t.Errorf("%s: %d, not %d, %v\n%s", agency, n, want, err, plan)
			}
		}
	})
}

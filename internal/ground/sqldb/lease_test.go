package sqldb_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// A replica that stops gives up its leases while others ask for them: they get one or
// do not, and nothing has failed.
func TestALeaseIsAskedForWhileItIsGivenUp(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		a, b := open(t, url), open(t, url)
		if err := a.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		for n := range 40 {
			name := fmt.Sprint("given up ", n)
			var leaving sync.WaitGroup
			leaving.Go(func() {
				for range 4 {
					var come, leave sqldb.Batch
					come.Exec(`INSERT INTO sqldb_leases (name, holder, until) VALUES ($1, 'x 1 elsewhere/1', $2) ON CONFLICT (name) DO NOTHING`, name, sqldb.Instant(at.Add(time.Minute)))
					leave.Exec(`DELETE FROM sqldb_leases WHERE name = $1 AND holder = 'x 1 elsewhere/1'`, name)
					if a.Commit(t.Context(), &come) != nil || a.Commit(t.Context(), &leave) != nil {
						t.Error("the other replica failed")
					}
				}
			})
			for held := false; !held; {
				var err error
				if held, err = b.Lease(t.Context(), name, time.Minute, at); err != nil {
					t.Fatal(err)
				}
			}
			leaving.Wait()
		}
	})
}

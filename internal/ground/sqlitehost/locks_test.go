package sqlitehost_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"tongban/internal/ground/sqlitehost"
)

// Many connections at once, to databases of their own and to one in common, with
// caches that SQLite shares among them all: nothing is lost or mixed.
func TestManyConnectionsAtOnce(t *testing.T) {
	vfs, err := sqlitehost.Register()
	if err != nil {
		t.Fatal(err)
	}
	common := filepath.Join(t.TempDir(), "common.db")
	run(t, opened(t, common, "&vfs="+vfs), "CREATE TABLE rows (n INTEGER PRIMARY KEY, body TEXT)")
	var wg sync.WaitGroup
	for i := range 8 {
		own := opened(t, filepath.Join(t.TempDir(), "own.db"), "&vfs="+vfs)
		in := opened(t, common, "&_pragma=busy_timeout(10000)&_txlock=immediate&vfs="+vfs)
		wg.Go(func() {
			run(t, own, "CREATE TABLE rows (n INTEGER PRIMARY KEY, body TEXT)")
			for j := range 60 {
				add := fmt.Sprintf("INSERT INTO rows (body) VALUES ('%d of %d')", j, i)
				run(t, own, add, add, "UPDATE rows SET body = body || '.' WHERE n % 3 = 1")
				run(t, in, add)
			}
		})
	}
	wg.Wait()
	var rows, different int
	if err := opened(t, common, "").QueryRow("SELECT count(*), count(DISTINCT body) FROM rows").Scan(&rows, &different); err != nil || rows != 480 || different != 480 {
		t.Errorf("%d rows, %d different: %v", rows, different, err)
	}
}

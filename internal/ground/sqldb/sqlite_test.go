package sqldb_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// What was answered must survive a power cut: that no test can cut, so it asks
// SQLite itself.
func TestTheWriterWaitsForTheDisk(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "a?b#c%d.db"))
	err := db.Within(t.Context(), func(ctx context.Context) error {
		for _, pragma := range []struct{ name, want string }{{"synchronous", "2"}, {"journal_mode", "wal"}, {"foreign_keys", "1"}, {"page_size", "1024"}} {
			var is string
			if err := db.Row(ctx, "PRAGMA "+pragma.name).Scan(&is); err != nil || is != pragma.want {
				t.Errorf("%s is %s, %v; want %s", pragma.name, is, err, pragma.want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseThatKeepsNothingSaysComeBackLater(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"))
	if _, err := db.Exec(t.Context(), `CREATE TABLE a (id TEXT)`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), `PRAGMA max_page_count = 4`); err != nil {
		t.Fatal(err)
	}
	var err error
	for range 100 {
		var b sqldb.Batch
		b.Exec(`INSERT INTO a (id) VALUES ($1)`, strings.Repeat("x", 2000))
		if err = db.Commit(t.Context(), &b); err != nil {
			break
		}
	}
	if fault.Code(err) != "sqldb.away" || fault.Of(err) != fault.Busy {
		t.Errorf("a full disk: %v", err)
	}
	if _, err := db.Exec(t.Context(), `INSERT INTO nowhere (id) VALUES ('x')`); fault.Of(err) != fault.Internal {
		t.Errorf("a mistake of ours: %v", err)
	}
}

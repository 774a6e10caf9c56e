package sqldb_test

import (
	"context"
	"path/filepath"
	"testing"
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

package sqldb_test

import (
	"os"
	"path/filepath"
	"testing"

	"tongban/internal/ground/sqldb"
)

// Nobody else on the machine may read a new database, whatever the folder allows.
func TestANewFileIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := sqldb.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(t.Context(), `CREATE TABLE a (id TEXT)`); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		stat, err := os.Stat(name)
		if err != nil || stat.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, stat, err)
		}
	}
}

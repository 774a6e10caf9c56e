package sqlitehost_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"tongban/internal/ground/sqlitehost"
)

const pragmas = "_pragma=page_size(1024)&_journal_mode=WAL&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(300)&_pragma=cache_size(20)"

func opened(t *testing.T, path, vfs string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?"+pragmas+vfs)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, queries ...string) {
	t.Helper()
	for _, q := range queries {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// sums is how many rows there are and what is in them, of a sound database.
func sums(t *testing.T, db *sql.DB) (s string) {
	t.Helper()
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatal(sound, err)
	}
	if err := db.QueryRow("SELECT count(*) || ' ' || total(length(body)) || ' ' || total(n * n) FROM rows").Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// killed is the database as a killed program leaves it: the file and the log as they are.
func killed(t *testing.T, path string) string {
	t.Helper()
	left := filepath.Join(t.TempDir(), "left.db")
	for _, tail := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + tail)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(left+tail, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return left
}

// What was committed is there for who reads by another connection, in SQLite's own
// way, and after the program was killed; what was undone is not. The cache is so small
// that pages of a transaction go to the log long before it ends.
func TestCommittedIsOnTheDisk(t *testing.T) {
	vfs, err := sqlitehost.Register()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.db")
	db, other := opened(t, path, "&vfs="+vfs), opened(t, path, "")
	run(t, db, "CREATE TABLE rows (n INTEGER PRIMARY KEY, body TEXT)", "CREATE INDEX rows_body ON rows (body)")
	for i := range 14 {
		add := fmt.Sprintf(`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c WHERE n < %d)
			INSERT INTO rows (body) SELECT hex(randomblob(200)) FROM c`, 1+i*i)
		run(t, db, "BEGIN IMMEDIATE", add, "UPDATE rows SET body = hex(randomblob(150)) WHERE n % 7 = 3",
			"SAVEPOINT act", add, "ROLLBACK TO act", "DELETE FROM rows WHERE n % 11 = 5", "COMMIT")
		want := sums(t, db)
		if got := sums(t, other); got != want {
			t.Fatalf("after commit %d others see %s, not %s", i, got, want)
		}
		if got := sums(t, opened(t, killed(t, path), "")); got != want {
			t.Fatalf("after commit %d a killed program leaves %s, not %s", i, got, want)
		}
		run(t, db, "BEGIN IMMEDIATE", add, "ROLLBACK")
		if got := sums(t, db); got != want {
			t.Fatalf("undone: %s, not %s", got, want)
		}
	}
}

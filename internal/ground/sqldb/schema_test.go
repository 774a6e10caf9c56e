package sqldb_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func room(name string, files ...string) sqldb.Schema {
	all := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		all["schema/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return sqldb.Schema{Room: name, Files: all}
}

func TestAFailingStepLeavesNothing(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db, ctx := open(t, url), t.Context()
		good := "CREATE TABLE a (id TEXT PRIMARY KEY);\nINSERT INTO a (id) VALUES ('x');\n"
		broken := "CREATE TABLE b (id TEXT PRIMARY KEY);\nINSERT INTO b (id) VALUES ('x');\nINSERT INTO nowhere VALUES (1);\n"
		err := db.Migrate(ctx, room("r", "0001_a.sql", good, "0002_b.sql", broken))
		if err == nil || !strings.Contains(err.Error(), "0002_b.sql") {
			t.Fatalf("got %v", err)
		}
		var n int
		for _, table := range []string{"a", "b"} {
			if err := db.Row(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n); err == nil {
				t.Errorf("%s stays of a migration that failed", table)
			}
		}
		for range 2 {
			if err := db.Migrate(ctx, room("r", "0001_a.sql", good, "0002_b.sql", "CREATE TABLE b (id TEXT PRIMARY KEY);\n")); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestStepsOfOneDialect(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db := open(t, url)
		err := db.Migrate(t.Context(), room("r",
			"0001_a.postgres.sql", "CREATE TABLE a (p JSONB);\n",
			"0001_a.sqlite.sql", "CREATE TABLE a (p BLOB) STRICT;\n"))
		if err != nil {
			t.Error(err)
		}
	})
}

func TestTwoReplicasStartTogether(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		for range 3 {
			db := open(t, url)
			wg.Go(func() {
				if err := db.Migrate(t.Context(), room("r",
					"0001_a.sql", "CREATE TABLE a (id TEXT PRIMARY KEY);\n",
					"0002_b.sql", "CREATE TABLE b (id TEXT PRIMARY KEY);\nINSERT INTO b (id) VALUES ('once');\n")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

func TestOnlyOneHoldsALease(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		a, b := open(t, url), open(t, url)
		if err := a.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		for _, step := range []struct {
			name  string
			db    *sqldb.DB
			after time.Duration
			holds bool
		}{
			{"the first gets it", a, 0, true},
			{"the second does not", b, time.Second, false},
			{"the first keeps it without asking", a, 2 * time.Second, true},
			{"the first renews it in the second half", a, 6 * time.Second, true},
			{"so the second still waits", b, 11 * time.Second, false},
			{"the first went away: it passes on", b, 17 * time.Second, true},
			{"and the first is told so", a, 18 * time.Second, false},
			{"the clock is set back by an hour: nobody waits for the lease of the future", a, -time.Hour, true},
			{"which the other then finds taken", b, time.Second - time.Hour, false},
		} {
			held, err := step.db.Lease(t.Context(), "deliver", 10*time.Second, at.Add(step.after))
			if err != nil || held != step.holds {
				t.Errorf("%s: %v, %v", step.name, held, err)
			}
		}
		if held, err := a.Lease(t.Context(), "another", time.Second, at); err != nil || !held {
			t.Errorf("another lease: %v, %v", held, err)
		}
	})
}

func TestKeysRiseAndDiffer(t *testing.T) {
	var wg sync.WaitGroup
	all := make([][]string, 4)
	for i := range all {
		wg.Go(func() {
			for range 20_000 {
				all[i] = append(all[i], sqldb.NewID())
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, ids := range all {
		for i, id := range ids {
			if len(id) != 16 || seen[id] || i > 0 && id <= ids[i-1] {
				t.Fatalf("%q after %q", id, ids[max(0, i-1)])
			}
			seen[id] = true
		}
	}
}

func TestInstants(t *testing.T) {
	at := time.Date(2026, 9, 21, 9, 0, 0, 123e6, time.FixedZone("", 8*3600))
	if back := sqldb.FromInstant(sqldb.Instant(at)); !back.Equal(at) || back.Location() != time.UTC {
		t.Errorf("%v comes back as %v", at, back)
	}
	if sqldb.Instant(time.Time{}) != 0 || !sqldb.FromInstant(0).IsZero() || sqldb.Bool(true) != 1 || sqldb.Bool(false) != 0 {
		t.Error("zero time or truth")
	}
}

func TestReading(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		for i := range 5 {
			keep(t, db, fmt.Sprint(i), i)
		}
		number := func(scan func(...any) error) (n int, err error) { return n, scan(&n) }
		all, err := sqldb.Rows(t.Context(), db, number, `SELECT n FROM things WHERE n > $1 ORDER BY n`, 1)
		if err != nil || fmt.Sprint(all) != "[2 3 4]" {
			t.Errorf("%v, %v", all, err)
		}
		stop := errors.New("enough")
		if err := db.Each(t.Context(), func(func(...any) error) error { return stop }, `SELECT n FROM things`); !errors.Is(err, stop) {
			t.Errorf("goes on after %v", err)
		}
		if _, err := sqldb.Rows(t.Context(), db, number, `SELECT n FROM nowhere`); err == nil {
			t.Error("reads from nowhere")
		}
		if !db.Postgres {
			if _, err := sqldb.Rows(t.Context(), db, number, `DELETE FROM things RETURNING n`); err == nil {
				t.Error("a reader can write")
			}
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestAnsweredActsSurviveAKill runs itself as a child that writes until it is
// killed; whatever it said was kept must be there, whole.
func TestAnsweredActsSurviveAKill(t *testing.T) {
	if path := os.Getenv("SQLDB_CHILD"); path != "" {
		writeUntilKilled(t, path)
	}
	path := filepath.Join(t.TempDir(), "killed.db")
	child := exec.Command(os.Args[0], "-test.run=^TestAnsweredActsSurviveAKill$")
	child.Env = append(os.Environ(), "SQLDB_CHILD="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if acknowledged = append(acknowledged, lines.Text()); len(acknowledged) == 2000 {
			if err := child.Process.Kill(); err != nil { // and read on what it still said
				t.Fatal(err)
			}
		}
	}
	child.Wait() // killed: its exit says nothing
	if len(acknowledged) < 2000 {
		t.Fatalf("the child stopped after %d acts: %q", len(acknowledged), acknowledged)
	}

	db := open(t, path)
	there := map[string]int{}
	err = db.Each(t.Context(), func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		act, _, _ := strings.Cut(id, "/")
		there[act]++
		return err
	}, `SELECT id FROM things`)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range acknowledged {
		if act = strings.TrimSpace(act); there[act] != 3 {
			t.Errorf("act %s was answered and has %d rows of 3", act, there[act])
		}
	}
	for act, rows := range there {
		if rows != 3 {
			t.Errorf("act %s has %d rows of 3", act, rows)
		}
	}
	if err := db.Commit(t.Context(), batch("afterwards")); err != nil {
		t.Error(err)
	}
}

func writeUntilKilled(t *testing.T, path string) {
	db := open(t, path)
	if err := db.Migrate(t.Context(), things...); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for i := 0; ; i++ {
				act := fmt.Sprintf("%d-%d", w, i)
				if err := db.Commit(context.Background(), batch(act+"/1", act+"/2", act+"/3")); err != nil {
					t.Error(err)
					return
				}
				os.Stdout.WriteString(act + "\n")
			}
		})
	}
	wg.Wait()
}

func TestTheLeaseOfADeadProcessIsInherited(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		a, b := open(t, url), open(t, url)
		if err := a.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		ended := exec.Command("true")
		if err := ended.Run(); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		for name, tt := range map[string]struct {
			holder string
			held   bool
		}{
			"of a process that ended":        {sqldb.HolderWith(ended.Process.Pid), true},
			"of one that lives":              {sqldb.HolderWith(os.Getppid()), false},
			"of an ended one somewhere else": {fmt.Sprintf("x %d elsewhere/1", ended.Process.Pid), false},
		} {
			if _, err := a.Exec(t.Context(), `INSERT INTO sqldb_leases (name, holder, until) VALUES ($1, $2, $3)`, name, tt.holder, sqldb.Instant(at.Add(time.Minute))); err != nil {
				t.Fatal(err)
			}
			if held, err := b.Lease(t.Context(), name, time.Minute, at); err != nil || held != tt.held {
				t.Errorf("the lease %s: %v %v", name, held, err)
			}
		}
		if held, err := a.Lease(t.Context(), "given up", time.Minute, at); err != nil || !held {
			t.Fatal(held, err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if held, err := b.Lease(t.Context(), "given up", time.Minute, at); err != nil || !held {
			t.Errorf("who closes in good order holds on to a lease: %v %v", held, err)
		}
	})
}

// A step that writes all of a large table anew needs no memory for undoing it: with
// a million cases it was 2 GB.
func TestAStepIsUndoneFromFilesAndAnActFromMemory(t *testing.T) {
	db, ctx := open(t, filepath.Join(t.TempDir(), "big.db")), t.Context()
	step := "CREATE TABLE undo (place BIGINT);\nCREATE TABLE other (id TEXT);\nALTER TABLE other ADD COLUMN name TEXT;\nALTER TABLE other RENAME COLUMN name TO called;\nINSERT INTO undo (place) SELECT temp_store FROM pragma_temp_store;\n"
	for range 2 { // and once more after a step that fails
		if err := db.Migrate(ctx, room("r", "0001_a.sql", step, "0002_b.sql", "INSERT INTO nowhere VALUES (1);")); err == nil {
			t.Fatal("the second step failed")
		}
	}
	if err := db.Migrate(ctx, room("r", "0001_a.sql", step)); err != nil {
		t.Fatal(err)
	}
	var while, after int
	if err := db.Row(ctx, `SELECT place FROM undo`).Scan(&while); err != nil {
		t.Fatal(err)
	}
	err := db.Within(ctx, func(ctx context.Context) error {
		return db.Row(ctx, `SELECT temp_store FROM pragma_temp_store`).Scan(&after)
	})
	if err != nil || while != 1 || after != 2 {
		t.Errorf("1 is files, 2 memory: in a step %d, afterwards %d, %v", while, after, err)
	}
}

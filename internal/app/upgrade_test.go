package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/backup"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
)

// earlier are versions whose cities must open, one folder of testdata each, and how
// many cases they have: one from each time at which the tables looked otherwise.
var earlier = []struct {
	version string
	cases   int
}{{"d041352", 19}, {"c431915", 49}, {"104257e", 49}, {"b5338db", 52}, {"e45cc85", 33}}

func TestACityOfEachEarlierVersionOpensAndGoesOn(t *testing.T) {
	for _, was := range earlier {
		t.Run(was.version, func(t *testing.T) {
			sqldbtest.URLs(t, func(t *testing.T, url string) {
				s := asItWas(t, was.version, url)
				a, err := app.Open(t.Context(), s)
				if err != nil {
					t.Fatal(err)
				}
				defer a.Close()
				if n := proven(t, a); n != was.cases {
					t.Errorf("%d of %d cases", n, was.cases)
				}
				window := actorOf(t, a, "window1")
				waiting, err := a.Cases.List(t.Context(), cases.Filter{Queue: "320300000000"}, window)
				if err != nil {
					t.Fatal(err)
				}
				i := slices.IndexFunc(waiting, func(r cases.Row) bool { return r.State == cases.Received })
				if i < 0 {
					t.Fatal("no case waits at the window")
				}
				if _, err := a.Cases.Refuse(t.Context(), waiting[i].ID, "不属于本机关职权范围", "行政许可法第三十二条", window); err != nil {
					t.Error("an old case does not go on:", err)
				}
				if n := proven(t, a); n != was.cases {
					t.Errorf("%d of %d cases afterwards", n, was.cases)
				}
				if err := a.Witness.Seal(t.Context(), "2026-11-22"); err != nil {
					t.Error(err)
				}
				if leaves, err := a.Witness.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil || leaves < 19 {
					t.Errorf("%d old chains are sealed, %v", leaves, err)
				}
			})
		})
	}
}

func TestAMigrationThatFailsLeavesTheVersionBeforeRunning(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		s := asItWas(t, earlier[0].version, url)
		db, err := sqldb.Open(t.Context(), urlOf(s))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		before, err := db.Steps(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		broken := sqldb.Schema{Room: "broken", Files: fstest.MapFS{"schema/0001_x.sql": {Data: []byte("CREATE TABLE broken_x (id TEXT);\nINSERT INTO nowhere (id) VALUES ('x');\n")}}}
		if err := db.Migrate(t.Context(), append(slices.Clone(app.Tables), broken)...); err == nil {
			t.Fatal("a broken step was run")
		}
		after, err := db.Steps(t.Context())
		if err != nil || !slices.Equal(before, after) {
			t.Errorf("%d steps became %d, %v", len(before), len(after), err)
		}
		var n int
		if err := db.Row(t.Context(), `SELECT COUNT(*) FROM cases WHERE state = 'received'`).Scan(&n); err != nil || n == 0 {
			t.Errorf("the version before finds %d cases, %v", n, err)
		}
	})
}

func TestACommandBesideTheProgramLeavesOlderTablesAsTheyAre(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		s := asItWas(t, earlier[len(earlier)-1].version, url)
		s.Aside = true
		if _, err := app.Open(t.Context(), s); fault.Code(err) != "sqldb.older" {
			t.Errorf("%v", err)
		}
		s.Aside = false
		a, err := app.Open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		a.Close()
	})
}

func TestACommandBesideTheProgramDoesNotSayWhereFilesAreKept(t *testing.T) {
	s := app.Settings{Data: t.TempDir()}
	for range 2 { // the city begins, then a command is told a wrong place
		a, err := app.Open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		a.Close()
		s.Aside, s.Blobs = true, t.TempDir()
	}
	if _, err := os.Stat(filepath.Join(s.Data, "blobs")); err == nil {
		t.Error("it is believed from now on")
	}
}

// asItWas builds a city with the tables of an earlier version.
func asItWas(t *testing.T, version, url string) app.Settings {
	t.Helper()
	folder := filepath.Join("testdata", version)
	s := app.Settings{Data: t.TempDir(), Now: func() time.Time { return calendar.Parse("2026-11-23").Start().Add(10 * time.Hour) }}
	if strings.HasPrefix(url, "postgres") {
		s.DB = url
	}
	copied, err := os.Open(filepath.Join(folder, "city.tongban.tgz"))
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	db, err := sqldb.Open(t.Context(), urlOf(s))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	files, err := blob.OpenDisk(filepath.Join(s.Data, "files"))
	if err != nil {
		t.Fatal(err)
	}
	head, _, err := backup.Restore(t.Context(), backup.Target{DB: db, Schemas: app.Tables, Data: s.Data, Files: files}, copied)
	if err != nil {
		t.Fatal(err)
	}
	if steps, err := db.Steps(t.Context()); err != nil || len(steps) != len(head.Steps) {
		t.Fatalf("%d steps were run, not the %d of then: %v", len(steps), len(head.Steps), err)
	}
	master, err := os.ReadFile(filepath.Join(folder, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Data, "keys", "master.key"), master, 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func urlOf(s app.Settings) string {
	if s.DB != "" {
		return s.DB
	}
	return filepath.Join(s.Data, "tongban.db")
}

func actorOf(t *testing.T, a *app.App, login string) identity.Actor {
	t.Helper()
	signed, err := a.Identity.SignIn(t.Context(), login, "Tongban-2026", "", identity.Client{Channel: "pc"}, "")
	if err != nil {
		t.Fatal(err)
	}
	return signed.Actor
}

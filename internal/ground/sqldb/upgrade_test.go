package sqldb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// twoVersions are a room as one version knows it, and as the next does.
func twoVersions() (before, after sqldb.Schema) {
	first := "CREATE TABLE a (id TEXT PRIMARY KEY);\n"
	return room("r", "0001_a.sql", first), room("r", "0001_a.sql", first, "0002_b.sql", "CREATE TABLE b (id TEXT PRIMARY KEY);\n")
}

func TestAnOldProgramDoesNotTouchNewerTables(t *testing.T) {
	before, after := twoVersions()
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db, ctx := open(t, url), t.Context()
		if err := db.Migrate(ctx, after); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"serving": db.Migrate(ctx, before), "a command": db.Current(ctx, before), "one without the room": db.Migrate(ctx),
		} {
			if fault.Code(err) != "sqldb.newer" || !strings.Contains(fault.Say(err), "r/000") {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := db.Migrate(ctx, after); err != nil {
			t.Error("the newer one:", err)
		}
	})
}

func TestACommandLeavesOlderTablesToWhoeverServes(t *testing.T) {
	before, after := twoVersions()
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db, ctx := open(t, url), t.Context()
		if err := db.Current(ctx, after); err != nil {
			t.Error("an empty database:", err)
		}
		if err := db.Migrate(ctx, before); err != nil {
			t.Fatal(err)
		}
		if err := db.Current(ctx, before); err != nil {
			t.Error("a current one:", err)
		}
		if err := db.Current(ctx, after); fault.Code(err) != "sqldb.older" {
			t.Errorf("an older one: %v", err)
		}
		if steps, err := db.Steps(ctx); err != nil || !slices.Equal(steps, []string{"r/0001_a.sql"}) {
			t.Errorf("it was changed: %v, %v", steps, err)
		}
	})
}

func TestAnUpgradeThatFailsSaysWhatToDo(t *testing.T) {
	before, _ := twoVersions()
	broken := room("r", "0001_a.sql", "CREATE TABLE a (id TEXT PRIMARY KEY);\n", "0002_b.sql", "INSERT INTO nowhere VALUES (1);\n")
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db, ctx := open(t, url), t.Context()
		if err := db.Migrate(ctx, before); err != nil {
			t.Fatal(err)
		}
		err := db.Migrate(ctx, broken)
		for _, say := range []string{"升级数据库没有成功", "原来版本的程序照常可以运行", "r/0002_b.sql", "nowhere"} {
			if fault.Code(err) != "sqldb.upgrade" || !strings.Contains(fault.Say(err), say) {
				t.Errorf("%s is not said: %v", say, err)
			}
		}
		if err := db.Migrate(ctx, before); err != nil {
			t.Error("the version before:", err)
		}
	})
}

// Where the user may write rows and no more, or the file may only be read, it is said
// what to do.
func TestWhoeverMayNotChangeTablesIsToldSo(t *testing.T) {
	before, after := twoVersions()
	sqldbtest.URLs(t, func(t *testing.T, at string) {
		db, ctx := open(t, at), t.Context()
		if err := db.Migrate(ctx, before); err != nil {
			t.Fatal(err)
		}
		weak, remedy := db, "是否只读"
		if db.Postgres {
			weak, remedy = open(t, weakly(t, db, at)), "权限"
		} else if _, err := db.Exec(ctx, `PRAGMA query_only = 1`); err != nil {
			t.Fatal(err)
		}
		err := weak.Migrate(ctx, after)
		for _, say := range []string{remedy, "一字未改"} {
			if fault.Code(err) != "sqldb.upgrade" || !strings.Contains(fault.Say(err), say) {
				t.Errorf("%s is not said: %v", say, err)
			}
		}
	})
}

// weakly is the address of the database for a user who may read and write, and no more.
func weakly(t *testing.T, db *sqldb.DB, at string) string {
	t.Helper()
	var schema string
	if err := db.Row(t.Context(), `SELECT current_schema()`).Scan(&schema); err != nil {
		t.Fatal(err)
	}
	user := "weak_" + strings.ToLower(sqldb.NewID())
	for _, say := range []string{`CREATE ROLE ` + user + ` LOGIN PASSWORD 'weak'`, `GRANT USAGE ON SCHEMA "` + schema + `" TO ` + user,
		`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "` + schema + `" TO ` + user} {
		if _, err := db.Exec(t.Context(), say); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		for _, say := range []string{`DROP OWNED BY ` + user, `DROP ROLE ` + user} {
			if _, err := db.Exec(ctx, say); err != nil {
				t.Error(err)
			}
		}
	})
	to, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	q := to.Query()
	q.Del("user")
	to.User, to.RawQuery = url.UserPassword(user, "weak"), q.Encode()
	return to.String()
}

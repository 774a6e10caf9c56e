// Package sqldbtest runs a test once on each database we promise to work on:
// SQLite always, PostgreSQL when TEST_POSTGRES names one.
package sqldbtest

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
)

var schemas atomic.Int64

// Each runs test on a fresh, empty database of each dialect. It comes back before
// they have run: what is to be looked at when both are done goes around a t.Run
// that holds the Each.
func Each(t *testing.T, tables []sqldb.Schema, test func(*testing.T, *sqldb.DB)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, filepath.Join(t.TempDir(), "test.db"), tables))
	})
	if url := Server(); url != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			test(t, open(t, own(t, url), tables))
		})
	}
}

// EachB is Each for benchmarks.
func EachB(b *testing.B, tables []sqldb.Schema, bench func(*testing.B, *sqldb.DB)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, open(b, filepath.Join(b.TempDir(), "test.db"), tables)) })
	if url := Server(); url != "" {
		b.Run("postgres", func(b *testing.B) { bench(b, open(b, own(b, url), tables)) })
	}
}

// URLs is where Each would open its databases: for tests that open one more
// than once, as two replicas do.
func URLs(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, filepath.Join(t.TempDir(), "test.db")) })
	if url := Server(); url != "" {
		t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, own(t, url)) })
	}
}

// own makes a schema of the test's own and returns the address that leads into it.
func own(t testing.TB, url string) string {
	name := fmt.Sprintf("t%d_%d", time.Now().UnixNano(), schemas.Add(1))
	admin := open(t, url, nil)
	if _, err := admin.Exec(context.Background(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec(context.Background(), "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Log(err)
		}
	})
	join := "?"
	if strings.Contains(url, "?") {
		join = "&"
	}
	return url + join + "search_path=" + name
}

func open(t testing.TB, url string, tables []sqldb.Schema) *sqldb.DB {
	t.Helper()
	ctx := context.Background()
	if sqldb.IsPostgres(url) && !strings.Contains(url, "pool_max_conns") {
		url += "&pool_max_conns=6"
	}
	db, err := sqldb.Open(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if tables != nil {
		if err := db.Migrate(ctx, tables...); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

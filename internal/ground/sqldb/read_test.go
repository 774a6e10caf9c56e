package sqldb_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// readTwice reads 7 in both ways to read one row.
func readTwice(ctx context.Context, db *sqldb.DB) error {
	const query = `SELECT n FROM things WHERE id = $1`
	var n int
	err := db.Row(ctx, query, "a").Scan(&n)
	m, oneErr := sqldb.One(ctx, db, func(scan func(...any) error) (n int, err error) { err = scan(&n); return n, err }, errors.New("none"), query, "a")
	if err == nil && (n != 7 || m != 7) {
		err = fmt.Errorf("read %d and %d", n, m)
	}
	return cmp.Or(err, oneErr)
}

// Whoever has left is read nothing, and who waits is read what a statement of theirs wrote.
func TestOneRowIsReadForWhoIsThere(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		here, leave := context.WithTimeout(t.Context(), time.Minute)
		err := db.Within(here, func(ctx context.Context) error {
			if _, err := db.Exec(ctx, insert, "a", 7); err != nil {
				return err
			}
			return readTwice(ctx, db)
		})
		if again := readTwice(here, db); err != nil || again != nil {
			t.Errorf("%v, %v", err, again)
		}
		leave()
		if err := readTwice(here, db); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

func BenchmarkRow(b *testing.B) {
	sqldbtest.EachB(b, things, func(b *testing.B, db *sqldb.DB) {
		ctx, leave := context.WithCancel(b.Context())
		defer leave()
		b.ReportAllocs()
		for b.Loop() {
			var n int
			if err := db.Row(ctx, `SELECT COUNT(*) FROM things WHERE id = $1`, "x").Scan(&n); err != nil {
				b.Fatal(err)
			}
		}
	})
}

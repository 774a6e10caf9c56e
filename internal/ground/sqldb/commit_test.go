package sqldb_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

var things = []sqldb.Schema{{Room: "things", Files: fstest.MapFS{
	"schema/0001_things.sql": {Data: []byte("CREATE TABLE things (id TEXT PRIMARY KEY, n BIGINT NOT NULL CHECK (n >= 0));\n")},
}}}

const insert = `INSERT INTO things (id, n) VALUES ($1, $2)`

func each(t *testing.T, test func(*testing.T, *sqldb.DB)) { sqldbtest.Each(t, things, test) }

func count(t testing.TB, db *sqldb.DB) (n int) {
	t.Helper()
	if err := db.Row(context.Background(), `SELECT COUNT(*) FROM things`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func keep(t testing.TB, db *sqldb.DB, id string, n int) {
	t.Helper()
	if _, err := db.Exec(context.Background(), insert, id, n); err != nil {
		t.Fatal(err)
	}
}

func TestABatchIsKeptWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		keep(t, db, "there", 1)
		var n int
		for name, spoil := range map[string]func(*sqldb.Batch){
			"a key that is taken":         func(b *sqldb.Batch) { b.Exec(insert, "there", 1) },
			"a broken check":              func(b *sqldb.Batch) { b.Exec(insert, "x", -1) },
			"wrong SQL":                   func(b *sqldb.Batch) { b.Exec(`INSERT INTO nowhere VALUES (1)`) },
			"an argument nobody can send": func(b *sqldb.Batch) { b.Exec(insert, "x", struct{ A chan int }{}) },
			"too few arguments":           func(b *sqldb.Batch) { b.Exec(insert, "x") },
			"an answer that is missing":   func(b *sqldb.Batch) { b.Row([]any{&n}, `UPDATE things SET n = 2 WHERE id = 'none' RETURNING n`) },
			"an answer that does not fit": func(b *sqldb.Batch) { b.Row([]any{&n}, `UPDATE things SET n = 2 WHERE id = 'there' RETURNING id`) },
			"an answer that fits too few": func(b *sqldb.Batch) { b.Row([]any{&n}, `UPDATE things SET n = 2 WHERE id = 'there' RETURNING n, id`) },
			"an argument that panics":     func(b *sqldb.Batch) { b.Exec(insert, "x", valuer{}) },
		} {
			var b sqldb.Batch
			ran := false
			b.After(func() { ran = true })
			b.Exec(insert, "first", 1)
			spoil(&b)
			b.Exec(insert, "last", 1)
			if err := db.Commit(t.Context(), &b); err == nil {
				t.Errorf("%s: no error", name)
			}
			if count(t, db) != 1 || ran {
				t.Errorf("%s: %d rows, hook ran: %v", name, count(t, db), ran)
			}
			if err := db.Row(t.Context(), `SELECT n FROM things`).Scan(&n); err != nil || n != 1 {
				t.Errorf("%s: n = %d, %v", name, n, err)
			}
		}
		var b sqldb.Batch
		b.Exec(insert, "first", 1)
		b.Exec(insert, "last", 1)
		ran := false
		b.After(func() { ran = true })
		if err := db.Commit(t.Context(), &b); err != nil || count(t, db) != 3 || !ran || b.Len() != 2 {
			t.Errorf("%v, %d rows, hook ran: %v", err, count(t, db), ran)
		}
	})
}

type valuer struct{}

func (valuer) Value() (any, error) { panic("boom") }

func TestRowsAnswerInTheirBatch(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		var a, c int
		var b sqldb.Batch
		b.Row([]any{&a}, insert+` RETURNING n`, "a", 7)
		b.Exec(insert, "b", 1)
		b.Row([]any{&c}, `UPDATE things SET n = n + 1 WHERE id = $1 RETURNING n`, "a")
		if err := db.Commit(t.Context(), &b); err != nil || a != 7 || c != 8 || count(t, db) != 2 {
			t.Errorf("%v: %d, %d", err, a, c)
		}
		var none sqldb.Batch
		none.Row([]any{&a}, `UPDATE things SET n = 0 WHERE id = 'none' RETURNING n`)
		if err := db.Commit(t.Context(), &none); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("a missing row is told as %v", err)
		}
		if err := db.Commit(t.Context(), &sqldb.Batch{}); err != nil {
			t.Errorf("an empty batch: %v", err)
		}
	})
}

func TestOneFailureHarmsNoOther(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		keep(t, db, "there", 1)
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				var b sqldb.Batch
				b.Exec(insert, fmt.Sprint("a", i), 1)
				if i%10 == 3 {
					b.Exec(insert, "there", 1)
				}
				if i%10 == 4 {
					b.Row([]any{new(int)}, `UPDATE things SET n = 2 WHERE id = 'none' RETURNING n`)
				}
				err := db.Commit(t.Context(), &b)
				if bad := i%10 == 3 || i%10 == 4; (err != nil) != bad {
					t.Errorf("batch %d: %v", i, err)
				}
				if i%10 == 3 && !sqldb.IsDuplicate(err) {
					t.Errorf("batch %d is no duplicate: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := count(t, db); n != 161 {
			t.Errorf("%d rows, want 161", n)
		}
	})
}

func TestWithin(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		ctx := t.Context()
		hooks := 0
		act := func(id string, end func() error) error {
			return db.Within(ctx, func(ctx context.Context) error {
				if _, err := db.Exec(ctx, insert, id, 1); err != nil {
					return err
				}
				var n int
				if err := db.Row(ctx, `SELECT COUNT(*) FROM things WHERE id = $1`, id).Scan(&n); err != nil || n != 1 {
					t.Errorf("does not see what it wrote: %d, %v", n, err)
				}
				return db.Within(ctx, func(ctx context.Context) error {
					var b sqldb.Batch
					b.Row([]any{&n}, insert+` RETURNING n`, id+"'", 5)
					b.After(func() { hooks++ })
					if err := db.Commit(ctx, &b); err != nil || n != 5 {
						t.Errorf("commit within: %d, %v", n, err)
					}
					if hooks > 0 && id == "good" {
						t.Error("hook ran before the commit")
					}
					return end()
				})
			})
		}
		if err := act("bad", func() error { return errors.New("no") }); err == nil || count(t, db) != 0 || hooks != 0 {
			t.Errorf("undone: %v, %d rows, %d hooks", err, count(t, db), hooks)
		}
		if err := act("worse", func() error { panic("boom") }); err == nil || !strings.Contains(err.Error(), "boom") || count(t, db) != 0 {
			t.Errorf("panicked: %v, %d rows", err, count(t, db))
		}
		if err := act("good", func() error { return nil }); err != nil || count(t, db) != 2 || hooks != 1 {
			t.Errorf("kept: %v, %d rows, %d hooks", err, count(t, db), hooks)
		}
	})
}

// PostgreSQL keeps nothing of a transaction in which a statement failed.
func TestAFailureInWithinCannotBePassedOver(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		err := db.Within(t.Context(), func(ctx context.Context) error {
			if _, err := db.Exec(ctx, insert, "a", 1); err != nil {
				return err
			}
			var b sqldb.Batch
			thingLog.Add(&b, "b", 1)
			thingLog.Add(&b, "a", 1)
			if err := db.Commit(ctx, &b); !sqldb.IsDuplicate(err) {
				t.Errorf("no duplicate: %v", err)
			}
			return nil
		})
		if err == nil || count(t, db) != 0 {
			t.Errorf("%v, %d rows", err, count(t, db))
		}
	})
}

func TestACancelledAskerIsHeardBeforeTheTurn(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var b sqldb.Batch
		b.Exec(insert, "a", 1)
		if err := db.Commit(ctx, &b); fault.Of(err) != fault.Busy || count(t, db) != 0 {
			t.Errorf("%v, %d rows", err, count(t, db))
		}
	})
}

// A Within cancelled in the middle of a statement must not drag down those who
// share its commit: SQLite undoes a whole transaction when it is interrupted.
func TestACancelledWithinHarmsNoOther(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		var wg sync.WaitGroup
		began, goOn := make(chan struct{}), make(chan struct{})
		wg.Go(func() { // keeps the writer, so that the others stand in line together
			_ = db.Within(t.Context(), func(context.Context) error { close(began); <-goOn; return nil })
		})
		<-began
		for i := range 40 {
			if i == 20 {
				time.Sleep(20 * time.Millisecond)
				wg.Go(func() { interrupted(t, db) })
				time.Sleep(20 * time.Millisecond)
			}
			wg.Go(func() {
				if err := db.Commit(t.Context(), batch(fmt.Sprint("a", i))); err != nil {
					t.Error(err)
				}
			})
		}
		time.Sleep(20 * time.Millisecond)
		close(goOn)
		wg.Wait()
		var acts int
		if err := db.Row(t.Context(), `SELECT COUNT(*) FROM things WHERE id LIKE 'a%'`).Scan(&acts); err != nil || acts != 40 {
			t.Errorf("%d of 40 acts kept, %v", acts, err)
		}
	})
}

// interrupted is a long conversation whose asker leaves in the middle: kept or
// not, but whole.
func interrupted(t *testing.T, db *sqldb.DB) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := db.Within(ctx, func(ctx context.Context) error {
		time.AfterFunc(10*time.Millisecond, cancel)
		_, err := db.Exec(ctx, `INSERT INTO things (id, n) WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 50000)
			SELECT 'b' || i, 1 FROM s`)
		return err
	})
	var n int
	if asked := db.Row(t.Context(), `SELECT COUNT(*) FROM things WHERE id LIKE 'b%'`).Scan(&n); asked != nil || n != 0 && n != 50000 || (err == nil) != (n != 0) {
		t.Errorf("answered %v, with %d rows, %v", err, n, asked)
	}
}

func batch(ids ...string) *sqldb.Batch {
	var b sqldb.Batch
	for _, id := range ids {
		b.Exec(insert, id, 1)
	}
	return &b
}

func TestClosing(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db := open(t, url)
		if err := db.Migrate(t.Context(), things...); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		kept := 0
		for i := range 100 {
			wg.Go(func() {
				err := db.Commit(t.Context(), batch(fmt.Sprint(i)))
				if i%3 == 0 {
					err = errors.Join(err, db.Within(t.Context(), func(ctx context.Context) error {
						return db.Commit(ctx, batch(fmt.Sprint("w", i)))
					}))
				}
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					kept++
				} else if fault.Of(err) != fault.Busy && !strings.Contains(err.Error(), "sqldb.busy") {
					t.Error(err)
				}
			})
			if i == 50 {
				wg.Go(func() { time.Sleep(time.Millisecond); db.Close() })
			}
		}
		wg.Wait()
		if n := count(t, open(t, url)); n < kept {
			t.Errorf("%d rows, %d acts answered", n, kept)
		}
	})
}

func open(t testing.TB, url string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestOpenRefusesWhatIsNotThere(t *testing.T) {
	for _, url := range []string{"/no/such/folder/x.db", "postgres:///x?host=/no/such/socket", "postgres://%%"} {
		if db, err := sqldb.Open(t.Context(), url); err == nil || db != nil {
			t.Errorf("%s opens", url)
		}
	}
}

func TestManyTextsAreNotAllKept(t *testing.T) {
	each(t, func(t *testing.T, db *sqldb.DB) {
		for i := range 1200 {
			var n int
			if err := db.Row(t.Context(), fmt.Sprintf(`SELECT %d`, i)).Scan(&n); err != nil || n != i {
				t.Fatal(n, err)
			}
			var b sqldb.Batch
			b.Exec(fmt.Sprintf(`INSERT INTO things (id, n) VALUES ('%d', $1)`, i), i)
			if err := db.Commit(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
		}
		reads, writes := sqldb.Prepared(db)
		if reads > 512 || writes > 512 || count(t, db) != 1200 {
			t.Errorf("%d reads and %d writes kept, %d rows", reads, writes, count(t, db))
		}
	})
}

func BenchmarkCommit(b *testing.B) {
	sqldbtest.EachB(b, things, func(b *testing.B, db *sqldb.DB) {
		for _, writers := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
				var wg sync.WaitGroup
				turns := make(chan struct{}, 1024)
				for range writers {
					wg.Go(func() {
						for range turns {
							id := sqldb.NewID()
							if err := db.Commit(context.Background(), batch(id, id+"1", id+"2", id+"3")); err != nil {
								b.Error(err)
							}
						}
					})
				}
				before := count(b, db)
				b.ResetTimer()
				for range b.N {
					turns <- struct{}{}
				}
				close(turns)
				wg.Wait()
				b.StopTimer()
				if kept := count(b, db) - before; kept != 4*b.N {
					b.Errorf("%d rows kept of %d", kept, 4*b.N)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
			})
		}
	})
}

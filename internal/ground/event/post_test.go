package event

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// heard is a table that listeners of tests write to.
var tables = []sqldb.Schema{Schema, {Room: "heard", Files: fstest.MapFS{
	"schema/0001_heard.sql": {Data: []byte("CREATE TABLE heard (who TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (who, what));\n")},
}}}

// clock is set by hand.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time              { return nine.Add(time.Duration(c.at.Load())) }
func (c *clock) pass(duration time.Duration) { c.at.Add(int64(duration)) }

func each(t *testing.T, test func(*testing.T, *Post, *clock)) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := &clock{}
		test(t, NewPost(db, c.now), c)
	})
}

// note is a listener that writes down what it hears; a second time is harmless.
func note(who string) func(context.Context, moved, *sqldb.Batch) error {
	return func(_ context.Context, f moved, b *sqldb.Batch) error {
		b.Exec(`INSERT INTO heard (who, what) VALUES ($1, $2) ON CONFLICT DO NOTHING`, who, f.To)
		return nil
	}
}

func record(t testing.TB, p *Post, stream string, head Head, facts ...Fact) Head {
	t.Helper()
	var b sqldb.Batch
	head, err := p.Record(&b, stream, head, p.Now(), facts...)
	if err == nil {
		err = p.DB.Commit(context.Background(), &b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func heard(t testing.TB, p *Post, who string) (n int) {
	t.Helper()
	if err := p.DB.Row(context.Background(), `SELECT COUNT(*) FROM heard WHERE who = $1`, who).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func deliver(t testing.TB, p *Post, want int) {
	t.Helper()
	if n, err := p.Deliver(context.Background()); err != nil || n != want {
		t.Fatalf("took up %d, %v; want %d", n, err, want)
	}
}

func backlog(t testing.TB, p *Post, waiting, failing int) {
	t.Helper()
	w, f, err := p.Backlog(context.Background())
	if err != nil || w != waiting || f != failing {
		t.Errorf("backlog %d, %d, %v; want %d, %d", w, f, err, waiting, failing)
	}
}

func TestFactsComeBackAsRecorded(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		head := record(t, p, "case/1", Head{}, moved{"受理"}, moved{"审查\u0001\"<"}, ended{"办结"})
		all, err := p.Stream(t.Context(), "case/1")
		if err != nil || len(all) != 3 {
			t.Fatal(all, err)
		}
		if kept, err := Verify(all); err != nil || kept != head {
			t.Errorf("%+v, %v; want %+v", kept, err, head)
		}
		backlog(t, p, 0, 0) // nobody listens
	})
}

func TestOfTwoWhoAppendAfterTheSameFactOneWins(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		head := record(t, p, "case/1", Head{}, moved{"受理"})
		var won atomic.Int64
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				var b sqldb.Batch
				b.Exec(`INSERT INTO heard (who, what) VALUES ('act', $1)`, fmt.Sprint(i))
				if _, err := p.Record(&b, "case/1", head, nine, moved{fmt.Sprint(i)}, ended{"x"}); err != nil {
					t.Error(err)
				}
				switch err := p.DB.Commit(t.Context(), &b); {
				case err == nil:
					won.Add(1)
				case !sqldb.IsDuplicate(err):
					t.Error(err)
				}
			})
		}
		wg.Wait()
		all, err := p.Stream(t.Context(), "case/1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(all); err != nil || won.Load() != 1 || len(all) != 3 || heard(t, p, "act") != 1 {
			t.Errorf("%d won, %d facts, %d acts, %v", won.Load(), len(all), heard(t, p, "act"), err)
		}
	})
}

func TestEveryListenerHearsOnceItWorks(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		On(p, "archive", note("archive"))
		On(p, "rating", note("rating"))
		for i := range atOnce + 50 {
			record(t, p, fmt.Sprint("case/", i), Head{}, moved{fmt.Sprint(i)}, ended{"nobody listens"})
		}
		backlog(t, p, atOnce+50, 0)
		deliver(t, p, atOnce)
		deliver(t, p, 50)
		deliver(t, p, 0)
		if a, r := heard(t, p, "archive"), heard(t, p, "rating"); a != atOnce+50 || r != a {
			t.Errorf("heard %d and %d", a, r)
		}
		backlog(t, p, 0, 0)
	})
}

// failing is a listener that fails in its own way for the fact "bad".
func failing(p *Post, how func(b *sqldb.Batch) error, calls *atomic.Int64) {
	On(p, "failing", func(ctx context.Context, f moved, b *sqldb.Batch) error {
		if err := note("failing")(ctx, f, b); err != nil || f.To != "bad" {
			return err
		}
		calls.Add(1)
		return how(b)
	})
}

func TestAFailingListenerHoldsUpNobody(t *testing.T) {
	for name, how := range map[string]func(b *sqldb.Batch) error{
		"by an error": func(*sqldb.Batch) error { return errors.New("partner is away") },
		"by a panic":  func(*sqldb.Batch) error { panic("boom") },
		"in the commit": func(b *sqldb.Batch) error {
			b.Exec(`INSERT INTO nowhere (x) VALUES (1)`)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, p *Post, c *clock) {
				var calls atomic.Int64
				var broken atomic.Bool
				broken.Store(true)
				On(p, "before", note("before"))
				failing(p, func(b *sqldb.Batch) error {
					if broken.Load() {
						return how(b)
					}
					return nil
				}, &calls)
				On(p, "after", note("after"))
				for _, what := range []string{"1", "bad", "2"} {
					record(t, p, "case/"+what, Head{}, moved{what})
				}
				deliver(t, p, 3)
				if heard(t, p, "before") != 3 || heard(t, p, "after") != 3 || heard(t, p, "failing") != 2 {
					t.Errorf("heard %d, %d, %d", heard(t, p, "before"), heard(t, p, "after"), heard(t, p, "failing"))
				}
				backlog(t, p, 1, 1)
				deliver(t, p, 0) // put off
				tried := calls.Load()
				for _, wait := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
					c.pass(wait - time.Millisecond)
					deliver(t, p, 0)
					c.pass(time.Millisecond)
					deliver(t, p, 1)
				}
				if calls.Load() == tried {
					t.Error("not tried again")
				}
				broken.Store(false)
				c.pass(time.Hour)
				deliver(t, p, 1)
				backlog(t, p, 0, 0)
				if heard(t, p, "failing") != 3 {
					t.Errorf("heard %d in the end", heard(t, p, "failing"))
				}
			})
		})
	}
}

func TestNewsTravelsFast(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		told := make(chan time.Time, 16)
		On(p, "watch", func(_ context.Context, f moved, b *sqldb.Batch) error {
			b.After(func() { told <- time.Now() })
			return nil
		})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); p.Run(ctx) }()
		defer func() { stop(); <-done }()
		record(t, p, "case/0", Head{}, moved{"first"}) // takes the lease
		<-told
		best := time.Hour
		for i := range 5 {
			begin := time.Now()
			record(t, p, fmt.Sprint("case/1", i), Head{}, moved{"x"})
			best = min(best, (<-told).Sub(begin))
		}
		if best > 50*time.Millisecond {
			t.Errorf("took %v", best)
		}
	})
}

func TestNewsMadeInsideAWithinTravelsFast(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		On(p, "watch", note("watch"))
		err := p.DB.Within(t.Context(), func(ctx context.Context) error {
			var b sqldb.Batch
			if _, err := p.Record(&b, "case/1", Head{}, nine, moved{"x"}); err != nil {
				return err
			}
			if err := p.DB.Commit(ctx, &b); err != nil {
				return err
			}
			if len(p.wake) != 0 {
				t.Error("woken before there is anything to find")
			}
			return nil
		})
		if err != nil || len(p.wake) != 1 {
			t.Errorf("%v, not woken", err)
		}
	})
}

func TestTwoReplicasDeliverUnderOneLease(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		var told [2]atomic.Int64
		var posts []*Post
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for i := range 2 {
			db, err := sqldb.Open(ctx, url)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if err := db.Migrate(ctx, tables...); err != nil {
				t.Fatal(err)
			}
			p := NewPost(db, time.Now)
			On(p, "count", func(ctx context.Context, f moved, b *sqldb.Batch) error {
				told[i].Add(1)
				return note("count")(ctx, f, b)
			})
			posts = append(posts, p)
			wg.Go(func() { p.Run(ctx) })
		}
		defer wg.Wait()
		defer stop()
		for i := range 40 {
			record(t, posts[i%2], fmt.Sprint("case/", i), Head{}, moved{fmt.Sprint(i)})
		}
		for deadline := time.Now().Add(10 * time.Second); heard(t, posts[0], "count") < 40 && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
		a, b := told[0].Load(), told[1].Load()
		if a+b != 40 || a*b != 0 || heard(t, posts[0], "count") != 40 {
			t.Errorf("one replica told %d, the other %d, kept %d", a, b, heard(t, posts[0], "count"))
		}
	})
}

// However much news it makes, a replica that does not deliver asks once a second
// whether it may.
func TestNewsOfAnotherReplicaIsNotAskedForAtOnce(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		ctx, stop := context.WithCancel(t.Context())
		var posts []*Post
		for range 2 {
			db, err := sqldb.Open(ctx, url)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if err := db.Migrate(ctx, tables...); err != nil {
				t.Fatal(err)
			}
			posts = append(posts, NewPost(db, time.Now))
		}
		if held, err := posts[0].deliverLeased(ctx); !held || err != nil {
			t.Fatal(held, err)
		}
		began, before := time.Now(), writes(t, posts[1])
		var wg sync.WaitGroup
		wg.Go(func() { posts[1].Run(ctx) })
		for range 30 {
			posts[1].Wake()
			time.Sleep(10 * time.Millisecond)
		}
		stop()
		wg.Wait()
		if n := writes(t, posts[1]) - before; n > 1+uint64(time.Since(began)/time.Second) {
			t.Errorf("asked %d times in %v", n, time.Since(began))
		}
	})
}

// writes is how often a replica has written.
func writes(t *testing.T, p *Post) uint64 {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(p.DB)
	all, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.GetName() == "tongban_sql_write_seconds" {
			return f.GetMetric()[0].GetHistogram().GetSampleCount()
		}
	}
	t.Fatal("nobody counts writes")
	return 0
}

func TestStoppingIsNobodysFailure(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		ctx, stop := context.WithCancel(t.Context())
		On(p, "stopped", func(ctx context.Context, _ moved, _ *sqldb.Batch) error {
			stop()
			return ctx.Err()
		})
		record(t, p, "case/1", Head{}, moved{"x"})
		if _, err := p.Deliver(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		backlog(t, p, 1, 0)
	})
}

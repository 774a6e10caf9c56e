package rekey_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

var tables = []sqldb.Schema{rekey.Schema, {Room: "shop", Files: fstest.MapFS{"schema/0001_shop.sql": {Data: []byte(
	"CREATE TABLE shop_people (id TEXT PRIMARY KEY, phone TEXT NOT NULL, mark TEXT NOT NULL, version BIGINT NOT NULL)")}}}}

func about(id string) string { return "phone." + id }

// shop is one replica: a key ring and a worker of its own on shared files and tables.
type shop struct {
	keys *secret.Ring
	db   *sqldb.DB
	*rekey.Service
}

// marked makes the digest of a person's phone again.
func marked(k rekey.Keys, r rekey.Row, _ *sqldb.Batch) (string, error) {
	plain, err := k.Open(r.From[0], about(r.Key))
	return k.Index(plain, "shop"), err
}

func open(t *testing.T, dir string, db *sqldb.DB, name string, now *time.Time) shop {
	t.Helper()
	keys, err := secret.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := shop{keys, db, &rekey.Service{DB: db, Keys: keys, Replica: name, Settle: settle, Now: func() time.Time { return *now }, Columns: []rekey.Column{
		{Table: "shop_people", Key: "id", Column: "phone", About: about}, {Table: "shop_people", Key: "id", Column: "mark", From: []string{"phone"}, Digest: marked}}}}
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.must(t, s.Follow)
	return s
}

const settle = 15 * time.Second

func (s shop) must(t *testing.T, do func(context.Context) error) {
	t.Helper()
	if err := do(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// found is how many people a replica finds by a phone.
func (s shop) found(t *testing.T, phone string) (n int) {
	t.Helper()
	marks := s.keys.Indexes(phone, "shop")
	in, args := sqldb.In(marks)
	if err := s.db.Row(t.Context(), `SELECT COUNT(*) FROM shop_people WHERE mark IN `+in, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s shop) add(t *testing.T, n int, phone string) {
	id := fmt.Sprintf("p%05d", n)
	sealed, err := s.keys.Seal(phone, about(id))
	if err != nil {
		t.Error(err)
	}
	var b sqldb.Batch
	b.Exec(`INSERT INTO shop_people (id, phone, mark, version) VALUES ($1, $2, $3, 1)
		ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, mark = excluded.mark, version = shop_people.version + 1`, id, sealed, s.keys.Index(phone, "shop"))
	if err := s.db.Commit(t.Context(), &b); err != nil {
		t.Error(err)
	}
}

// stale counts the rows that an old key sealed, and opens them all.
func (s shop) stale(t *testing.T) (n int) {
	t.Helper()
	err := s.db.Each(t.Context(), func(scan func(...any) error) error {
		var id, phone, mark string
		if err := scan(&id, &phone, &mark); err != nil {
			return err
		}
		if !strings.HasPrefix(phone, "k2.") || !strings.HasPrefix(mark, "2~") {
			n++
		}
		_, err := s.keys.Open(phone, about(id))
		return err
	}, `SELECT id, phone, mark FROM shop_people`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Two replicas work on while both keys are replaced, and the one that makes values
// anew is killed again and again. Nothing is made with a new key before both know it;
// whoever is looked for is found by both at every moment; in the end nothing needs the
// old keys any more, and nothing that anybody wrote meanwhile is lost.
func TestEverythingIsSealedAnewWhileTwoReplicasWork(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		dir, now := t.TempDir(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		a, b := open(t, dir, db, "a", &now), open(t, dir, db, "b", &now)
		for n := 0; n < 1700; n += 2 {
			a.add(t, n, fmt.Sprint(n))
		}
		for _, series := range []secret.Series{secret.Field, secret.Index} {
			if _, err := a.keys.Rotate(series); err != nil {
				t.Fatal(err)
			}
		}
		uses := func(want int, when string) {
			t.Helper()
			if got := a.keys.Used(secret.Field); got != want || a.keys.Used(secret.Index) != want {
				t.Errorf("%s key %d is used, want %d", when, got, want)
			}
		}
		a.must(t, a.Work)
		now = now.Add(settle)
		a.must(t, a.Work)
		uses(1, "while one of two does not know the new key,")
		b.must(t, b.Follow)
		a.must(t, a.Work)
		uses(1, "when all have only just heard of it,")
		now = now.Add(settle)
		b.must(t, b.Follow)
		a.must(t, a.Work)
		uses(2, "when all have known it for a while,")
		b.add(t, 1, "later") // with the old keys still: b has not heard that the new ones are used
		a.add(t, 3, "later")
		if a.found(t, "later") != 2 || b.found(t, "later") != 2 || b.found(t, "10") != 1 {
			t.Error("somebody is not found while keys are replaced")
		}
		if _, err := a.Finish(t.Context(), secret.Index); fault.Code(err) != "rekey.settling" {
			t.Error("the old key may be retired while b still makes digests by it:", err)
		}
		if got := a.stale(t); got != 851 {
			t.Error("before its time something was made anew:", got)
		}
		b.must(t, b.Follow)
		now = now.Add(settle)
		b.must(t, b.Follow)
		var writing sync.WaitGroup
		writing.Go(func() {
			for n := 1; n < 400; n += 7 {
				b.add(t, n, "later")
			}
		})
		for i := range 6 {
			dying, kill := context.WithTimeout(t.Context(), 3*time.Millisecond)
			open(t, dir, db, fmt.Sprint("dying", i), &now).Work(dying) // how far it comes is chance
			kill()
		}
		writing.Wait()
		a.must(t, a.Work)
		a.must(t, a.Work) // the second time
		if got := a.stale(t); got != 0 {
			t.Error(got, "rows still need an old key")
		}
		if _, err := a.keys.Retire(secret.Index, 2); err != nil {
			t.Fatal(err)
		}
		b.must(t, b.Follow)
		if len(b.keys.Indexes("10", "shop")) != 1 || b.found(t, "10") != 1 || b.found(t, "later") != 58 {
			t.Error("not found without the old key:", b.found(t, "10"), b.found(t, "later"))
		}
		p, err := b.Progress(t.Context())
		if err != nil || len(p) != 2 || !p[0].Finished || p[1].Generation != 2 {
			t.Errorf("%+v %v", p, err)
		}
	})
}

// A replica that was killed is not waited for for ever, one that stopped in good order
// not at all; and one that starts without a key that the others use does not start.
func TestWhoIsGoneIsNotWaitedFor(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		dir, now := t.TempDir(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		a, stopped, _ := open(t, dir, db, "a", &now), open(t, dir, db, "stopped", &now), open(t, dir, db, "killed", &now)
		if _, err := a.keys.Rotate(secret.Marks); err != nil {
			t.Fatal(err)
		}
		stopped.must(t, stopped.Leave)
		for _, want := range []int{1, 1, 1, 2} { // killed is gone after 30 seconds, and then the key must settle
			a.must(t, a.Work)
			if got := a.keys.Used(secret.Marks); got != want {
				t.Fatalf("key %d is used, want %d", got, want)
			}
			now = now.Add(settle)
		}
		stray, err := secret.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		late := &rekey.Service{DB: db, Keys: stray, Replica: "late", Now: a.Now}
		if err := late.Begin(t.Context()); fault.Code(err) != "secret.generation" {
			t.Error("one without the key may start:", err)
		}
	})
}

package rekey_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"tongban/internal/ground/rekey"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

var tables = []sqldb.Schema{rekey.Schema, {Room: "shop", Files: fstest.MapFS{"schema/0001_shop.sql": {Data: []byte(
	"CREATE TABLE shop_people (id TEXT PRIMARY KEY, phone TEXT NOT NULL, version BIGINT NOT NULL)")}}}}

func about(id string) string { return "phone." + id }

// shop is one replica: a key ring and a worker of its own on shared files and tables.
type shop struct {
	keys *secret.Ring
	db   *sqldb.DB
	*rekey.Service
}

func open(t *testing.T, dir string, db *sqldb.DB) shop {
	t.Helper()
	keys, err := secret.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return shop{keys, db, &rekey.Service{DB: db, Keys: keys, Now: time.Now, Columns: []rekey.Column{{Table: "shop_people", Key: "id", Column: "phone", About: about}}}}
}

func (s shop) add(t *testing.T, n int, phone string) {
	id := fmt.Sprintf("p%05d", n)
	sealed, err := s.keys.Seal(phone, about(id))
	if err != nil {
		t.Error(err)
	}
	var b sqldb.Batch
	b.Exec(`INSERT INTO shop_people (id, phone, version) VALUES ($1, $2, 1) ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, version = shop_people.version + 1`, id, sealed)
	if err := s.db.Commit(t.Context(), &b); err != nil {
		t.Error(err)
	}
}

// stale counts the rows that an old key sealed, and opens them all.
func (s shop) stale(t *testing.T) (n int) {
	t.Helper()
	err := s.db.Each(t.Context(), func(scan func(...any) error) error {
		var id, phone string
		if err := scan(&id, &phone); err != nil {
			return err
		}
		if s.keys.Stale(phone) {
			n++
		}
		_, err := s.keys.Open(phone, about(id))
		return err
	}, `SELECT id, phone FROM shop_people`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Two replicas work on while the key is replaced, and the one that seals anew is
// killed again and again: in the end the old key opens nothing any more, and
// nothing that anybody wrote meanwhile is lost.
func TestEverythingIsSealedAnewWhileTwoReplicasWork(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		dir := t.TempDir()
		a, b := open(t, dir, db), open(t, dir, db)
		for n := range 1700 {
			if n%2 == 0 {
				a.add(t, n, fmt.Sprint(n))
			}
		}
		if err := a.keys.Rotate(); err != nil {
			t.Fatal(err)
		}
		if got := a.stale(t); got != 850 {
			t.Fatal("not all are stale:", got)
		}
		if err := b.keys.Refresh(); err != nil { // as every replica does every few seconds
			t.Fatal(err)
		}
		var writing sync.WaitGroup
		writing.Go(func() {
			for n := 1; n < 400; n += 7 {
				b.add(t, n, "later")
			}
		})
		for range 6 {
			dying, kill := context.WithTimeout(t.Context(), 3*time.Millisecond)
			open(t, dir, db).Work(dying) // how far it comes is chance
			kill()
		}
		writing.Wait()
		if err := open(t, dir, db).Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := a.stale(t); got != 0 {
			t.Error(got, "rows still need the old key")
		}
		for id, want := range map[string]string{"p00010": "10", "p00008": "later", "p01698": "1698"} {
			var phone string
			if err := db.Row(t.Context(), `SELECT phone FROM shop_people WHERE id = $1`, id).Scan(&phone); err != nil {
				t.Fatal(err)
			}
			if plain, err := b.keys.Open(phone, about(id)); plain != want {
				t.Error(id, plain, err)
			}
		}
		p, err := b.Progress(t.Context())
		if err != nil || len(p) != 1 || !p[0].Finished || p[0].Generation != 2 {
			t.Errorf("%+v %v", p, err)
		}
	})
}

// Until every replica can have heard of a new key some still seal with the old
// one, so it is too early to go through the rows.
func TestANewKeyNeedsTimeToBeKnown(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		a := open(t, t.TempDir(), db)
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		a.Now, a.Settle = func() time.Time { return now }, 15*time.Second
		a.add(t, 1, "x")
		if err := a.keys.Rotate(); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{1, 0} {
			if err := a.Work(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := a.stale(t); got != want {
				t.Errorf("%d rows are stale, want %d", got, want)
			}
			now = now.Add(16 * time.Second)
		}
	})
}

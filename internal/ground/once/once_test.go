package once_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// plain keeps answers as they are, but bound to what they are about.
type plain struct{}

func (plain) Seal(text, about string) (string, error)   { return about + "|" + text, nil }
func (plain) Open(sealed, about string) (string, error) { return sealed[len(about)+1:], nil }

// maker counts what it made, in a table that other tests do not use.
type maker struct {
	*once.Book
	t     *testing.T
	asked int
}

func (m *maker) make(r once.Request, then error) (string, error) {
	answer, err := m.Do(m.t.Context(), r, func(ctx context.Context) ([]byte, error) {
		m.asked++
		var b sqldb.Batch
		b.Exec(`INSERT INTO once_named (name, about, at, answer) VALUES ($1, 'deed', 0, '')`, sqldb.NewID())
		if err := m.DB.Commit(ctx, &b); err != nil {
			return nil, err
		}
		return []byte("made"), then
	})
	return string(answer), err
}

func (m *maker) made() (n int) {
	if err := m.DB.Row(m.t.Context(), `SELECT COUNT(*) FROM once_named WHERE about = 'deed'`).Scan(&n); err != nil {
		m.t.Fatal(err)
	}
	return n
}

func TestWhatIsAskedForTwiceIsDoneOnce(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema}, func(t *testing.T, db *sqldb.DB) {
		now := time.UnixMilli(1_700_000_000_000)
		m := &maker{Book: &once.Book{DB: db, Vault: plain{}, Now: func() time.Time { return now }}, t: t}
		r := once.Request{Account: "a", Key: "k", What: "POST /x"}
		for range 2 {
			if said, err := m.make(r, nil); said != "made" || err != nil || m.made() != 1 {
				t.Fatalf("%q %v, made %d", said, err, m.made())
			}
		}
		if _, err := m.make(once.Request{Account: "a", Key: "k", What: "POST /y"}, nil); fault.Code(err) != "once.reused" || m.made() != 1 {
			t.Errorf("the name of something else: %v", err)
		}
		for _, other := range []once.Request{{Account: "b", Key: "k", What: "POST /x"}, {Account: "a", What: "POST /x"}} {
			if _, err := m.make(other, nil); err != nil {
				t.Error(err)
			}
		}
		if m.made() != 3 {
			t.Errorf("another's request, and one without a name: %d", m.made())
		}
		if err := m.Forget(t.Context(), now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := m.make(r, nil); err != nil || m.made() != 1 {
			t.Errorf("long after: %v, %d", err, m.made())
		}
	})
}

// What was begun and then refused may be asked for again by the same name; what was
// done without an answer may not.
func TestWhatWasRefusedIsJudgedAnew(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema}, func(t *testing.T, db *sqldb.DB) {
		m := &maker{Book: &once.Book{DB: db, Vault: plain{}, Now: time.Now}, t: t}
		r, refused := once.Request{Account: "a", Key: "k", What: "x"}, errors.New("refused")
		for range 2 {
			if _, err := m.make(r, refused); !errors.Is(err, refused) {
				t.Errorf("want the refusal, got %v", err)
			}
		}
		if _, err := m.Do(t.Context(), r, func(ctx context.Context) ([]byte, error) {
			if _, err := m.make(r, nil); err != nil { // the same, at the same moment
				t.Error(err)
			}
			return nil, refused
		}); err != nil {
			t.Errorf("whoever came second hears the answer of the first, not %v", err)
		}
		silent := once.Request{Account: "a", Key: "silent", What: "x"}
		stopped := func() { _ = recover() }
		func() {
			defer stopped()
			_, _ = m.Do(t.Context(), silent, func(ctx context.Context) ([]byte, error) {
				if _, err := db.Exec(ctx, `UPDATE once_named SET at = at`); err != nil { // the name goes with a conversation, too
					t.Error(err)
				}
				panic("the program stops")
			})
		}()
		if _, err := m.make(silent, nil); fault.Code(err) != "once.unanswered" {
			t.Errorf("done, and not answered: %v", err)
		}
	})
}

package app_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// A copy taken while people file cases is brought back on the other database
// and machine, audited, and from there to a third place.
func TestACopyTakenUnderLoadIsBroughtBackOnTheOtherDatabase(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		first := guarded(t).app
		file, err := first.Files.Put(t.Context(), strings.NewReader(pdf), blob.Limit{Name: "a.pdf"})
		if err != nil {
			t.Fatal(err)
		}
		var copied bytes.Buffer
		before, after := whileFiling(t, first, func() {
			if _, err := app.Backup(t.Context(), app.Settings{Data: first.Data}, "", &copied); err != nil {
				t.Error(err)
			}
		})
		if strings.Contains(copied.String(), "master.key") {
			t.Error("the master key is in the copy")
		}
		second := broughtBack(t, first, url, copied.Bytes())
		if n := proven(t, second); n < before || n > after {
			t.Errorf("%d cases were brought back; %d were filed before the copy, %d by its end", n, before, after)
		}
		if c, err := second.Files.Open(t.Context(), file.Hash); err != nil {
			t.Error("a file is missing:", err)
		} else {
			c.Close()
		}
		found, err := second.Items.Search(t.Context(), "食品经营许可", items.Filter{}, 0)
		if err != nil || len(found.Hits) == 0 {
			t.Errorf("the search finds nothing: %v", err)
		}
		signed, err := second.Identity.SignIn(t.Context(), "limin", "Tongban-2026", "", identity.Client{Channel: "pc"}, "")
		if err != nil || signed.Actor.Name != "李敏" {
			t.Error("nobody can sign in:", err)
		}
		var again bytes.Buffer
		if _, err := app.Backup(t.Context(), app.Settings{Data: second.Data, DB: second.Settings.DB}, "", &again); err != nil {
			t.Fatal(err)
		}
		third := broughtBack(t, first, "", again.Bytes())
		if a, b := proven(t, second), proven(t, third); a != b {
			t.Errorf("%d cases became %d", a, b)
		}
	})
}

// whileFiling does something while three people file cases, and returns how many
// there were before and after.
func whileFiling(t *testing.T, a *app.App, do func()) (before, after int) {
	t.Helper()
	e, err := a.Items.Open(t.Context(), "unemployment", calendar.DayOf(a.Now()))
	if err != nil {
		t.Fatal(err)
	}
	by := identity.Actor{Account: "u-sunyue", Name: "孙悦", Party: "p-sunyue"}
	var all sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	filed := make(chan int, 3)
	for range 3 {
		all.Go(func() {
			n := 0
			for ; ctx.Err() == nil && n < 200; n++ {
				if _, err := a.Cases.Submit(context.WithoutCancel(ctx), app.Example(e, cases.Applicant{Party: "p-sunyue", Name: "孙悦"}, nil, nil, calendar.DayOf(a.Now())), by); err != nil {
					t.Error(err)
					break
				}
			}
			filed <- n
		})
	}
	time.Sleep(20 * time.Millisecond)
	before = count(t, a)
	do()
	stop()
	all.Wait()
	return before, count(t, a)
}

func count(t *testing.T, a *app.App) (n int) {
	t.Helper()
	if err := a.DB.Row(t.Context(), `SELECT COUNT(*) FROM cases`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func broughtBack(t *testing.T, first *app.App, url string, copied []byte) *app.App {
	t.Helper()
	s := app.Settings{Data: filepath.Join(t.TempDir(), "new"), Now: first.Now}
	if strings.HasPrefix(url, "postgres") {
		s.DB = url
	}
	if _, err := app.Restore(t.Context(), s, "", serials.Reckoned, bytes.NewReader(copied)); err != nil {
		t.Fatal(err)
	}
	if a, err := app.Open(t.Context(), s); err == nil {
		a.Close()
		t.Error("it opens without the master key")
	} else if err := os.Remove(filepath.Join(s.Data, "keys", "master.key")); err != nil {
		t.Error(err) // the ring made one, which fits nothing
	}
	master, err := os.ReadFile(filepath.Join(first.Data, "keys", "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Data, "keys", "master.key"), master, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// proven audits a city and returns how many cases it has.
func proven(t *testing.T, a *app.App) int {
	t.Helper()
	if err := a.Post.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Supervision.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	looked, err := a.Cases.Audit(t.Context(), func(_ int, d *cases.Difference) {
		if d != nil {
			t.Error(d.Case, d.Say)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Supervision.Audit(t.Context(), false, func(d supervision.Difference) { t.Error(d.Case, d.Say) }); err != nil {
		t.Fatal(err)
	}
	return looked
}

const pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"

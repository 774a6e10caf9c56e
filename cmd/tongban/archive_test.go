package main

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/register/archives"
)

// The program is killed while it puts cases on the shelf, again and again: each case
// is in one place and whole, has one package, and the next run takes the rest.
func TestNothingIsLostWhenArchivingIsKilled(t *testing.T) {
	for _, db := range slices.Compact([]string{"", os.Getenv("TEST_POSTGRES")}) {
		t.Run(kind(db), func(t *testing.T) {
			c := &benchmark{DB: db}
			r, mended, err := c.ground(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer mended()
			a, err := app.Open(t.Context(), app.Settings{Data: r.Data, DB: r.DB})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			city(t, a)
			for range 2 {
				killedAt(t, a, r.Data, r.DB)
			}
			if err := a.ShelveCases(t.Context()); err != nil {
				t.Fatal(err)
			}
			left, shelved, packages := rows(t, a, "cases"), rows(t, a, "cases_archived"), rows(t, a, "archives_packages")
			if left+shelved != 300 || shelved != packages || shelved < 200 {
				t.Errorf("%d cases left, %d on the shelf, %d packages", left, shelved, packages)
			}
			if err := audited(t.Context(), a); err != nil {
				t.Error(err)
			}
			askedOfTheShelf(t, a, place{Data: r.Data, DB: r.DB})
		})
	}
}

// askedOfTheShelf asks of an archived case what the program is asked of any other, and
// hands it over.
func askedOfTheShelf(t *testing.T, a *app.App, at place) {
	t.Helper()
	var number string
	if err := a.DB.Row(t.Context(), `SELECT number FROM cases_archived WHERE state = 'granted' ORDER BY id LIMIT 1`).Scan(&number); err != nil {
		t.Fatal(err)
	}
	if err := a.Witness.Seal(t.Context(), calendar.DayOf(time.Now()).String()); err != nil {
		t.Fatal(err)
	}
	roots, err := a.Witness.Roots(t.Context(), "", 10)
	if err != nil {
		t.Fatal(err)
	}
	pem, err := a.Seals.Authority.RootPEM()
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	record := filepath.Join(to, "record.json")
	for _, run := range []func() error{
		(&clocking{place: at, Case: number}).Run,
		(&replay{place: at, Case: number, Export: record}).Run,
		(&archiving{place: at, To: to, Case: number}).Run,
	} {
		if err := run(); err != nil {
			t.Fatal(err)
		}
	}
	if err := (&replay{File: record}).Run(); err != nil && fault.Code(err) != "cases.replay.none" {
		t.Error(err)
	}
	files, err := filepath.Glob(filepath.Join(to, "*.zip"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	handed := verify{File: files[0], Root: filepath.Join(to, "root.pem"), Roots: filepath.Join(to, "integrity.json")}
	text, err := json.Marshal(roots)
	if err := errors.Join(err, os.WriteFile(handed.Root, pem, 0o600), os.WriteFile(handed.Roots, text, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := handed.Run(); err != nil {
		t.Error(err)
	}
	if err := (&verify{File: files[0]}).Run(); err == nil {
		t.Error("verified without anything to hold it against")
	}
}

// city fills a city with cases of which most have been over for long.
func city(t *testing.T, a *app.App) {
	t.Helper()
	if _, _, err := a.LoadSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Fill(t.Context(), 300); err != nil {
		t.Fatal(err)
	}
	if err := a.Post.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Supervision.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Archives.Lay(t.Context(), archives.Rule{On: true, Days: archives.FewestDays, Reason: "试行"}, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
}

// killedAt starts the program and kills it after it has put some more cases on the
// shelf. Its lease of the work is forgotten, as by time.
func killedAt(t *testing.T, a *app.App, data, db string) {
	t.Helper()
	before := rows(t, a, "cases_archived")
	args := []string{"serve", "--listen", "127.0.0.1:0", "--data", data}
	if db != "" {
		args = append(args, "--db", db)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	served := exec.CommandContext(t.Context(), program, args...)
	served.Env = append(os.Environ(), "TONGBAN_ITSELF=1")
	if err := served.Start(); err != nil {
		t.Fatal(err)
	}
	for started := time.Now(); rows(t, a, "cases_archived") == before && time.Since(started) < time.Minute; {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
	if err := served.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = served.Wait() // tells of the signal, which was ours
	if now := rows(t, a, "cases_archived"); now == before || now > 299 {
		t.Errorf("killed with %d on the shelf: not in the middle", now)
	} else {
		t.Logf("killed with %d on the shelf", now)
	}
	if _, err := a.DB.Exec(t.Context(), `DELETE FROM sqldb_leases`); err != nil {
		t.Fatal(err)
	}
}

func rows(t *testing.T, a *app.App, table string) int64 {
	t.Helper()
	n, err := count(t.Context(), a.DB, table)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

package app_test

import (
	"sync/atomic"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
)

// A city is furnished whole or not at all, and so is its past: whenever the
// program is cut off, the next start finds nothing half done and begins again.
func TestASampleCityCutOffIsFurnishedAnew(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		data := t.TempDir()
		for _, left := range []int64{3, 120, 700} { // questions for the time until the power fails
			furnishUntil(t, data, url, left)
		}
		a := furnishUntil(t, data, url, 1<<40)
		ids, err := a.Cases.Store.IDs(t.Context(), "", 100)
		if err != nil || len(ids) == 0 {
			t.Fatalf("%d cases, %v", len(ids), err)
		}
		if _, err := a.Cases.Audit(t.Context(), func(_ int, d *cases.Difference) {
			if d != nil {
				t.Error(d)
			}
		}); err != nil {
			t.Error(err)
		}
		if n, err := a.Licences.Audit(t.Context(), true, func(say string) { t.Error(say) }); n != 1 || err != nil {
			t.Errorf("%d shops have a composite licence, %v", n, err)
		}
	})
}

// furnishUntil starts the program on the city and fails it when it has asked
// for the time so often.
func furnishUntil(t *testing.T, data, url string, left int64) *app.App {
	t.Helper()
	var cut atomic.Bool
	var asked atomic.Int64
	a, err := app.Open(t.Context(), app.Settings{Data: data, DB: url, Now: func() time.Time {
		if cut.Load() && asked.Add(1) > left {
			panic("the power fails")
		}
		return time.Now()
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	before, err := a.Identity.NeedsSetUp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cut.Store(true)
	_, _, err = a.LoadSample(t.Context())
	if err == nil {
		before, err = false, a.PlayScenes(t.Context())
	}
	cut.Store(false)
	if (err != nil) != (left < 1<<40) {
		t.Fatalf("cut off after %d: %v", left, err)
	}
	empty, failed := a.Identity.NeedsSetUp(t.Context())
	if failed != nil || empty != before {
		t.Errorf("cut off after %d: empty %v, before %v, %v", left, empty, before, failed)
	}
	return a
}

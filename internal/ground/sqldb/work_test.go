package sqldb_test

import (
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// A work that was never done, one that is being done and one that was done are listed alike.
func TestWorksAreListedWithWhatIsBeingDone(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db, at := open(t, url), time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{
			db.NoteWork(t.Context(), "done", time.Minute, at, true),
			db.NoteRunning(t.Context(), "first", at, at),
			db.NoteRunning(t.Context(), "first", at, at.Add(time.Minute)),
			db.NoteRunning(t.Context(), "over", at, at),
			db.NoteWork(t.Context(), "over", time.Second, at.Add(time.Second), false),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		works, err := db.Works(t.Context())
		if err != nil || len(works) != 3 {
			t.Fatal(works, err)
		}
		now := at.Add(90 * time.Second)
		for i, want := range []struct {
			name           string
			running, still bool
		}{{"done", false, false}, {"first", true, false}, {"over", false, true}} {
			if w := works[i]; w.Name != want.name || w.Running(now) != want.running || w.Still(now) != want.still {
				t.Errorf("%+v: running %v, still %v", w, w.Running(now), w.Still(now))
			}
		}
		if first := works[1]; first.Taking(now) != 90*time.Second || first.Running(now.Add(time.Minute)) || !(sqldb.Work{Since: at, Seen: now.Add(time.Hour)}).Long(now.Add(time.Hour)) {
			t.Errorf("%+v", first)
		}
	})
}

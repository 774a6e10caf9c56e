package event

import (
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
)

// One process keeps the mark of a stream once for a day, and again on each day on
// which the stream grows; one that was not kept is not believed.
func TestAStreamIsMarkedOnEachDayOnWhichItGrows(t *testing.T) {
	each(t, func(t *testing.T, p *Post, c *clock) {
		marks := func() (n int) {
			if err := p.DB.Row(t.Context(), `SELECT COUNT(*) FROM event_grown WHERE stream = 'case/1'`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		var undone sqldb.Batch
		if _, err := p.Record(&undone, "case/1", Head{}, p.Now(), moved{To: "a"}); err != nil {
			t.Fatal(err)
		}
		head := record(t, p, "case/1", Head{}, moved{To: "a"}, moved{To: "b"}) // the other batch was thrown away
		for day, want := range []int{1, 2, 3} {
			head = record(t, p, "case/1", head, moved{To: "c"})
			if n := marks(); n != want {
				t.Errorf("on day %d: %d marks", day+1, n)
			}
			c.pass(24 * time.Hour)
		}
		c.pass(-24 * time.Hour)
		var b sqldb.Batch
		if _, err := p.Record(&b, "case/1", head, p.Now(), moved{To: "d"}); err != nil || b.Len() != 1 {
			t.Errorf("asked for a mark that is there: %d statements, %v", b.Len(), err)
		}
	})
}

// Two replicas that do not know of each other's marks each keep one: the stream is
// listed once, as far as it has come.
func TestAStreamMarkedTwiceIsListedOnce(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		head := record(t, p, "case/1", Head{}, moved{To: "a"})
		record(t, NewPost(p.DB, p.Now), "case/1", head, moved{To: "b"})
		var marks int
		if err := p.DB.Row(t.Context(), `SELECT COUNT(*) FROM event_grown`).Scan(&marks); err != nil || marks != 2 {
			t.Fatalf("%d marks, %v", marks, err)
		}
		all, err := p.Unsealed(t.Context())
		if err != nil || len(all) != 1 || all[0] != (Growth{"case/1", 2}) {
			t.Errorf("%v, %v", all, err)
		}
	})
}

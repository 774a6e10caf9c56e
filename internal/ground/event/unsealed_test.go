package event

import (
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
)

// The mark of a stream is kept once for a day, by whoever comes first, and again
// on each day on which the stream grows; one that was not kept is not believed.
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

package blob

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Whatever uploads, acts and sweeps do between each other's steps, with crashes among
// them: what was put for good, or named, stays.
func TestNoInterleavingLosesWhatIsNamed(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		runs := 150
		if testing.Short() || db.Postgres {
			runs = 30
		}
		begun, removed := rand.Uint64(), 0
		for i := range runs {
			seed := begun + uint64(i)
			w := newWorld(t, db, seed)
			for range 60 {
				w.step()
			}
			removed += w.end()
			if t.Failed() {
				t.Fatalf("seed %d:\n%s", seed, strings.Join(w.log, "\n"))
			}
		}
		t.Log(removed, "removals")
		if removed < runs/4 {
			t.Errorf("only %d times was something removed, so little was shown", removed)
		}
	})
}

// A world is a shelf of places, and steps that are drawn one by one.
type world struct {
	Shelf
	t      *testing.T
	db     *sqldb.DB
	r      *rand.Rand
	both   [2]*Loose // of two replicas
	at     time.Time
	hashes []string
	places map[string]int64 // when each was placed
	placed int64
	firm   map[string]bool // named, or put for good
	known  map[string]bool // whose upload was answered
	under  []*deed
	now    *deed
	log    []string
	gone   int
}

// A deed is something under way, which stops where others may come between.
type deed struct {
	name        string
	begun       time.Time
	patience    time.Duration // for so long it may stand still
	goes, stops chan struct{}
	over        bool
}

func newWorld(t *testing.T, db *sqldb.DB, seed uint64) *world {
	w := &world{t: t, db: db, r: rand.New(rand.NewPCG(seed, 1)), at: time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC), places: map[string]int64{}, firm: map[string]bool{}, known: map[string]bool{}}
	for range 3 {
		w.hashes = append(w.hashes, fmt.Sprintf("%016x%016x%016x%016x", w.r.Uint64(), w.r.Uint64(), w.r.Uint64(), w.r.Uint64()))
	}
	if _, err := db.Exec(t.Context(), `DELETE FROM blob_loose`); err != nil {
		t.Fatal(err)
	}
	w.restart(0)
	w.restart(1)
	return w
}

// restart forgets what a replica had in memory.
func (w *world) restart(i int) { w.both[i] = NewLoose(w.db, func() time.Time { return w.at }) }

// loose is that of either replica.
func (w *world) loose() *Loose { return w.both[w.r.IntN(2)] }

func (w *world) say(format string, args ...any) { w.log = append(w.log, fmt.Sprintf(format, args...)) }

func (w *world) step() {
	hash := w.hashes[w.r.IntN(len(w.hashes))]
	switch n := w.r.IntN(40); {
	case n < 16 && len(w.under) > 0:
		w.goOn(w.under[w.r.IntN(len(w.under))])
	case n < 22:
		w.begin("upload "+hash[:4], Unnamed-time.Hour, func() { w.upload(hash, true) })
	case n < 23:
		w.begin("put "+hash[:4], Unnamed-time.Hour, func() { w.upload(hash, false) })
	case n < 25:
		w.name(hash)
	case n < 31:
		w.begin("sweep", repose-time.Minute, func() { w.sweep() })
	case n < 32:
		w.say("restart")
		w.restart(w.r.IntN(2))
	case n < 36:
		w.wait(time.Duration(w.r.Int64N(int64(2 * time.Hour))))
	default:
		w.finish()
		w.wait(Unnamed + time.Hour)
	}
	w.check()
}

// finish lets all that is under way come to its end.
func (w *world) finish() {
	for len(w.under) > 0 {
		w.goOn(w.under[0])
	}
}

// wait has time pass, though not more than anything under way may stand still.
func (w *world) wait(d time.Duration) {
	for _, x := range w.under {
		d = min(d, x.patience-w.at.Sub(x.begun))
	}
	if d > 0 {
		w.at = w.at.Add(d)
		w.say("%v pass", d)
	}
}

func (w *world) begin(name string, patience time.Duration, do func()) {
	if len(w.under) > 3 {
		return
	}
	d := &deed{name: name, begun: w.at, patience: patience, goes: make(chan struct{}), stops: make(chan struct{})}
	w.under = append(w.under, d)
	go func() {
		<-d.goes
		do()
		d.over = true
		d.stops <- struct{}{}
	}()
	w.goOn(d)
}

func (w *world) goOn(d *deed) {
	w.now = d
	d.goes <- struct{}{}
	<-d.stops
	if !d.over {
		return
	}
	for i, x := range w.under {
		if x == d {
			w.under = append(w.under[:i:i], w.under[i+1:]...)
			return
		}
	}
}

// pause lets others come between.
func (w *world) pause(where string) {
	d := w.now
	w.say("  %s: %s", d.name, where)
	d.stops <- struct{}{}
	<-d.goes
}

var errCrash = errors.New("crash")

func (w *world) upload(hash string, loose bool) {
	crash := w.r.IntN(8)
	what := w.now.name
	err := w.loose().around(context.Background(), Ref{Hash: hash, Size: 1}, loose, func() (at time.Time, err error) {
		w.pause("has its row")
		_, there := w.places[hash]
		w.pause(fmt.Sprint("there: ", there))
		if crash == 0 {
			return at, errCrash
		}
		if !there { // as a rename, over what came meanwhile
			w.placed++
			w.places[hash] = w.placed
			at = sqldb.FromInstant(w.placed)
		}
		w.pause("placed")
		if crash == 1 {
			return at, errCrash
		}
		return at, nil
	})
	w.say("%s: %v", what, err)
	switch {
	case err == nil:
		w.known[hash] = true
		w.firm[hash] = w.firm[hash] || !loose
	case !errors.Is(err, errCrash) && fault.Code(err) != "blob.going":
		w.t.Error(err)
	}
}

func (w *world) name(hash string) {
	if !w.known[hash] {
		return
	}
	var b sqldb.Batch
	w.loose().Named(&b, hash)
	err := w.db.Commit(context.Background(), &b)
	w.say("name %s: %v", hash[:4], err)
	switch {
	case err == nil:
		w.firm[hash] = true
	case fault.Code(err) != "blob.gone":
		w.t.Error(err)
	}
}

func (w *world) sweep() {
	if err := w.loose().Sweep(context.Background(), w); err != nil && !errors.Is(err, errCrash) {
		w.t.Error(err)
	}
}

// Drop implements Shelf, with a stop between the look and the removal.
func (w *world) Drop(_ context.Context, hash string, placed time.Time) (bool, error) {
	now := w.now
	w.pause("is to remove " + hash[:4])
	at, there := w.places[hash]
	if there && at != sqldb.Instant(placed) {
		return false, nil
	}
	w.now = now
	now.begun = w.at
	w.pause("looked at " + hash[:4])
	if w.r.IntN(6) == 0 {
		return false, errCrash
	}
	if there {
		w.gone++
	}
	delete(w.places, hash)
	return true, nil
}

func (w *world) check() {
	for hash := range w.firm {
		if _, there := w.places[hash]; w.firm[hash] && !there {
			w.t.Errorf("%s is lost", hash[:4])
		}
	}
}

// end lets all come to an end, has much time pass, and returns how often something was removed.
func (w *world) end() int {
	w.finish()
	for range 2 {
		w.at = w.at.Add(2 * Unnamed)
		w.begin("sweep", repose, func() { w.sweep() })
		w.finish()
		w.check()
	}
	return w.gone
}

package blob

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"tongban/internal/ground/blob/s3test"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// A trial of loose files on one shelf, with a clock set by hand.
type looseTrial struct {
	*testing.T
	shelf Shelf
	db    *sqldb.DB
	*Loose
	at time.Time
}

func eachLoose(t *testing.T, test func(*looseTrial)) {
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		for name, shelf := range map[string]Shelf{"disk": disk(t), "bucket": bucketBeside(t)} {
			t.Run(name, func(t *testing.T) {
				l := &looseTrial{T: t, db: db, at: time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)}
				l.Loose = NewLoose(db, func() time.Time { return l.at })
				l.shelf = Watched(shelf, l.Loose)
				if _, err := db.Exec(t.Context(), `DELETE FROM blob_loose`); err != nil {
					t.Fatal(err)
				}
				test(l)
			})
		}
	})
}

// bucketBeside is a bucket for tests that run beside others.
func bucketBeside(t *testing.T) *Bucket {
	at, err := readAddress(s3test.Start(t).URL)
	if err != nil {
		t.Fatal(err)
	}
	b := &Bucket{way: wayTo(quiet), bucket: at.bucket, prefix: at.prefix, staging: t.TempDir()}
	b.client, err = minio.New(at.host, &minio.Options{Creds: credentials.NewStaticV4(s3test.AccessKey, s3test.SecretKey, ""), Region: at.region, BucketLookup: at.style, Transport: b.way})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func pdfOf(text string) string { return "%PDF-1.4 " + text + "\n%%EOF" }

// put hands text in; want is the code of the fault.
func (l *looseTrial) put(text string, loose bool, want string) Ref {
	l.Helper()
	ref, err := l.shelf.Put(l.Context(), strings.NewReader(pdfOf(text)), Limit{Loose: loose})
	if want == "" && err != nil || want != "" && fault.Code(err) != want {
		l.Errorf("put %s: %v, want %q", text, err, want)
	}
	return ref
}

// name keeps something that names ref; want is the code of the fault.
func (l *looseTrial) name(ref Ref, want string) {
	l.Helper()
	var b sqldb.Batch
	l.Named(&b, `{"hash":"`+ref.Hash+`","name":"`+ref.Hash+`0"}`)
	err := l.db.Commit(l.Context(), &b)
	if want == "" && err != nil || want != "" && fault.Code(err) != want {
		l.Errorf("name: %v, want %q", err, want)
	}
}

// after has so much time pass, and then sweeps.
func (l *looseTrial) after(d time.Duration) {
	l.Helper()
	l.at = l.at.Add(d)
	if err := l.Sweep(l.Context(), l.shelf); err != nil {
		l.Fatal(err)
	}
}

func (l *looseTrial) there(what string, ref Ref, want bool) {
	l.Helper()
	if _, err := l.shelf.Stat(l.Context(), ref.Hash); (err == nil) != want || err != nil && fault.Code(err) != "blob.none" {
		l.Errorf("%s: %v, want there %v", what, err, want)
	}
}

func TestWhatNothingNamesInTimeIsRemoved(t *testing.T) {
	eachLoose(t, func(l *looseTrial) {
		left, named, held, own := l.put("left", true, ""), l.put("named", true, ""), l.put("held", true, ""), l.put("own", false, "")
		l.name(named, "")
		var b sqldb.Batch
		l.Held(&b, held.Hash, l.at.Add(3*Unnamed))
		if err := l.db.Commit(l.Context(), &b); err != nil {
			l.Fatal(err)
		}
		if c, err := l.Count(l.Context()); err != nil || c.Files != 2 || c.Bytes != left.Size+held.Size {
			l.Error(c, err)
		}
		l.after(Unnamed)
		l.there("at the last moment", left, true)
		l.after(time.Minute)
		l.there("left", left, false)
		l.after(Unnamed)
		l.there("held by a draft", held, true)
		l.after(2 * Unnamed)
		l.there("held too long", held, false)
		l.there("named", named, true)
		l.there("not loose", own, true)
		if c, err := l.Count(l.Context()); err != nil || c != (Count{Removed: 2}) {
			l.Error(c, err)
		}
		l.name(left, "blob.gone")
		l.after(recall + time.Minute)
		if c, err := l.Count(l.Context()); err != nil || c != (Count{}) {
			l.Error("still known:", c, err)
		}
	})
}

// What was there before the upload, or is put for good after it, is never removed.
func TestWhatAnybodyElseKeepsIsNotRemoved(t *testing.T) {
	eachLoose(t, func(l *looseTrial) {
		before, after := l.put("before", false, ""), l.put("after", true, "")
		l.put("before", true, "")
		l.put("after", false, "")
		twice := l.put("twice", true, "")
		l.name(twice, "")
		l.after(0) // the row of what is named goes
		l.put("twice", true, "")
		l.after(2 * Unnamed)
		l.there("put for good before", before, true)
		l.there("put for good after", after, true)
		l.there("handed in again after it was named", twice, true)
	})
}

// What is removed rests for an hour; then it may be handed in again, and is again
// what it was: removed in time, or named.
func TestWhatWasRemovedMayComeAgain(t *testing.T) {
	eachLoose(t, func(l *looseTrial) {
		ref := l.put("again", true, "")
		l.after(Unnamed + time.Minute)
		l.put("again", true, "blob.going")
		l.put("again", false, "blob.going")
		l.there("while it rests", ref, false)
		l.at = l.at.Add(repose + time.Minute)
		l.put("again", true, "")
		l.after(Unnamed - time.Minute)
		l.there("again", ref, true)
		l.after(time.Hour)
		l.there("again left", ref, false)
		l.at = l.at.Add(repose + time.Minute)
		for _, loose := range []bool{true, false} {
			err := l.around(l.Context(), ref, loose, func() (time.Time, error) {
				l.name(ref, "blob.gone") // it is not there yet
				return time.Time{}, errCrash
			})
			if !errors.Is(err, errCrash) {
				l.Error(err)
			}
			l.name(ref, "blob.gone")
		}
		l.put("again", false, "")
		l.name(ref, "")
		l.after(2 * Unnamed)
		l.there("for good", ref, true)
	})
}

// A program that died before it wrote down what it placed, or between marking and
// removing; and content that others brought, as from a backup.
func TestWhatIsInDoubtStays(t *testing.T) {
	eachLoose(t, func(l *looseTrial) {
		died, waiting := l.put("died", true, ""), l.put("waiting", true, "")
		l.placed = nil
		halfway, brought := l.put("halfway", true, ""), l.put("brought", true, "")
		if err := l.Flush(l.Context()); err != nil {
			l.Fatal(err)
		}
		gone, err := l.shelf.Drop(l.Context(), brought.Hash, time.Unix(1, 0))
		if gone || err != nil {
			l.Error("removed what somebody else placed:", err)
		}
		if _, err := l.db.Exec(l.Context(), `UPDATE blob_loose SET placed = 1 WHERE hash = $1`, brought.Hash); err != nil {
			l.Fatal(err)
		}
		l.at = l.at.Add(Unnamed + time.Minute)
		if err := l.mark(l.Context()); err != nil {
			l.Fatal(err)
		}
		l.name(died, "")
		l.name(halfway, "blob.gone")
		l.put("halfway", true, "blob.going")
		l.put("halfway", false, "blob.going")
		l.after(0)
		l.there("the program died", died, true)
		l.there("the program died, and nothing names it", waiting, true)
		l.there("brought by others", brought, true)
		l.there("marked by a sweep that ended", halfway, false)
		l.name(brought, "")
	})
}

func TestHashesInATextAreFound(t *testing.T) {
	one, two := strings.Repeat("0a", 32), strings.Repeat("f1", 32)
	for text, want := range map[string]string{
		"": "", one[:63]: "", one: one, "x" + one: one, one + "x" + two: one + " " + two, one + two: "", one + "0": "", one + "0 " + two: two,
		`{"a":"` + two + `\n` + one + `","b":"` + two + `"}`: one + " " + two, strings.ToUpper(one): "",
	} {
		if got := strings.Join(Hashes(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

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
	name       string
	begun      time.Time
	patience   time.Duration // for so long it may stand still
	go_, stops chan struct{}
	over       bool
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
	d := &deed{name: name, begun: w.at, patience: patience, go_: make(chan struct{}), stops: make(chan struct{})}
	w.under = append(w.under, d)
	go func() {
		<-d.go_
		do()
		d.over = true
		d.stops <- struct{}{}
	}()
	w.goOn(d)
}

func (w *world) goOn(d *deed) {
	w.now = d
	d.go_ <- struct{}{}
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
	<-d.go_
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

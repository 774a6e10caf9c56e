package blob

import (
	"errors"
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
		l.after(Recall + time.Minute)
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

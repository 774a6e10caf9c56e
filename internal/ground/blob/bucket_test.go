package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/blob/s3test"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func bucket(t *testing.T) (*Bucket, *s3test.Store) {
	t.Helper()
	store := s3test.New(t)
	b, err := OpenBucket(t.Context(), store.URL, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return b, store
}

// What every shelf promises, whatever it is made of.
func TestEveryShelfKeepsItsPromises(t *testing.T) {
	b, store := bucket(t)
	for name, shelf := range map[string]Shelf{"disk": disk(t), "bucket": b} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			var hashes []string
			for _, s := range samples {
				ref, err := shelf.Put(ctx, bytes.NewReader(s.body), everything)
				if err != nil || ref.Type != s.is || ref.Size != int64(len(s.body)) {
					t.Fatalf("%s: %+v, %v", s.name, ref, err)
				}
				again, err := shelf.Put(ctx, bytes.NewReader(s.body), everything)
				if err != nil || again != ref {
					t.Errorf("%s: put again: %+v, %v", s.name, again, err)
				}
				holds(t, shelf, ref, s.body)
				atHand(t, shelf, ref, s.body)
				hashes = append(hashes, ref.Hash)
			}
			n := 0
			if err := shelf.Each(ctx, func(hash string) error { n++; return nil }); err != nil || n == 0 || n > len(hashes) {
				t.Error(n, err)
			}
			_, err := shelf.Open(ctx, strings.Repeat("0", 64))
			code(t, err, "blob.none")
			_, err = shelf.Open(ctx, "../../etc/passwd")
			code(t, err, "blob.none")
			_, err = shelf.Put(ctx, strings.NewReader("MZ\x00\x00"), Limit{Name: "a.pdf"})
			code(t, err, "blob.name")
			code(t, shelf.Take(ctx, strings.Repeat("0", 64), strings.NewReader("something else")), "blob.changed")
			pieces(t, shelf)
		})
	}
	if refused := store.Refused(); len(refused) > 0 {
		t.Error("not all requests were signed well:", refused)
	}
}

func holds(t *testing.T, shelf Shelf, ref Ref, body []byte) {
	t.Helper()
	c, err := shelf.Open(t.Context(), ref.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	got, err := io.ReadAll(c)
	if err != nil || !bytes.Equal(got, body) || c.Ref != ref {
		t.Errorf("came back different: %+v, %v", c.Ref, err)
	}
	if at, err := c.Seek(1, io.SeekStart); at != 1 || err != nil {
		t.Fatal(at, err)
	}
	if rest, err := io.ReadAll(c); err != nil || !bytes.Equal(rest, body[1:]) {
		t.Errorf("from the second byte on: %d of %d, %v", len(rest), len(body), err)
	}
}

func atHand(t *testing.T, shelf Shelf, ref Ref, body []byte) {
	t.Helper()
	f, found, err := AtHand(t.Context(), shelf, ref.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := io.ReadAll(io.NewSectionReader(f, 1, ref.Size))
	if err != nil || !bytes.Equal(got, body[1:]) || found != ref {
		t.Errorf("at hand it is different: %+v, %v", found, err)
	}
}

func pieces(t *testing.T, shelf Shelf) {
	ctx := t.Context()
	name, n, err := shelf.PutPiece(ctx, "u1", strings.NewReader("abcdef"), 4)
	if err != nil || n != 4 || !strings.HasPrefix(name, "u1-") {
		t.Fatal(name, n, err)
	}
	broken, n, err := shelf.PutPiece(ctx, "u1", io.MultiReader(strings.NewReader("gh"), failing{}), 4)
	if broken == "" || n != 2 || err == nil {
		t.Error("what came before the break:", broken, n, err)
	}
	if err := shelf.TakePiece(ctx, "u1-taken", strings.NewReader("ij")); err != nil {
		t.Error(err)
	}
	c := &chain{ctx: ctx, shelf: shelf, names: []string{name, broken, "u1-taken"}}
	if body, err := io.ReadAll(c); err != nil || string(body) != "abcdghij" || c.Close() != nil {
		t.Errorf("%q, %v", body, err)
	}
	shelf.DropPiece(ctx, broken)
	if err := shelf.SweepPieces(ctx, time.Now().Add(time.Hour)); err != nil {
		t.Error(err)
	}
	if err := shelf.EachPiece(ctx, func(name string) error { return errors.New("left: " + name) }); err != nil {
		t.Error(err)
	}
	if none, n, err := shelf.PutPiece(ctx, "u1", strings.NewReader(""), 4); none != "" || n != 0 || err != nil {
		t.Error("nothing came:", none, n, err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

// A store that is busy for a moment is asked again; one that stays away is said
// to be so, and nothing is taken for kept.
func TestABucketIsAskedAgainAndThenGivenUp(t *testing.T) {
	b, store := bucket(t)
	store.Fail(2)
	ref, err := b.Put(t.Context(), strings.NewReader("%PDF-1.4 x\n%%EOF"), Limit{})
	if err != nil {
		t.Fatal(err)
	}
	store.Fail(1000)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	before := store.Asked()
	_, err = b.Put(ctx, strings.NewReader("%PDF-1.4 y\n%%EOF"), Limit{})
	code(t, err, "blob.away")
	if n := store.Asked() - before; n < 2 || n > 2*triesAtMost {
		t.Error("asked", n, "times")
	}
	if _, err := b.Open(ctx, ref.Hash); fault.Of(err) != fault.Busy {
		t.Error("a file that is there is said to be missing:", err)
	}
	store.Fail(0)
	if len(store.Keys()) != 1 {
		t.Error(store.Keys())
	}
}

// A store that goes away between the first byte and the last says so, too.
func TestAStoreThatGoesAwayWhileItIsReadSaysSo(t *testing.T) {
	b, store := bucket(t)
	ref, err := b.Put(t.Context(), strings.NewReader("%PDF-1.4 x\n%%EOF"), Limit{})
	if err != nil {
		t.Fatal(err)
	}
	name, _, err := b.PutPiece(t.Context(), "u1", strings.NewReader("abc"), 3)
	if err != nil {
		t.Fatal(err)
	}
	content, err := b.Open(t.Context(), ref.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	piece, err := b.OpenPiece(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer piece.Close()
	store.Fail(1000)
	for _, r := range []io.Reader{content, piece} {
		_, err := io.ReadAll(r)
		code(t, err, "blob.away")
	}
}

func TestWhatTheStoreSpoiledIsNotGivenOut(t *testing.T) {
	b, store := bucket(t)
	ref, err := b.Put(t.Context(), strings.NewReader("%PDF-1.4 x\n%%EOF"), Limit{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := AtHand(t.Context(), b, ref.Hash); err != nil {
		t.Error(err)
	}
	store.Spoil(b.place(ref.Hash))
	_, _, err = AtHand(t.Context(), b, ref.Hash)
	code(t, err, "blob.changed")
	c, err := b.Open(t.Context(), ref.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, err = io.ReadAll(c)
	code(t, err, "blob.changed")
}

// Whoever starts the program is told what to put right, not to come back later.
func TestABucketThatCannotBeUsedIsRefusedWithItsRemedy(t *testing.T) {
	_, store := bucket(t)
	_, under, _ := strings.Cut(store.URL, "://")
	for address, want := range map[string]string{
		strings.Replace(store.URL, "/files/", "/other/", 1): "没有桶“other”",
		"s3://":                            "s3://主机/桶",
		"s3://user:password@host/bucket":   "s3://主机/桶",
		store.URL + "&regoin=x":            "没有 regoin=",
		"http://" + under:                  "s3://主机/桶",
		"s3:/files":                        "s3://主机/桶",
		"s3://" + under:                    "s3+http://",
		"s3+http://127.0.0.1:1/files/city": "核对端口",
		"s3+http://nowhere.invalid/files/city?region=x": "主机名",
	} {
		if _, err := OpenShelf(t.Context(), address, t.TempDir()); !strings.Contains(fault.Say(err), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for secret, want := range map[string]string{"wrong": "不认这个密钥", "": "没有附件存储的密钥"} {
		t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
		if _, err := OpenBucket(t.Context(), store.URL, t.TempDir()); !strings.Contains(fault.Say(err), want) {
			t.Errorf("key %q: %v", secret, err)
		}
	}
	if len(store.Refused()) == 0 {
		t.Error("the store checks no signature")
	}
}

// Two replicas without a common folder: what comes in at one is finished at the other.
func TestAnUploadGoesOnAtAnotherReplica(t *testing.T) {
	store := s3test.New(t)
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		var desks [2]*Uploads
		for i := range desks {
			b, err := OpenBucket(t.Context(), store.URL, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			desks[i] = NewUploads(b, db, time.Now)
		}
		u, err := desks[0].Begin(t.Context(), "李敏", "a.txt", 6, everything)
		if err != nil {
			t.Fatal(err)
		}
		for i, piece := range []string{"ab", "cd", "ef"} {
			if u, err = desks[i%2].Append(t.Context(), u.ID, "李敏", u.Offset, strings.NewReader(piece)); err != nil {
				t.Fatal(err)
			}
		}
		ref, err := desks[1].Finish(t.Context(), u.ID, "李敏", everything)
		if err != nil || ref.Size != 6 {
			t.Fatal(ref, err)
		}
		again, err := desks[0].Finish(t.Context(), u.ID, "李敏", everything)
		if err != nil || again != ref {
			t.Error(again, err)
		}
	})
}

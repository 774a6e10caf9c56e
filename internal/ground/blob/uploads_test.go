package blob

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

type office struct {
	*Uploads
	t   *testing.T
	now time.Time
}

// uploads runs a test on each database with a clock set by hand.
func uploads(t *testing.T, test func(*testing.T, *office)) {
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		o := &office{t: t, now: time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)}
		o.Uploads = NewUploads(disk(t), db, func() time.Time { return o.now })
		test(t, o)
	})
}

func (o *office) begin(name string, size int64) Upload {
	o.t.Helper()
	u, err := o.Begin(o.t.Context(), "李敏", name, size, everything)
	if err != nil {
		o.t.Fatal(err)
	}
	return u
}

func (o *office) append(u Upload, offset int64, piece string) (Upload, error) {
	return o.Append(o.t.Context(), u.ID, u.Owner, offset, strings.NewReader(piece))
}

func (o *office) folder() string { return o.shelf.(*Disk).pieces() }

func (o *office) files() int { return count(o.t, o.folder(), "*") }

func code(t *testing.T, err error, want string) {
	t.Helper()
	if fault.Code(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAFileComesInByPieces(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		u := o.begin("说明.txt", 11)
		if _, err := o.Finish(t.Context(), u.ID, u.Owner, everything); fault.Code(err) != "blob.upload.short" {
			t.Errorf("finished before it began: %v", err)
		}
		for i, piece := range []string{"hello", " ", "world"} {
			now, err := o.append(u, []int64{0, 5, 6}[i], piece)
			if err != nil {
				t.Fatal(err)
			}
			look, err := o.Look(t.Context(), u.ID, u.Owner)
			if err != nil || look.Offset != now.Offset || look.Complete() != (i == 2) {
				t.Errorf("after %q: %+v, %v", piece, look, err)
			}
		}
		ref, err := o.Finish(t.Context(), u.ID, u.Owner, everything)
		if err != nil || ref.Size != 11 || ref.Type != Text {
			t.Fatalf("%+v, %v", ref, err)
		}
		c, err := o.shelf.Open(t.Context(), ref.Hash)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if body, _ := io.ReadAll(c); string(body) != "hello world" {
			t.Errorf("put together as %q", body)
		}
		if again, err := o.Finish(t.Context(), u.ID, u.Owner, everything); err != nil || again != ref {
			t.Errorf("asked again: %+v, %v", again, err)
		}
		_, err = o.append(u, 11, "more")
		code(t, err, "blob.upload.finished")
		if o.files() != 0 {
			t.Errorf("%d pieces stay", o.files())
		}
	})
}

func TestAPieceMustFollowTheLast(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		u := o.begin("a.txt", 10)
		if _, err := o.append(u, 0, "12345"); err != nil {
			t.Fatal(err)
		}
		for _, offset := range []int64{0, 4, 6, 10, -1} {
			now, err := o.append(u, offset, "12345")
			code(t, err, "blob.upload.offset")
			if now.Offset != 5 {
				t.Errorf("told to go on at %d", now.Offset)
			}
		}
		_, err := o.append(u, 5, "678901")
		code(t, err, "blob.large")
		if now, err := o.append(u, 5, ""); err != nil || now.Offset != 5 {
			t.Errorf("an empty piece: %+v, %v", now, err)
		}
		if now, err := o.append(u, 5, "67890"); err != nil || !now.Complete() {
			t.Errorf("%+v, %v", now, err)
		}
		if o.files() != 2 {
			t.Errorf("%d pieces, want 2", o.files())
		}
	})
}

func TestTheSamePieceSentManyTimesAtOnceCountsOnce(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		u := o.begin("a.txt", 8)
		var wg sync.WaitGroup
		var mu sync.Mutex
		var took int
		for i := range 8 {
			wg.Go(func() {
				_, err := o.append(u, 0, fmt.Sprintf("%04d", i))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					took++
				} else if fault.Code(err) != "blob.upload.offset" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		look, err := o.Look(t.Context(), u.ID, u.Owner)
		if took != 1 || err != nil || look.Offset != 4 || o.files() != 1 {
			t.Errorf("%d took it, %+v, %v, %d files", took, look, err, o.files())
		}
	})
}

func TestABrokenPieceIsKeptAsFarAsItCame(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		u := o.begin("a.txt", 10)
		now, err := o.Append(t.Context(), u.ID, u.Owner, 0, breaks{strings.NewReader("1234")})
		if err == nil || now.Offset != 4 {
			t.Fatalf("%+v, %v", now, err)
		}
		if _, err := o.append(u, 4, "567890"); err != nil {
			t.Fatal(err)
		}
		if ref, err := o.Finish(t.Context(), u.ID, u.Owner, everything); err != nil || ref.Size != 10 {
			t.Errorf("%+v, %v", ref, err)
		}
	})
}

func TestAnUploadIsItsOwnersAlone(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		u := o.begin("a.txt", 3)
		ctx := t.Context()
		_, err := o.Look(ctx, u.ID, "王强")
		code(t, err, "blob.upload.none")
		_, err = o.Append(ctx, u.ID, "王强", 0, strings.NewReader("abc"))
		code(t, err, "blob.upload.none")
		_, err = o.Finish(ctx, u.ID, "王强", everything)
		code(t, err, "blob.upload.none")
		code(t, o.Cancel(ctx, u.ID, "王强"), "blob.upload.none")
		_, err = o.Look(ctx, "no such", "李敏")
		code(t, err, "blob.upload.none")
		if _, err := o.Look(ctx, u.ID, u.Owner); err != nil {
			t.Error(err)
		}
	})
}

func TestUploadsAreBounded(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		_, err := o.Begin(ctx, "李敏", "a.pdf", 0, Limit{})
		code(t, err, "blob.empty")
		_, err = o.Begin(ctx, "李敏", "a.pdf", MostBytes+1, Limit{})
		code(t, err, "blob.large")
		for range mostUploads {
			o.begin("a.txt", 1)
		}
		_, err = o.Begin(ctx, "李敏", "a.pdf", 1, Limit{})
		code(t, err, "blob.upload.many")
		if _, err = o.Begin(ctx, "王强", "a.pdf", 1, Limit{}); err != nil {
			t.Error(err)
		}
		code(t, Upload{pieces: mostPieces}.follows(0), "blob.upload.pieces")
	})
}

func TestWhatIsNotFinishedExpires(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		gone, dropped := o.begin("a.txt", 6), o.begin("b.txt", 6)
		for _, u := range []Upload{gone, dropped} {
			if _, err := o.append(u, 0, "abc"); err != nil {
				t.Fatal(err)
			}
		}
		if err := o.Cancel(ctx, dropped.ID, dropped.Owner); err != nil || o.files() != 1 {
			t.Errorf("cancelled: %v, %d files", err, o.files())
		}
		if n, err := o.Sweep(ctx); n != 0 || err != nil || o.files() != 1 {
			t.Errorf("swept too early: %d, %v", n, err)
		}
		o.now = o.now.Add(keepUpload + time.Minute)
		_, err := o.append(gone, 3, "def")
		code(t, err, "blob.upload.none")
		o.begin("c.txt", 6)
		if n, err := o.Sweep(ctx); n != 1 || err != nil || o.files() != 0 {
			t.Errorf("swept %d, %v, %d files", n, err, o.files())
		}
	})
}

// A program killed between writing a piece and noting it leaves a file that
// no row names.
func TestAPieceThatWasNeverNotedIsSwept(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		u := o.begin("a.txt", 6)
		lost := filepath.Join(o.folder(), u.ID+"-lost")
		if err := os.WriteFile(lost, []byte("abc"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := o.append(u, 0, "abcdef"); err != nil {
			t.Fatal(err)
		}
		long := o.now.Add(-keepUpload - 2*abandoned)
		if err := os.Chtimes(lost, long, long); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Sweep(t.Context()); err != nil || o.files() != 1 {
			t.Errorf("%v, %d files", err, o.files())
		}
	})
}

func TestFinishJudgesTheContent(t *testing.T) {
	uploads(t, func(t *testing.T, o *office) {
		u := o.begin("执照.pdf", 4)
		if _, err := o.append(u, 0, "MZ\x00\x00"); err != nil {
			t.Fatal(err)
		}
		_, err := o.Finish(t.Context(), u.ID, u.Owner, Limit{})
		code(t, err, "blob.name")
	})
}

func TestAMissingPieceIsAnError(t *testing.T) {
	if _, err := io.ReadAll(&chain{ctx: t.Context(), shelf: disk(t), names: []string{"none"}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing piece: %v", err)
	}
}

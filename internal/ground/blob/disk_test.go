package blob

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/internal/ground/fault"
)

func disk(t testing.TB) *Disk {
	t.Helper()
	d, err := OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var everything = Limit{Types: Types()}

func count(t testing.TB, pattern ...string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(pattern...))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

func TestWhatWasPutComesBack(t *testing.T) {
	d, ctx := disk(t), t.Context()
	other := &Disk{folder: d.folder} // which has not seen the files come in
	for _, s := range samples {
		ref, err := d.Put(ctx, bytes.NewReader(s.body), everything)
		if err != nil || ref.Type != s.is || ref.Size != int64(len(s.body)) {
			t.Fatalf("%s: %+v, %v", s.name, ref, err)
		}
		c, err := d.Open(ctx, ref.Hash)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(c)
		if err != nil || !bytes.Equal(body, s.body) || c.Ref != ref {
			t.Errorf("%s comes back different: %+v, %v", s.name, c.Ref, err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		for _, d := range []*Disk{d, other, other} {
			if stat, err := d.Stat(ctx, ref.Hash); err != nil || stat != ref {
				t.Errorf("%s: stat %+v, %v", s.name, stat, err)
			}
		}
	}
	if n := count(t, d.folder, "incoming", "*"); n != 0 {
		t.Errorf("%d files stay on their way in", n)
	}
}

func TestTheSameContentIsKeptOnce(t *testing.T) {
	d := disk(t)
	body := bytes.Repeat([]byte("同一份材料\n"), 5000)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := d.Put(t.Context(), bytes.NewReader(body), everything); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := count(t, d.folder, "??", "*"); n != 1 {
		t.Errorf("kept %d times", n)
	}
}

func TestAShortFileInItsPlaceIsReplaced(t *testing.T) {
	d := disk(t)
	ref, err := d.Put(t.Context(), strings.NewReader("完整的内容"), everything)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.place(ref.Hash), 3); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Put(t.Context(), strings.NewReader("完整的内容"), everything); err != nil {
		t.Fatal(err)
	}
	if again, err := d.Stat(t.Context(), ref.Hash); err != nil || again != ref {
		t.Errorf("still %+v, %v", again, err)
	}
}

// wide is a PNG that says it is as large as that; only its first chunk is there.
func wide(width, height uint32) []byte {
	b := pngBytes()
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	return withSum(b)
}

func TestFilesThatAreRefused(t *testing.T) {
	d := disk(t)
	for _, tt := range []struct {
		name  string
		body  io.Reader
		limit Limit
		kind  fault.Kind
		code  string
		says  string
	}{
		{"empty", strings.NewReader(""), everything, fault.Invalid, "blob.empty", "空"},
		{"one byte too many", strings.NewReader("12345"), Limit{Bytes: 4, Types: Types()}, fault.TooLarge, "blob.large", "4 字节"},
		{"endless", endless{}, Limit{Bytes: 3 << 20}, fault.TooLarge, "blob.large", "3 MB"},
		{"a program named PDF", strings.NewReader("MZ\x00\x00"), Limit{Name: "执照.pdf"}, fault.Invalid, "blob.name", "可执行程序"},
		{"not wanted by this material", bytes.NewReader(pngBytes()), Limit{Types: []Type{PDF, OFD}}, fault.Invalid, "blob.type", "PDF 文档、OFD 版式文件"},
		{"not usually wanted", strings.NewReader("<html>"), Limit{}, fault.Invalid, "blob.type", "网页"},
		{"unknown", strings.NewReader("\x00\x01"), Limit{}, fault.Invalid, "blob.type", "无法识别"},
		{"bursts when opened", bytes.NewReader(wide(60000, 60000)), Limit{}, fault.TooLarge, "blob.image", "60000×60000"},
		{"too wide", bytes.NewReader(wide(100000, 1)), Limit{}, fault.TooLarge, "blob.image", "100000×1"},
		{"more dots than this material takes", bytes.NewReader(wide(100, 100)), Limit{Pixels: 9999}, fault.TooLarge, "blob.image", "100×100"},
		{"a picture cut short", bytes.NewReader(pngBytes()[:20]), Limit{Name: "a.png"}, fault.Invalid, "blob.image", "a.png"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := d.Put(t.Context(), tt.body, tt.limit)
			if fault.Of(err) != tt.kind || fault.Code(err) != tt.code || !strings.Contains(fault.Say(err), tt.says) {
				t.Errorf("got %v", err)
			}
		})
	}
	if n := count(t, d.folder, "*", "*"); n != 0 {
		t.Errorf("%d refused files stay", n)
	}
}

func TestPicturesOfEveryTypeAreMeasured(t *testing.T) {
	for _, s := range samples {
		if !s.is.Picture() {
			continue
		}
		w, h := dimensions(bytes.NewReader(s.body), Ref{Type: s.is, Size: int64(len(s.body))})
		if w != 8 || h != 6 {
			t.Errorf("%s is %d×%d, want 8×6", s.name, w, h)
		}
	}
	lossy := []byte("RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x08\x00\x06\x00")
	lossless := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x07\x40\x01\x00"), make([]byte, 9)...)
	for _, body := range [][]byte{lossy, lossless} {
		if w, h := webp(body); w != 8 || h != 6 {
			t.Errorf("WebP is %d×%d", w, h)
		}
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

type breaks struct{ r io.Reader }

func (b breaks) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err == io.EOF {
		err = errors.New("connection reset")
	}
	return n, err
}

func TestABrokenConnectionLeavesNothing(t *testing.T) {
	d := disk(t)
	if _, err := d.Put(t.Context(), breaks{strings.NewReader("half")}, everything); err == nil {
		t.Error("half a file was kept")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Put(ctx, strings.NewReader("whole"), everything); !errors.Is(err, context.Canceled) {
		t.Errorf("kept for nobody: %v", err)
	}
	if n := count(t, d.folder, "*", "*"); n != 0 {
		t.Errorf("%d files stay", n)
	}
}

func TestAFullDiskSaysSo(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	_, err = takeIn(t.Context(), full, strings.NewReader("材料"), everything, nil)
	if fault.Of(err) != fault.Busy || fault.Code(err) != "blob.full" {
		t.Errorf("got %v", err)
	}
}

func TestNoHashLeadsOutOfTheFolder(t *testing.T) {
	d := disk(t)
	for _, hash := range []string{"", "ab", "../../../etc/passwd", strings.Repeat("0", 64), strings.Repeat("A", 64), "../" + strings.Repeat("0", 61)} {
		if _, err := d.Open(t.Context(), hash); fault.Code(err) != "blob.none" {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

// TestKilledWhilePutting runs itself as a child that is killed with a file half in.
func TestKilledWhilePutting(t *testing.T) {
	if folder := os.Getenv("BLOB_CHILD"); folder != "" {
		d, err := OpenDisk(folder)
		if err != nil {
			t.Fatal(err)
		}
		half := io.MultiReader(bytes.NewReader(make([]byte, 1<<20)), blocks{})
		_, err = d.Put(context.Background(), half, everything)
		t.Fatal("cannot be reached", err)
	}
	folder := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^TestKilledWhilePutting$")
	child.Env = append(os.Environ(), "BLOB_CHILD="+folder)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	half := func() bool {
		found, _ := filepath.Glob(filepath.Join(folder, "incoming", "*"))
		if len(found) == 0 {
			return false
		}
		stat, err := os.Stat(found[0])
		return err == nil && stat.Size() == 1<<20
	}
	for deadline := time.Now().Add(20 * time.Second); !half() && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait() // killed: its exit says nothing
	if !half() {
		t.Fatal("the child never began")
	}

	if _, err := OpenDisk(folder); err != nil {
		t.Fatal(err)
	}
	if n := count(t, folder, "incoming", "*"); n != 1 {
		t.Errorf("a file that may still be on its way in (for another replica) was removed")
	}
	long := time.Now().Add(-2 * abandoned)
	found, _ := filepath.Glob(filepath.Join(folder, "incoming", "*"))
	if err := os.Chtimes(found[0], long, long); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenDisk(folder); err != nil {
		t.Fatal(err)
	}
	if n := count(t, folder, "*", "*"); n != 0 {
		t.Errorf("%d files stay", n)
	}
}

type blocks struct{}

func (blocks) Read([]byte) (int, error) { select {} }

func BenchmarkPut(b *testing.B) {
	d := disk(b)
	body := bytes.Repeat([]byte("x"), 1<<20)
	b.SetBytes(int64(len(body)))
	for i := 0; b.Loop(); i++ {
		binary.BigEndian.PutUint64(body, 0x3030303030303030+uint64(i)%9)
		if _, err := d.Put(context.Background(), bytes.NewReader(body), everything); err != nil {
			b.Fatal(err)
		}
	}
}

package sqlitehost

import (
	"bytes"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
	"pgregory.net/rapid"
)

// disk is the system's own file of a drawn log: what went out, in how many calls, and
// whether it takes any more.
type disk struct {
	bytes []byte
	calls int
	full  bool
}

var under disk

func plainWrite(_ *libc.TLS, _, from uintptr, n int32, offset int64) int32 {
	if under.full {
		return sqlite3.SQLITE_FULL
	}
	under.calls++
	put(&under.bytes, unsafe.Slice(at[byte](from), n), offset)
	return sqlite3.SQLITE_OK
}

func plainRead(_ *libc.TLS, _, to uintptr, n int32, offset int64) int32 {
	copy(unsafe.Slice(at[byte](to), n), under.bytes[offset:])
	return sqlite3.SQLITE_OK
}

func plainSize(_ *libc.TLS, _, n uintptr) int32 {
	*at[int64](n) = int64(len(under.bytes))
	return sqlite3.SQLITE_OK
}

func plainTruncate(_ *libc.TLS, _ uintptr, n int64) int32 {
	under.bytes = under.bytes[:n]
	return sqlite3.SQLITE_OK
}

func plainSync(*libc.TLS, uintptr, int32) int32 { return sqlite3.SQLITE_OK }

func put(file *[]byte, what []byte, offset int64) {
	if end := int(offset) + len(what); end > len(*file) {
		*file = append(*file, make([]byte, end-len(*file))...)
	}
	copy((*file)[offset:], what)
}

// drawn is a log on a disk of the test's own.
func drawn(t *testing.T) uintptr {
	usual := plain
	t.Cleanup(func() { plain = usual; logs.Clear() })
	plain = sqlite3.Tsqlite3_io_methods{
		FxWrite: pointer(plainWrite), FxRead: pointer(plainRead), FxSync: pointer(plainSync),
		FxFileSize: pointer(plainSize), FxTruncate: pointer(plainTruncate),
	}
	return 1
}

// begin is an empty log on an empty disk.
func begin(file uintptr) {
	under = disk{}
	logs.Store(file, &log{file: file})
}

func written(file uintptr, what []byte, offset int64) int32 {
	return write(nil, file, uintptr(unsafe.Pointer(&what[0])), int32(len(what)), offset)
}

// Whatever is written, in whatever order, is read as it was written, and lies on the
// disk when the log was flushed.
func TestWhatIsHeldIsWhatWasWritten(t *testing.T) {
	file := drawn(t)
	rapid.Check(t, func(t *rapid.T) {
		begin(file)
		var want []byte
		tail := int64(0)
		t.Repeat(map[string]func(*rapid.T){
			"compare": func(t *rapid.T) {
				var n int64
				if size(nil, file, uintptr(unsafe.Pointer(&n))); n != int64(len(want)) || !bytes.Equal(under.bytes, want) {
					t.Fatalf("%d bytes, wrote %d", n, len(want))
				}
			},
			"follow": func(t *rapid.T) {
				for range rapid.IntRange(1, 9).Draw(t, "pages") {
					what := bytes.Repeat([]byte{byte(len(want))}, rapid.SampledFrom([]int{24, 1024, most - 1, most + 1}).Draw(t, "n"))
					written(file, what, tail)
					put(&want, what, tail)
					tail += int64(len(what))
				}
			},
			"elsewhere": func(t *rapid.T) {
				tail = rapid.Int64Range(0, int64(len(want))).Draw(t, "offset")
			},
			"truncate": func(t *rapid.T) {
				tail = rapid.Int64Range(0, int64(len(want))).Draw(t, "to")
				truncate(nil, file, tail)
				want = want[:tail]
			},
			"read": func(t *rapid.T) {
				if len(want) == 0 {
					return
				}
				offset := rapid.IntRange(0, len(want)-1).Draw(t, "offset")
				got := make([]byte, min(len(want)-offset, 2000))
				if read(nil, file, uintptr(unsafe.Pointer(&got[0])), int32(len(got)), int64(offset)); !bytes.Equal(got, want[offset:offset+len(got)]) {
					t.Fatal("read what was not written")
				}
			},
		})
	})
}

// A commit of a hundred pages goes out in one call, and none before it is flushed.
func TestACommitGoesOutInOneCall(t *testing.T) {
	file := drawn(t)
	begin(file)
	for i := range int64(100) {
		written(file, make([]byte, 24), 32+i*1048)
		written(file, make([]byte, 1024), 32+i*1048+24)
	}
	if under.calls != 0 {
		t.Errorf("%d calls before it is flushed", under.calls)
	}
	if rc := flush(nil, file, 0); rc != sqlite3.SQLITE_OK || under.calls != 1 || len(under.bytes) != 32+100*1048 {
		t.Errorf("%d: %d calls, %d bytes", rc, under.calls, len(under.bytes))
	}
}

// A disk that is full says so when the log is flushed, at the latest, and what could
// not be written then is not written later.
func TestAFullDiskIsTold(t *testing.T) {
	file := drawn(t)
	begin(file)
	written(file, []byte("lost"), 0)
	under.full = true
	if rc := flush(nil, file, 0); rc != sqlite3.SQLITE_FULL {
		t.Errorf("flushed to a full disk: %d", rc)
	}
	under.full = false
	written(file, []byte("kept"), 0)
	if rc := flush(nil, file, 0); rc != sqlite3.SQLITE_OK || string(under.bytes) != "kept" {
		t.Errorf("%d: %q", rc, under.bytes)
	}
	written(file, make([]byte, most), 4)
	under.full = true
	if rc := written(file, []byte("more"), 4+most); rc != sqlite3.SQLITE_FULL {
		t.Errorf("let out to a full disk: %d", rc)
	}
}

package sqlitehost

import (
	"runtime"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// most is how many bytes are held: SQLite's own way to the system takes less than
// 128 KB at once.
const most = 127 << 10

// log is an open log, and what of it has not gone out yet.
type log struct {
	file uintptr
	held []byte
	at   int64 // where in the file it belongs
}

// logs are all open ones by the address that SQLite knows them by. Each belongs to one
// connection, which is used by one at a time.
var logs sync.Map

var methods sync.Once

func open(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32 {
	rc := openPlainly(tls, vfs, name, file, flags, out)
	if rc != sqlite3.SQLITE_OK || flags&sqlite3.SQLITE_OPEN_WAL == 0 {
		return rc
	}
	f := at[sqlite3.Tsqlite3_file](file)
	methods.Do(func() { gather(at[sqlite3.Tsqlite3_io_methods](f.FpMethods)) })
	f.FpMethods = gathered
	logs.Store(file, &log{file: file})
	return rc
}

// gather fills in what is called for an open log.
func gather(usual *sqlite3.Tsqlite3_io_methods) {
	plain = *usual
	m := at[sqlite3.Tsqlite3_io_methods](gathered)
	*m = plain
	m.FxWrite, m.FxSync, m.FxClose = pointer(write), pointer(flush), pointer(closing)
	m.FxRead, m.FxFileSize, m.FxTruncate = pointer(read), pointer(size), pointer(truncate)
}

func of(file uintptr) *log {
	l, _ := logs.Load(file)
	return l.(*log)
}

// write holds what follows on what is held, and lets out what it does not follow.
func write(tls *libc.TLS, file, from uintptr, n int32, offset int64) int32 {
	l := of(file)
	if offset != l.at+int64(len(l.held)) || len(l.held)+int(n) > most {
		if rc := l.out(tls); rc != sqlite3.SQLITE_OK {
			return rc
		}
		l.at = offset
	}
	if n > most {
		return function[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](plain.FxWrite)(tls, file, from, n, offset)
	}
	l.held = append(l.held, unsafe.Slice(at[byte](from), n)...)
	return sqlite3.SQLITE_OK
}

// out writes what is held. If it cannot, nothing is held any more: SQLite is told,
// undoes what it was about to commit and begins at the same place again.
func (l *log) out(tls *libc.TLS) int32 {
	if len(l.held) == 0 {
		return sqlite3.SQLITE_OK
	}
	held := l.held
	l.held = held[:0]
	rc := function[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](plain.FxWrite)(
		tls, l.file, uintptr(unsafe.Pointer(&held[0])), int32(len(held)), l.at)
	runtime.KeepAlive(held)
	return rc
}

func flush(tls *libc.TLS, file uintptr, flags int32) int32 {
	if rc := of(file).out(tls); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[func(*libc.TLS, uintptr, int32) int32](plain.FxSync)(tls, file, flags)
}

func read(tls *libc.TLS, file, to uintptr, n int32, offset int64) int32 {
	if rc := of(file).out(tls); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](plain.FxRead)(tls, file, to, n, offset)
}

func size(tls *libc.TLS, file, bytes uintptr) int32 {
	if rc := of(file).out(tls); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[func(*libc.TLS, uintptr, uintptr) int32](plain.FxFileSize)(tls, file, bytes)
}

func truncate(tls *libc.TLS, file uintptr, bytes int64) int32 {
	if rc := of(file).out(tls); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[func(*libc.TLS, uintptr, int64) int32](plain.FxTruncate)(tls, file, bytes)
}

// closing lets out what is held: of a transaction that was not committed, so that
// nobody asks whether it could.
func closing(tls *libc.TLS, file uintptr) int32 {
	of(file).out(tls)
	logs.Delete(file)
	return function[func(*libc.TLS, uintptr) int32](plain.FxClose)(tls, file)
}

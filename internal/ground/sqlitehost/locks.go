package sqlitehost

import (
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// A connection's own lock is taken for every value bound and every column read. Here
// it is none, for database/sql lets one at a time use a connection: what SQLite calls
// its multi-thread mode. What connections share keeps its locks, Go's own.
var (
	connection byte           // stands for the lock of any connection
	shared     [16]sync.Mutex // those that SQLite knows by number
	allocated  sync.Map       // those that it asked for, so that they stay where they are
	none       = address(&connection)
)

func address[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }

// locks are what SQLite is told to use. It asks no more than this of a library
// that was not built to be debugged.
func locks() sqlite3.Tsqlite3_mutex_methods {
	return sqlite3.Tsqlite3_mutex_methods{
		FxMutexInit: pointer(ready), FxMutexEnd: pointer(ready), FxMutexAlloc: pointer(allocate), FxMutexFree: pointer(forget),
		FxMutexEnter: pointer(enter), FxMutexTry: pointer(try), FxMutexLeave: pointer(leave),
	}
}

// lockHere has SQLite use these locks. Where it is at work already it keeps its own,
// which do as well.
func lockHere(tls *libc.TLS) {
	m := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_mutex_methods{})))
	list := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(m)))
	if m == 0 || list == 0 {
		return
	}
	defer libc.Xfree(tls, m)
	defer libc.Xfree(tls, list)
	*at[sqlite3.Tsqlite3_mutex_methods](m) = locks()
	sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_MUTEX, libc.VaList(list, m))
}

func ready(*libc.TLS) int32 { return sqlite3.SQLITE_OK }

func allocate(_ *libc.TLS, kind int32) uintptr {
	switch kind {
	case sqlite3.SQLITE_MUTEX_RECURSIVE: // a connection's, and nobody else's
		return none
	case sqlite3.SQLITE_MUTEX_FAST:
		m := new(sync.Mutex)
		allocated.Store(address(m), m)
		return address(m)
	default:
		return address(&shared[kind])
	}
}

func forget(_ *libc.TLS, lock uintptr) { allocated.Delete(lock) }

func enter(_ *libc.TLS, lock uintptr) {
	if lock != none {
		at[sync.Mutex](lock).Lock()
	}
}

func try(_ *libc.TLS, lock uintptr) int32 {
	if lock == none || at[sync.Mutex](lock).TryLock() {
		return sqlite3.SQLITE_OK
	}
	return sqlite3.SQLITE_BUSY
}

func leave(_ *libc.TLS, lock uintptr) {
	if lock != none {
		at[sync.Mutex](lock).Unlock()
	}
}

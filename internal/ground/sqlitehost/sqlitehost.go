// Package sqlitehost gives SQLite what it asks of the program around it: files whose log
// is written in few calls, and locks.
//
// SQLite gives the operating system each page of its log in two calls, a head of 24
// bytes and the page: for a commit of 140 pages 280 calls, which take longer than to
// flush them to the disk. Here what follows on what was written before is held, and
// goes out in one call before the log is flushed. All else is the system's own file
// system as SQLite knows it. A commit must flush the log before it is answered and before
// others see it, which it does with synchronous(FULL) and not below: what is held would
// be missing for who reads by another connection.
package sqlitehost

import (
	"errors"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Register tells SQLite of its host, and returns the name by which a database asks for
// these files: "file:…?vfs=name".
var Register = sync.OnceValues(register)

const name = "gathered"

// What the system's own file system does, once registered: open a file, and do
// something with an open log.
var (
	openPlainly func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	plain       sqlite3.Tsqlite3_io_methods
	gathered    uintptr // the same, but for the functions of this package
)

func register() (string, error) {
	tls := libc.NewTLS()
	defer tls.Close()
	lockHere(tls)
	if rc := sqlite3.Xsqlite3_initialize(tls); rc != sqlite3.SQLITE_OK {
		return "", errors.New("SQLite does not begin")
	}
	called, err := libc.CString(name)
	if err != nil {
		return "", err
	}
	own := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	gathered = libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(plain)))
	usual := sqlite3.Xsqlite3_vfs_find(tls, 0)
	if own == 0 || gathered == 0 || usual == 0 {
		return "", errors.New("no memory for SQLite")
	}
	vfs := at[sqlite3.Tsqlite3_vfs](own)
	*vfs = *at[sqlite3.Tsqlite3_vfs](usual)
	openPlainly = function[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](vfs.FxOpen)
	vfs.FpNext, vfs.FzName, vfs.FxOpen = 0, called, pointer(open)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, own, 0); rc != sqlite3.SQLITE_OK {
		return "", errors.New("SQLite does not take another file system")
	}
	return name, nil
}

// at sees what lies at an address of SQLite's memory, which is not Go's.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// pointer is a declared function as SQLite, translated to Go, calls it.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&struct{ f F }{f})) }

// function is what a pointer of SQLite's calls.
func function[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&struct{ p uintptr }{p})) }

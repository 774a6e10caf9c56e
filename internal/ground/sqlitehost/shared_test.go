package sqlitehost

import (
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite uses these locks: a connection's own is none; those that connections share are one each, and hold.
func TestSharedLocksHold(t *testing.T) {
	if _, err := Register(); err != nil {
		t.Fatal(err)
	}
	tls := libc.NewTLS()
	defer tls.Close()
	lock := func(kind int32) uintptr { return sqlite3.Xsqlite3_mutex_alloc(tls, kind) }
	own, one, other, numbered := lock(sqlite3.SQLITE_MUTEX_RECURSIVE), lock(sqlite3.SQLITE_MUTEX_FAST),
		lock(sqlite3.SQLITE_MUTEX_FAST), lock(sqlite3.SQLITE_MUTEX_STATIC_APP1)
	for _, lock := range []uintptr{one, other, numbered} {
		enter(nil, lock)
		if try(nil, lock) != sqlite3.SQLITE_BUSY {
			t.Error("entered twice")
		}
		leave(nil, lock)
		if try(nil, lock) != sqlite3.SQLITE_OK {
			t.Error("left, and not to be entered")
		}
		leave(nil, lock)
	}
	enter(nil, own)
	if try(nil, own) != sqlite3.SQLITE_OK || one == other {
		t.Error("a connection waits for itself, or two locks are one")
	}
	forget(nil, one)
	forget(nil, other)
}

package sqldb

import (
	"crypto/rand"
	"database/sql"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// IsDuplicate reports whether err is a broken uniqueness promise.
func IsDuplicate(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "23505"
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() == 2067 || e.Code() == 1555 || e.Code() == 2579 // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID
	}
	return false
}

// IsOutrun reports whether err says that somebody was faster: the row to be
// written is there already, or the one to be changed is no longer as it was read.
func IsOutrun(err error) bool { return IsDuplicate(err) || errors.Is(err, sql.ErrNoRows) }

// Instant is a time as every table keeps it: UTC milliseconds in a BIGINT; the
// zero time is 0.
func Instant(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// FromInstant reads what Instant wrote.
func FromInstant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Bool is a truth as every table keeps it.
func Bool(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ids hands out keys. Those of one process rise; those of several replicas
// interleave by the millisecond and differ in the number that each drew for
// itself when it started.
var ids struct {
	sync.Mutex
	ms  int64
	seq uint16
}

var node = func() (n [3]byte) {
	rand.Read(n[:]) // never fails
	return n
}()

var alphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Short is the part of a key made by NewID that tells apart those made on one day, for
// numbers that people read out: six letters and digits of its millisecond. The end of a
// key is that of the process, and the same for all that it makes.
func Short(id string) string {
	if len(id) < 9 {
		return strings.ToUpper(id)
	}
	return strings.ToUpper(id[3:9])
}

// NewID makes a key of 16 letters and digits that sorts by the time it was
// made: 44 bits of milliseconds (to the year 2527), 12 of sequence, 24 of the
// process. It can be guessed: where nobody may guess, use secret.
func NewID() string {
	ids.Lock()
	ms := time.Now().UnixMilli()
	if ms > ids.ms {
		ids.ms, ids.seq = ms, 0
	} else if ids.seq++; ids.seq >= 1<<12 {
		ids.ms, ids.seq = ids.ms+1, 0
	}
	ms, seq := ids.ms, ids.seq
	ids.Unlock()
	var key [10]byte
	binary.BigEndian.PutUint64(key[:], uint64(ms)<<20|uint64(seq)<<8)
	copy(key[7:], node[:])
	return alphabet.EncodeToString(key[:])
}

package once

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"tongban/internal/ground/sqldb"
)

// Short is a text of n letters that stands for another; two of 22 letters that are
// alike are not met with.
func Short(n int, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))[:n]
}

// About stands for what a request asks for.
func About(what string) string { return Short(8, what) }

// Name stands for a request. It begins as the key does that the caller made: keys
// mostly grow with time (ours do, and so do UUIDs of version 7), so those of one
// moment stand together in a table, and a commit touches one page of it and not
// one for each act.
func Name(account, key string) string {
	begin := 0
	for begin < min(len(key), 12) && key[begin] > ' ' && key[begin] < 0x7f {
		begin++
	}
	return key[:begin] + Short(14, account, key)
}

// forgotten is how many names one commit takes away.
const forgotten = 500

// Forget takes away the names of requests made before an instant from a table that
// keeps them (name, at), a part at a time, so that nobody waits for it.
func Forget(ctx context.Context, db *sqldb.DB, table string, before time.Time) error {
	for after := ""; ; {
		names, err := sqldb.Rows(ctx, db, func(scan func(...any) error) (name string, err error) {
			return name, scan(&name)
		}, `SELECT name FROM `+table+` WHERE name > $1 AND at < $2 ORDER BY name LIMIT $3`, after, sqldb.Instant(before), forgotten)
		if err != nil || len(names) == 0 {
			return err
		}
		marks, args := sqldb.In(names)
		if _, err := db.Exec(ctx, `DELETE FROM `+table+` WHERE name IN `+marks, args...); err != nil {
			return err
		}
		after = names[len(names)-1]
	}
}

// Forget takes away what was asked for before an instant.
func (b *Book) Forget(ctx context.Context, before time.Time) error {
	return Forget(ctx, b.DB, "once_named", before)
}

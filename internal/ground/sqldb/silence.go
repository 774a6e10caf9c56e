package sqldb

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"tongban/internal/ground/line"
)

const (
	reach  = 5 * time.Second // how long it may take to reach PostgreSQL
	rested = time.Second     // a connection that nobody used for so long is tried first
	tried  = 3 * time.Second // how long it has to answer then
)

// Patience is how long PostgreSQL may be silent before whoever waits for it is told
// that it is away, as when a cable was pulled or its disk hangs. Without it a
// question may take as long as it likes, as copies and audits do.
func (db *DB) Patience(most time.Duration) { db.patience.Store(int64(most)) }

// listening has connections end that fall silent. One that has rested is tried
// before it is used: if it is closed another is taken, but if it is silent all are,
// and whoever asked is told at once instead of trying one after another.
func (db *DB) listening(config *pgxpool.Config) {
	config.ConnConfig.DialFunc = pgconn.DialFunc(line.Dial(func() time.Duration { return time.Duration(db.patience.Load()) }))
	config.ConnConfig.ConnectTimeout = cmp.Or(config.ConnConfig.ConnectTimeout, reach)
	config.ShouldPing = func(_ context.Context, p pgxpool.ShouldPingParams) bool {
		p.Conn.PgConn().CustomData()["rested"] = p.IdleDuration > rested
		return false // PrepareConn does
	}
	config.PrepareConn = func(ctx context.Context, conn *pgx.Conn) (bool, error) {
		if conn.PgConn().CustomData()["rested"] != true {
			return true, nil
		}
		ctx, end := context.WithTimeout(ctx, min(tried, cmp.Or(time.Duration(db.patience.Load()), tried)))
		defer end()
		err := conn.Ping(ctx)
		if errors.Is(err, line.Silent) || errors.Is(err, context.DeadlineExceeded) {
			return false, &lostError{err}
		}
		return err == nil, nil
	}
}

package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"tongban/internal/ground/spans"
)

// Lease takes, or keeps, the right to do something that only one replica may
// do at a time. It is held until now+length; whoever wants to go on asks again
// before that. Clocks of replicas may differ by less than length. A lease that
// ends far in the future was taken by a clock that has been set back since, and
// binds nobody.
func (db *DB) Lease(ctx context.Context, name string, length time.Duration, now time.Time) (held bool, err error) {
	if db.leases.held(name, now) {
		return true, nil
	}
	ctx, end := spans.Begin(ctx, "lease", "name", name)
	defer func() { end(err) }()
	until := now.Add(length)
	n, err := db.take(ctx, name, now, until)
	if err == nil && n == 0 {
		n, err = db.inherit(ctx, name, until)
	}
	if errors.Is(err, sql.ErrNoRows) { // given up in between by whoever had it
		n, err = db.take(ctx, name, now, until)
	}
	if err != nil {
		return false, fmt.Errorf("lease %s: %w", name, err)
	}
	if n == 1 {
		db.leases.keep(name, now, until.Add(-length/2))
	}
	return n == 1, nil
}

// take takes the lease if nobody has it any more, or keeps it.
func (db *DB) take(ctx context.Context, name string, now, until time.Time) (int64, error) {
	return db.Exec(ctx, `INSERT INTO sqldb_leases (name, holder, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE sqldb_leases.until < $4 OR sqldb_leases.until > $5 OR sqldb_leases.holder = excluded.holder`,
		name, db.leases.holder, Instant(until), Instant(now), Instant(until.Add(until.Sub(now))))
}

// inherit takes the lease of a process of this machine that has died, so that
// nobody has to wait until it ends.
func (db *DB) inherit(ctx context.Context, name string, until time.Time) (int64, error) {
	var holder string
	err := db.Row(ctx, `SELECT holder FROM sqldb_leases WHERE name = $1`, name).Scan(&holder)
	if err != nil || !dead(holder) {
		return 0, err
	}
	return db.Exec(ctx, `UPDATE sqldb_leases SET holder = $1, until = $2 WHERE name = $3 AND holder = $4`, db.leases.holder, Instant(until), name, holder)
}

// letGo gives up all leases, so that another replica may go on at once. If that
// does not succeed they end by themselves.
func (db *DB) letGo() {
	if !db.leases.any() || db.closed {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if _, err := db.Exec(ctx, `DELETE FROM sqldb_leases WHERE holder = $1`, db.leases.holder); err != nil {
		slog.Warn("leases not given up", "err", err)
	}
}

// A Held lease, for the administrator's page.
type Held struct {
	Name  string
	Mine  bool // this process has it
	Until time.Time
}

// Leases lists all leases by name.
func (db *DB) Leases(ctx context.Context) ([]Held, error) {
	return Rows(ctx, db, func(scan func(...any) error) (h Held, err error) {
		var holder string
		var until int64
		err = scan(&h.Name, &holder, &until)
		h.Mine, h.Until = holder == db.leases.holder, FromInstant(until)
		return h, err
	}, `SELECT name, holder, until FROM sqldb_leases WHERE name <> $1 ORDER BY name`, probe)
}

// leases remembers what this process holds, so that a lease in its first half
// need not be asked for again.
type leases struct {
	holder string // names this process among the replicas
	mu     sync.Mutex
	kept   map[string]span
}

// span is from when to when a lease need not be asked for again.
type span struct{ from, to time.Time }

func (l *leases) held(name string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := l.kept[name]
	return !now.Before(kept.from) && now.Before(kept.to)
}

func (l *leases) any() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.kept) > 0
}

func (l *leases) keep(name string, from, to time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept == nil {
		l.kept = map[string]span{}
	}
	l.kept[name] = span{from, to}
}

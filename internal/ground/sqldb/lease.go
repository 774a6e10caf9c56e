package sqldb

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Lease takes, or keeps, the right to do something that only one replica may
// do at a time. It is held until now+length; whoever wants to go on asks again
// before that. Clocks of replicas may differ by less than length. A lease that
// ends far in the future was taken by a clock that has been set back since, and
// binds nobody.
func (db *DB) Lease(ctx context.Context, name string, length time.Duration, now time.Time) (bool, error) {
	if held := db.leases.held(name, now); held {
		return true, nil
	}
	until := now.Add(length)
	n, err := db.Exec(ctx, `INSERT INTO sqldb_leases (name, holder, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE sqldb_leases.until < $4 OR sqldb_leases.until > $5 OR sqldb_leases.holder = excluded.holder`,
		name, db.leases.holder, Instant(until), Instant(now), Instant(until.Add(length)))
	if err != nil {
		return false, fmt.Errorf("lease %s: %w", name, err)
	}
	if n == 1 {
		db.leases.keep(name, now, until.Add(-length/2))
	}
	return n == 1, nil
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

func (l *leases) keep(name string, from, to time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept == nil {
		l.kept = map[string]span{}
	}
	l.kept[name] = span{from, to}
}

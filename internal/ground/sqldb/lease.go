package sqldb

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Lease takes, or keeps, the right to do something that only one replica may
// do at a time. It is held until now+length; whoever wants to go on asks again
// before that. Clocks of replicas may differ by less than length.
func (db *DB) Lease(ctx context.Context, name string, length time.Duration, now time.Time) (bool, error) {
	if held := db.leases.held(name, now); held {
		return true, nil
	}
	until := now.Add(length)
	n, err := db.Exec(ctx, `INSERT INTO sqldb_leases (name, holder, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE sqldb_leases.until < $4 OR sqldb_leases.holder = excluded.holder`, name, db.leases.holder, Instant(until), Instant(now))
	if err != nil {
		return false, fmt.Errorf("lease %s: %w", name, err)
	}
	if n == 1 {
		db.leases.keep(name, until.Add(-length/2))
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
	}, `SELECT name, holder, until FROM sqldb_leases ORDER BY name`)
}

// leases remembers what this process holds, so that a lease in its first half
// need not be asked for again.
type leases struct {
	holder string // names this process among the replicas
	mu     sync.Mutex
	until  map[string]time.Time
}

func (l *leases) held(name string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return now.Before(l.until[name])
}

func (l *leases) keep(name string, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.until == nil {
		l.until = map[string]time.Time{}
	}
	l.until[name] = until
}

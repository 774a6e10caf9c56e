package sqldb_test

import (
	"context"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// cable leads to PostgreSQL; while it is pulled nothing passes and nothing closes.
type cable struct{ pulled atomic.Bool }

func (c *cable) lay(t *testing.T, to *pgconn.Config) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			network, address := pgconn.NetworkAddress(to.Host, to.Port)
			far, err := net.Dial(network, address)
			if err != nil {
				near.Close()
				continue
			}
			go c.carry(far, near)
			go c.carry(near, far)
		}
	}()
	return l.Addr().String()
}

func (c *cable) carry(to, from net.Conn) {
	defer to.Close()
	io.Copy(held{to, c}, from) // until either end closes
}

// held passes on what came when the cable is in again.
type held struct {
	net.Conn
	*cable
}

func (h held) Write(b []byte) (int, error) {
	for h.pulled.Load() {
		time.Sleep(5 * time.Millisecond)
	}
	return h.Conn.Write(b)
}

// A pulled cable closes nothing. Whoever reads or writes is told soon that the
// database is away, and when it is back everything goes on.
func TestADatabaseThatFallsSilentIsAway(t *testing.T) {
	url := os.Getenv("TEST_POSTGRES")
	if url == "" {
		t.Log("SQLite is no further than its disk; TEST_POSTGRES names no other")
		return
	}
	to, err := pgconn.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Parallel()
	const patience = 200 * time.Millisecond
	var c cable
	db, err := sqldb.Open(t.Context(), "postgres://"+to.User+"@"+c.lay(t, to)+"/"+to.Database+"?sslmode=disable&pool_max_conns=12")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.Patience(patience)
	asks := map[string]func(context.Context) error{
		"read": func(ctx context.Context) error {
			var n int
			return db.Row(ctx, `SELECT 1 FROM pg_sleep(0.05)`).Scan(&n)
		},
		"write": func(ctx context.Context) error {
			b := &sqldb.Batch{}
			b.Exec(`SELECT 1`)
			return db.Commit(ctx, b)
		},
		"talk": func(ctx context.Context) error { _, err := db.Exec(ctx, `SELECT 1`); return err },
	}
	all := func(check func(what string, err error, took time.Duration)) {
		var under sync.WaitGroup
		for what, ask := range asks {
			for range 4 {
				under.Go(func() {
					began := time.Now()
					err := sqldb.Away(ask(t.Context()))
					check(what, err, time.Since(began))
				})
			}
		}
		under.Wait()
	}
	well := func(what string, err error, _ time.Duration) {
		if err != nil {
			t.Error(what, err)
		}
	}
	away := func(what string, err error, took time.Duration) {
		if fault.Of(err) != fault.Busy || took > 10*patience {
			t.Errorf("%s: %v after %s", what, err, took)
		}
	}
	all(well)
	c.pulled.Store(true)
	all(away)
	c.pulled.Store(false)
	all(well)
	time.Sleep(1100 * time.Millisecond) // now the connections have rested
	c.pulled.Store(true)
	began := time.Now()
	err = sqldb.Away(asks["read"](t.Context()))
	away("one who comes first", err, time.Since(began)) // not after all that have rested were tried
	c.pulled.Store(false)
}

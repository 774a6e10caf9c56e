package sqldb_test

import (
	"context"
	"io"
	"net"
	"os"
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
	var c cable
	db, err := sqldb.Open(t.Context(), "postgres://"+to.User+"@"+c.lay(t, to)+"/"+to.Database+"?sslmode=disable&pool_max_conns=3")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.Patience(200 * time.Millisecond)
	asks := map[string]func(context.Context) error{
		"read":  func(ctx context.Context) error { var n int; return db.Row(ctx, `SELECT 1`).Scan(&n) },
		"write": func(ctx context.Context) error { b := &sqldb.Batch{}; b.Exec(`SELECT 1`); return db.Commit(ctx, b) },
		"talk":  func(ctx context.Context) error { _, err := db.Exec(ctx, `SELECT 1`); return err },
	}
	for what, ask := range asks {
		if err := ask(t.Context()); err != nil {
			t.Fatal(what, err)
		}
	}
	c.pulled.Store(true)
	for what, ask := range asks {
		began := time.Now()
		if err := sqldb.Away(ask(t.Context())); fault.Of(err) != fault.Busy || time.Since(began) > 5*time.Second {
			t.Errorf("%s: %v after %s", what, err, time.Since(began))
		}
	}
	c.pulled.Store(false)
	for what, ask := range asks {
		if err := ask(t.Context()); err != nil {
			t.Error("not back:", what, err)
		}
	}
}

package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"tongban/internal/ground/sqldb"
)

// KillProgram ends the program with kill -9 and starts it again.
var KillProgram = Blow{"kill -9 of the program", 10, func(ctx context.Context, c *Campaign) error {
	if err := c.server.Kill(); err != nil {
		return err
	}
	return c.Start(ctx)
}}

// JumpClock starts the program with a clock up to two days off, then kills it
// and starts it with the right one.
var JumpClock = Blow{"clock set wrong by up to two days, and right again", 1, func(ctx context.Context, c *Campaign) error {
	shift := time.Duration(c.random.IntN(96)-48) * time.Hour
	if err := c.server.Kill(); err != nil {
		return err
	}
	if err := c.Start(ctx, "--shift="+shift.String()); err != nil {
		return err
	}
	pause(ctx, time.Second)
	if err := c.server.Kill(); err != nil {
		return err
	}
	return c.Start(ctx)
}}

// FillDisk fills the disk under the data directory for a while, which must be
// one of its own.
var FillDisk = Blow{"disk full for a second", 3, func(ctx context.Context, c *Campaign) error {
	return fillDisk(ctx, c.Data)
}}

// fillDisk fills the disk that a folder is on, for a second.
func fillDisk(ctx context.Context, folder string) error {
	filler := filepath.Join(folder, "filler")
	defer os.Remove(filler) // tells below if it is still there
	f, err := os.Create(filler)
	if err != nil {
		return err
	}
	defer f.Close()
	for block := make([]byte, 64<<10); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		return err
	}
	pause(ctx, time.Second)
	return os.Remove(filler)
}

// ReadOnlyDisk starts the program on a disk that cannot be written to: it may
// end, or show what it has and say that it is not ready for work.
var ReadOnlyDisk = Blow{"start on a read-only disk", 1, func(ctx context.Context, c *Campaign) error {
	if err := c.server.Kill(); err != nil {
		return err
	}
	if err := syscall.Mount("", c.Data, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		return fmt.Errorf("remount: %w", err)
	}
	ready := c.readyWithin(ctx, 2*time.Second)
	if err := syscall.Mount("", c.Data, "", syscall.MS_REMOUNT, ""); err != nil {
		return fmt.Errorf("remount: %w", err)
	}
	if ready {
		return errors.New("ready for work that it cannot keep")
	}
	return c.Start(ctx)
}}

// readyWithin starts the program for a while, and reports whether it ever said
// that it is ready.
func (c *Campaign) readyWithin(ctx context.Context, d time.Duration) (ready bool) {
	ctx, enough := context.WithTimeout(ctx, d)
	defer enough()
	cmd := exec.CommandContext(ctx, c.Program, "serve", "--demo", "--listen", c.address, "--data", c.Data)
	ended := make(chan struct{})
	go func() { _ = cmd.Run(); close(ended) }() // how it fails tells nothing more
	for s := (Server{At: "http://" + c.address}); ; pause(ctx, 50*time.Millisecond) {
		select {
		case <-ended:
			return ready
		default:
			ready = ready || s.ready()
		}
	}
}

// A Postgres is a server of the campaign's own, run by scripts/pg.
type Postgres struct {
	Script string // scripts/pg
	Folder string // PG_DIR
}

func (p *Postgres) run(ctx context.Context, what string) (string, error) {
	cmd := exec.CommandContext(ctx, p.Script, what)
	cmd.Env = append(os.Environ(), "PG_DIR="+p.Folder, "PG_SAFE=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return string(out), err
}

// Start starts the server; it keeps what it is told, unlike that of the tests.
func (p *Postgres) Start(ctx context.Context) error { _, err := p.run(ctx, "start"); return err }

// Stop stops it and removes its files.
func (p *Postgres) Stop(ctx context.Context) error { _, err := p.run(ctx, "stop"); return err }

// Socket is where it listens.
func (p *Postgres) Socket() string { return filepath.Join(p.Folder, ".s.PGSQL.5432") }

func (p *Postgres) crash(ctx context.Context) error {
	if _, err := p.run(ctx, "kill"); err != nil {
		return err
	}
	return p.Start(ctx)
}

// Kill ends PostgreSQL with kill -9 and starts it again, while the program runs.
func (p *Postgres) Kill() Blow {
	return Blow{"kill -9 of PostgreSQL", 4, func(ctx context.Context, _ *Campaign) error { return p.crash(ctx) }}
}

// KillBoth ends both.
func (p *Postgres) KillBoth() Blow {
	return Blow{"kill -9 of both", 2, func(ctx context.Context, c *Campaign) error {
		if err := errors.Join(c.server.Kill(), p.crash(ctx)); err != nil {
			return err
		}
		return c.Start(ctx)
	}}
}

// FillDisk fills the disk under PostgreSQL, which must be one of its own, and starts it
// again if it ended: what it cannot write down it does not answer for.
func (p *Postgres) FillDisk() Blow {
	return Blow{"disk of PostgreSQL full for a second", 4, func(ctx context.Context, _ *Campaign) error {
		if err := fillDisk(ctx, filepath.Dir(p.Folder)); err != nil {
			return err
		}
		return p.Start(ctx)
	}}
}

// ReadOnly lets the database refuse writes for a while.
func (p *Postgres) ReadOnly() Blow {
	return Blow{"PostgreSQL read-only for a second", 2, func(ctx context.Context, _ *Campaign) error {
		db, err := sqldb.Open(ctx, "postgres:///postgres?user=postgres&host="+p.Folder+"&pool_max_conns=1&default_transaction_read_only=off&default_query_exec_mode=simple_protocol")
		if err != nil {
			return err
		}
		defer db.Close()
		var answer any
		set := func(value string) error {
			nothing := func(scan func(...any) error) error { return scan(&answer) }
			if err := db.Each(ctx, nothing, `ALTER SYSTEM SET default_transaction_read_only = `+value); err != nil {
				return err
			}
			return db.Each(ctx, nothing, `SELECT pg_reload_conf()`)
		}
		if err := set("on"); err != nil {
			return err
		}
		pause(ctx, time.Second)
		return set("off")
	}}
}

// A Wire is the way between program and database, which can be cut.
type Wire struct {
	At string // where the program finds it: "127.0.0.1:…"

	listener net.Listener
	to       string
	mu       sync.Mutex
	open     map[net.Conn]bool
	cut      bool
}

// Lay lays a wire to a unix socket.
func Lay(to string) (*Wire, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &Wire{At: l.Addr().String(), listener: l, to: to, open: map[net.Conn]bool{}}
	go w.accept()
	return w, nil
}

// Close takes the wire away.
func (w *Wire) Close() error { return w.listener.Close() }

func (w *Wire) accept() {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		go w.join(near)
	}
}

func (w *Wire) join(near net.Conn) {
	defer near.Close()
	far, err := net.Dial("unix", w.to)
	if err != nil || !w.hold(near, far) {
		return
	}
	defer far.Close()
	done := make(chan struct{}, 2)
	flow := func(to, from net.Conn) {
		pump(to, from)
		done <- struct{}{}
	}
	go flow(far, near)
	go flow(near, far)
	<-done
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, near)
	delete(w.open, far)
}

// hold remembers the two ends, unless the wire is cut.
func (w *Wire) hold(ends ...net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range ends {
		if !w.cut {
			w.open[c] = true
		}
	}
	return !w.cut
}

// Cut breaks all connections in the middle of whatever they carry, and lets no
// new one through for a while.
func (w *Wire) Cut() Blow {
	return Blow{"network cut between program and database", 3, func(ctx context.Context, c *Campaign) error {
		w.set(true)
		pause(ctx, time.Duration(200+c.random.IntN(1500))*time.Millisecond)
		w.set(false)
		return nil
	}}
}

func (w *Wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	for c := range w.open {
		if cut {
			c.Close() // whoever reads or writes it finds out
		}
	}
}

func pump(to, from net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

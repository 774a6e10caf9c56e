// Package line ends connections that have fallen silent (断线): a cable that was
// pulled, a machine that froze or a disk that hangs behind it closes nothing, and
// whoever waits for an answer would wait for ever.
package line

import (
	"context"
	"net"
	"os"
	"sync"
	"time"
)

// reach is how long it may take to reach anybody.
const reach = 5 * time.Second

// A Dialer makes connections.
type Dialer func(ctx context.Context, network, address string) (net.Conn, error)

// Dial makes connections of which every read and every write fails with
// os.ErrDeadlineExceeded when nothing has moved for as long as patience says at
// that time; zero waits for ever. A deadline that the user of a connection sets
// goes before that.
func Dial(patience func() time.Duration) Dialer {
	dialer := net.Dialer{Timeout: reach}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &line{Conn: conn, patience: patience}, nil
	}
}

type line struct {
	net.Conn
	patience func() time.Duration

	mu            sync.Mutex
	reads, writes bool // whose deadline its user has set
}

// Read waits no longer than patience.
func (l *line) Read(b []byte) (int, error) {
	l.begin(false)
	return l.Conn.Read(b)
}

// Write does, too. With what was written the patience for its answer begins, even
// where somebody has been reading since before.
func (l *line) Write(b []byte) (int, error) {
	l.begin(true)
	n, err := l.Conn.Write(b)
	l.begin(false)
	return n, err
}

func (l *line) begin(write bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var until time.Time
	if p := l.patience(); p > 0 {
		until = time.Now().Add(p)
	}
	// A connection that takes no deadline is closed, as the next read or write finds out.
	if write && !l.writes {
		l.Conn.SetWriteDeadline(until) //nolint:errcheck // see above
	}
	if !write && !l.reads {
		l.Conn.SetReadDeadline(until) //nolint:errcheck // see above
	}
}

// SetDeadline implements net.Conn.
func (l *line) SetDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads, l.writes = !t.IsZero(), !t.IsZero()
	return l.Conn.SetDeadline(t)
}

// SetReadDeadline implements net.Conn.
func (l *line) SetReadDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads = !t.IsZero()
	return l.Conn.SetReadDeadline(t)
}

// SetWriteDeadline implements net.Conn.
func (l *line) SetWriteDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes = !t.IsZero()
	return l.Conn.SetWriteDeadline(t)
}

// Silent is the error of a line that nothing moved on.
var Silent = os.ErrDeadlineExceeded

package line_test

import (
	"errors"
	"net"
	"testing"
	"time"

	"tongban/internal/ground/line"
)

// near is the near end of a line whose far end does what far says.
func near(t *testing.T, patience time.Duration, far func(net.Conn)) net.Conn {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		if conn, err := l.Accept(); err == nil {
			defer conn.Close()
			far(conn)
		}
	}()
	conn, err := line.Dial(func() time.Duration { return patience })(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestASilentLineEndsAndASlowOneDoesNot(t *testing.T) {
	const patience = 100 * time.Millisecond
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	silent := func(net.Conn) { <-over }
	slow := func(c net.Conn) {
		for range 5 {
			time.Sleep(patience / 2)
			c.Write([]byte{1}) // the near end tells
		}
	}
	for _, tt := range []struct {
		name     string
		patience time.Duration
		far      func(net.Conn)
		do       func(net.Conn) error
		silent   bool
	}{
		{"nothing comes", patience, silent, read(1), true},
		{"little comes, again and again", patience, slow, read(5), false},
		{"nothing is taken", patience, silent, func(c net.Conn) error { _, err := c.Write(make([]byte, 32<<20)); return err }, true},
		{"the answer's time begins with the question", patience, slow, func(c net.Conn) error {
			go func() { time.Sleep(patience / 4); c.Write([]byte{1}) }() // the read tells
			return read(1)(c)
		}, false},
		{"nobody is in a hurry", 0, slow, read(5), false},
		{"its user waits longer", time.Millisecond, slow, func(c net.Conn) error {
			return errors.Join(c.SetDeadline(time.Now().Add(time.Minute)), read(5)(c))
		}, false},
		{"its user gave up before", 0, silent, func(c net.Conn) error { return errors.Join(c.SetDeadline(time.Now()), read(1)(c)) }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := tt.do(near(t, tt.patience, tt.far)); errors.Is(err, line.Silent) != tt.silent {
				t.Error(err)
			}
		})
	}
}

func read(n int) func(net.Conn) error {
	return func(c net.Conn) error {
		for range n {
			if _, err := c.Read(make([]byte, 1)); err != nil {
				return err
			}
		}
		return nil
	}
}

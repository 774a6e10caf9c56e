package bench

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// A Server is the platform in a process of its own, so that what it uses can
// be told apart from what the clients use.
type Server struct {
	At    string        // "http://127.0.0.1:…"
	Ready time.Duration // from the start to the first answer
	watch string        // where it says what it does; "": nowhere
	cmd   *exec.Cmd
	ended chan error
}

// Start starts the program with the sample city. profile, if it is not "", is
// where the server writes what its processor time went to.
func Start(ctx context.Context, program, data, db, profile string, more ...string) (*Server, error) {
	address, err := free()
	if err != nil {
		return nil, err
	}
	watch, err := free()
	if err != nil {
		return nil, err
	}
	more = append(more, "--metrics", watch)
	if profile != "" {
		more = append(more, "--profile", profile)
	}
	s, err := StartAt(ctx, program, address, data, db, more...)
	if err != nil {
		return nil, err
	}
	s.watch = "http://" + watch + "/metrics"
	return s, nil
}

// StartAt starts the program at an address of one's own, and returns when it is
// ready.
func StartAt(ctx context.Context, program, address, data, db string, more ...string) (*Server, error) {
	args := append([]string{"serve", "--demo", "--listen", address, "--data", data}, more...)
	if db != "" {
		args = append(args, "--db", db)
	}
	return begin(ctx, program, address, data, args...)
}

// StartThin starts the thin server on a database of its own.
func StartThin(ctx context.Context, program, data, db string) (*Server, error) {
	address, err := free()
	if err != nil {
		return nil, err
	}
	s, err := begin(ctx, program, address, data, "thin", "--listen", address, "--db", cmp.Or(db, filepath.Join(data, "tongban.db")))
	if err != nil {
		return nil, err
	}
	s.watch = s.At + "/metrics"
	return s, nil
}

func begin(ctx context.Context, program, address, data string, args ...string) (*Server, error) {
	s := &Server{At: "http://" + address, cmd: exec.CommandContext(ctx, program, args...), ended: make(chan error, 1)}
	log, err := os.OpenFile(filepath.Join(data, "server.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	started := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	for time.Since(started) < time.Minute {
		if s.ready() {
			s.Ready = time.Since(started)
			return s, nil
		}
		select {
		case err := <-s.ended:
			return nil, fmt.Errorf("the server ended, see %s: %w", log.Name(), err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	if err := s.Stop(); err != nil {
		return nil, fmt.Errorf("the server neither started nor stopped: %w", err)
	}
	return nil, fmt.Errorf("the server did not start; see %s", log.Name())
}

func (s *Server) ready() bool {
	answer, err := http.Get(s.At + "/readyz")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode < 300
}

// free is an address nobody listens on.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// Stop ends the server and waits until it has.
func (s *Server) Stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.wait()
}

func (s *Server) wait() error { return <-s.ended }

// Kill ends the server as a power cut would, for the server.
func (s *Server) Kill() error {
	if err := s.cmd.Process.Kill(); err != nil {
		return err
	}
	_ = s.wait() // tells of the signal, which was ours
	return nil
}

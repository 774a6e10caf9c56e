package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A wire is the connections to a server, or to its replicas in turn. What measures shares the machine with
// what is measured, so it does no more than HTTP/1.1 asks for: one write and one
// read for a request, in the goroutine that wants it.
type wire struct {
	hosts    []string // "127.0.0.1:8080"
	patience time.Duration

	mu   sync.Mutex
	turn int
	idle map[string][]*strand
}

// strand is one connection, asked for one thing at a time.
type strand struct {
	net.Conn
	host string
	in   *bufio.Reader
	out  []byte
}

// wireTo is the wire to "http://…"; no answer takes longer than patience.
func wireTo(at string, patience time.Duration) *wire {
	return &wire{hosts: []string{hostOf(at)}, patience: patience, idle: map[string][]*strand{}}
}

func hostOf(at string) string {
	host, _, _ := strings.Cut(strings.TrimPrefix(at, "http://"), "/")
	return host
}

// stayKey is the number of a client who stays with one of the hosts.
type stayKey struct{}

// staying is the context of a client, who may stay with one replica as behind a
// balancer that passes connections on and does not look at requests.
func (r Run) staying(ctx context.Context, client int) context.Context {
	if !r.Stay {
		return ctx
	}
	return context.WithValue(ctx, stayKey{}, client)
}

// ask sends a request and reads all of the answer; header is pairs of a name
// and a text, of which empty ones are left out. A connection that failed is not
// used again, nor are those that waited beside it: their server is gone.
func (w *wire) ask(ctx context.Context, method, path string, body []byte, header ...string) (status int, text []byte, err error) {
	s, err := w.take(ctx)
	if err != nil {
		return 0, nil, err
	}
	status, text, more, err := s.ask(method, path, body, time.Now().Add(w.patience), header)
	switch {
	case err != nil:
		s.Close()
		w.drop()
		return 0, nil, fmt.Errorf("%s %s: %w", method, path, err)
	case !more:
		s.Close()
	default:
		w.mu.Lock()
		w.idle[s.host] = append(w.idle[s.host], s)
		w.mu.Unlock()
	}
	return status, text, nil
}

func (w *wire) take(ctx context.Context) (*strand, error) {
	w.mu.Lock()
	w.turn++
	turn := w.turn
	if client, stays := ctx.Value(stayKey{}).(int); stays {
		turn = client
	}
	host := w.hosts[turn%len(w.hosts)]
	if n := len(w.idle[host]); n > 0 {
		s := w.idle[host][n-1]
		w.idle[host] = w.idle[host][:n-1]
		w.mu.Unlock()
		return s, nil
	}
	w.mu.Unlock()
	dialer := net.Dialer{Timeout: w.patience}
	conn, err := dialer.DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	return &strand{Conn: conn, host: host, in: bufio.NewReaderSize(conn, 8<<10)}, nil
}

// drop closes the connections that nobody uses.
func (w *wire) drop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for host, all := range w.idle {
		for _, s := range all {
			s.Close()
		}
		delete(w.idle, host)
	}
}

// ask also says whether the server takes more over this connection.
func (s *strand) ask(method, path string, body []byte, until time.Time, header []string) (status int, text []byte, more bool, err error) {
	if err := s.SetDeadline(until); err != nil {
		return 0, nil, false, err
	}
	s.out = append(s.out[:0], method+" "+path+" HTTP/1.1\r\nHost: "+s.host+"\r\nContent-Length: "...)
	s.out = append(strconv.AppendInt(s.out, int64(len(body)), 10), "\r\n"...)
	for i := 0; i+1 < len(header); i += 2 {
		if header[i+1] != "" {
			s.out = append(s.out, header[i]+": "+header[i+1]+"\r\n"...)
		}
	}
	s.out = append(append(s.out, "\r\n"...), body...)
	if _, err := s.Write(s.out); err != nil {
		return 0, nil, false, err
	}
	answer, err := http.ReadResponse(s.in, nil)
	if err != nil {
		return 0, nil, false, err
	}
	defer answer.Body.Close()
	text, err = io.ReadAll(answer.Body)
	return answer.StatusCode, text, !answer.Close, err
}

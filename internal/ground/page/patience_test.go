package page_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/page"
)

// Whoever stops in the middle of sending or of reading loses their place; who is
// slow, or waits for an answer that takes long, does not.
func TestWhoStopsInTheMiddleLosesTheirPlace(t *testing.T) {
	const most = 300 * time.Millisecond
	ended := make(chan error, 8)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /take", func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		if err == nil {
			time.Sleep(2 * most) // work
			err = r.Context().Err()
		}
		ended <- err
		w.Write(text)
	})
	mux.HandleFunc("GET /give", func(w http.ResponseWriter, r *http.Request) {
		_, err := w.Write(make([]byte, 32<<20))
		ended <- err
	})
	guarded, err := page.Guard(page.Gate{Stalled: most}, mux)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(guarded)
	defer server.Close()
	for _, tt := range []struct {
		name  string
		say   func(net.Conn)
		loses bool
	}{
		{"a sender who stops", say("POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc"), true},
		{"a reader who stops", say("GET /give HTTP/1.1\r\nHost: x\r\n\r\n"), true},
		{"a slow sender, and slow work", func(c net.Conn) {
			say("POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n")(c)
			for range 6 { // longer than the patience in all
				time.Sleep(most / 4)
				say("a")(c)
			}
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			tt.say(conn)
			select {
			case err := <-ended:
				if (err != nil) != tt.loses {
					t.Error(err)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("holds its place")
			}
			if tt.loses {
				return
			}
			for range 2 { // the connection serves on, after a rest longer than the patience
				answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil || answer.StatusCode != http.StatusOK {
					t.Fatal(answer, err)
				}
				time.Sleep(2 * most)
				say("POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")(conn)
			}
		})
	}
}

func say(text string) func(net.Conn) {
	return func(c net.Conn) { io.WriteString(c, text) } // the server tells
}

// Who hangs up or stops in the middle of sending is no fault of the program's, and
// none of the database's.
func TestASenderWhoIsGoneIsSeenAsGone(t *testing.T) {
	seen := make(chan page.Answer, 1)
	guarded, err := page.Guard(page.Gate{Stalled: 100 * time.Millisecond, Seen: func(_ *http.Request, a page.Answer) { seen <- a }},
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, err := io.ReadAll(r.Body)
			page.Problem(w, r, fmt.Errorf("read body: %w", err))
		}))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(guarded)
	defer server.Close()
	for name, hangUp := range map[string]bool{"hangs up": true, "stops": false} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc")(conn)
		if hangUp {
			conn.Close()
		}
		if a := <-seen; a.Fault != "left" || a.Status != 499 {
			t.Errorf("who %s is seen as %+v", name, a)
		}
	}
}

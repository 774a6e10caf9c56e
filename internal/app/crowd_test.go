package app_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// slowly is a request whose sender has stopped in the middle.
func slowly(method, path string, goOn <-chan struct{}) *http.Request {
	r := httptest.NewRequest(method, "http://example.com"+path, &stalled{goOn: goOn, rest: strings.NewReader("login=nobody&password=x")})
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

type stalled struct {
	goOn <-chan struct{}
	rest io.Reader
}

func (s *stalled) Read(b []byte) (int, error) {
	<-s.goOn
	return s.rest.Read(b)
}

// Beyond what the whole program can work on, new work is told at once to come
// back later; what is under way, and who already stands at the door, is served.
func TestBeyondCapacityNewWorkIsSentAwayAndTheRestGoesOn(t *testing.T) {
	c := guarded(t)
	goOn := make(chan struct{})
	var under sync.WaitGroup
	inside, door := make([]*httptest.ResponseRecorder, 512), make([]*httptest.ResponseRecorder, 1024)
	for i := range inside {
		inside[i] = httptest.NewRecorder()
		under.Go(func() { c.doors.ServeHTTP(inside[i], slowly("POST", "/signin", goOn)) })
	}
	c.until(t, `tongban_http_inside{place="inside"} 512`)
	for i := range door {
		door[i] = httptest.NewRecorder()
		under.Go(func() { c.doors.ServeHTTP(door[i], httptest.NewRequest("GET", "http://example.com/verify", nil)) })
	}
	c.until(t, `tongban_http_inside{place="waiting"} 1024`)
	for range 50 {
		began := time.Now()
		w := c.get(nil, "/search?q=%E9%A3%9F%E5%93%81")
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || time.Since(began) > time.Second {
			t.Fatalf("%d, come back in %q, after %s", w.Code, w.Header().Get("Retry-After"), time.Since(began))
		}
	}
	for _, spared := range []string{"/livez", "/readyz", "/static/tongban.css"} {
		if w := c.get(nil, spared); w.Code == http.StatusServiceUnavailable {
			t.Errorf("%s is sent away", spared)
		}
	}
	close(goOn)
	under.Wait()
	for _, w := range inside {
		if w.Code == http.StatusServiceUnavailable || w.Code >= 500 {
			t.Fatalf("work under way ended with %d", w.Code)
		}
	}
	served := 0
	for _, w := range door {
		if w.Code == http.StatusOK {
			served++
		}
	}
	t.Logf("%d of %d at the door were served", served, len(door))
	if w := c.get(nil, "/verify"); w.Code != http.StatusOK {
		t.Error("it does not recover:", w.Code)
	}
}

// until waits for a line of the figures.
func (c *guardedCity) until(t *testing.T, line string) {
	t.Helper()
	metrics := c.app.Metrics()
	for began := time.Now(); time.Since(began) < 30*time.Second; time.Sleep(5 * time.Millisecond) {
		if strings.Contains(read(metrics, "/metrics").Body.String(), line) {
			return
		}
	}
	t.Fatal("never came:", line)
}

// stuck is a reader who takes nothing.
type stuck struct {
	*httptest.ResponseRecorder
	goOn <-chan struct{}
}

func (s stuck) Write(b []byte) (int, error) {
	<-s.goOn
	return s.ResponseRecorder.Write(b)
}

// hanging is a partner who never answers.
type hanging struct{ asked chan struct{} }

func (h hanging) May(string) error { return nil }

func (h hanging) Carry(ctx context.Context, _ string, _ []byte) ([]byte, error) {
	h.asked <- struct{}{}
	<-ctx.Done()
	return nil, ctx.Err()
}

// A partner that hangs, people who stop reading in the middle, and as many tables
// on their way out as may be, hold up nobody at the windows, neither those who read
// nor those who write.
func TestOneSlowPartnerOrReaderSlowsNoWindow(t *testing.T) {
	a, b, _ := pair(t)
	way := hanging{make(chan struct{}, 1)}
	a.Elsewhere.Carrier = way
	a.take(b)
	sending, stop := context.WithCancel(t.Context())
	goOn := make(chan struct{})
	var held sync.WaitGroup
	defer held.Wait()
	defer stop()
	defer close(goOn)
	held.Go(func() { a.Elsewhere.Send(sending) }) // ends with an error, when it is stopped
	<-way.asked
	c := &guardedCity{*a.doors.Load(), nil, a.App}
	supervisor, window := c.cookie(t, "supervisor"), c.cookie(t, "window1")
	for n := range 20 {
		path := "/desk/cases"
		if n < 2 {
			path = "/desk/cases/export.csv"
		}
		r := httptest.NewRequest("GET", "http://example.com"+path, nil)
		r.AddCookie(supervisor)
		held.Go(func() { c.doors.ServeHTTP(stuck{httptest.NewRecorder(), goOn}, r) })
	}
	c.until(t, `tongban_http_inside{place="inside"} 20`)
	if w := c.get(supervisor, "/desk/export.csv"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "正在导出的人较多") {
		t.Errorf("a third table departs: %d", w.Code)
	}
	for range 10 {
		began := time.Now()
		if w := c.get(window, "/window"); w.Code != http.StatusOK {
			t.Fatal(w.Code)
		}
		a.take(b)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("a page and an act took %s", took)
		}
	}
}

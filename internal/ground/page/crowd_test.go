package page_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/page"
)

func TestACrowdWaitsAtTheDoorAndTheRestIsSentAway(t *testing.T) {
	c := page.NewCrowd(2, 1, time.Minute)
	began, leave := make(chan struct{}, 8), make(chan struct{})
	h := guarded(t, page.Gate{}, c.Serve(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		began <- struct{}{}
		<-leave
	}), func(path string) bool { return path == "/livez" }).ServeHTTP)
	done := make(chan int, 3)
	come := func() { go func() { done <- ask(h, "GET", "/work").Code }() }
	come()
	come()
	<-began
	<-began
	come()
	for _, waiting, _ := c.Count(); waiting < 1; _, waiting, _ = c.Count() {
		time.Sleep(time.Millisecond)
	}
	w := ask(h, "GET", "/work", "Accept", "application/json")
	var problem struct{ Code, Detail string }
	if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || w.Code != 503 || problem.Code != "page.crowd" || w.Header().Get("Retry-After") != page.RetryAfter {
		t.Errorf("the fourth is told %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w = ask(h, "GET", "/work", "Accept", "text/html"); w.Code != 503 || !strings.Contains(w.Body.String(), "请稍等几秒") {
		t.Errorf("a person is told %d %s", w.Code, w.Body)
	}
	go func() { leave <- struct{}{} }()
	if code := <-done; code != 200 {
		t.Errorf("one inside ends with %d", code)
	}
	<-began // the one at the door came in
	close(leave)
	<-done
	<-done
	if inside, waiting, sent := c.Count(); inside != 0 || waiting != 0 || sent != 2 {
		t.Errorf("afterwards %d inside, %d waiting, %d sent away", inside, waiting, sent)
	}
}

func TestNobodyWaitsLongerThanPatience(t *testing.T) {
	c := page.NewCrowd(1, 5, 20*time.Millisecond)
	leave, began := make(chan struct{}), make(chan struct{})
	h := c.Serve(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(began); <-leave }), func(path string) bool { return path == "/livez" })
	go h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	<-began
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 503 {
		t.Errorf("told %d", w.Code)
	}
	close(leave)
}

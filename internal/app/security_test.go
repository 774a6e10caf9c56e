package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
)

// byHTTPS is the sample city as people reach it by HTTPS.
func byHTTPS(t *testing.T) http.Handler {
	t.Helper()
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	dir, _ := apptest.Data(t, now)
	_, doors := apptest.OpenDoors(t, app.Settings{Data: dir, Address: "https://example.com", HTTPS: true, Now: func() time.Time { return now }})
	return doors
}

func post(doors http.Handler, path string, form url.Values, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "https://example.com"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	doors.ServeHTTP(w, r)
	return w
}

// The cookie of a session goes to this host alone, by HTTPS, out of reach of
// scripts; and a token that somebody planted before is not taken up.
func TestTheSessionCookieIsForThisHostAlone(t *testing.T) {
	doors := byHTTPS(t)
	planted := &http.Cookie{Name: "__Host-session", Value: "planted-by-somebody-else"}
	w := post(doors, "/signin", url.Values{"login": {"limin"}, "password": {"Tongban-2026"}}, planted)
	var session *http.Cookie
	for _, c := range w.Result().Cookies() {
		if c.Value != "" && strings.Contains(c.Name, "session") {
			session = c
		}
	}
	if session == nil {
		t.Fatal(w.Code, w.Result().Cookies())
	}
	if session.Name != "__Host-session" || !session.Secure || !session.HttpOnly || session.SameSite != http.SameSiteLaxMode || session.Path != "/" || session.Domain != "" {
		t.Errorf("%+v", session)
	}
	if session.Value == planted.Value || len(session.Value) < 43 {
		t.Error("the token is not a new one")
	}
	plain := httptest.NewRequest("GET", "https://example.com/my", nil)
	plain.AddCookie(&http.Cookie{Name: "session", Value: session.Value})
	w = httptest.NewRecorder()
	doors.ServeHTTP(w, plain)
	if w.Code == http.StatusOK {
		t.Error("a cookie without the prefix is heard")
	}
}

func TestWhatOneSeesSignedInIsNotKept(t *testing.T) {
	c := livelyCity(t)
	for login, pages := range map[string][]string{"limin": {"/my", "/", "/my/account"}, "window1": {"/window"}, "market-r": {"/bureau"}, "supervisor": {"/desk", "/desk/cases"}, "admin": {"/desk/admin"}} {
		cookie := c.cookie(t, login)
		for _, path := range pages {
			if w := c.get(cookie, path); w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
				t.Errorf("%s for %s: %d %q", path, login, w.Code, w.Header().Get("Cache-Control"))
			}
		}
	}
	if w := c.get(nil, "/items/food-permit"); strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
		t.Error("what everybody may see is fetched anew each time")
	}
	for _, path := range []string{"/.git/config", "/.git/HEAD", "/.env", "/static/../go.mod", "/static/", "/static", "/files/"} {
		if w := c.get(nil, path); w.Code == http.StatusOK {
			t.Error("strangers may read", path)
		}
	}
	w := post(c.doors, "/signout", url.Values{}, c.cookie(t, "limin"))
	if !strings.Contains(w.Header().Get("Clear-Site-Data"), "cache") {
		t.Error("signing out leaves pages behind:", w.Code, w.Header())
	}
}

// logged are the lines that were written while do ran, as the program writes them.
func logged(t *testing.T, do func()) []map[string]any {
	t.Helper()
	var out locked
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&out, nil)))
	defer slog.SetDefault(before)
	do()
	var all []map[string]any
	for line := range strings.Lines(out.String()) {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, one)
	}
	return all
}

// locked is a buffer that many may write to.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Somebody reads the number on an error page out to the hotline, and the line in
// the log is found by it, with when, where and why.
func TestTheNumberOnAnErrorPageFindsTheLine(t *testing.T) {
	for name, broken := range map[string]http.HandlerFunc{
		"a fault nobody foresaw": func(w http.ResponseWriter, r *http.Request) { page.Fail(w, r, errors.New("disk of glass")) },
		"a panic":                func(http.ResponseWriter, *http.Request) { panic("disk of glass") },
	} {
		doors, err := page.Guard(page.Gate{}, broken)
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/somewhere", nil)
		r.Header.Set("Accept", "application/json") // for people: TestAnErrorPageTellsTheNumberAndNotTheInside
		lines := logged(t, func() { doors.ServeHTTP(w, r) })
		number := w.Header().Get("X-Request-Id")
		found := false
		for _, line := range lines {
			text, _ := json.Marshal(line)
			found = found || line["request"] == number && line["time"] != nil && line["level"] == "ERROR" && strings.Contains(string(text), "disk of glass")
		}
		if number == "" || !found || !strings.Contains(w.Body.String(), number) || strings.Contains(w.Body.String(), "glass") {
			t.Errorf("%s: number %q, page %s, lines %v", name, number, w.Body, lines)
		}
	}
}

// A refusal is one line, whatever the address holds.
func TestARefusalIsLogged(t *testing.T) {
	c := guarded(t)
	citizen := c.cookie(t, "limin")
	var w *httptest.ResponseRecorder
	lines := logged(t, func() { w = c.get(citizen, "/window/cases/x%0a%7b%22level%22:%22INFO%22%7d") })
	if len(lines) != 1 || lines[0]["msg"] != "refused" || lines[0]["code"] != "window.post" || lines[0]["request"] != w.Header().Get("X-Request-Id") {
		t.Errorf("%d: %v", w.Code, lines)
	}
}

func TestAFailedSignInIsLoggedWithoutItsName(t *testing.T) {
	c := guarded(t)
	lines := logged(t, func() {
		post(c.doors, "/signin", url.Values{"login": {"limin"}, "password": {"not-the-one-1"}})
		post(c.doors, "/signin", url.Values{"login": {"my-password-here"}, "password": {"oops"}})
	})
	said, _ := json.Marshal(lines)
	if len(lines) != 2 || lines[0]["msg"] != "sign-in failed" || lines[0]["ip"] == "" || lines[0]["code"] != "identity.signin.wrong" {
		t.Errorf("%s", said)
	}
	if strings.Contains(string(said), "my-password-here") || strings.Contains(string(said), "not-the-one-1") {
		t.Errorf("what was typed is in the log: %s", said)
	}
}

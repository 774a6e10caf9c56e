package app_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// who may enter where, by the beginning of the address; the longest that fits
// counts. An address that nothing here fits is open to nobody.
var doors = map[string][]string{
	"/":               {"nobody", "limin", "window1", "market-r", "market-a", "market-h", "supervisor", "items", "auditor", "admin"},
	"/my":             {"limin", "window1", "market-r", "market-a", "market-h", "supervisor", "items", "auditor", "admin"},
	"/relay":          {"window1", "market-r", "market-a", "market-h", "supervisor"},
	"/aid":            {"window1", "market-r", "market-a", "market-h", "supervisor"},
	"/registry":       {"window1", "market-r", "market-a", "market-h", "supervisor"},
	"/projects":       {"window1", "market-r", "market-a", "market-h", "supervisor"},
	"/reviews":        {"window1", "market-r", "market-a", "market-h", "supervisor"},
	"/desk/experts":   {"items", "auditor", "supervisor"},
	"/visits":         {"window1", "market-r", "market-a", "market-h", "supervisor"},
	"/apply/":         {"nobody", "limin", "window1", "market-r", "market-a", "market-h", "supervisor", "items", "auditor", "admin"},
	"/window":         {"window1"},
	"/bureau":         {"market-r", "market-a", "market-h"},
	"/desk":           {"supervisor"},
	"/desk/admin":     {"admin"},
	"/desk/items":     {"items", "auditor"},
	"/desk/laws":      {"items", "auditor"},
	"/desk/themes":    {"items", "auditor"},
	"/desk/ledger":    {"items", "auditor", "supervisor"},
	"/desk/unity":     {"items", "auditor", "supervisor"},
	"/desk/revisions": {"items", "auditor"},
	"/desk/imports":   {"items"},
	"/desk/switches":  {"items", "auditor", "admin"},
	"/api/v1":         {}, // the API knows no cookie: it has a test of its own
}

// pattern finds the addresses that places give out in their Routes.
var pattern = regexp.MustCompile(`"(GET|POST) (/[^" ]*)"`)

// Every address × every role: who has no business there gets nothing but a way
// to sign in or a refusal, and nobody ever gets a fault of ours.
func TestEveryRouteAsEveryRole(t *testing.T) {
	routes := routesOf(t)
	if len(routes) < 80 {
		t.Fatalf("only %d routes found: has the way of writing them changed?", len(routes))
	}
	c := guarded(t)
	for _, login := range doors["/"] {
		cookie := c.cookie(t, login)
		for _, route := range routes {
			c.visit(t, login, cookie, route)
		}
	}
}

type guardedCity struct {
	doors http.Handler
	names map[string]string // what stands for {name} in an address
	app   *app.App
}

func guarded(t *testing.T) *guardedCity {
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	dir, _ := apptest.Data(t, now)
	a, doors := apptest.OpenDoors(t, app.Settings{Data: dir, Address: "http://example.com", Now: func() time.Time { return now }})
	return &guardedCity{doors, othersCase(t, a), a}
}

// othersCase is a case that none of the visitors has anything to do with but
// the city's window and supervisor.
func othersCase(t *testing.T, a *app.App) map[string]string {
	e, err := a.Items.Open(t.Context(), "unemployment", calendar.DayOf(a.Now()))
	if err != nil {
		t.Fatal(err)
	}
	sunyue := identity.Actor{Account: "u-sunyue", Name: "孙悦", Party: "p-sunyue"}
	filed, err := a.Cases.Submit(t.Context(), app.Example(e, cases.Applicant{Party: "p-sunyue", Name: "孙悦"}, nil, nil, calendar.DayOf(a.Now())), sunyue)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"case": string(filed.ID), "id": string(filed.ID), "number": filed.Number, "item": "food-permit", "seq": "1", "kind": "receipt", "paper": "receipt-1"}
}

func (c *guardedCity) cookie(t *testing.T, login string) *http.Cookie {
	if login == "nobody" {
		return nil
	}
	form := url.Values{"login": {login}, "password": {"Tongban-2026"}}
	r := httptest.NewRequest("POST", "http://example.com/signin", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	c.doors.ServeHTTP(w, r)
	if len(w.Result().Cookies()) == 0 {
		t.Fatalf("%s cannot sign in: %d", login, w.Code)
	}
	return w.Result().Cookies()[0]
}

func (c *guardedCity) visit(t *testing.T, login string, cookie *http.Cookie, route string) {
	method, address, _ := strings.Cut(route, " ")
	if address == "/signout" || strings.HasPrefix(address, "/my/account/end") {
		return // would end the visit
	}
	r := httptest.NewRequest(method, "http://example.com"+c.filled(address), strings.NewReader(""))
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	c.doors.ServeHTTP(w, r)
	toSignIn := strings.HasPrefix(w.Header().Get("Location"), "/signin")
	refused := toSignIn || w.Code >= 400 && w.Code < 500
	switch open := slices.Contains(doors[doorOf(address)], login); {
	case w.Code >= 500:
		t.Errorf("%s as %s: %d", route, login, w.Code)
	case !open && !refused:
		t.Errorf("%s lets %s in: %d %s", route, login, w.Code, w.Header().Get("Location"))
	case open && login != "nobody" && toSignIn:
		t.Errorf("%s does not know %s", route, login)
	case strings.Contains(w.Header().Get("Location")+w.Body.String(), "320399"):
		t.Errorf("%s shows an identity number to %s", route, login)
	}
}

func doorOf(address string) string {
	best := ""
	for door := range doors {
		if strings.HasPrefix(address, door) && len(door) > len(best) {
			best = door
		}
	}
	return best
}

var wildcard = regexp.MustCompile(`\{([a-z]+)(\.\.\.)?\}`)

func (c *guardedCity) filled(address string) string {
	address = strings.ReplaceAll(address, "{$}", "")
	return wildcard.ReplaceAllStringFunc(address, func(w string) string {
		if name, ok := c.names[strings.Trim(w, "{}.")]; ok {
			return name
		}
		return "x"
	})
}

func routesOf(t *testing.T) []string {
	found := map[string]bool{}
	files, err := filepath.Glob("../places/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
			found[m[1]+" "+m[2]] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

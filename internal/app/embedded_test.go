package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
)

// livelyCity is a city in which things have happened.
func livelyCity(t *testing.T) *guardedCity {
	t.Helper()
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	dir, _ := apptest.Data(t, now)
	a, doors := apptest.OpenDoors(t, app.Settings{Data: dir, Address: "http://example.com", Now: func() time.Time { return now }})
	if err := a.PlayScenes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Post.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &guardedCity{doors, othersCase(t, a), a}
}

// seeds are where a walk begins: every list that an address without names shows,
// and searches for people and things of the sample city.
func seeds(t *testing.T) []string {
	var all []string
	for _, route := range routesOf(t) {
		method, address, _ := strings.Cut(route, " ")
		address = strings.ReplaceAll(address, "{$}", "")
		if method == "GET" && !strings.Contains(address, "{") && !strings.HasSuffix(address, ".csv") {
			all = append(all, address)
		}
	}
	for _, find := range []string{"/desk/find", "/desk/cases", "/window/find", "/bureau/find", "/search", "/aid", "/desk/admin/people"} {
		for _, q := range []string{"李敏", "孙悦", "食品", "SWJ", "2026", "A1"} {
			all = append(all, find+"?q="+url.QueryEscape(q))
		}
	}
	return all
}

var links = regexp.MustCompile(`(?:href|hx-get|data-href)="(/[^"#]*)`)

// Whatever a list, a search or a page shows to somebody opens for them: no object
// stands in a list whose page would refuse it.
func TestNoListShowsWhatItsPageRefuses(t *testing.T) {
	c := livelyCity(t)
	for _, login := range doors["/"] {
		cookie := c.cookie(t, login)
		walked, found := map[string]bool{}, 0
		queue := seeds(t)
		for step := range 3 {
			var next []string
			for _, address := range queue {
				if walked[address] || strings.HasPrefix(address, "/static/") || strings.HasPrefix(address, "/mode") {
					continue
				}
				walked[address] = true
				w := c.get(cookie, address)
				toSignIn := strings.HasPrefix(w.Header().Get("Location"), "/signin")
				if step > 0 && !strings.HasPrefix(address, "/signin") {
					found++
					if w.Code >= 400 || toSignIn && login != "nobody" {
						t.Errorf("%s is shown %s, which answers %d", login, address, w.Code)
					}
				}
				if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Type"), "html") {
					continue
				}
				for _, m := range links.FindAllStringSubmatch(w.Body.String(), -1) {
					next = append(next, strings.ReplaceAll(m[1], "&amp;", "&"))
				}
			}
			queue = few(next)
		}
		if found < 20 {
			t.Errorf("%s: only %d links followed", login, found)
		}
	}
}

// few keeps at most a dozen addresses of each kind, so that a walk ends.
func few(addresses []string) []string {
	kinds := map[string]int{}
	slices.Sort(addresses)
	return slices.DeleteFunc(slices.Compact(addresses), func(a string) bool {
		path, _, _ := strings.Cut(a, "?")
		parts := strings.Split(path, "/")
		kind := strings.Join(parts[:min(len(parts), 3)], "/")
		kinds[kind]++
		return kinds[kind] > 12
	})
}

func (c *guardedCity) get(cookie *http.Cookie, address string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://example.com"+address, nil)
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	c.doors.ServeHTTP(w, r)
	return w
}

// listed are the lists of the API and how one of their objects is opened.
var listed = map[string]struct{ field, one string }{
	"/cases": {"id", "/cases/{}"}, "/inbox": {"case", "/cases/{}"}, "/matters": {"id", "/matters/{}"}, "/projects": {"id", "/projects/{}"},
	"/joint": {"number", "/joint/{}"}, "/parcels": {"id", "/parcels/{}"}, "/certificates": {"identifier", "/certificates/{}"}, "/licences": {"sheet", "/licences/{}"}, "/visits": {"id", "/visits/{}"},
	"/owed": {"case", "/cases/{}"}, "/alarms": {"case", "/cases/{}"}, "/credit/records": {"id", "/credit/records/{}"},
}

// The same of the API: what a list names, its operation gives.
func TestNoAnswerListsWhatItsOperationRefuses(t *testing.T) {
	c := livelyCity(t)
	asked := 0
	for login := range strings.FieldsSeq(signedIn) {
		token := c.token(t, login)
		for list, how := range listed {
			for _, id := range c.idsIn(t, token, list, how.field) {
				asked++
				if w := c.call(token, strings.ReplaceAll(how.one, "{}", url.PathEscape(id))); w.Code != http.StatusOK {
					t.Errorf("%s finds %s in %s, which answers %d", login, id, list, w.Code)
				}
			}
		}
	}
	if asked < 10 {
		t.Errorf("only %d objects were found in lists", asked)
	}
}

func (c *guardedCity) token(t *testing.T, login string) string {
	r := httptest.NewRequest("POST", "http://example.com/api/v1/sessions", strings.NewReader(`{"login":"`+login+`","password":"Tongban-2026","label":"x"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.doors.ServeHTTP(w, r)
	var session struct{ Token string }
	if err := json.Unmarshal(w.Body.Bytes(), &session); err != nil || session.Token == "" {
		t.Fatalf("%s cannot sign in: %d %s", login, w.Code, w.Body)
	}
	return session.Token
}

func (c *guardedCity) call(token, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://example.com/api/v1"+path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Accept", "application/json")
	w := httptest.NewRecorder()
	c.doors.ServeHTTP(w, r)
	return w
}

// idsIn are the values of a field wherever it stands in the answer.
func (c *guardedCity) idsIn(t *testing.T, token, list, field string) []string {
	w := c.call(token, list)
	if w.Code == http.StatusForbidden {
		return nil
	}
	var answer any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK {
		t.Errorf("%s: %d %v", list, w.Code, err)
		return nil
	}
	var ids []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if id, ok := v[field].(string); ok && id != "" {
				ids = append(ids, id)
				return
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(answer)
	slices.Sort(ids)
	return slices.Compact(ids)
}

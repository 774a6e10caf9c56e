package desk_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

func TestMain(m *testing.M) { apptest.Main(m) }

// city is the whole program with the sample city, at ten o'clock on a Monday.
type city struct {
	*app.App
	t        *testing.T
	site     *httptest.Server
	password string
	now      time.Time
}

// empty is a city that nobody has furnished.
func empty(t *testing.T) *city {
	t.Helper()
	return in(t, &city{t: t, now: monday}, t.TempDir())
}

// monday is when the city opens.
var monday = time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone)

// in opens the city that a data directory holds.
func in(t *testing.T, c *city, data string) *city {
	t.Helper()
	a, err := app.Open(t.Context(), app.Settings{Data: data, City: apptest.Name, Now: func() time.Time { return c.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	c.App = a
	doors, err := a.Doors()
	if err != nil {
		t.Fatal(err)
	}
	c.site = httptest.NewServer(doors)
	t.Cleanup(c.site.Close)
	return c
}

func open(t *testing.T) *city {
	t.Helper()
	data, password := apptest.Data(t, monday)
	return in(t, &city{t: t, now: monday, password: password}, data)
}

// who is someone signed in; with an empty token, nobody.
type who struct {
	c     *city
	actor identity.Actor
	token string
}

func (c *city) signIn(login string) *who {
	c.t.Helper()
	s, err := c.Identity.SignIn(c.t.Context(), login, c.password, "", identity.Client{Channel: "pc"}, "")
	if err != nil {
		c.t.Fatal(err)
	}
	return &who{c, s.Actor, s.Token}
}

// send sends a request as this person and returns what came, without following.
func (w *who) send(method, path, kind string, body io.Reader) (*http.Response, string) {
	w.c.t.Helper()
	r, err := http.NewRequestWithContext(w.c.t.Context(), method, w.c.site.URL+path, body)
	if err != nil {
		w.c.t.Fatal(err)
	}
	if w.token != "" {
		r.AddCookie(&http.Cookie{Name: "session", Value: w.token})
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		w.c.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.c.t.Fatal(err)
	}
	return res, string(text)
}

// sees asks for a page that must be there and hold these words.
func (w *who) sees(path string, words ...string) string {
	w.c.t.Helper()
	res, body := w.send("GET", path, "", nil)
	if res.StatusCode != http.StatusOK {
		w.c.t.Fatalf("%s: %s %.600s", path, res.Status, body)
	}
	return w.holds(path, body, words...)
}

func (w *who) holds(path, body string, words ...string) string {
	w.c.t.Helper()
	for _, word := range words {
		if !strings.Contains(body, word) {
			w.c.t.Errorf("%s lacks %q", path, word)
		}
	}
	return body
}

const form = "application/x-www-form-urlencoded"

// posts sends a form that must lead to another page, and returns its address.
func (w *who) posts(path string, values url.Values) string {
	w.c.t.Helper()
	res, body := w.send("POST", path, form, strings.NewReader(values.Encode()))
	if res.StatusCode != http.StatusSeeOther {
		w.c.t.Fatalf("%s: %s %.900s", path, res.Status, body)
	}
	return res.Header.Get("Location")
}

// answers sends a form whose answer is a page under this status.
func (w *who) answers(status int, path string, values url.Values, words ...string) string {
	w.c.t.Helper()
	res, body := w.send("POST", path, form, strings.NewReader(values.Encode()))
	if res.StatusCode != status {
		w.c.t.Fatalf("%s: %s %.900s", path, res.Status, body)
	}
	return w.holds(path, body, words...)
}

// uploads sends a file whose answer is a page under this status.
func (w *who) uploads(status int, path, field, name, content string, words ...string) string {
	w.c.t.Helper()
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	part, err := parts.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = parts.Close()
	}
	if err != nil {
		w.c.t.Fatal(err)
	}
	res, body := w.send("POST", path, parts.FormDataContentType(), &b)
	if res.StatusCode != status {
		w.c.t.Fatalf("%s: %s %.900s", path, res.Status, body)
	}
	return w.holds(path, body, words...)
}

// apply files an application of Li Min: a right answer to everything, and every
// material on paper.
func (c *city) apply(item items.ID) *cases.Case {
	c.t.Helper()
	ctx, today := c.t.Context(), calendar.DayOf(c.now)
	e, err := c.Items.Open(ctx, item, today)
	if err != nil {
		c.t.Fatal(err)
	}
	a := cases.Application{Item: item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"}, Answers: casestest.RightAnswers(e, today), Delivery: cases.Delivery{Way: "window"}}
	for _, m := range e.MaterialsFor(a.Answers) {
		a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Paper: true})
	}
	by := c.signIn("limin").actor
	by.Channel = "window"
	filed, err := c.Cases.Submit(ctx, a, by)
	if err != nil {
		c.t.Fatal(err)
	}
	return filed
}

// accepted is an application that the window has accepted.
func (c *city) accepted(item items.ID) *cases.Case {
	c.t.Helper()
	got, err := c.Cases.Accept(c.t.Context(), c.apply(item).ID, nil, nil, c.signIn("window1").actor)
	if err != nil {
		c.t.Fatal(err)
	}
	return got
}

// heard delivers the news and brings the sums up to date.
func (c *city) heard() {
	c.t.Helper()
	for range 20 {
		n, err := c.Post.Deliver(c.t.Context())
		if err != nil {
			c.t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	if err := c.Supervision.Refresh(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

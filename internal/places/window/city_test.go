package window_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
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
	"tongban/internal/ground/blob"
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

func open(t *testing.T) *city {
	t.Helper()
	c := &city{t: t, now: time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone)}
	var data string
	data, c.password = apptest.Data(t, c.now)
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

// who is someone signed in.
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

// ask sends a request as this person and returns what came, without following.
func (w *who) ask(method, path string, form url.Values) (*http.Response, string) {
	w.c.t.Helper()
	r, err := http.NewRequestWithContext(w.c.t.Context(), method, w.c.site.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.c.t.Fatal(err)
	}
	if w.token != "" {
		r.AddCookie(&http.Cookie{Name: "session", Value: w.token})
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		w.c.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.c.t.Fatal(err)
	}
	return res, string(body)
}

// sees asks for a page that must be there and hold these words.
func (w *who) sees(path string, words ...string) string {
	w.c.t.Helper()
	res, body := w.ask("GET", path, nil)
	if res.StatusCode != http.StatusOK {
		w.c.t.Fatalf("%s: %s", path, res.Status)
	}
	for _, word := range words {
		if !strings.Contains(body, word) {
			w.c.t.Errorf("%s lacks %q", path, word)
		}
	}
	return body
}

// posts sends a form that must lead to another page, and returns its address.
func (w *who) posts(path string, form url.Values) string {
	w.c.t.Helper()
	res, body := w.ask("POST", path, form)
	if res.StatusCode != http.StatusSeeOther {
		w.c.t.Fatalf("%s: %s %.2000s", path, res.Status, body)
	}
	return res.Header.Get("Location")
}

// apply files an application of this person: a right answer to everything, and
// a picture for each material but those left out.
func (w *who) apply(item items.ID, party cases.Applicant, without ...string) *cases.Case {
	w.c.t.Helper()
	ctx := w.c.t.Context()
	e, err := w.c.Items.Open(ctx, item, calendar.DayOf(w.c.now))
	if err != nil {
		w.c.t.Fatal(err)
	}
	a := cases.Application{Item: item, Applicant: party, Answers: casestest.RightAnswers(e, calendar.DayOf(w.c.now)), Delivery: cases.Delivery{Way: "window"}}
	file := w.c.picture()
	for _, m := range e.MaterialsFor(a.Answers) {
		if !contains(without, m.Name) {
			a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Files: []cases.File{file}})
		}
	}
	got, err := w.c.Cases.Submit(ctx, a, w.actor)
	if err != nil {
		w.c.t.Fatal(err)
	}
	return got
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// picture keeps a small picture and returns its file.
func (c *city) picture() cases.File {
	c.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 640, 360))); err != nil {
		c.t.Fatal(err)
	}
	ref, err := c.Files.Put(context.Background(), &b, blob.Limit{Name: "图.png"})
	if err != nil {
		c.t.Fatal(err)
	}
	return cases.File{Hash: ref.Hash, Name: "图.png", Type: string(ref.Type), Size: ref.Size}
}

func (c *city) liMin() *who { return c.signIn("limin") }

var limin = cases.Applicant{Party: "p-limin", Name: "李敏"}

// sent asks for a page that leads to another one, and returns its address.
func (w *who) sent(path string) string {
	w.c.t.Helper()
	res, _ := w.ask("GET", path, nil)
	if res.StatusCode != http.StatusSeeOther {
		w.c.t.Fatalf("%s: %s", path, res.Status)
	}
	return res.Header.Get("Location")
}

// deliver tells every room the news: papers get their numbers.
func (c *city) deliver() {
	c.t.Helper()
	for range 20 {
		n, err := c.Post.Deliver(c.t.Context())
		if err != nil {
			c.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

package app_test

import (
	"bytes"
	"context"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
)

func TestMain(m *testing.M) { apptest.Main(m) }

// city is the sample city with its doors open, for one test.
type city struct {
	*app.App
	t    *testing.T
	now  time.Time
	site *httptest.Server
}

func openCity(t *testing.T) *city {
	t.Helper()
	data, _ := apptest.Data(t, opening)
	return openWith(t, app.Settings{Data: data})
}

// opening is when the city's clock begins.
var opening = time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)

// openWith opens a city where the settings say.
func openWith(t *testing.T, s app.Settings) *city {
	t.Helper()
	c := &city{t: t, now: opening}
	s.City, s.Now = apptest.Name, func() time.Time { return c.now }
	a, doors := apptest.OpenDoors(t, s)
	c.App, c.site = a, httptest.NewServer(doors)
	t.Cleanup(c.site.Close)
	return c
}

// deliver carries the news about until there is none.
func (c *city) deliver() {
	c.t.Helper()
	ctx, stop := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer stop()
	if err := c.Post.DeliverAll(ctx); err != nil {
		c.t.Fatal(err)
	}
}

// visitor is somebody at a browser without JavaScript.
type visitor struct {
	*http.Client
	city *city
	at   string // address of the page they see
	page string // its text, with the marks taken out
	raw  string
	code int
}

func (c *city) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return &visitor{Client: &http.Client{Jar: jar}, city: c}
}

func (c *city) signedIn(login string) *visitor {
	v := c.visitor()
	v.post("/signin", url.Values{"login": {login}, "password": {"Tongban-2026"}})
	if v.code != http.StatusOK {
		c.t.Fatalf("%s cannot sign in: %d\n%s", login, v.code, v.page)
	}
	return v
}

var tagMarks = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)

func (v *visitor) take(res *http.Response, err error) {
	v.city.t.Helper()
	if err != nil {
		v.city.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.city.t.Fatal(err)
	}
	v.at, v.code, v.raw = res.Request.URL.RequestURI(), res.StatusCode, string(body)
	v.page = strings.Join(strings.Fields(html.UnescapeString(tagMarks.ReplaceAllString(v.raw, " "))), " ")
}

func (v *visitor) get(path string) { v.city.t.Helper(); v.take(v.Get(v.city.site.URL + path)) }

func (v *visitor) post(path string, form url.Values) {
	v.city.t.Helper()
	v.take(v.PostForm(v.city.site.URL+path, form))
}

// upload posts a form with one file of it.
func (v *visitor) upload(path, field, name string, content []byte, fields url.Values) {
	v.city.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key, values := range fields {
		for _, value := range values {
			w.WriteField(key, value)
		}
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		v.city.t.Fatal(err)
	}
	part.Write(content)
	w.Close()
	v.take(v.Post(v.city.site.URL+path, w.FormDataContentType(), &body))
}

// sees fails unless every word is on the page.
func (v *visitor) sees(code int, words ...string) {
	v.city.t.Helper()
	if v.code != code {
		v.city.t.Fatalf("%s answers %d, want %d\n%s", v.at, v.code, code, v.page)
	}
	for _, word := range words {
		if !strings.Contains(v.page, word) {
			v.city.t.Fatalf("%s does not say %q\n%s", v.at, word, v.page)
		}
	}
}

// misses fails if any of the words is on the page.
func (v *visitor) misses(words ...string) {
	v.city.t.Helper()
	for _, word := range words {
		if strings.Contains(v.raw, word) {
			v.city.t.Fatalf("%s says %q, and should not", v.at, word)
		}
	}
}

// fill answers a page from a set of answers until the way leads on past the
// questions; every answer is given as the page asks for it.
func (v *visitor) fill(answers url.Values) {
	v.city.t.Helper()
	for range 60 {
		if !strings.Contains(v.at, "/ask/") {
			return
		}
		v.post(v.at, v.asked(answers))
		if v.code != http.StatusOK {
			v.city.t.Fatalf("%s refuses: %s", v.at, v.page)
		}
	}
	v.city.t.Fatalf("the questions never end: %s", v.at)
}

var (
	inputs   = regexp.MustCompile(`<(?:input|textarea|select)[^>]* name="([^"]+)"[^>]*>`)
	valueOf  = regexp.MustCompile(` value="([^"]*)"`)
	typeOf   = regexp.MustCompile(` type="([^"]*)"`)
	selected = regexp.MustCompile(` checked`)
)

// asked is what the page asks, with what it shows already and what answers add.
func (v *visitor) asked(answers url.Values) url.Values {
	sent := url.Values{}
	for _, m := range inputs.FindAllStringSubmatch(v.raw, -1) {
		name := html.UnescapeString(m[1])
		if given, ok := answers[name]; ok {
			sent[name] = given
			continue
		}
		kind := typeOf.FindStringSubmatch(m[0])
		choice := kind != nil && (kind[1] == "radio" || kind[1] == "checkbox")
		if value := valueOf.FindStringSubmatch(m[0]); value != nil && (!choice || selected.MatchString(m[0])) {
			sent[name] = append(sent[name], html.UnescapeString(value[1]))
		}
	}
	return sent
}

func (v *visitor) ask(method, path string, body []byte) {
	v.city.t.Helper()
	r, err := http.NewRequest(method, v.city.site.URL+path, bytes.NewReader(body))
	if err != nil {
		v.city.t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	v.take(v.Do(r))
}

package apptest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/civic/identity"
)

// A Person asks for pages and sends forms, and is led nowhere: what comes is what
// the first answer was.
type Person struct {
	Actor   identity.Actor
	city    *City
	cookies map[string]string
}

// Ask sends a request and returns what came.
func (p *Person) Ask(method, path string, form url.Values) (*http.Response, string) {
	p.city.T.Helper()
	kind := ""
	if form != nil {
		kind = "application/x-www-form-urlencoded"
	}
	return p.send(method, path, kind, strings.NewReader(form.Encode()))
}

func (p *Person) send(method, path, kind string, body io.Reader) (*http.Response, string) {
	t := p.city.T
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.city.site.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range p.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

// Keep has the person send from now on the cookies that an answer set.
func (p *Person) Keep(res *http.Response) {
	for _, one := range res.Cookies() {
		p.cookies[one.Name] = one.Value
	}
}

// Sees asks for a page that must be there and hold these words.
func (p *Person) Sees(path string, words ...string) string {
	p.city.T.Helper()
	res, body := p.Ask("GET", path, nil)
	return p.holds(res, body, path, http.StatusOK, words)
}

// Answers sends a form whose answer must be a page under this status, with these words.
func (p *Person) Answers(status int, path string, form url.Values, words ...string) string {
	p.city.T.Helper()
	res, body := p.Ask("POST", path, form)
	return p.holds(res, body, path, status, words)
}

// Uploads sends a file whose answer must be a page under this status, with these words.
func (p *Person) Uploads(status int, path, field, name, content string, words ...string) string {
	p.city.T.Helper()
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
		p.city.T.Fatal(err)
	}
	res, body := p.send("POST", path, parts.FormDataContentType(), &b)
	return p.holds(res, body, path, status, words)
}

func (p *Person) holds(res *http.Response, body, path string, status int, words []string) string {
	p.city.T.Helper()
	if res.StatusCode != status {
		p.city.T.Fatalf("%s: %s %.2000s", path, res.Status, body)
	}
	for _, word := range words {
		if !strings.Contains(body, word) {
			p.city.T.Errorf("%s lacks %q", path, word)
		}
	}
	return body
}

// Posts sends a form that must lead to another page, and returns its address.
func (p *Person) Posts(path string, form url.Values) string {
	p.city.T.Helper()
	return p.led("POST", path, form)
}

// Sent asks for a page that must lead to another one, and returns its address.
func (p *Person) Sent(path string) string {
	p.city.T.Helper()
	return p.led("GET", path, nil)
}

func (p *Person) led(method, path string, form url.Values) string {
	p.city.T.Helper()
	res, body := p.Ask(method, path, form)
	if res.StatusCode != http.StatusSeeOther {
		p.city.T.Fatalf("%s: %s %.2000s", path, res.Status, body)
	}
	return res.Header.Get("Location")
}

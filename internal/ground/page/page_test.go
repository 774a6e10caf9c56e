package page_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

// words is a page of these words.
type words string

func (s words) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(s))
	return err
}

// broken is a page that fails after it has begun.
type broken struct{}

func (broken) Render(_ context.Context, w io.Writer) error {
	io.WriteString(w, "<h1>half a page")
	return errors.New("the other half is gone")
}

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	m.Run()
}

func guarded(t *testing.T, g page.Gate, h http.HandlerFunc) http.Handler {
	t.Helper()
	if g.Errors == nil {
		g.Errors = func(_ *http.Request, f page.Failure) page.Component {
			return words(fmt.Sprintf("<h1>%s</h1><p>%s</p>%s", f.Title, f.Say, f.Number))
		}
	}
	all, err := page.Guard(g, h)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func ask(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestEveryKindOfFaultHasItsStatus(t *testing.T) {
	for kind, status := range map[fault.Kind]int{
		fault.Internal: 500, fault.Invalid: 422, fault.NotFound: 404, fault.Forbidden: 403, fault.Conflict: 409,
		fault.SignIn: 401, fault.TooOften: 429, fault.TooLarge: 413, fault.Busy: 503,
	} {
		if got := page.Status(fault.New(kind, "x", "x")); got != status {
			t.Errorf("kind %d is %d, want %d", kind, got, status)
		}
	}
	if page.Status(errors.New("x")) != 500 {
		t.Error("an error nobody foresaw is not ours")
	}
}

func TestAFaultIsToldToAPersonAndToAProgram(t *testing.T) {
	err := fault.New(fault.Invalid, "cases.submit.fields", "有内容需要修改").At("phone", "required", "请填写手机号码")
	h := guarded(t, page.Gate{}, func(w http.ResponseWriter, r *http.Request) { page.Fail(w, r, fmt.Errorf("submit: %w", err)) })

	w := ask(h, "GET", "/", "Accept", "text/html,application/json")
	if w.Code != 422 || !strings.Contains(w.Body.String(), "有内容需要修改") {
		t.Errorf("a person got %d %s", w.Code, w.Body)
	}
	w = ask(h, "GET", "/", "Accept", "application/json")
	var p struct {
		Type, Title, Detail, Code, Instance string
		Status                              int
		Fields                              []struct{ Path, Code, Detail string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if w.Header().Get("Content-Type") != "application/problem+json; charset=utf-8" || p.Status != 422 || p.Code != "cases.submit.fields" ||
		len(p.Fields) != 1 || p.Fields[0].Path != "phone" || p.Fields[0].Detail != "请填写手机号码" || !strings.HasSuffix(p.Instance, w.Header().Get("X-Request-Id")) {
		t.Errorf("a program got %+v", p)
	}
}

func TestWhatNobodyForesawIsNotTold(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"an error":      func(w http.ResponseWriter, r *http.Request) { page.Fail(w, r, errors.New("password=1234")) },
		"a panic":       func(http.ResponseWriter, *http.Request) { panic("password=1234") },
		"a broken page": func(w http.ResponseWriter, r *http.Request) { page.Show(w, r, broken{}) },
		"a refused form": func(w http.ResponseWriter, r *http.Request) {
			page.ShowFault(w, r, errors.New("password=1234"), words("form"))
		},
	} {
		w := ask(guarded(t, page.Gate{}, h), "GET", "/")
		if w.Code != 500 || strings.Contains(w.Body.String(), "1234") || strings.Contains(w.Body.String(), "half") || !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestAStrangerIsSentToSignInAndBack(t *testing.T) {
	h := guarded(t, page.Gate{SignIn: "/signin"}, func(w http.ResponseWriter, r *http.Request) {
		page.Fail(w, r, fault.New(fault.SignIn, "x", "请先登录"))
	})
	for _, tt := range []struct{ name, method, referer, want string }{
		{"a page", "GET", "", "/signin?back=%2Fmy%3Fa%3D1"},
		{"a post", "POST", "http://example.com/form", "/signin?back=%2Fform"},
		{"a post from elsewhere", "POST", "http://evil.example/form", "/signin?back=%2F"},
	} {
		w := ask(h, tt.method, "/my?a=1", "Referer", tt.referer)
		if got := w.Header().Get("Location"); w.Code != 303 || got != tt.want {
			t.Errorf("%s: %d to %q, want %q", tt.name, w.Code, got, tt.want)
		}
	}
	if w := ask(h, "GET", "/my", "Accept", "application/json"); w.Code != 401 {
		t.Errorf("a program got %d", w.Code)
	}
}

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	h := guarded(t, page.Gate{HTTPS: true}, func(w http.ResponseWriter, r *http.Request) { page.Show(w, r, words("hi")) })
	w := ask(h, "GET", "/")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'", "X-Frame-Options": "SAMEORIGIN", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000; includeSubDomains", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := w.Header().Get(name); !strings.Contains(got, want) {
			t.Errorf("%s is %q", name, got)
		}
	}
	policy := w.Header().Get("Content-Security-Policy")
	if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'self'") {
		t.Error("the policy allows what is unsafe, or other sites to frame us:", policy)
	}
}

func TestPostsFromOtherSitesAreRefused(t *testing.T) {
	h := guarded(t, page.Gate{Trusted: []string{"https://www.jszwfw.gov.cn"}}, func(w http.ResponseWriter, r *http.Request) { page.Show(w, r, words("done")) })
	for _, tt := range []struct {
		name   string
		header []string
		status int
	}{
		{"from this site", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"from another site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"from another site, by an old browser", []string{"Origin", "https://evil.example"}, 403},
		{"from a trusted site", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://www.jszwfw.gov.cn"}, 200},
		{"from a program", nil, 200},
	} {
		if w := ask(h, "POST", "/", tt.header...); w.Code != tt.status {
			t.Errorf("%s: %d, want %d", tt.name, w.Code, tt.status)
		}
	}
	if _, err := page.Guard(page.Gate{Trusted: []string{"not an origin"}}, h); err == nil {
		t.Error("an origin that is none was taken")
	}
}

func TestAPageIsZippedAndKeptByTheBrowser(t *testing.T) {
	long := words(strings.Repeat("<p>办件</p>", 500))
	h := guarded(t, page.Gate{}, func(w http.ResponseWriter, r *http.Request) { page.Show(w, r, long) })
	w := ask(h, "GET", "/", "Accept-Encoding", "br, gzip;q=1.0")
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil || string(body) != string(long) {
		t.Errorf("the page did not come out of the zip: %v", err)
	}
	tag := w.Header().Get("ETag")
	if w = ask(h, "GET", "/", "If-None-Match", tag); tag == "" || w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("the same page again is %d with %d bytes", w.Code, w.Body.Len())
	}
	if w = ask(h, "GET", "/", "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a page was zipped for one who refuses it")
	}
}

func TestARequestIsSeenWithItsStatusAndSize(t *testing.T) {
	var seen page.Answer
	inner := http.NewServeMux()
	inner.HandleFunc("GET /made/{thing}", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201); io.WriteString(w, "four") })
	inner.HandleFunc("GET /made/broken", func(w http.ResponseWriter, r *http.Request) {
		page.Fail(w, r, fault.New(fault.Conflict, "made.broken", "坏了"))
	})
	inner.HandleFunc("GET /made/left", func(w http.ResponseWriter, r *http.Request) {
		page.Fail(w, r, fmt.Errorf("send file: %w", context.Canceled))
	})
	outer := http.NewServeMux()
	outer.Handle("/made/", inner)
	h := guarded(t, page.Gate{Seen: func(_ *http.Request, a page.Answer) { seen = a }}, page.Routed(outer).ServeHTTP)
	ask(h, "GET", "/made/x")
	if seen.Status != 201 || seen.Bytes != 4 || seen.Route != "GET /made/{thing}" || seen.Fault != "" {
		t.Errorf("seen as %+v", seen)
	}
	ask(h, "GET", "/made/left")
	if seen.Status != 499 || seen.Fault != "left" {
		t.Errorf("who hung up is seen as %+v", seen)
	}
	ask(h, "GET", "/made/broken")
	if seen.Status != 409 || seen.Fault != "made.broken" {
		t.Errorf("seen as %+v", seen)
	}
}

func TestALinkLeadsOnlyWithinTheSite(t *testing.T) {
	for in, want := range map[string]string{
		"/my": "/my", "/my?a=1#x": "/my?a=1#x", "": "/", "https://evil.example": "/", "//evil.example": "/",
		`/\evil.example`: "/", "/a\r\nSet-Cookie: x": "/", "javascript:alert(1)": "/",
	} {
		if got := page.Local(in, "/"); got != want {
			t.Errorf("%q leads to %q, want %q", in, got, want)
		}
	}
}

func TestAnAssetIsKeptForGoodUnderItsHash(t *testing.T) {
	a, err := page.NewAssets("/static/", fstest.MapFS{"a/style.css": {Data: []byte(strings.Repeat("a{}", 400))}})
	if err != nil {
		t.Fatal(err)
	}
	at := a.Path("a/style.css")
	w := ask(a, "GET", at, "Accept-Encoding", "gzip")
	if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%s: %d %v", at, w.Code, w.Header())
	}
	if w := ask(a, "GET", "/static/a/style.css"); strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Body.Len() != 1200 {
		t.Error("the plain name is kept for good, or zipped for one who did not ask")
	}
	if w := ask(a, "GET", "/static/none.css"); w.Code != 404 {
		t.Errorf("a file that is not there: %d", w.Code)
	}
	if _, err := page.NewAssets("/static/", fstest.MapFS{"run.exe": {}}); err == nil {
		t.Error("a program was taken for an asset")
	}
}

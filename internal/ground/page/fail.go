package page

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// A Failure is what an error page may show.
type Failure struct {
	Status int
	Title  string        // "没有找到"
	Say    string        // one sentence that says what to do next
	Code   string        // stable: "cases.accept.state"
	Number string        // the request's number, to be quoted to 12345
	Fields []fault.Field // what must change, if it can be said
}

// Fail answers with a fault: an error page for a person, problem details for a
// program; someone we do not know is sent to sign in. What was not foreseen is logged here, once, with the request's
// number; the person is told only that number.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	if wantsJSON(r) {
		Problem(w, r, err)
		return
	}
	if at := of(r).signIn; at != "" && fault.Of(err) == fault.SignIn {
		http.Redirect(w, r, at+"?back="+url.QueryEscape(backTo(r)), http.StatusSeeOther)
		return
	}
	f := Told(r, err)
	show := of(r).errors
	if show == nil {
		http.Error(w, f.Say, f.Status)
		return
	}
	out := borrow()
	defer giveBack(out)
	if e := show(r, f).Render(r.Context(), out); e != nil {
		slog.ErrorContext(r.Context(), "error page failed", "err", e)
		http.Error(w, f.Say, f.Status)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	later(w.Header(), f.Status)
	send(w, r, f.Status, "text/html; charset=utf-8", out)
}

// A problem is an error answer for a program, as in RFC 9457.
type problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`
	Code     string         `json:"code"`
	Instance string         `json:"instance,omitempty"`
	Fields   []problemField `json:"fields,omitempty"`
}

type problemField struct {
	Path   string `json:"path"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Problem answers a program with a fault, as application/problem+json. It
// never repeats what was sent: a value may be an identity number.
func Problem(w http.ResponseWriter, r *http.Request, err error) {
	f := Told(r, err)
	p := problem{"urn:tongban:fault:" + f.Code, f.Title, f.Status, f.Say, f.Code, "", nil}
	if f.Number != "" {
		p.Instance = "urn:tongban:request:" + f.Number
	}
	for _, field := range f.Fields {
		p.Fields = append(p.Fields, problemField{field.Path, field.Code, field.Say})
	}
	out := borrow()
	defer giveBack(out)
	json.NewEncoder(out).Encode(p) // strings and numbers only: cannot fail
	w.Header().Set("Cache-Control", "no-store")
	later(w.Header(), f.Status)
	send(w, r, f.Status, "application/problem+json; charset=utf-8", out)
}

// RetryAfter is how many seconds somebody should wait whom we are too busy for.
const RetryAfter = "5"

func later(h http.Header, status int) {
	if status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", RetryAfter)
	}
}

// Told is what may be said about err in the answer to r. An unforeseen err is
// logged here, with the request's number, and so is that somebody was refused;
// that somebody hung up is not.
func Told(r *http.Request, err error) Failure {
	err = sqldb.Away(err)
	if fault.Of(err) == fault.Internal && !fault.Left(err) {
		slog.ErrorContext(r.Context(), "request failed", "request", Number(r), "method", r.Method, "path", r.URL.Path, "err", err)
	}
	if fault.Of(err) == fault.Forbidden {
		slog.WarnContext(r.Context(), "refused", "request", Number(r), "method", r.Method, "path", r.URL.Path, "code", fault.Code(err), "from", r.RemoteAddr)
	}
	status := Status(err)
	of(r).fault = fault.Code(err)
	return Failure{status, title(status), fault.Say(err), fault.Code(err), Number(r), fault.Fields(err)}
}

// backTo is where to go on after signing in: the page that was asked for, or
// the one whose form was posted.
func backTo(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host {
		return from.RequestURI()
	}
	return "/"
}

func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "json") && !strings.Contains(accept, "text/html")
}

package page

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/spans"
)

// policy lets a page use what this site serves, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'self'"

// A Gate says how Guard keeps the door.
type Gate struct {
	Errors  func(*http.Request, Failure) Component // the error page; nil: plain text
	SignIn  string                                 // where people sign in; "" answers 401
	Trusted []string                               // other origins that may post here: "https://www.jszwfw.gov.cn"
	MaxBody int64                                  // bytes of any request; 0: 64 MiB
	Stalled time.Duration                          // how long a sender or a reader may stop in the middle; 0: 30 s
	HTTPS   bool                                   // we are reached by HTTPS: say so to browsers
	Seen    func(*http.Request, Answer)            // told of every answer; may be nil
}

// An Answer is how a request ended.
type Answer struct {
	Route  string // "GET /my/cases/{case}", as Routed found it; "" where there is no such address
	Status int
	Fault  string // its code; "" if it went well
	Bytes  int64
	Took   time.Duration
}

// key is where Guard leaves its note in a request's context.
type key struct{}

type note struct {
	number string
	signIn string
	errors func(*http.Request, Failure) Component
	route  string
	fault  string
}

func of(r *http.Request) *note {
	if n, ok := r.Context().Value(key{}).(*note); ok {
		return n
	}
	return &note{}
}

// Routed serves mux and notes which of its addresses was asked for.
func Routed(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { of(r).route = r.Pattern }()
		mux.ServeHTTP(w, r)
	})
}

// Number is the number of this request, which people quote and logs carry:
// "K7QM2-9XV4T". It is empty outside Guard.
func Number(r *http.Request) string { return of(r).number }

// Guard stands before the whole mux. A trusted origin that is not an origin is
// an error.
func Guard(g Gate, next http.Handler) (http.Handler, error) {
	next, err := sameOrigin(g.Trusted, sound(next))
	if err != nil {
		return nil, err
	}
	limit := g.MaxBody
	if limit == 0 {
		limit = 64 << 20
	}
	most := cmp.Or(g.Stalled, stalled)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		number := newNumber()
		left := &note{number: number, signIn: g.SignIn, errors: g.Errors}
		ctx, end := spans.Begin(r.Context(), "request", "request", number, "method", r.Method)
		r = r.WithContext(context.WithValue(ctx, key{}, left))
		out := &answer{ResponseWriter: w, patience: patience{http.NewResponseController(w), most}}
		defer out.writing() // what is left in the buffer
		secure(w.Header(), number, g.HTTPS)
		if r.Body != nil {
			r.Body = http.MaxBytesReader(out, out.body(r.Body), limit)
		}
		survive(out, r, next)
		spans.Name(ctx, orElse(left.route, "request"), "status", strconv.Itoa(out.status), "fault", left.fault)
		end(nil)
		if g.Seen != nil {
			g.Seen(r, Answer{left.route, out.status, left.fault, out.bytes, time.Since(start)})
		}
	}), nil
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// survive serves r; a panic becomes an error page, and only this request fails.
func survive(out *answer, r *http.Request, next http.Handler) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p)
		}
		slog.ErrorContext(r.Context(), "handler panicked", "request", Number(r), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		if out.status == 0 {
			Fail(out, r, fmt.Errorf("panic: %v", p))
		}
	}()
	next.ServeHTTP(out, r)
}

// always are the headers of every answer.
var always = http.Header{
	"Content-Security-Policy":    {policy},
	"X-Content-Type-Options":     {"nosniff"},
	"X-Frame-Options":            {"SAMEORIGIN"},
	"Referrer-Policy":            {"same-origin"},
	"Permissions-Policy":         {"camera=(self), microphone=(self), geolocation=(self), payment=()"},
	"Cross-Origin-Opener-Policy": {"same-origin"},
}

func secure(h http.Header, number string, https bool) {
	maps.Copy(h, always)
	h.Set("X-Request-Id", number)
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// sameOrigin refuses posts that another site sent in someone's name.
func sameOrigin(trusted []string, next http.Handler) (http.Handler, error) {
	cop := http.NewCrossOriginProtection()
	for _, origin := range trusted {
		if err := cop.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("trusted origin %q: %w", origin, err)
		}
	}
	cop.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Fail(w, r, fault.New(fault.Forbidden, "page.origin", "这次提交来自别的网站，已经拦下；请回到本站重新操作"))
	}))
	return cop.Handler(next), nil
}

// letters are easy to read out over the telephone: no I, L, O, U.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func newNumber() string {
	var b [11]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = letters[b[i]&31]
	}
	b[5] = '-'
	return string(b[:])
}

// answer remembers what was sent.
type answer struct {
	http.ResponseWriter
	patience
	status int
	bytes  int64
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	a.writing()
	n, err := a.ResponseWriter.Write(b)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Flush sends what has been written so far, for pages that keep growing.
func (a *answer) Flush() { http.NewResponseController(a.ResponseWriter).Flush() }

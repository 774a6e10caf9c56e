package frame

import (
	"context"
	"net"
	"net/http"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Sessions lets every page know who is asking. Stand its Serve outside the
// House and inside the Guard.
type Sessions struct {
	Session func(context.Context, string) (identity.Session, error) // identity.Service.Session
	HTTPS   bool                                                    // the cookie travels by HTTPS only
}

// sessionCookie holds the token and nothing else. By HTTPS its name has a prefix
// with which a browser takes it from this very host only.
const sessionCookie = "session"

func (s Sessions) cookie() string {
	if s.HTTPS {
		return "__Host-" + sessionCookie
	}
	return sessionCookie
}

type sessionKey struct{}

// seated is what Serve leaves in a request.
type seated struct {
	session identity.Session
	token   string
}

// Serve finds the session of the request's cookie. A cookie that nobody holds
// any more is as good as none; only when the database does not answer does the
// request fail.
func (s Sessions) Serve(next http.Handler, fail func(http.ResponseWriter, *http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie(s.cookie())
		if err != nil || c.Value == "" {
			next.ServeHTTP(w, r)
			return
		}
		session, err := s.Session(r.Context(), c.Value)
		switch {
		case err == nil:
			// What somebody sees who is signed in stays on no shared machine.
			w.Header().Set("Cache-Control", "private, no-store")
			r = r.WithContext(context.WithValue(r.Context(), sessionKey{}, seated{session, c.Value}))
		case fault.Of(err) != fault.SignIn:
			fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Seat is the session of the request; the zero session if nobody is signed in.
func Seat(r *http.Request) identity.Session { return seat(r).session }

// Actor is who asks; the zero actor is nobody.
func Actor(r *http.Request) identity.Actor { return seat(r).session.Actor }

// Token is what the browser shows for its session.
func Token(r *http.Request) string { return seat(r).token }

// Asking is Actor with the name that the form gave its own sending, so that a
// double click does nothing twice (the hidden field "request").
func Asking(r *http.Request, request string) identity.Actor {
	by := Actor(r)
	by.Request = request
	return by
}

func seat(r *http.Request) seated {
	s, _ := r.Context().Value(sessionKey{}).(seated)
	return s
}

// Remember gives the browser the token of a session just begun.
func (s Sessions) Remember(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: s.cookie(), Value: token, Path: "/", HttpOnly: true, Secure: s.HTTPS, SameSite: http.SameSiteLaxMode})
}

// Forget takes it back, and has the browser forget what it kept of our pages.
func (s Sessions) Forget(w http.ResponseWriter) {
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	http.SetCookie(w, &http.Cookie{Name: s.cookie(), Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.HTTPS, SameSite: http.SameSiteLaxMode})
}

// ClientOf is where a request comes from, for the list of sessions.
func ClientOf(r *http.Request) identity.Client {
	ip, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		ip = r.RemoteAddr
	}
	channel := "pc"
	if agent := r.UserAgent(); strings.Contains(agent, "Mobi") || strings.Contains(agent, "Android") {
		channel = "mobile"
	}
	return identity.Client{Agent: r.UserAgent(), IP: ip, Channel: channel}
}

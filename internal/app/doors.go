package app

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/places/portal"
)

// Doors is every address the program answers, behind the guard that every
// request passes.
func (a *App) Doors() (http.Handler, error) {
	mux := http.NewServeMux()
	frame.Routes(mux)
	for _, open := range a.places() {
		open(mux)
	}
	house := frame.House{Site: a.site(), Who: whoIsHere, Badge: a.bell}
	inner := a.crowd.Serve(a.sessions().Serve(secured(page.Routed(mux)), page.Fail), spared)
	guarded, err := page.Guard(page.Gate{Errors: frame.ErrorPage, SignIn: "/signin", HTTPS: a.HTTPS, Seen: a.meters.seen}, inner)
	if err != nil {
		return nil, err
	}
	return page.Behind(a.Proxies, house.Serve(guarded)), nil
}

// spared are addresses that cost next to nothing and are wanted most when we
// are busy.
func spared(path string) bool {
	return path == "/livez" || path == "/healthz" || path == "/readyz" || strings.HasPrefix(path, "/static/")
}

// site is what every page says about the city.
func (a *App) site() frame.Site {
	return frame.Site{
		City: a.City, Name: "一网通办", Full: a.City + "一体化政务服务平台",
		Owner: "主办：" + a.City + "人民政府办公室", Nav: portal.Nav, Foot: portal.Foot, Areas: "/regions", Stuck: "/help/stuck",
	}
}

// whoIsHere is the signed-in person as the frame shows them.
func whoIsHere(r *http.Request) *frame.Person { return frame.PersonOf(frame.Actor(r)) }

// bell is how many messages whoever asks has not read.
func (a *App) bell(r *http.Request) int {
	n, err := a.Tidings.Bell(r.Context(), frame.Actor(r))
	if err != nil {
		slog.WarnContext(r.Context(), "count messages", "err", err) // a page is not refused for want of its bell
	}
	return n
}

// secured sends whoever still has a password that somebody else chose to the page where
// they choose their own, before anything else; then whoever must have a second
// factor, and has none, to where they set it up.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		open, why := owed(frame.Seat(r))
		begins := func(path string) bool { return strings.HasPrefix(r.URL.Path, path) }
		switch {
		case why == nil:
			next.ServeHTTP(w, r)
		case begins("/api/"):
			page.Problem(w, r, why)
		case slices.ContainsFunc(open, begins):
			next.ServeHTTP(w, r)
		default:
			page.SeeOther(w, r, open[0])
		}
	})
}

// owed is where somebody may go who must do something first, and what that is: the
// first of these is where they do it. No fault: nothing.
func owed(s identity.Session) (open []string, why error) {
	switch {
	case s.MustChange:
		return withoutOwn, fault.New(fault.Forbidden, "identity.password.given", "密码是他人设置的，请先登录网站修改密码")
	case s.MustEnrol:
		return withoutFactor, fault.New(fault.Forbidden, "identity.factor.required", "您的岗位要求开启两步验证，请先登录网站，在“账号与安全”里开启")
	}
	return nil, nil
}

// withoutOwn is where one may go without a password of one's own.
var withoutOwn = []string{"/my/account/password", "/signout", "/static/", "/mode", "/livez", "/healthz", "/readyz", "/favicon.ico"}

// withoutFactor is where one may go who must first set up a second factor.
var withoutFactor = append([]string{"/my/account/code"}, withoutOwn...)

// Package registry is where companies and their register meet (市场主体登记簿):
// 我的企业 for who acts for a company, the public notices with the right to
// object, and /registry for windows, the registrar and supervisors.
package registry

import (
	"net/http"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/lifecourse"
	"tongban/internal/places/frame"
	"tongban/internal/register/companies"
)

// Registry is the place: the services behind its pages.
type Registry struct {
	Companies *companies.Service
	Plan      *lifecourse.Plan
	Parties   *parties.Service
	Now       func() time.Time
}

// Routes are the addresses of the place.
func (s *Registry) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]handler{
		"GET /companies":                   s.notices,
		"GET /companies/{code}":            s.public,
		"POST /companies/{code}/objection": known(s.object),
		"GET /my/company":                  known(s.mine),
		"GET /my/company/{code}":           known(s.own),
		"POST /my/company/{code}":          known(s.act),
		"GET /registry":                    staff(s.list),
		"GET /registry/{code}":             staff(s.record),
		"POST /registry/{code}/objection":  staff(s.objectFor),
	} {
		mux.HandleFunc(address, served(do))
	}
	return mux
}

// A handler answers a request, or says why it could not.
type handler func(http.ResponseWriter, *http.Request) error

func served(do handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := do(w, r); err != nil {
			page.Fail(w, r, err)
		}
	}
}

// known lets in whoever is signed in.
func known(do handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if frame.Actor(r).Account == "" {
			return fault.New(fault.SignIn, "registry.who", "请先登录")
		}
		w.Header().Set("Cache-Control", "private, no-store")
		return do(w, r)
	}
}

// serving are the roles of those who look at the register.
var serving = []identity.Role{identity.Window, identity.Reviewer, identity.Approver, identity.Head, identity.Supervisor}

func staff(do handler) handler {
	return known(func(w http.ResponseWriter, r *http.Request) error {
		if !slices.ContainsFunc(serving, frame.Actor(r).Plays) {
			return fault.New(fault.Forbidden, "registry.post", "登记簿由窗口和登记机关使用，自己的公司请看“我的企业”")
		}
		return do(w, r)
	})
}

// citizen is the visitor in their own affairs.
func citizen(r *http.Request, request string) identity.Actor {
	by := frame.Asking(r, request)
	by.Posts = nil
	return by
}

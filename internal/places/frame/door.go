package frame

import (
	"net/http"
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

// A Handler answers a request, or says why it could not.
type Handler func(http.ResponseWriter, *http.Request) error

// ServeHTTP answers with what the handler says; where it could not, with the
// page of the fault.
func (do Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := do(w, r); err != nil {
		page.Fail(w, r, err)
	}
}

// Unkept is do with an answer that no machine on the way keeps, even for somebody
// who is not signed in. (Sessions sees to those who are.)
func Unkept(do Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "private, no-store")
		return do(w, r)
	}
}

// A Door is where a place asks who comes in. What they may see and do there is
// judged behind it, by the rules.
type Door struct {
	Place  string          // begins the codes of its faults: "<place>.who" and "<place>.post"
	SignIn string          // said to somebody who is not signed in; "" is 请先登录
	Roles  []identity.Role // the posts that Staff asks for, any of them
	Others string          // said to somebody who holds none of them
}

// Known lets in whoever is signed in.
func (d Door) Known(do Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := d.known(Actor(r)); err != nil {
			return err
		}
		return do(w, r)
	}
}

// Staff lets in whoever holds one of the door's posts.
func (d Door) Staff(do Handler) Handler {
	return d.Known(func(w http.ResponseWriter, r *http.Request) error {
		if !slices.ContainsFunc(d.Roles, Actor(r).Plays) {
			return fault.New(fault.Forbidden, d.Place+".post", "%s", d.Others)
		}
		return do(w, r)
	})
}

func (d Door) known(by identity.Actor) error {
	switch {
	case by.Account != "":
		return nil
	case d.SignIn != "":
		return fault.New(fault.SignIn, d.Place+".who", "%s", d.SignIn)
	}
	return fault.New(fault.SignIn, d.Place+".who", "请先登录")
}

// An Act is a page or an act for somebody who works at the place.
type Act func(w http.ResponseWriter, r *http.Request, by identity.Actor) error

// Work is Staff for an act that wants to know who asks.
func (d Door) Work(do Act) Handler {
	return d.Staff(func(w http.ResponseWriter, r *http.Request) error { return do(w, r, Actor(r)) })
}

// Citizen is who asks in their own affairs, whatever posts they hold, with the
// name of this sending (see Asking).
func Citizen(r *http.Request, request string) identity.Actor {
	by := Asking(r, request)
	by.Posts = nil
	return by
}

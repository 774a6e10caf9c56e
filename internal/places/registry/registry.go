// Package registry is where companies and their register meet (市场主体登记簿):
// 我的企业 for who acts for a company, the public notices with the right to
// object, and /registry for windows, the registrar and supervisors.
package registry

import (
	"net/http"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
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
	for address, do := range map[string]frame.Handler{
		"GET /companies":                   s.notices,
		"GET /companies/{code}":            s.public,
		"POST /companies/{code}/objection": door.Known(s.object),
		"GET /my/company":                  door.Known(s.mine),
		"GET /my/company/{code}":           door.Known(s.own),
		"POST /my/company/{code}":          door.Known(s.act),
		"GET /registry":                    door.Staff(s.list),
		"GET /registry/{code}":             door.Staff(s.record),
		"POST /registry/{code}/objection":  door.Staff(s.objectFor),
	} {
		mux.Handle(address, do)
	}
	return mux
}

// door lets in whoever acts for a company, and those who look at the register.
var door = frame.Door{Place: "registry", Roles: identity.Serving, Others: "登记簿由窗口和登记机关使用，自己的公司请看“我的企业”"}

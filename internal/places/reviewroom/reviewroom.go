// Package reviewroom is where experts are drawn and review (专家评审): the register
// for those who keep it, each review for the bureau, the applicant and the experts.
package reviewroom

import (
	"net/http"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/blob"
	"tongban/internal/handling/experts"
	"tongban/internal/places/frame"
)

// Reviewroom is the place: the services behind its pages.
type Reviewroom struct {
	Experts *experts.Service
	Files   blob.Store
	Now     func() time.Time
}

// Routes are the addresses of the place.
func (p *Reviewroom) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]frame.Handler{
		"GET /my/reviews":                       p.mine,
		"GET /my/reviews/{review}":              p.minePage,
		"GET /my/reviews/{review}/files/{hash}": p.file,
		"POST /my/reviews/{review}":             p.mineAct,
		"GET /reviews":                          door.Staff(p.list),
		"GET /reviews/new":                      door.Staff(p.planPage),
		"POST /reviews":                         door.Staff(p.announce),
		"GET /reviews/{review}":                 door.Staff(p.review),
		"POST /reviews/{review}":                door.Staff(p.reviewAct),
		"GET /desk/experts":                     keepers.Staff(p.register),
		"GET /desk/experts/new":                 keepers.Staff(p.newEntry),
		"GET /desk/experts/{expert}":            keepers.Staff(p.entry),
		"POST /desk/experts":                    keepers.Staff(p.keepEntry),
	} {
		mux.Handle(address, door.Known(do))
	}
	return mux
}

// door lets in those who have to do with cases; keepers those of the register.
var (
	door    = frame.Door{Place: "reviewroom", Roles: identity.Serving, Others: "这里由审批部门组织专家评审，您没有这个岗位"}
	keepers = frame.Door{Place: "reviewroom", Roles: []identity.Role{identity.Items, identity.Auditor, identity.Supervisor}, Others: "专家库由事项管理员维护，审核和监督岗位可以查看"}
)

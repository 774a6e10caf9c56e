// Package hearingroom is where hearings are announced and people sign up for them
// (听证公告与报名): the notices for everybody, one's own sign-up, and who takes
// part for the agency that holds the hearing.
package hearingroom

import (
	"net/http"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// Hearingroom is the place: the services behind its pages.
type Hearingroom struct {
	Hearings *hearings.Service
	Agencies *agencies.Service
	Now      func() time.Time
}

// Routes are the addresses of the place.
func (p *Hearingroom) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]frame.Handler{
		"GET /hearings":                        p.list,
		"GET /hearings/{hearing}":              p.notice,
		"GET /my/hearings/{hearing}":           door.Known(p.signUpPage),
		"POST /my/hearings/{hearing}":          door.Known(p.signUp),
		"POST /my/hearings/{hearing}/withdraw": door.Known(p.withdraw),
		"GET /bureau/hearings/{hearing}":       bench.Work(p.choosePage),
		"POST /bureau/hearings/{hearing}":      bench.Work(p.choose),

		"GET /bureau/hearings/{hearing}/take-down":        bench.Work(p.takeDownPage),
		"POST /bureau/hearings/{hearing}/take-down":       bench.Work(p.takeDown("")),
		"POST /bureau/hearings/{hearing}/remove/{signup}": bench.Work(p.remove),

		"GET /my/stakes":                  door.Known(p.demands),
		"GET /my/stakes/{number}":         door.Known(p.demandPage),
		"POST /my/stakes/{number}":        door.Known(p.demand),
		"GET /bureau/stakes/{case}":       bench.Work(p.stakesPage),
		"POST /bureau/stakes/{case}":      bench.Work(p.stakesAct),
		"GET /window/hearings":            counter.Work(p.counter),
		"POST /window/hearings":           counter.Work(p.askAt),
		"GET /window/hearings/objection":  counter.Work(p.objectionPage),
		"POST /window/hearings/objection": counter.Work(p.objectAt),
		"GET /window/hearings/{hearing}":  counter.Work(p.takeDownPage),
		"POST /window/hearings/{hearing}": counter.Work(p.takeDown("/window/hearings?done=signed")),
	} {
		mux.Handle(address, do)
	}
	return mux
}

// door lets in whoever wants to take part, bench those who hold the hearing.
var (
	door    = frame.Door{Place: "hearingroom", SignIn: "请先登录，再报名参加听证；不方便登录的，可以打公告上的电话报名"}
	counter = frame.Door{Place: "hearingroom", Roles: []identity.Role{identity.Window}, Others: "来访人的听证要求和报名由综合窗口登记"}
	bench   = frame.Door{Place: "hearingroom", Roles: identity.Deciding, Others: "听证参加人由组织听证的部门选定"}
)

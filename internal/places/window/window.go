// Package window is where the clerk of a hall stands (综合窗口): the queue of
// what came in, one case with its form and materials side by side, filing for
// who stands at the counter, and handing results over.
package window

import (
	"net/http"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/regions"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/page"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/signing"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
)

// Window is the place: the services behind its pages.
type Window struct {
	Cases     *cases.Service
	Joint     *joint.Service
	Elsewhere *elsewhere.Service
	Items     *items.Service
	Parties   *parties.Service
	Regions   regions.Regions
	Queue     *queue.Service
	Signing   *signing.Service
	Aid       *aid.Service
	Relay     *relay.Service

	Certificates *certificates.Service
	Supervision  *supervision.Service

	Files blob.Store
	Press *frame.Press
	Days  clock.Days
	Now   func() time.Time
}

// Routes are the addresses of the place; all of them are for holders of a
// window post.
func (p *Window) Routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, do := range map[string]frame.Handler{
		"GET /window":        p.queue,
		"GET /window/find":   p.find,
		"GET /window/issue":  p.issue,
		"GET /window/owed":   p.owed,
		"GET /window/file":   p.file,
		"POST /window/file":  p.filed,
		"POST /window/who":   p.identified,
		"POST /window/sight": p.fileSight,

		"GET /window/joint":                 p.joints,
		"GET /window/joint/{number}":        p.jointShow,
		"POST /window/joint/{number}/{act}": p.jointAct,

		"GET /window/elsewhere":                      p.parcels,
		"GET /window/elsewhere/{parcel}":             p.parcel,
		"GET /window/elsewhere/{parcel}/certificate": p.parcelProof,
		"GET /window/elsewhere/{parcel}/receipt":     p.parcelReceipt,
		"POST /window/elsewhere/{parcel}/{act}":      p.parcelAct,

		"POST /window/signing":               p.signFiling,
		"GET /window/signing/{paper}":        p.signNews,
		"POST /window/cases/{id}/sign/{act}": p.signAct,
		"GET /window/screen":                 p.screenPage,
		"POST /window/screen":                p.pairScreen,

		"GET /window/today":               p.todayShow,
		"POST /window/notices/{notice}":   p.putAway,
		"GET /window/later":               p.laters,
		"POST /window/later":              p.latersNamed,
		"GET /window/later/{identifier}":  p.laterShow,
		"POST /window/later/{identifier}": p.laterAsk,

		"GET /window/call":        p.callPage,
		"POST /window/call/{act}": p.calling,

		"GET /window/cases/{id}":                   p.show,
		"POST /window/cases/{id}/judge":            p.judge,
		"POST /window/cases/{id}/sight":            p.sight,
		"GET /window/cases/{id}/files/{hash}":      p.download,
		"GET /window/cases/{id}/files/{hash}/view": p.view,
		"GET /window/cases/{id}/papers/{paper}":    p.paper,
		"GET /window/cases/{id}/do/{act}":          p.confirm,
		"POST /window/cases/{id}/do/{act}":         p.act,
	} {
		mux.Handle(pattern, door.Staff(do))
	}
	return page.Known(mux)
}

var door = frame.Door{Place: "window", Roles: []identity.Role{identity.Window}, Others: "这里是综合窗口，您没有窗口岗位"}

// post is the window post that the actor works in today.
func post(by identity.Actor) identity.Post {
	for _, p := range by.Posts {
		if p.Role == identity.Window {
			return p
		}
	}
	return identity.Post{}
}

func (p *Window) today() calendar.Day { return calendar.DayOf(p.Now()) }

// asking is the actor at the counter, with the name of this sending.
func asking(r *http.Request, request string) identity.Actor {
	by := frame.Asking(r, request)
	by.Channel = "window"
	return by
}

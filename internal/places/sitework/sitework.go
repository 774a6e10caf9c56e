// Package sitework is where construction projects are seen to (工程建设项目): 我的项目
// for the unit that builds, /projects for its steward, the departments that have a
// part in it, and the desk for major projects.
package sitework

import (
	"net/http"
	"slices"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/visits"
	"tongban/internal/places/frame"
)

// Sitework is the place: the services behind its pages.
type Sitework struct {
	Projects *projects.Service
	Visits   *visits.Service
	Parties  *parties.Service
	Staff    *staff.Service
	Agencies *agencies.Service
	Files    blob.Store
	Now      func() time.Time
}

// Routes are the addresses of the place.
func (s *Sitework) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]handler{
		"GET /my/projects":            s.mine,
		"GET /my/projects/new":        s.newPage,
		"POST /my/projects/new":       s.open,
		"GET /my/projects/{project}":  s.minePage,
		"POST /my/projects/{project}": s.mineAct,
		"GET /projects":               official(s.list),
		"GET /projects/types/{type}":  official(s.typePage),
		"GET /projects/{project}":     official(s.board),
		"POST /projects/{project}":    official(s.boardAct),
		"GET /visits":                 official(s.visits),
		"GET /visits/new":             official(s.planPage),
		"POST /visits":                official(s.callVisit),
		"GET /visits/{visit}":         official(s.visit),
		"POST /visits/{visit}":        official(s.visitAct),
	} {
		mux.HandleFunc(address, served(known(do)))
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
			return fault.New(fault.SignIn, "sitework.who", "请先登录")
		}
		w.Header().Set("Cache-Control", "private, no-store")
		return do(w, r)
	}
}

// serving are the roles of those who see to projects.
var serving = []identity.Role{identity.Window, identity.Reviewer, identity.Approver, identity.Head, identity.Supervisor}

func official(do handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !slices.ContainsFunc(serving, frame.Actor(r).Plays) {
			return fault.New(fault.Forbidden, "sitework.post", "这里由项目管家和审批部门使用，本单位的项目请看“我的项目”")
		}
		return do(w, r)
	}
}

// citizen is the actor in their own affairs, whatever posts they hold.
func citizen(r *http.Request, request string) identity.Actor {
	by := frame.Asking(r, request)
	by.Posts = nil
	return by
}

// tone is the colour of how something stands.
func tone(w projects.Where) frame.Tone {
	switch w {
	case projects.Done:
		return frame.Green
	case projects.Running:
		return frame.Blue
	case projects.Lacking, projects.Ready:
		return frame.Amber
	case projects.Failed, projects.Stuck:
		return frame.Red
	}
	return frame.Plain
}

func stageTone(s projects.Step) frame.Tone {
	if s.Late {
		return frame.Red
	}
	return tone(s.Where)
}

// stageWord is the stage in one word.
func stageWord(s projects.Step) string {
	switch {
	case s.No == projects.Parallel && s.Where == projects.Done:
		return "不影响各阶段"
	case s.Late:
		return "超过时限"
	}
	return s.Where.Han()
}

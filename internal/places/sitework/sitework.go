// Package sitework is where construction projects are seen to (工程建设项目): 我的项目
// for the unit that builds, /projects for its steward, the departments that have a
// part in it, and the desk for major projects.
package sitework

import (
	"net/http"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/blob"
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
	for address, do := range map[string]frame.Handler{
		"GET /my/projects":                    s.mine,
		"GET /my/projects/new":                s.newPage,
		"POST /my/projects/new":               s.open,
		"GET /my/projects/{project}":          s.minePage,
		"POST /my/projects/{project}":         s.mineAct,
		"GET /projects":                       door.Staff(s.list),
		"GET /projects/types/{type}":          door.Staff(s.typePage),
		"GET /projects/{project}":             door.Staff(s.board),
		"POST /projects/{project}":            door.Staff(s.boardAct),
		"GET /visits":                         door.Staff(s.visits),
		"GET /visits/new":                     door.Staff(s.planPage),
		"POST /visits":                        door.Staff(s.callVisit),
		"GET /visits/{visit}":                 door.Staff(s.visit),
		"POST /visits/{visit}":                door.Staff(s.visitAct),
		"GET /visits/{visit}/evidence/{hash}": door.Staff(s.shown),
	} {
		mux.Handle(address, door.Known(do))
	}
	return mux
}

// door lets in the units that build, and those who see to their projects.
var door = frame.Door{Place: "sitework", Roles: identity.Serving, Others: "这里由项目管家和审批部门使用，本单位的项目请看“我的项目”"}

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

package imports

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// ID is the key of an import.
type ID string

// State is where an import stands.
type State string

// The states of an import.
const (
	Waiting State = "waiting" // to be read and checked
	Looked  State = "looked"  // checked; somebody must say what to keep
	Keeping State = "keeping" // drafts are being kept
	Done    State = "done"
	Refused State = "refused" // the file cannot be read at all
)

// Han is the state in the words of the field.
func (s State) Han() string {
	return map[State]string{Waiting: "正在核对", Looked: "核对完了，待选择", Keeping: "正在存为草稿", Done: "已完成", Refused: "读不懂"}[s]
}

// Busy reports whether the program is at work on it.
func (s State) Busy() bool { return s == Waiting || s == Keeping }

// An Import is one file on its way onto the desk.
type Import struct {
	ID     ID             `json:"id"`
	Name   string         `json:"name"` // of the file, as it came
	Hash   string         `json:"hash"` // of its content
	Size   int64          `json:"size"`
	Region string         `json:"region"` // whose desk
	By     revisions.Doer `json:"by"`
	State  State          `json:"state"`
	Good   bool           `json:"good,omitempty"` // keep only what has no errors

	Progress int                       `json:"progress,omitempty"` // items so far
	Report   intake.Report             `json:"report"`
	Findings []Line                    `json:"findings,omitempty"` // the first ones
	Outcomes map[revisions.Outcome]int `json:"outcomes,omitempty"`
	Left     []Line                    `json:"left,omitempty"` // what was not kept, and why: the first ones
	Why      string                    `json:"why,omitempty"`  // it was refused

	Begun   time.Time `json:"begun"`
	Changed time.Time `json:"changed"`
	Version int64     `json:"-"`
}

// A Line is one finding at its place in the file.
type Line struct {
	Place string   `json:"place,omitempty"`
	Item  items.ID `json:"item,omitempty"`
	Name  string   `json:"name,omitempty"`
	items.Finding
}

// mostShown is how many findings an import holds to be shown; all of them are in
// the file of findings.
const mostShown = 200

// LinesOf are the findings of an entry, each at its place.
func LinesOf(e intake.Entry) []Line {
	var all []Line
	for _, f := range e.Findings {
		l := Line{Place: e.Place, Finding: f}
		if e.Edition != nil {
			l.Item, l.Name = e.Edition.Item, e.Edition.Name
		}
		all = append(all, l)
	}
	return all
}

// keeper is the post by which the actor takes files in: the widest in which they
// keep items.
func keeper(by identity.Actor) (identity.Post, error) {
	var widest identity.Post
	for _, p := range by.Posts {
		if p.Role == identity.Items && (widest.Region == "" || len(identity.Stem(p.Region)) < len(identity.Stem(widest.Region))) {
			widest = p
		}
	}
	if widest.Region == "" {
		return widest, fault.New(fault.Forbidden, "imports.post", "导入事项由事项管理员办理，您没有这个岗位")
	}
	return widest, nil
}

// actor is who the import is done for, as the program goes on in their name.
func (im *Import) actor() identity.Actor {
	return identity.Actor{Account: im.By.Account, Name: im.By.Name, Posts: []identity.Post{
		{Role: identity.Items, Region: im.Region, Agency: im.By.Agency, Title: im.By.Title}}}
}

// choose says what is to be kept: everything with its errors on it, or only what
// has none. Chosen already, it stays as it was.
func (im *Import) choose(good bool) error {
	switch {
	case slices.Contains([]State{Keeping, Done}, im.State):
		return nil
	case im.State != Looked:
		return fault.New(fault.Conflict, "imports.choose.state", "文件还没有核对完，请稍候")
	}
	im.State, im.Good, im.Progress = Keeping, good, 0
	return nil
}

// again has the file read and checked anew, as after a superior's change.
func (im *Import) again() error {
	if im.State.Busy() {
		return fault.New(fault.Conflict, "imports.again.state", "正在处理这个文件，请稍候")
	}
	im.State, im.Progress, im.Why = Waiting, 0, ""
	return nil
}

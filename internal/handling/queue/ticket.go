package queue

import (
	"fmt"
	"time"

	"tongban/internal/civic/calendar"
)

// A State is where a ticket stands.
type State string

// The states of a ticket.
const (
	Waiting State = "waiting" // 等候
	Called  State = "called"  // 已叫号
	Serving State = "serving" // 办理中
	Served  State = "served"  // 办完
	Missed  State = "missed"  // 过号
	Left    State = "left"    // 已放弃
)

var stateNames = map[State]string{Waiting: "等候中", Called: "请到窗口", Serving: "办理中", Served: "已办完", Missed: "已过号", Left: "已放弃"}

// Han is the state in words.
func (s State) Han() string { return stateNames[s] }

// Over reports whether nothing more happens to a ticket in this state.
func (s State) Over() bool { return s == Served || s == Left }

// A Priority is why somebody is called before others (优先); "" for nobody's.
type Priority string

// Priorities lists who is called first, in the words of the ticket machine.
var Priorities = []struct {
	ID  Priority
	Han string
}{{"elder", "老年人"}, {"disabled", "残疾人"}, {"military", "军人军属、退役军人"}, {"pregnant", "孕妇"}, {"infant", "带婴幼儿"}}

// Han is the priority in words, "" for none.
func (p Priority) Han() string {
	for _, one := range Priorities {
		if one.ID == p {
			return one.Han
		}
	}
	return ""
}

// A Ticket is somebody's place in a line on one day (号票).
type Ticket struct {
	ID       string // known to whoever holds the ticket only
	Hall     string
	Day      calendar.Day
	Line     string // Line.Name
	Letter   string
	Seq      int    // 1, 2, 3 … of the line and day
	For      string // what they came for: the name of an item or a theme; "" if not said
	Item     string // items.ID, "" if not said
	Party    string // "" for somebody who did not say who they are
	Name     string
	Priority Priority
	Booking  string    // the appointment it came from
	Channel  string    // pc, mobile, kiosk, window
	Taken    time.Time // when it was drawn
	Rank     time.Time // its place: the earliest is called first

	State  State
	Window string // that called it last; while it waits, the one to which it was sent
	Clerk  string // account of who called it: who serves first sees it through (首问负责)
	Calls  int
	Called time.Time
	Begun  time.Time
	Ended  time.Time

	Version int
}

// No is the number on the ticket: "A012".
func (t Ticket) No() string { return fmt.Sprintf("%s%03d", t.Letter, t.Seq) }

// Repeats reports whether a new ticket is not given because its party holds another of
// the line on that day.
func (t Ticket) Repeats(held Ticket) bool {
	return t.Party != "" && held.Party == t.Party && held.Hall == t.Hall && held.Day == t.Day && held.Line == t.Line && !held.State.Over()
}

// Waited is how long its holder waited until the call, or until now.
func (t Ticket) Waited(now time.Time) time.Duration {
	if !t.Called.IsZero() {
		now = t.Called
	}
	return max(0, now.Sub(t.Taken))
}

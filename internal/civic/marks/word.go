package marks

import "time"

// A Word is what somebody should know now of one thing, such as a ticket that is
// called (提醒). It tells how the thing stands, not all that happened to it.
type Word struct {
	Of    string // key of the thing
	Stage int64  // grows with what happens to it, so that each word is new once
	Say   string
	Name  string // of the thing, with what somebody must know to find their way
	At    time.Time
	Over  bool // nothing more can be read of the thing
}

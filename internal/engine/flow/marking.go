package flow

import (
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
)

// A Marking is where one case stands in its procedure (流程状态). It is a value:
// every act returns a new one.
type Marking struct {
	Open   []Work         `json:"open,omitempty"`   // work that somebody has to do now
	Waits  []Wait         `json:"waits,omitempty"`  // timers and messages that may come
	Tokens []Token        `json:"tokens,omitempty"` // branches that have arrived at a join and wait for the others
	Inside []Inside       `json:"inside,omitempty"` // sub-procedures that are running
	Done   []Done         `json:"done,omitempty"`   // finished work, in order
	Data   map[string]any `json:"data,omitempty"`   // answers given and outcomes judged so far
	Next   int            `json:"next,omitempty"`   // number of the last work or wait handed out
	Ended  bool           `json:"ended,omitempty"`
}

// A Work is one thing that somebody has to do (工作项).
type Work struct {
	ID     string        `json:"id"` // "w1", "w2", … unique within the case
	Node   string        `json:"node"`
	Name   string        `json:"name"`
	Post   string        `json:"post,omitempty"`
	Role   identity.Role `json:"role,omitempty"`
	Agency string        `json:"agency,omitempty"`
	Limit  clock.Limit   `json:"limit,omitzero"`

	Claimed string            `json:"claimed,omitempty"` // account that has taken it; "": the post's common tray
	For     string            `json:"for,omitempty"`     // account that delegated it (委托人)
	Signers []string          `json:"signers,omitempty"` // accounts that must sign as well (加签)
	Askers  map[string]string `json:"askers,omitempty"`  // of a signer, the account that asked for the signature
	Signed  []Sign            `json:"signed,omitempty"`  // who has signed so far, if that was not enough
	Need    int               `json:"need,omitempty"`    // people it takes when more than one
	Decides bool              `json:"decides,omitempty"` //
	Back    string            `json:"back,omitempty"`    // node whose work sent it back here; "": the ordinary way
	Seat    int               `json:"seat,omitempty"`    // which seat of a countersign, from 1
	Of      int               `json:"of,omitempty"`      // seats of the countersign
	Agreed  int               `json:"agreed,omitempty"`  // seats that have agreed so far; every seat knows
	Against int               `json:"against,omitempty"` // seats that have not
	Owes    []Debt            `json:"owes,omitempty"`    // branches its token must return to
}

// A Sign is one signature on a work.
type Sign struct {
	By      string         `json:"by"`
	Answers map[string]any `json:"answers,omitempty"`
}

// A Wait is a timer running or a message awaited.
type Wait struct {
	ID    string      `json:"id"` // "w3", from the same numbers as work
	Node  string      `json:"node"`
	Kind  Kind        `json:"kind"` // Timer, Message
	Name  string      `json:"name"` // of the message, or of the timer as drawn
	Limit clock.Limit `json:"limit,omitzero"`
	On    string      `json:"on,omitempty"`   // node it watches over; "": it stands in the way itself
	Owes  []Debt      `json:"owes,omitempty"` // branches its token must return to
}

// A Token waits on an edge that leads into a join.
type Token struct {
	Edge string `json:"edge"`
	Owes []Debt `json:"owes,omitempty"`
}

// An Inside is a sub-procedure that is running.
type Inside struct {
	Node string `json:"node"`
	Owes []Debt `json:"owes,omitempty"`
}

// A Debt binds a token that was sent back out of one branch of a parallel
// block: when it comes to the split again, it takes this edge only, for the
// other branches have kept their work.
type Debt struct {
	Split string `json:"split"`
	Edge  string `json:"edge"`
}

// A Done is a finished work.
type Done struct {
	Work string   `json:"work"`
	Node string   `json:"node"`
	By   []string `json:"by"`
}

// A Change is what one act did to a marking.
type Change struct {
	Opened []Work   // work that someone has to do from now on
	Closed []Work   // work nobody has to do any more: done, sent back or cancelled
	Began  []Wait   // timers to set and messages to listen for
	Over   []Wait   // timers to forget and messages that no longer matter
	Passed []string // nodes run through without anyone's doing, in order
	Ended  bool     // the procedure has come to its end
}

// An Env is what a case tells its procedure.
type Env struct {
	// Judge evaluates a condition over values; engine/condition provides it.
	Judge func(when string, values map[string]any) (bool, error)
	// Values are the facts of the case that conditions speak of. The answers
	// given in the procedure are added to them by their own names.
	Values map[string]any
	// Agency is the case's own agency, for nodes that name none.
	Agency string
}

// Find returns the open work with id, and whether there is one.
func (m Marking) Find(id string) (Work, bool) {
	for _, w := range m.Open {
		if w.ID == id {
			return w, true
		}
	}
	return Work{}, false
}

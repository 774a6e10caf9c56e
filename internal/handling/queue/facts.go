package queue

import (
	"time"

	"tongban/internal/ground/event"
)

// Drawn is told when somebody has drawn a ticket.
type Drawn struct {
	Ticket   string    `json:"ticket"`
	Hall     string    `json:"hall"`
	Line     string    `json:"line"`
	No       string    `json:"no"`
	Item     string    `json:"item,omitempty"`
	Priority Priority  `json:"priority,omitempty"`
	Booking  string    `json:"booking,omitempty"`
	Channel  string    `json:"channel"`
	At       time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Drawn) FactName() string { return "queue.drawn" }

func drawn(t Ticket) event.Fact {
	return Drawn{t.ID, t.Hall, t.Line, t.No(), t.Item, t.Priority, t.Booking, t.Channel, t.Taken}
}

// Moved is told when something was done to a ticket: called, begun, ended …
type Moved struct {
	Ticket string    `json:"ticket"`
	Hall   string    `json:"hall"`
	Act    string    `json:"act"`
	To     State     `json:"to"`
	Window string    `json:"window,omitempty"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Moved) FactName() string { return "queue.moved" }

var _, _ event.Fact = Drawn{}, Moved{}

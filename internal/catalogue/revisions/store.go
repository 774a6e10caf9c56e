package revisions

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
)

// Store keeps revisions. A revision and the fact of what happened to it are
// kept in one commit, or nothing is.
type Store interface {
	// Add keeps a new revision. Of one item only one may be on its way: if
	// there is one already, fault.Conflict.
	Add(ctx context.Context, r *Revision, m Moved) error
	// AddAll keeps new revisions, all or none; faults as Add.
	AddAll(ctx context.Context, all []*Revision, facts []Moved) error
	// Change loads a revision, lets do judge and apply a move, and keeps the
	// result; whatever do writes under the ctx it is given is kept with it or
	// not at all. If someone else was faster: fault.Conflict. A revision nobody
	// knows is fault.NotFound.
	Change(ctx context.Context, id ID, do func(context.Context, *Revision) (Moved, error)) (*Revision, error)

	Revision(ctx context.Context, id ID) (*Revision, error)
	// OpenOf is the revision of an item that is on its way; "" if there is none.
	OpenOf(ctx context.Context, item items.ID) (ID, error)
	// OpenAmong is OpenOf for many items at once; those without one are left out.
	OpenAmong(ctx context.Context, all []items.ID) (map[items.ID]ID, error)
	// Begun lists the names of the items that drafts on their way would found.
	Begun(ctx context.Context) ([]string, error)
	// List is a page of revisions, the last changed first.
	List(ctx context.Context, f Filter) ([]Row, error)
	// Over lists revisions in publicity whose last day was before day.
	Over(ctx context.Context, day calendar.Day, limit int) ([]ID, error)
	// Unweighed lists what was published, is in force on day, and has not been
	// noted as weighed, the oldest first.
	Unweighed(ctx context.Context, day calendar.Day, limit int) ([]Row, error)
	// NoteWeighed notes that the running cases were held against it.
	NoteWeighed(ctx context.Context, id ID) error
	// History is the facts of a revision in order.
	History(ctx context.Context, id ID) ([]event.Record, error)
}

// Filter chooses revisions; what is empty does not matter.
type Filter struct {
	Within string // of this region or one within it
	States []State
	Item   items.ID
	Editor string // account that opened it
	After  string // Row.Cursor of the last row seen
	Limit  int
}

// Row is a revision in a list.
type Row struct {
	ID         ID
	Item       items.ID
	Name       string
	AgencyName string
	Region     string
	Reason     Reason
	State      State
	Effective  calendar.Day
	Until      calendar.Day // last day of the publicity
	Unanswered int
	Changed    time.Time
	Cursor     string
}

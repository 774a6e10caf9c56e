package supervision

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Store keeps the lines and their sums.
type Store interface {
	// Note puts down, in the batch of an act, that something happened to a case, and
	// whether its line must be made again. Notes do not stand in one another's way.
	Note(b *sqldb.Batch, id cases.ID, seq int64, telling bool)
	// NoteDecided puts down in the batch of an act who decided a case.
	NoteDecided(b *sqldb.Batch, id cases.ID, d Decider)
	// Noted is some of what was noted, once for each case, oldest cases first.
	Noted(ctx context.Context, limit int) ([]Stir, error)
	// Kept are the lines as they are kept; a case without one has none.
	Kept(ctx context.Context, ids []cases.ID) (map[cases.ID]Kept, error)
	// Settle replaces lines, brings the sums up by the difference, forgets the notes
	// and keeps what came of looking at their cases, as AlarmStore.Keep does. If a line
	// changed meanwhile nothing is kept: fault.Conflict.
	Settle(ctx context.Context, all []Change, stirs []Stir, came []Outcome) error

	// Sum adds up the days from from to until by the given grouping.
	Sum(ctx context.Context, scope Scope, by Group, from, until calendar.Day) ([]Total, error)
	// Open adds up what is open by its due day.
	Open(ctx context.Context, scope Scope) ([]OpenTotal, error)
	// Differ compares the sums with the lines and says what differs first; "" nothing.
	Differ(ctx context.Context) (string, error)
}

// A Stir is a case to which something happened.
type Stir struct {
	Case    cases.ID
	Seq     int64 // of its last fact that was noted
	Telling bool  // its line is behind
}

// A Kept line and how often it was written.
type Kept struct {
	Line    Line
	Version int64
}

// A Change is a line made again; Was is the zero Kept for a new case.
type Change struct {
	Case cases.ID
	Was  Kept
	Now  Line
}

// A Scope says whose cases: a division and all below it, and perhaps one agency.
type Scope struct {
	Region string
	Agency string
}

// A Group is by what sums are listed.
type Group string

// The groupings.
const (
	ByDay    Group = "day"
	ByAgency Group = "agency"
	ByItem   Group = "item"
)

// A Total is the sum of one group; only the field grouped by is set.
type Total struct {
	Day    calendar.Day
	Agency string
	Item   items.ID
	Counts Counts
}

// An OpenTotal is how much of a kind is due on a day; Due 0: not known yet.
type OpenTotal struct {
	Kind OpenKind
	Due  calendar.Day
	N    int64
}

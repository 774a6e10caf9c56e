package elsewhere

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Filter chooses parcels, the latest first. One of Here, There and Party says whose.
type Filter struct {
	Here  string // taken in here, with all divisions within
	There string // taken elsewhere for this division of ours, with all within
	Party string
	Over  bool   // those that have ended
	After string // ID of the last seen
	Limit int
}

// Store keeps parcels, partners and what goes between them.
type Store interface {
	// Put adds a parcel and the fact of what was done to the batch; sealed is what
	// is to be kept with it, "" to leave that as it is. A batch in which somebody
	// else was faster is refused: Collided holds for the error of Commit.
	Put(b *sqldb.Batch, p *Parcel, asked, application, certificate string, told Told) error
	// Amend adds to the batch that the sealed application of a parcel is another one.
	Amend(b *sqldb.Batch, parcel, application string)
	Commit(context.Context, *sqldb.Batch) error
	Collided(error) bool
	Parcel(ctx context.Context, id string) (*Parcel, error)
	ByRequest(ctx context.Context, asked string) (*Parcel, error)
	// OfCase is the parcel that became a case of ours, nil if none did.
	OfCase(context.Context, cases.ID) (*Parcel, error)
	// FromParcels are those of the cases that came from a parcel, a partner's or ours.
	FromParcels(context.Context, []cases.ID) (map[cases.ID]bool, error)
	Application(ctx context.Context, id string) (string, error)
	Certificate(ctx context.Context, id string) (string, error)
	List(context.Context, Filter) ([]*Parcel, error)
	// Late counts the parcels whose term of forwarding ended before the day.
	Late(context.Context, calendar.Day) (int, error)

	Term(context.Context) (int, error) // days; 0: not set
	SetTerm(context.Context, int) error

	Partners(context.Context) ([]Partner, error)
	Partner(ctx context.Context, id string) (Partner, error)
	SavePartner(context.Context, Partner) error
	// Renew keeps the newer key of a partner that is known by the one before, and
	// nothing else of it; again does nothing. Fault: elsewhere.partner.changed, when it
	// is known by a third.
	Renew(ctx context.Context, id, before, key string) error
	Lines(context.Context) (map[string]Line, error)

	// Foreign is the parcel of a partner that became a case of ours.
	Foreign(context.Context, cases.ID) (Foreign, error)
	ForeignParcel(ctx context.Context, partner, parcel string) (Foreign, error)
	AddForeign(*sqldb.Batch, Foreign)

	// Write gives a message the next number of the partner's line. A second
	// message with the same key undoes the batch; see Written.
	Write(b *sqldb.Batch, partner string, m Message)
	Written(ctx context.Context, partner, key string) (bool, error)
	// Next is the first message that the partner does not keep, if it is due.
	Next(ctx context.Context, partner string, now time.Time) (Message, bool, error)
	Kept(ctx context.Context, partner string, number int64) error
	// PutOff notes a try that failed; ahead is Line.Ahead.
	PutOff(ctx context.Context, partner string, due time.Time, say string, ahead int64) error
	// Back has the messages after one number sent again, unless the body of one of
	// them is no longer kept: then it reports false.
	Back(ctx context.Context, partner string, kept, after int64, due time.Time, say string) (bool, error)
	// LetGo empties the messages that arrived and were made before the day.
	LetGo(ctx context.Context, before time.Time) error
	// Continue gives what waits the numbers from ahead on, if the line is as it was read.
	Continue(ctx context.Context, partner string, l Line, note string) error
	// Forgo waits no longer for the numbers up to l.Gap, if the line is as it was read.
	Forgo(ctx context.Context, partner string, l Line, note string) error

	// Taken is the number of the last message done, and the digest of what came
	// under number before, "" if nothing did.
	Taken(ctx context.Context, partner string, number int64) (last int64, before string, err error)
	// Note adds to the batch that a message was done: its number must be the next.
	Note(b *sqldb.Batch, partner string, a Arrived)
	// Hold keeps one that came before its turn.
	Hold(ctx context.Context, partner string, a Arrived) error
	// HeldNext is the message whose turn has come, if it is held.
	HeldNext(ctx context.Context, partner string) (Arrived, bool, error)
	Refuse(ctx context.Context, partner, say string, at time.Time) error
	// Undone are messages that were taken and could not be done, with why, the latest first.
	Undone(ctx context.Context, partner string, most int) ([]Arrived, error)

	// SumOut and SumIn add up what was written for a partner, and what was done of
	// what came from it, after one number up to another.
	SumOut(ctx context.Context, partner string, after, upto int64) (Sum, error)
	SumIn(ctx context.Context, partner string, after, upto int64) (Sum, error)
	// With are the parcels for a partner that have not ended, the latest first.
	With(ctx context.Context, partner string, most int) ([]*Parcel, error)
	// KeepBalance keeps the outcome of a day instead of an earlier one of that day.
	KeepBalance(b *sqldb.Batch, partner string, day calendar.Day, at time.Time, body string)
	// Balances are the last that were kept, the latest first.
	Balances(ctx context.Context, partner string, most int) ([]string, error)
}

// Message is what waits to be sent, with its body sealed.
type Message struct {
	Number int64
	Key    string
	Kind   Kind
	Made   time.Time
	Body   string

	Content string // what it says: see content
}

// Arrived is what came, with its body sealed while it is held.
type Arrived struct {
	Number int64
	Key    string
	Kind   Kind
	Digest string
	At     time.Time
	Made   time.Time
	Say    string
	Body   string

	Content string
}

// Foreign ties a case of ours to a parcel of a partner.
type Foreign struct {
	Case    cases.ID
	Partner string
	Parcel  string
	Place   Place // where it was taken in
	Mode    Mode
}

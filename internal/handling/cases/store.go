package cases

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/event"
	"tongban/internal/ground/once"
	"tongban/internal/ground/sqldb"
)

// Store keeps cases. A case, its work, its papers and the fact of what happened
// are kept in one commit, or nothing is.
type Store interface {
	// Add keeps a new case and allots its number; then are moves of the case that
	// are judged, applied and kept in the same commit. The same request a second
	// time adds nothing and returns the case of the first.
	Add(ctx context.Context, r Request, c *Case, m Moved, e *items.Edition, then ...func(*Case) (Moved, error)) (*Case, error)
	// AddIn is Add with others: what it does goes into b, and the number allotted
	// is lost if b is not kept.
	AddIn(ctx context.Context, b *sqldb.Batch, c *Case, m Moved, e *items.Edition) error
	// Change loads the case, lets do judge and apply a move, and keeps the
	// result. If someone else changed the case meanwhile, do is asked again
	// about the case as it then stands. The same request a second time changes
	// nothing and returns the case as it is; the same name for something else is
	// refused. A case nobody knows is NotFound.
	Change(ctx context.Context, r Request, id ID, do func(*Case) (Moved, error)) (*Case, error)
	// ChangeIn is Change for a listener: what it does goes into b.
	ChangeIn(ctx context.Context, b *sqldb.Batch, id ID, do func(*Case) (Moved, error)) error

	// Asked is the case on which a request was carried out before.
	Asked(context.Context, Request) (*Case, bool)
	// ForgetRequests forgets the requests made before an instant: the same name is
	// then a new one.
	ForgetRequests(ctx context.Context, before time.Time) error

	Case(context.Context, ID) (*Case, error)
	// Cases finds several at once; one that is not there is fault.NotFound.
	Cases(ctx context.Context, ids []ID) (map[ID]*Case, error)
	// Ahead is a context in which these cases are found without asking for each: as
	// they stand now, for as long as somebody goes through what happened to many.
	Ahead(ctx context.Context, ids []ID) context.Context
	ByNumber(ctx context.Context, number string) (*Case, error)
	// History is the facts of a case in order, as they were written.
	History(context.Context, ID) ([]event.Record, error)
	// HistoryOf is the facts by which a case came to stand as it was read. Those that we
	// kept ourselves a moment ago are not asked for again: it is nothing to audit by.
	HistoryOf(context.Context, *Case) ([]event.Record, error)
	// LetGo is told of a case whose history is not likely to be asked for soon.
	LetGo(ID)
	// Histories are those of several cases.
	Histories(context.Context, []ID) (map[ID][]event.Record, error)
	// Papers are the papers of a case with their numbers.
	Papers(context.Context, ID) ([]Paper, error)
	// Series are the series of numbers of a year, with the gaps that were found.
	Series(ctx context.Context, year int) ([]Series, error)
	// CheckNumbers looks through a part of a series for gaps: of one with numbers that
	// were not looked at yet, or not since an instant. No more when there is none.
	CheckNumbers(ctx context.Context, now, again time.Time) (more bool, err error)
	// JoinNumbers makes one run of numbers on the shelf of those that follow each other.
	JoinNumbers(ctx context.Context) error
	// Competition is how those who compete for the number of a place stand now, as the
	// case with that place sees it. Two cases never hold the same place: of two who
	// take it at once, Change judges one again.
	Competition(ctx context.Context, c *Case, p Place) (Competition, error)
	// NumberPaper gives a paper the next number of its agency, kind and year.
	NumberPaper(b *sqldb.Batch, id ID, seq int64, kind PaperKind, year int)

	// List is a page of cases, see Filter.
	List(context.Context, Filter) ([]Row, error)
	// Open is the same page with all that is on file about each case.
	Open(context.Context, Filter) ([]Listed, error)
	// Redue reckons the due days of a page of cases, of their work and of what is
	// owed in them anew, after the calendar has changed, and returns the last case
	// looked at and how many moved. Since is the first day that may have changed: see
	// calendar.Book.Behind. The facts and the case itself stay as they are.
	Redue(ctx context.Context, since calendar.Day, after ID, limit int) (last ID, moved int, err error)
	// Inbox is a page of open work for those who hold posts, soonest due first.
	Inbox(context.Context, Tray) ([]WorkRow, error)
	// Owed is a page of what is owed on somebody's word: promised materials, and
	// checks of what was pledged, soonest due first.
	Owed(context.Context, OwedFilter) ([]Owed, error)
	// Signing is the open work that somebody was asked to sign, soonest due first.
	Signing(ctx context.Context, account string, limit int) ([]WorkRow, error)
	// Lent is the open work of a post that others do in the name of an account (委托),
	// soonest due first.
	Lent(ctx context.Context, post identity.Post, account string, limit int) ([]WorkRow, error)
	// Closed lists cases in the working tables that ended before a moment, after
	// one of them, by when they ended.
	Closed(ctx context.Context, before time.Time, after Ended, limit int) ([]Ended, error)
	// CountClosed is how many there are, up to most.
	CountClosed(ctx context.Context, before time.Time, most int) (int, error)
	// Shelve takes cases off the working tables, in the batch that puts their
	// packages on the shelf: all or none. Fault: Moving. From then on everything
	// above finds them there, except lists of what is open; Change fetches one back.
	Shelve(ctx context.Context, b *sqldb.Batch, all []Shelved) error
	// Sleeping lists cases for which something is to happen by itself by now.
	Sleeping(ctx context.Context, now time.Time, limit int) ([]ID, error)
	// Stored is all that is kept of the cases from one key to another, both
	// included, in order of their keys, and not as anybody remembers it: for audit.
	Stored(ctx context.Context, from, until ID) ([]Stored, error)
	// Would is what would be kept of a case if it were written now; opened tells
	// when its open work came, and at when each of its facts.
	Would(c *Case, opened Openings, at []time.Time) ([]Cells, error)
	// Gaps tells of each series of paper numbers that does not run from 1 without
	// a gap.
	Gaps(context.Context) ([]string, error)
	// IDs walks all cases in order of their keys, for audit.
	IDs(ctx context.Context, after ID, limit int) ([]ID, error)
}

// Remembered is for how long a request that is asked again does nothing twice.
const Remembered = once.Remembered

// Request names what a caller asks for, so that asking twice does nothing twice.
type Request struct {
	Account string
	Key     string // "": not named; every call counts
	What    string // the act and what it is done to; "" in a question: whatever it was
}

// Filter chooses cases. Exactly one of Party, Queue, Issue, Agency, Watch and
// Region says whose list it is.
type Filter struct {
	Party  string // an applicant's own, newest first
	Queue  string // region a window serves, with all within: received and correcting, oldest first
	Issue  string // region of the window that hands results over (统一窗口出证): decided and not served, oldest first
	Agency string // an agency's cases, newest first
	Watch  string // region a supervisor watches: open cases, soonest due first
	Region string // region a supervisor looks through: all cases, newest first
	Of     string // Watch, Region: of this agency only

	Drawn bool         // Agency: only automatic decisions that a person still has to look at
	State State        // only these; "" all
	Stand Stand        // only those still open, or only those ended; "" all
	Name  string       // applicant's name begins with
	Tail  string       // number ends with these digits
	DueBy calendar.Day // Watch: due on or before
	After string       // Row.Cursor of the last row seen
	Limit int
}

// Stand is on which side of its end a case is.
type Stand string

// The sides.
const (
	StillOpen Stand = "open"
	HasEnded  Stand = "ended"
)

// Row is a case in a list.
type Row struct {
	ID        ID
	Number    string
	Item      items.ID
	Edition   int
	ItemName  string
	Agency    string
	Applicant string
	State     State
	Kind      items.Type // of what was refused; "" of everything else
	Received  calendar.Day
	Due       calendar.Day
	LegalDue  calendar.Day
	Paused    bool
	Opened    time.Time
	Closed    time.Time
	Archived  bool // it stands on the shelf
	Cursor    string
}

// Listed is a row with its case.
type Listed struct {
	Row
	Case *Case
}

// Tray is whose work is asked for: all holders of a post share it.
type Tray struct {
	Agency  string
	Role    string
	Account string // work taken by this account; "": work nobody has taken
	Find    string // item's name contains, or applicant or case number begins with; "" all
	After   string
	Limit   int
}

// WorkRow is a piece of work in an inbox.
type WorkRow struct {
	Case      ID
	Number    string
	ItemName  string
	Applicant string
	Work      flow.Work
	Opened    time.Time
	Due       calendar.Day // of the step
	CaseDue   calendar.Day
	Paused    bool
	Clock     clock.Clock // the step's own time
	Cursor    string
}

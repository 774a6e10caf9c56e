package rating

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Cases is what the room asks of the handling floor; cases.Service is one.
type Cases interface {
	Case(ctx context.Context, id cases.ID, by identity.Actor) (*cases.Case, error)
}

// Service is the door of the room.
type Service struct {
	Store     Store
	Cases     Cases
	Days      clock.Days
	Deadlines Deadlines // zero: Usual
	Now       func() time.Time
}

// A Filter chooses ratings that people gave, newest first. One of Item, Agency
// and Region says of what.
type Filter struct {
	Item   items.ID
	Agency string
	Region string // the division and all below it
	Poor   bool   // only bad ratings
	Open   bool   // only those that wait for an answer
	After  string // Cursor of the last row seen
	Limit  int
}

// Store keeps invites and ratings.
type Store interface {
	// Invite adds an invite to the batch; a second one for the case is none.
	Invite(b *sqldb.Batch, i Invite)
	// InviteOf finds the invite of a case: fault.NotFound if there is none.
	InviteOf(ctx context.Context, id cases.ID) (Invite, error)
	// Waiting lists a party's invites that nobody has answered yet, newest first.
	Waiting(ctx context.Context, party string, today calendar.Day, limit int) ([]Invite, error)
	// Lapsed lists invites that ran out before today without any rating.
	Lapsed(ctx context.Context, today calendar.Day, limit int) ([]Invite, error)

	// Add keeps a rating and the fact of it: fault.Conflict if there is one of that Seq.
	Add(ctx context.Context, r Rating, facts ...event.Fact) error
	// Of lists the ratings of a case, by Seq.
	Of(ctx context.Context, id cases.ID) ([]Rating, error)
	// Unanswered are the bad ratings of these cases that wait for an answer.
	Unanswered(ctx context.Context, ids []cases.ID) ([]Rating, error)
	// Put keeps what was done about a bad rating: fault.Conflict if it is no more
	// as it was before.
	Put(ctx context.Context, before, after Rating, fact event.Fact) error
	// List is a page of ratings, defaults left out.
	List(ctx context.Context, f Filter) ([]Rating, error)
	// Tally counts all of an item, an agency or a division by grade, defaults left out.
	Tally(ctx context.Context, f Filter) (map[Grade]int, error)
	// Fold adds up what was counted one by one since the last time, so that Tally
	// reads little.
	Fold(ctx context.Context) error
	// Differ compares the sums that Tally reads with the ratings; "" nothing differs.
	Differ(ctx context.Context) (string, error)
}

// Fold keeps the sums of ratings short to read; from time to time.
func (s *Service) Fold(ctx context.Context) error { return s.Store.Fold(ctx) }

// None is the answer about a case that cannot be rated, or not yet.
func None() error {
	return fault.New(fault.NotFound, "rating.none", "办件还没有办结，办结后才能评价")
}

// Rate keeps what by says about a case; see Invite.Judge. The same request a
// second time is the rating of the first. Who was not asked learns nothing of the case.
func (s *Service) Rate(ctx context.Context, id cases.ID, r Rating, by identity.Actor) (Rating, error) {
	i, err := s.InviteOf(ctx, id, by)
	if err != nil {
		return Rating{}, err
	}
	var earlier []Rating
	if i.Rated {
		if earlier, err = s.Store.Of(ctx, id); err != nil {
			return Rating{}, err
		}
	}
	if n := slices.IndexFunc(earlier, func(r Rating) bool { return by.Request != "" && r.Request == by.Request }); n >= 0 {
		return earlier[n], nil
	}
	r, err = i.Judge(r, earlier, s.deadlines(), s.Days, by, event.Moment(s.Now()))
	if err != nil {
		return Rating{}, err
	}
	return r, s.Store.Add(ctx, r, Given{r.Case, r.Seq, r.Item, r.Agency, r.Region, r.Grade, r.Tags, r.Rectify, r.At})
}

// Of lists what was said about a case, to whoever may see the case. Nobody is
// asked before the case has ended, so staff see nothing before that.
func (s *Service) Of(ctx context.Context, id cases.ID, by identity.Actor) ([]Rating, error) {
	if _, err := s.Cases.Case(ctx, id, by); err != nil {
		return nil, err
	}
	return s.Store.Of(ctx, id)
}

// Unanswered are the bad ratings of cases that wait for an answer, for the program
// itself.
func (s *Service) Unanswered(ctx context.Context, ids []cases.ID) (map[cases.ID][]Rating, error) {
	list, err := s.Store.Unanswered(ctx, ids)
	all := map[cases.ID][]Rating{}
	for _, r := range list {
		all[r.Case] = append(all[r.Case], r)
	}
	return all, err
}

// InviteOf is the invite of a case, for the one who was asked.
func (s *Service) InviteOf(ctx context.Context, id cases.ID, by identity.Actor) (Invite, error) {
	i, err := s.Store.InviteOf(ctx, id)
	if err == nil && (by.Party == "" || i.Party != by.Party) {
		return Invite{}, None()
	}
	return i, err
}

// Waiting lists the cases that by may still rate.
func (s *Service) Waiting(ctx context.Context, by identity.Actor) ([]Invite, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.Waiting(ctx, by.Party, calendar.DayOf(s.Now()), 50)
}

// CaseMoved hears of a case that has ended and asks its applicant.
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	c, err := s.Cases.Case(ctx, m.Case, identity.TheSystem)
	if err != nil {
		return err
	}
	s.Store.Invite(b, Invite{Case: c.ID, Number: c.Number, Party: c.Applicant.Party, Name: c.Applicant.Name, Item: c.Item, ItemName: c.ItemName,
		Agency: c.Agency, Region: c.Region, Closed: m.At, Until: dueAfter(s.deadlines().Invite, m.At, s.Days)})
	return nil
}

// Lapse notes a default for every case whose applicant was asked and said
// nothing in time; run it once a day. It returns how many there were.
func (s *Service) Lapse(ctx context.Context) (int, error) {
	now := s.Now()
	invites, err := s.Store.Lapsed(ctx, calendar.DayOf(now), 500)
	if err != nil {
		return 0, err
	}
	for _, i := range invites {
		r := Rating{Case: i.Case, Item: i.Item, ItemName: i.ItemName, Agency: i.Agency, Region: i.Region, Grade: Excellent, Version: TagVersion, Anonymous: true, At: now}
		if err := s.Store.Add(ctx, r); err != nil && fault.Of(err) != fault.Conflict {
			return 0, err
		}
	}
	return len(invites), nil
}

// List is a page of ratings for staff: of their own agency, or of the division
// a supervisor watches.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]Rating, error) {
	if !may(f, by) {
		return nil, fault.New(fault.Forbidden, "rating.list.reach", "您没有查看这些评价的权限")
	}
	return s.Store.List(ctx, f.paged())
}

func may(f Filter, by identity.Actor) bool {
	return by.In("", func(p identity.Post) bool {
		return f.Agency != "" && p.Agency == f.Agency || p.Role == identity.Supervisor && f.Region != "" && p.Serves(f.Region) || p.Role == identity.System
	})
}

// A Public is a rating as everybody may read it (评价公开).
type Public struct {
	ItemName string
	Agency   string
	Name     string // masked, or 匿名
	Grade    Grade
	Said     []string
	Text     string
	On       calendar.Day
	Answer   string
}

// Published is a page of ratings for everybody; what could tell who rated is
// not in it.
func (s *Service) Published(ctx context.Context, f Filter) ([]Public, error) {
	all, err := s.Store.List(ctx, f.paged())
	if err != nil {
		return nil, err
	}
	list := make([]Public, len(all))
	for i, r := range all {
		list[i] = Public{r.ItemName, r.Agency, "匿名", r.Grade, Said(r.Version, r.Grade, r.Tags), r.Text, calendar.DayOf(r.At), r.Answer}
		if r.Name != "" {
			list[i].Name = codes.MaskName(r.Name)
		}
	}
	return list, nil
}

// A Tally is how many ratings of each grade people gave; defaults are not among them.
type Tally map[Grade]int

// Total is how many there are.
func (t Tally) Total() int {
	n := 0
	for _, k := range t {
		n += k
	}
	return n
}

// Praise is the share that is not bad, of 1; 1 when there is none.
func (t Tally) Praise() float64 {
	if t.Total() == 0 {
		return 1
	}
	return float64(t[Excellent]+t[Good]+t[Fair]) / float64(t.Total())
}

// Tally counts the ratings of a filter by grade; it is public.
func (s *Service) Tally(ctx context.Context, f Filter) (Tally, error) {
	return s.Store.Tally(ctx, f)
}

func (f Filter) paged() Filter {
	if f.Limit < 1 || f.Limit > 200 {
		f.Limit = 50
	}
	return f
}

func (s *Service) deadlines() Deadlines {
	if s.Deadlines == (Deadlines{}) {
		return Usual
	}
	return s.Deadlines
}

// Cursor is where the next page begins after this rating.
func (r Rating) Cursor() string {
	return fmt.Sprintf("%013d", r.At.UnixMilli()) + string(r.Case)
}

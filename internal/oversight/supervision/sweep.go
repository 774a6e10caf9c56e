package supervision

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// A Raised alarm stands, or stood.
type Raised struct {
	Alarm
	Case     cases.ID // or what stands in its place: TicketID
	Number   string
	ItemName string
	Region   string
	Agency   string
	Raised   time.Time
	Cleared  time.Time // the zero time while it stands
	Told     int       // rungs of the escalation that were reached
}

// A Notice tells somebody of an alarm, in their inbox. With Account it is theirs
// alone; else it is for all who hold Role in Agency, or for Region when that is set.
type Notice struct {
	ID       string
	Account  string
	Role     identity.Role
	Agency   string
	Region   string
	Case     cases.ID
	Number   string
	ItemName string
	Rule     string
	Level    Level
	Say      string
	At       time.Time
}

// An Outcome is what came of looking at one case.
type Outcome struct {
	Case    cases.ID
	Seen    clock.Moment // the look that this answers; 0: none was noted
	Raised  []Raised     // new, or told to more people
	Cleared []Raised
	Notices []Notice
	Next    clock.Moment // when to look again; 0: not before something happens
}

// AlarmStore keeps alarms, and when each case is to be looked at.
type AlarmStore interface {
	// LookAt puts down in a batch that a case is to be looked at.
	LookAt(b *sqldb.Batch, id cases.ID, at clock.Moment)
	// LookAtAll has every case that is watched looked at anew, as after the
	// calendar has changed.
	LookAtAll(ctx context.Context) error
	// Looks are cases whose time has come, soonest first: by index, whatever
	// else is open.
	Looks(ctx context.Context, now time.Time, limit int) ([]Look, error)
	// Next are the looks that are noted of these cases, in their order; of one that is
	// not to be looked at, Due is 0.
	Next(ctx context.Context, ids []cases.ID) ([]Look, error)
	// Standing are the alarms of cases that were not cleared.
	Standing(ctx context.Context, ids ...cases.ID) ([]Raised, error)
	// Decided are who decided these cases, each with how many other cases they
	// decided within a time before or after, up to MostNear.
	Decided(ctx context.Context, ids []cases.ID, within time.Duration) (map[cases.ID][]Decider, error)
	// Keep keeps outcomes. If a case was to be looked at anew meanwhile, that stays.
	Keep(ctx context.Context, all ...Outcome) error
	// List is the alarms of a scope that stand, newest first, before a cursor.
	List(ctx context.Context, scope Scope, before string, limit int) ([]Raised, error)
	// Notices are what the holder of these posts was told and has not put away.
	Notices(ctx context.Context, account string, posts []identity.Post, limit int) ([]Notice, error)
	// CountNotices is how many they are.
	CountNotices(ctx context.Context, account string, posts []identity.Post, limit int) (int, error)
	// PutAway puts one of them away.
	PutAway(ctx context.Context, id, account string, posts []identity.Post) error
}

// A Look is a case to look at, and from when.
type Look struct {
	Case cases.ID
	Due  clock.Moment
}

// swept is how many cases are looked at between two looks at the list.
const swept = 200

// Sweep looks at the cases whose time has come and raises, escalates and clears
// their alarms. Cases whose time has not come are not touched.
func (s *Service) Sweep(ctx context.Context) error {
	for {
		if more, err := s.sweep(ctx); err != nil || !more {
			return err
		}
	}
}

// sweep looks at some of them, and tells whether there may be more.
func (s *Service) sweep(ctx context.Context) (more bool, err error) {
	looks, err := s.AlarmStore.Looks(ctx, s.Now(), swept)
	if err != nil || len(looks) == 0 {
		return false, err
	}
	found, err := s.found(ctx, ofCases(looks))
	if err != nil {
		return false, err
	}
	came, err := s.outcomes(ctx, looks, found)
	if err != nil {
		return false, err
	}
	return len(looks) == swept, s.AlarmStore.Keep(ctx, came...)
}

// ofCases are those of looks that are at cases.
func ofCases(looks []Look) (ids []cases.ID) {
	for _, l := range looks {
		if _, _, ticket := TicketOf(l.Case); !ticket {
			ids = append(ids, l.Case)
		}
	}
	return ids
}

// outcomes looks at several cases, or what stands in their place.
func (s *Service) outcomes(ctx context.Context, looks []Look, found map[cases.ID]*cases.Case) ([]Outcome, error) {
	before, err := s.standing(ctx, looks)
	if err != nil {
		return nil, err
	}
	aside, err := s.aside(ctx, ofCases(looks))
	if err != nil {
		return nil, err
	}
	came := make([]Outcome, len(looks))
	for i, l := range looks {
		if _, _, ticket := TicketOf(l.Case); ticket {
			came[i], err = s.sweepTicket(ctx, l, before[l.Case])
		} else {
			came[i], err = s.sweepOne(ctx, l, found[l.Case], before[l.Case], aside)
		}
		if err != nil {
			return nil, fmt.Errorf("alarms of %s: %w", l.Case, err)
		}
	}
	s.Alarms.tellOnce(came)
	return came, nil
}

// standing are the alarms that stand, by what they are about.
func (s *Service) standing(ctx context.Context, looks []Look) (map[cases.ID][]Raised, error) {
	var all []cases.ID
	for _, l := range looks {
		all = append(all, l.Case)
	}
	raised, err := s.AlarmStore.Standing(ctx, all...)
	if err != nil {
		return nil, err
	}
	by := map[cases.ID][]Raised{}
	for _, r := range raised {
		by[r.Case] = append(by[r.Case], r)
	}
	return by, nil
}

// sweepOne looks at one case; nil is one that does not exist.
func (s *Service) sweepOne(ctx context.Context, l Look, c *cases.Case, before []Raised, aside aside) (Outcome, error) {
	o := Outcome{Case: l.Case, Seen: l.Due}
	if c == nil {
		return o, nil
	}
	sight := aside.of(Sight{Case: c, Now: s.Now(), Days: s.Days})
	if len(c.Flow.Open) > 0 {
		var err error
		if sight.Turns, sight.Events, err = s.Cases.Course(ctx, c, identity.TheSystem); err != nil {
			return o, err
		}
	}
	return s.weigh(o, sight, before), nil
}

// weigh compares the alarms that stand with those that stood.
func (s *Service) weigh(o Outcome, sight Sight, before []Raised) Outcome {
	o.Next = s.Alarms.Next(sight)
	now := s.Alarms.Standing(sight)
	for _, was := range before {
		if !slices.ContainsFunc(now, was.same) {
			was.Cleared = sight.Now
			o.Cleared = append(o.Cleared, was)
		}
	}
	for _, a := range now {
		r := sight.raise(o.Case, a)
		if i := slices.IndexFunc(before, func(b Raised) bool { return b.same(a) }); i >= 0 {
			r.Raised, r.Told = before[i].Raised, before[i].Told
		}
		rule, _ := s.Alarms.Rule(a.Rule)
		told, next := rule.Told(r.Raised, sight.Now, s.Days)
		for _, t := range rule.Tell[min(r.Told, told):told] {
			o.Notices = append(o.Notices, s.notice(sight, r, t.To))
		}
		r.Told = told
		o.Raised = append(o.Raised, r)
		if next != 0 && (o.Next == 0 || next < o.Next) {
			o.Next = next
		}
	}
	return o
}

func (r Raised) same(a Alarm) bool { return r.Rule == a.Rule && r.Thing == a.Thing }

// raise is an alarm of what is looked at.
func (s Sight) raise(id cases.ID, a Alarm) Raised {
	if t := s.Ticket; t != nil {
		return Raised{Alarm: a, Case: id, Number: t.Number, ItemName: t.Name, Region: t.Region, Agency: t.Agency, Raised: s.Now}
	}
	c := s.Case
	return Raised{Alarm: a, Case: id, Number: c.Number, ItemName: c.ItemName, Region: c.Region, Agency: whose(c, a), Raised: s.Now}
}

// notice says who is told.
func (s *Service) notice(sight Sight, r Raised, to Whom) Notice {
	n := Notice{ID: sqldb.NewID(), Case: r.Case, Number: r.Number, ItemName: r.ItemName, Rule: r.Rule, Level: r.Level, Say: r.Say, At: s.Now(), Agency: r.Agency}
	if sight.Ticket != nil {
		return sight.Ticket.toldOf(n, to)
	}
	c := sight.Case
	switch to {
	case ToHead:
		n.Role = identity.Head
	case ToSupervisor:
		n.Role, n.Agency, n.Region = identity.Supervisor, "", c.Region
	case ToWindow:
		n.Role, n.Agency, n.Region = identity.Window, "", c.Region
	default:
		return n.toHolder(c, r.Thing)
	}
	return n
}

// toHolder tells who has the work that the alarm is about, or else the first that is
// open; where none is, who takes in or decides. No work of the case is a regulator's.
func (n Notice) toHolder(c *cases.Case, thing string) Notice {
	n.Role = identity.Approver
	if thing == toRegulator {
		return n
	}
	w, open := c.Flow.Find(thing)
	if !open && len(c.Flow.Open) > 0 {
		w, open = c.Flow.Open[0], true
	}
	if open {
		n.Account, n.Role, n.Agency = w.Claimed, w.Role, w.Agency
	} else if c.State == cases.Received || c.State == cases.Correcting {
		n.Role, n.Agency, n.Region = identity.Window, "", c.Region
	}
	return n
}

// AlarmPage is how many alarms a page holds.
const AlarmPage = 50

// Staff refuses who holds no post at all.
func Staff(by identity.Actor) error {
	if by.Staff() {
		return nil
	}
	return fault.New(fault.Forbidden, "supervision.staff", "只有工作人员可以查看")
}

// Alarmed lists the alarms that stand in a scope, for a supervisor whose reach it
// is within, or for who works in the agency.
func (s *Service) Alarmed(ctx context.Context, scope Scope, before string, by identity.Actor) ([]Raised, error) {
	works := scope.Agency != "" && by.In("", func(p identity.Post) bool { return p.Agency == scope.Agency })
	if err := scope.Reach(by); err != nil && !works {
		return nil, err
	}
	return s.AlarmStore.List(ctx, scope, before, AlarmPage)
}

// mostNotices is how many are shown at once: the newest.
const mostNotices = 20

// Notices are what the actor was told of and has not put away.
func (s *Service) Notices(ctx context.Context, by identity.Actor) ([]Notice, error) {
	if err := Staff(by); err != nil {
		return nil, err
	}
	return s.AlarmStore.Notices(ctx, by.Account, by.Posts, mostNotices)
}

// CountNotices is how many they are, for the head of a page.
func (s *Service) CountNotices(ctx context.Context, by identity.Actor) (int, error) {
	if err := Staff(by); err != nil {
		return 0, err
	}
	return s.AlarmStore.CountNotices(ctx, by.Account, by.Posts, mostNotices)
}

// PutAway puts a notice away for whoever it was for.
func (s *Service) PutAway(ctx context.Context, id string, by identity.Actor) error {
	return s.AlarmStore.PutAway(ctx, id, by.Account, by.Posts)
}

package supervision

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Cases is what the room asks of the handling floor; cases.Service is one.
type Cases interface {
	Case(ctx context.Context, id cases.ID, by identity.Actor) (*cases.Case, error)
	Course(ctx context.Context, c *cases.Case, by identity.Actor) ([]cases.Turn, []cases.Event, error)
	Frame(ctx context.Context, c *cases.Case) (cases.Frame, error)
	// Ahead asks for the heads of cases at once that are then asked for one by one.
	Ahead(ctx context.Context, ids []cases.ID) context.Context
	// LetGo is told of a case when its line is made and nothing else waits for its course.
	LetGo(c *cases.Case)
	// After walks all cases in the order of their keys.
	After(ctx context.Context, after cases.ID, limit int, by identity.Actor) ([]cases.ID, error)
}

// Service is the door of the room.
type Service struct {
	Store   Store
	Cases   Cases
	Watched OpenCases
	Relay   Originals  // nil: no originals travel
	Ratings BadRatings // nil: nobody rates
	Days    Days
	Now     func() time.Time

	Tickets    map[string]Tickets // by room: what is raised that is no case
	Alarms     Alarms             // the rules in force
	AlarmStore AlarmStore
}

// Look is one case as a supervisor sees it, for those who may see it.
func (s *Service) Look(ctx context.Context, c *cases.Case, by identity.Actor) (Sight, error) {
	turns, events, err := s.Cases.Course(ctx, c, by)
	if err != nil {
		return Sight{}, err
	}
	f, err := s.Cases.Frame(ctx, c)
	if err != nil {
		return Sight{}, err
	}
	return Sight{Case: c, Turns: turns, Events: events, Decides: decides(f.Edition.Procedure), Now: s.Now(), Days: s.Days}, nil
}

// decides is what the deciding step of a procedure is called.
func decides(d flow.Definition) string {
	for _, n := range d.Nodes {
		if n.Decides {
			return n.Name
		}
	}
	return ""
}

// tells reports whether what happened may change what a case adds to the sums: it
// went from one state to another or from the lower agency to the upper one, was
// decided, a clock of it stopped, ran on or was lengthened, or it has another
// edition, agency, promises or letters.
func tells(m cases.Moved) bool {
	return m.From != m.To || m.Paper == cases.SentUp || m.Filing != nil || m.Decision != nil || cases.MoveOf(m.Act).Clock != clock.Keeps ||
		m.Edition != 0 || m.Agency != "" || m.Notice != nil || len(m.Promises) > 0 || m.Postponed != nil || m.Act == cases.Urge || m.Act == cases.Cure
}

// CaseStirred notes in the act itself that something happened to a case. It is as
// good as free: the work is done by Refresh, once for all that happened
// to the case meanwhile.
func (s *Service) CaseStirred(m cases.Moved, b *sqldb.Batch) {
	s.Store.Note(b, m.Case, m.Seq, tells(m))
	if deciding[m.Act] && m.By.Account != "" && m.By.Role != identity.System {
		s.Store.NoteDecided(b, m.Case, Decider{Account: m.By.Account, Name: m.By.Name, At: m.At})
	}
}

// atOnce is how many lines one commit brings up to date.
const atOnce = 200

// Follow brings the sums up to date and looks at what is to be looked at by now, run
// it every moment or two. It is one work: two hands might tell of an alarm twice. What
// one part of it cannot do does not stop the other.
func (s *Service) Follow(ctx context.Context) error {
	for {
		failed := s.Refresh(ctx)
		more, err := s.sweep(ctx)
		if failed = errors.Join(failed, err); failed != nil || !more {
			return failed
		}
	}
}

// Refresh brings the sums up to date and looks at the cases to which something
// happened.
func (s *Service) Refresh(ctx context.Context) error {
	for {
		stirs, err := s.Store.Noted(ctx, atOnce)
		if err != nil || len(stirs) == 0 {
			return err
		}
		if err := s.settle(ctx, stirs); err != nil {
			return err
		}
		if len(stirs) < atOnce {
			return nil
		}
	}
}

// settle makes the lines of cases again that are behind, looks at all of them, and
// keeps both. What cannot be looked at is left to Sweep, which says why.
func (s *Service) settle(ctx context.Context, stirs []Stir) error {
	var all, behind []cases.ID
	for _, m := range stirs {
		if all = append(all, m.Case); m.Telling {
			behind = append(behind, m.Case)
		}
	}
	looks, err := s.AlarmStore.Next(ctx, all) // first: what is to be looked at from here on stays so
	if err != nil {
		return err
	}
	found, err := s.found(ctx, all)
	if err != nil {
		return err
	}
	changes, err := s.changes(ctx, behind, found)
	if err != nil {
		return err
	}
	came, err := s.outcomes(ctx, looks, found)
	if err != nil {
		came = again(looks, s.Now())
	}
	if err := s.Store.Settle(ctx, changes, stirs, came); err != nil {
		return err
	}
	for _, c := range found {
		s.Cases.LetGo(c)
	}
	return nil
}

// again is to look at cases once more.
func again(looks []Look, now time.Time) (all []Outcome) {
	for _, l := range looks {
		all = append(all, Outcome{Case: l.Case, Seen: l.Due, Next: clock.At(now)})
	}
	return all
}

// found are cases as they stand; one that does not exist is not among them.
func (s *Service) found(ctx context.Context, ids []cases.ID) (map[cases.ID]*cases.Case, error) {
	all := make(map[cases.ID]*cases.Case, len(ids))
	ctx = s.Cases.Ahead(ctx, ids)
	for _, id := range ids {
		switch c, err := s.Cases.Case(ctx, id, identity.TheSystem); {
		case err == nil:
			all[id] = c
		case fault.Of(err) != fault.NotFound:
			return nil, fmt.Errorf("read case %s: %w", id, err)
		}
	}
	return all, nil
}

// changes makes the lines of cases again and returns those that differ.
func (s *Service) changes(ctx context.Context, ids []cases.ID, found map[cases.ID]*cases.Case) ([]Change, error) {
	kept, err := s.Store.Kept(ctx, ids)
	if err != nil {
		return nil, err
	}
	var all []Change
	for _, id := range ids {
		if found[id] == nil {
			continue
		}
		now, err := s.line(ctx, found[id])
		if err != nil {
			return nil, fmt.Errorf("line of case %s: %w", id, err)
		}
		if was, ok := kept[id]; !ok || !reflect.DeepEqual(was.Line, now) {
			all = append(all, Change{id, was, now})
		}
	}
	return all, nil
}

// line makes the line of a case; how it went through its procedure matters only
// once it was decided.
func (s *Service) line(ctx context.Context, c *cases.Case) (l Line, err error) {
	sight := Sight{Case: c, Now: s.Now(), Days: s.Days}
	if c.Decision != nil && c.State.Final() {
		if sight.Turns, sight.Events, err = s.Cases.Course(ctx, c, identity.TheSystem); err != nil {
			return l, err
		}
	}
	return LineOf(sight), nil
}

// A Difference is a line or a sum that is not what the facts say.
type Difference struct {
	Case cases.ID // "" for a sum
	Say  string
}

// Audit makes every line again and compares it with what is kept, and the sums
// with the lines. With mend it also puts right what differs. It returns how many
// cases it looked at.
func (s *Service) Audit(ctx context.Context, mend bool, see func(Difference)) (looked int, err error) {
	for after := cases.ID(""); ; {
		ids, err := s.Cases.After(ctx, after, atOnce, identity.TheSystem)
		if err != nil {
			return looked, err
		}
		if len(ids) == 0 {
			break
		}
		found, err := s.found(ctx, ids)
		if err != nil {
			return looked, err
		}
		changes, err := s.changes(ctx, ids, found)
		if err != nil {
			return looked, err
		}
		for _, c := range changes {
			see(Difference{c.Case, "效能统计行与办件不符"})
		}
		if mend && len(changes) > 0 {
			if err := s.Store.Settle(ctx, changes, nil, nil); err != nil {
				return looked, err
			}
		}
		looked, after = looked+len(ids), ids[len(ids)-1]
	}
	say, err := s.Store.Differ(ctx)
	if say != "" {
		see(Difference{"", say})
	}
	return looked, err
}

// Reach refuses a scope that by does not supervise.
func (scope Scope) Reach(by identity.Actor) error {
	if by.In(identity.Supervisor, func(p identity.Post) bool { return p.Serves(scope.Region) }) || by.Plays(identity.System) {
		return nil
	}
	return fault.New(fault.Forbidden, "supervision.reach", "您没有查看这个区域效能数据的权限")
}

// A Board is the figures of a scope (效能概览).
type Board struct {
	Open, Late, Today, Soon int64 // cases open, past due, due today, due today or on the next day
	Owed, OwedToday         int64 // promised materials that have not come
	Filed                   int64 // today
	Whole                   Counts
	Days                    []Total // from the first to today, every day
	Agencies                []Total
	Items                   []Total
}

// boardDays is how far the board looks back.
const boardDays = 30

// Board adds up a scope, for a supervisor whose reach it is within. It reads
// sums only.
func (s *Service) Board(ctx context.Context, scope Scope, by identity.Actor) (Board, error) {
	if err := scope.Reach(by); err != nil {
		return Board{}, err
	}
	today := calendar.DayOf(s.Now())
	open, err := s.Store.Open(ctx, scope)
	if err != nil {
		return Board{}, err
	}
	b := board(open, today)
	if b.Days, err = s.Store.Sum(ctx, scope, ByDay, today-boardDays+1, today); err != nil {
		return b, err
	}
	if b.Agencies, err = s.Store.Sum(ctx, scope, ByAgency, today-boardDays+1, today); err != nil {
		return b, err
	}
	b.Items, err = s.Store.Sum(ctx, scope, ByItem, today-boardDays+1, today)
	b.Days = everyDay(b.Days, today-boardDays+1, today)
	for _, d := range b.Days {
		b.Whole = b.Whole.Plus(d.Counts, 1)
	}
	b.Filed = b.Days[len(b.Days)-1].Counts[Filed]
	return b, err
}

func board(open []OpenTotal, today calendar.Day) (b Board) {
	for _, o := range open {
		known := o.Due != 0
		switch o.Kind {
		case OpenPromise:
			b.Owed += o.N
			if o.Due == today {
				b.OwedToday += o.N
			}
		case OpenCase:
			b.Open += o.N
			switch {
			case known && o.Due < today:
				b.Late += o.N
			case known && o.Due == today:
				b.Today += o.N
				b.Soon += o.N
			case known && o.Due == today+1:
				b.Soon += o.N
			}
		}
	}
	return b
}

// everyDay is the totals with the days on which nothing happened.
func everyDay(totals []Total, from, until calendar.Day) []Total {
	on := map[calendar.Day]Total{}
	for _, t := range totals {
		on[t.Day] = t
	}
	var all []Total
	for day := from; day <= until; day++ {
		t := on[day]
		t.Day = day
		all = append(all, t)
	}
	return all
}

package supervision

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/relay"
	"tongban/internal/oversight/rating"
)

// Days is the calendar with its office hours; calendar.Live is one.
type Days interface {
	clock.Days
	// Worked is the office time between two moments.
	Worked(from, until time.Time) time.Duration
}

// A Sight is one case as a supervisor looks at it, or something raised that is no
// case: all that the rules of this room need to know.
type Sight struct {
	Case    *cases.Case // nil: Ticket is looked at
	Ticket  *Ticket     // raised, and waiting for an answer
	Turns   []cases.Turn
	Events  []cases.Event
	Decides string                      // what the deciding step is called, to say what waits
	Slips   []relay.Slip                // on which its originals travelled
	Ratings []rating.Rating             // bad ones that wait for an answer
	Decided map[time.Duration][]Decider // who decided it, and what else within a time
	Now     time.Time
	Days    Days
}

// aside is what the rules look at besides cases, for several cases.
type aside struct {
	slips   map[cases.ID][]relay.Slip
	ratings map[cases.ID][]rating.Rating
	decided map[time.Duration]map[cases.ID][]Decider
}

func (s *Service) aside(ctx context.Context, ids []cases.ID) (a aside, err error) {
	if len(ids) == 0 {
		return a, nil
	}
	if a.slips, err = s.slips(ctx, ids); err != nil {
		return a, err
	}
	if a.ratings, err = s.ratings(ctx, ids); err != nil {
		return a, err
	}
	a.decided, err = s.decided(ctx, ids)
	return a, err
}

// of puts what there is of the case into the sight of it.
func (a aside) of(s Sight) Sight {
	s.Slips, s.Ratings, s.Decided = a.slips[s.Case.ID], a.ratings[s.Case.ID], map[time.Duration][]Decider{}
	for within, all := range a.decided {
		s.Decided[within] = all[s.Case.ID]
	}
	return s
}

// last is the latest event of one of these acts, and how many there were.
func (s Sight) last(acts ...cases.Act) (e cases.Event, n int) {
	for _, one := range s.Events {
		for _, act := range acts {
			if one.Act == act {
				e, n = one, n+1
			}
		}
	}
	return e, n
}

// began is the act by which a special procedure began: a hearing by being asked
// for or called, others by being opened.
func (s Sight) began(special string) cases.Event {
	for _, e := range s.Events {
		if e.Special != nil && e.Special.ID == special {
			return e
		}
	}
	return cases.Event{}
}

// ends reports whether a special procedure ended by it: a hearing by its minutes, a
// test by its result, others by being closed.
func ends(e cases.Event) bool { return e.Special != nil && !e.Special.Open() }

// lastEnded is the act by which a special procedure last ended.
func (s Sight) lastEnded() (last cases.Event, found bool) {
	for _, e := range s.Events {
		if ends(e) {
			last, found = e, true
		}
	}
	return last, found
}

// since is the office time from t until now.
func (s Sight) since(t time.Time) string { return Spell(s.Days.Worked(t, s.until())) }

// until is now, or when the case ended.
func (s Sight) until() time.Time {
	if s.Case.State.Final() {
		return s.Case.Closed
	}
	return s.Now
}

// accepted is when the case was accepted, if it was.
func (s Sight) accepted() (time.Time, bool) {
	e, n := s.last(cases.Accept, cases.DeemAccept)
	return e.At, n > 0
}

// Late reports whether the binding clock has run out.
func (s Sight) Late() bool { return s.Case.Clock().Late(s.Now, s.Days) }

// Spell is office time as people say it: "21个工作小时".
func Spell(d time.Duration) string {
	if h := int64(d / time.Hour); h > 0 {
		return fmt.Sprintf("%d个工作小时", h)
	}
	return "不到1个工作小时"
}

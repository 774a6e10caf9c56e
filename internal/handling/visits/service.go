package visits

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// Store keeps visits.
type Store interface {
	// Add keeps a new visit; a second open one of the same matter is refused with
	// visits.call.open.
	Add(ctx context.Context, m Moved) (*Visit, error)
	// Change loads a visit, has it judged, and keeps what was judged with what do
	// put into the batch.
	Change(ctx context.Context, id ID, do func(*Visit, *sqldb.Batch) (Moved, error)) (*Visit, error)
	Visit(context.Context, ID) (*Visit, error)
	// Of are the visits of a matter, the latest first.
	Of(context.Context, joint.ID) ([]*Visit, error)
	// For are the visits of an agency, those that are open first, then the latest.
	For(ctx context.Context, agency string, limit int) ([]*Visit, error)
	// Ringing are the open visits.
	Ringing(ctx context.Context, after ID, limit int) ([]*Visit, error)
	// IDs is a page of all visits in the order of their keys.
	IDs(ctx context.Context, after ID, limit int) ([]ID, error)
	// History is the facts of a visit in order.
	History(ctx context.Context, id ID) ([]event.Record, error)
}

// Service is the door of the room.
type Service struct {
	Store      Store
	Joint      *joint.Service
	Cases      *cases.Service
	Themes     *themes.Service
	Industries *industries.Book
	Days       clock.Days
	NewID      func() string
	Now        func() time.Time
}

func (s *Service) now() time.Time { return event.Moment(s.Now()) }

// Propose is the visit that the matter of a case needs now: who goes, and the
// list. Nil if fewer than two departments have to see the place.
func (s *Service) Propose(ctx context.Context, id cases.ID, by identity.Actor) (*Visit, error) {
	if _, err := s.Cases.Case(ctx, id, by); err != nil {
		return nil, err
	}
	j, err := s.Joint.OfCase(ctx, id)
	if err != nil || j == nil {
		return nil, err
	}
	before, err := s.Store.Of(ctx, j.ID)
	if err != nil {
		return nil, err
	}
	v := &Visit{Joint: j.ID, Number: j.Number, Name: j.Name, Round: len(before) + 1, Region: j.Region, Party: j.Applicant.Party, Applicant: j.Applicant.Name}
	editions, err := s.parts(ctx, j, v, before)
	if err != nil || len(v.Parts) < 2 {
		return nil, err
	}
	return v, s.points(ctx, j, v, editions)
}

// parts are the departments with an open case that is inspected on the spot, and
// that have not passed it on an earlier visit.
func (s *Service) parts(ctx context.Context, j *joint.Joint, v *Visit, before []*Visit) (map[items.ID]*items.Edition, error) {
	all, err := s.Joint.CasesOf(ctx, j)
	if err != nil {
		return nil, err
	}
	editions := map[items.ID]*items.Edition{}
	for _, part := range j.Parts {
		c := all[part.Item]
		if c == nil || c.State != cases.Accepted || passed(before, c.ID) {
			continue
		}
		f, err := s.Cases.Frame(ctx, c)
		if err != nil {
			return nil, err
		}
		if _, on := OnSite(f.Edition); !on {
			continue
		}
		editions[part.Item] = f.Edition
		i := v.at(f.Edition.Agency)
		if i < 0 {
			v.Parts = append(v.Parts, Part{Agency: f.Edition.Agency, Name: f.Edition.AgencyName})
			i = len(v.Parts) - 1
		}
		v.Parts[i].Cases, v.Parts[i].Titles = append(v.Parts[i].Cases, c.ID), append(v.Parts[i].Titles, part.Title)
	}
	return editions, nil
}

func passed(before []*Visit, id cases.ID) bool {
	return slices.ContainsFunc(before, func(v *Visit) bool {
		return slices.ContainsFunc(v.Parts, func(p Part) bool { return p.Verdict == Pass && slices.Contains(p.Cases, id) })
	})
}

// points are what the list of the industry says, or of all parts of the matter
// where no industry does, for those who go; where the conditions say nothing of
// the place, whether it is as was applied for.
func (s *Service) points(ctx context.Context, j *joint.Joint, v *Visit, editions map[items.ID]*items.Edition) error {
	t, err := s.Themes.Edition(ctx, j.Theme, j.Edition)
	if err != nil {
		return err
	}
	c, err := s.Themes.Compose(ctx, t)
	if err != nil {
		return err
	}
	industry, ok := s.Industries.OfTheme(j.Theme)
	if !ok {
		industry = &industries.Industry{Permits: slices.Collect(maps.Keys(editions))}
	}
	list, _ := industry.Visit(c, industry.Merge(c, nil))
	for _, check := range list {
		v.add(check.Text, lookers(check, editions))
	}
	v.add("场所与申请一致", v.idle())
	return nil
}

// lookers are the agencies that look at a point, for the items it is for.
func lookers(check industries.Check, editions map[items.ID]*items.Edition) (who []string) {
	for _, f := range check.For {
		if e := editions[f.Item]; e != nil && !slices.Contains(who, e.Agency) {
			who = append(who, e.Agency)
		}
	}
	return who
}

// idle are the agencies that come and have nothing of their own to look at.
func (v *Visit) idle() (who []string) {
	for _, p := range v.Parts {
		if len(v.Own(p.Agency)) == 0 {
			who = append(who, p.Agency)
		}
	}
	return who
}

func (v *Visit) add(text string, who []string) {
	if len(who) > 0 {
		v.Points = append(v.Points, Point{fmt.Sprintf("p%d", len(v.Points)+1), text, who})
	}
}

// Call calls the visit that the matter of a case needs.
func (s *Service) Call(ctx context.Context, id cases.ID, day calendar.Day, where string, by identity.Actor) (*Visit, error) {
	v, err := s.Propose(ctx, id, by)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, fault.New(fault.Conflict, "visits.call.none", "现在没有两个以上部门要看同一个现场，不用联合踏勘")
	}
	v.ID, v.Day, v.Where = ID(s.NewID()), day, where
	m, err := v.open(by, s.now())
	if err != nil {
		return nil, err
	}
	return s.Store.Add(ctx, m)
}

// change has a rule judge a visit as those who may see it find it.
func (s *Service) change(ctx context.Context, id ID, by identity.Actor, judge func(*Visit, *sqldb.Batch) (Moved, error)) (*Visit, error) {
	return s.Store.Change(ctx, id, func(v *Visit, b *sqldb.Batch) (Moved, error) {
		if !v.Sees(by) {
			return Moved{}, None()
		}
		return judge(v, b)
	})
}

// Agree agrees to the day, and begins the inspection of the department's cases
// as a special procedure, unless it runs already; the clocks stop as the law has it.
func (s *Service) Agree(ctx context.Context, id ID, by identity.Actor) (*Visit, error) {
	return s.change(ctx, id, by, func(v *Visit, b *sqldb.Batch) (Moved, error) {
		m, err := v.Agree(by, s.now())
		if err != nil {
			return m, err
		}
		return m, s.eachCase(ctx, b, m.Parts[0], by, func(c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
			special, _ := OnSite(f.Edition)
			return c.OpenSpecial(f.Edition, special.Name, "与其他部门联合踏勘，"+v.Day.Han()+"，"+v.Where, by, at)
		}, func(open bool) bool { return !open })
	})
}

// AskFor asks for another day.
func (s *Service) AskFor(ctx context.Context, id ID, day calendar.Day, why string, by identity.Actor) (*Visit, error) {
	return s.change(ctx, id, by, func(v *Visit, _ *sqldb.Batch) (Moved, error) { return v.AskFor(day, why, by, s.now()) })
}

// MoveTo sets another day.
func (s *Service) MoveTo(ctx context.Context, id ID, day calendar.Day, by identity.Actor) (*Visit, error) {
	return s.change(ctx, id, by, func(v *Visit, _ *sqldb.Batch) (Moved, error) { return v.MoveTo(day, by, s.now()) })
}

// Conclude takes a department's conclusion, and ends the inspection of its cases
// with it.
func (s *Service) Conclude(ctx context.Context, id ID, c Conclusion, by identity.Actor) (*Visit, error) {
	return s.change(ctx, id, by, func(v *Visit, b *sqldb.Batch) (Moved, error) {
		m, err := v.Conclude(c, by, s.now())
		if err != nil {
			return m, err
		}
		return m, s.eachCase(ctx, b, m.Parts[0], by, func(c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
			special, _ := OnSite(f.Edition)
			i := slices.IndexFunc(c.Specials, func(s cases.Special) bool { return s.Kind == special.Name && s.Open() })
			return c.CloseSpecial(c.Specials[i].ID, cases.SpecialEnd{Result: v.Told(m.Parts[0]), Evidence: m.Parts[0].Evidence}, by, at)
		}, func(open bool) bool { return open })
	})
}

// eachCase acts on the cases of a department in which the inspection runs, or
// does not, as is wanted; a case that has ended meanwhile is left alone.
func (s *Service) eachCase(ctx context.Context, b *sqldb.Batch, p Part, by identity.Actor, act func(*cases.Case, cases.Frame, time.Time) (cases.Moved, error), want func(open bool) bool) error {
	for _, id := range p.Cases {
		c, err := s.Cases.Store.Case(ctx, id)
		if err != nil {
			return err
		}
		f, err := s.Cases.Frame(ctx, c)
		if err != nil {
			return err
		}
		special, on := OnSite(f.Edition)
		open := slices.ContainsFunc(c.Specials, func(s cases.Special) bool { return s.Kind == special.Name && s.Open() })
		if c.State != cases.Accepted || !on || !want(open) {
			continue
		}
		if err := s.Cases.ActIn(ctx, b, id, by, act); err != nil {
			return err
		}
	}
	return nil
}

// Visit is one visit, for those who may see it.
func (s *Service) Visit(ctx context.Context, id ID, by identity.Actor) (*Visit, error) {
	v, err := s.Store.Visit(ctx, id)
	if err == nil && !v.Sees(by) {
		return nil, None()
	}
	return v, err
}

// OfCase are the visits of the matter that a case belongs to, the latest first.
func (s *Service) OfCase(ctx context.Context, id cases.ID, by identity.Actor) ([]*Visit, error) {
	j, err := s.Joint.OfCase(ctx, id)
	if err != nil || j == nil {
		return nil, err
	}
	return s.OfJoint(ctx, j.ID, by)
}

// OfJoint are the visits of a matter that the actor may see, the latest first.
func (s *Service) OfJoint(ctx context.Context, id joint.ID, by identity.Actor) ([]*Visit, error) {
	all, err := s.Store.Of(ctx, id)
	return slices.DeleteFunc(all, func(v *Visit) bool { return !v.Sees(by) }), err
}

// Mine are the visits of the actor's departments.
func (s *Service) Mine(ctx context.Context, by identity.Actor) ([]*Visit, error) {
	return identity.OfBureaus(by, func(agency string) ([]*Visit, error) { return s.Store.For(ctx, agency, 100) })
}

// Ring does what time brings to the visits that are open.
func (s *Service) Ring(ctx context.Context) error {
	open := func(after ID) ([]*Visit, error) { return s.Store.Ringing(ctx, after, 200) }
	return sqldb.WalkOn(open, func(v *Visit) ID { return v.ID }, func(v *Visit) error {
		if _, due := v.Ring(s.Days, s.now()); !due {
			return nil
		}
		_, err := s.Store.Change(ctx, v.ID, func(v *Visit, _ *sqldb.Batch) (Moved, error) {
			m, _ := v.Ring(s.Days, s.now()) // none: somebody was faster
			return m, nil
		})
		if err != nil {
			return fmt.Errorf("ring visit %s: %w", v.ID, err)
		}
		return nil
	})
}

// Concerns reports whether a case is one of several that look at the same place:
// a visit is under way, or there is reason to call one.
func (s *Service) Concerns(ctx context.Context, id cases.ID, by identity.Actor) (bool, error) {
	before, err := s.OfCase(ctx, id, by)
	if err != nil || len(before) > 0 {
		return len(before) > 0, err
	}
	c, err := s.Cases.Store.Case(ctx, id)
	if err != nil {
		return false, err
	}
	f, err := s.Cases.Frame(ctx, c)
	if err != nil {
		return false, err
	}
	if _, on := OnSite(f.Edition); !on || c.State != cases.Accepted {
		return false, nil // most cases end here
	}
	v, err := s.Propose(ctx, id, by)
	return v != nil && v.Agency(by) != "", err
}

package experts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Store keeps the register and the reviews.
type Store interface {
	// Register keeps an entry after its Head, with the fact of it: fault.Conflict if
	// somebody was faster.
	Register(ctx context.Context, m Registered) (Expert, error)
	// Expert finds an entry: fault.NotFound.
	Expert(ctx context.Context, id ExpertID) (Expert, error)
	// Experts is the register of the divisions in and around a region, by name
	// and key, after a cursor; limit 0: all of it.
	Experts(ctx context.Context, region, after string, limit int) ([]Expert, error)

	// Add keeps a new review with what else is in the batch; a second open one of
	// the same case is refused with experts.announce.open.
	Add(ctx context.Context, m Moved, b *sqldb.Batch) (*Review, error)
	// Change loads a review, has it judged, and keeps what was judged with what do
	// put into the batch. A fact without an act keeps nothing.
	Change(ctx context.Context, id ID, do func(*Review, *sqldb.Batch) (Moved, error)) (*Review, error)
	Review(context.Context, ID) (*Review, error)
	// Of are the reviews of a case, the latest first.
	Of(context.Context, cases.ID) ([]*Review, error)
	// For are the reviews of an agency, those that are open first, then the latest.
	For(ctx context.Context, agency string, limit int) ([]*Review, error)
	// Drawn are the reviews for which somebody with this account was drawn, the latest first.
	Drawn(ctx context.Context, account string, limit int) ([]*Review, error)
	// IDs lists keys in order.
	IDs(ctx context.Context, after ID, limit int) ([]ID, error)
	// History is the facts of a review in order.
	History(context.Context, ID) ([]event.Record, error)
	// Ringing are the open reviews, by key.
	Ringing(ctx context.Context, after ID, limit int) ([]*Review, error)
}

// Service is the door of the room.
type Service struct {
	Store Store
	Cases *cases.Service
	Seeds func(about string) []string // what nobody outside can know beforehand, the same for the same words; by the key in use first
	Days  clock.Days
	NewID func() string
	Now   func() time.Time
}

func (s *Service) now() time.Time { return event.Moment(s.Now()) }

// seed is what a round will draw with: known to nobody before, and the same whenever
// it is asked for.
func (s *Service) seed(id ID, round int) string { return s.seeds(id, round)[0] }

func (s *Service) seeds(id ID, round int) []string {
	return s.Seeds(fmt.Sprintf("%s/%d", id, round))
}

// promised is the seed whose print the last round was announced with, though the key
// may have been replaced since.
func (s *Service) promised(r *Review) string {
	seeds, round := s.seeds(r.ID, len(r.Rounds)-1), r.Rounds[len(r.Rounds)-1]
	for _, seed := range seeds {
		if Fingerprint(seed) == round.Print {
			return seed
		}
	}
	return seeds[0]
}

// Put writes an entry of the register: a new one when it has no key.
func (s *Service) Put(ctx context.Context, e Expert, by identity.Actor) (Expert, error) {
	e.Name, e.Employer, e.Title = strings.TrimSpace(e.Name), strings.TrimSpace(e.Employer), strings.TrimSpace(e.Title)
	if err := e.Check(); err != nil {
		return e, err
	}
	if e.ID != "" {
		old, err := s.Store.Expert(ctx, e.ID)
		if err != nil && (fault.Of(err) != fault.NotFound || !by.Plays(identity.System)) {
			return e, err
		}
		if err == nil && !keeps(by, old.Region) {
			return e, None()
		}
		e.Head = old.Head
	}
	if !keeps(by, e.Region) {
		return e, fault.New(fault.Forbidden, "experts.register.post", "专家库由本区域的事项管理员维护，您没有这个岗位").At("region", "post", "不在您管理的区域内")
	}
	if e.ID == "" {
		e.ID = ExpertID(s.NewID())
	}
	return s.Store.Register(ctx, Registered{e, by.Name, s.now()})
}

// Expert is one entry, for those who may read the register.
func (s *Service) Expert(ctx context.Context, id ExpertID, by identity.Actor) (Expert, error) {
	if !reads(by) {
		return Expert{}, noRegister()
	}
	return s.Store.Expert(ctx, id)
}

// Experts is a page of the register, for those who may read it.
func (s *Service) Experts(ctx context.Context, after string, limit int, by identity.Actor) ([]Expert, error) {
	if !reads(by) {
		return nil, noRegister()
	}
	region := by.Posts[0].Region
	for _, p := range by.Posts {
		if slices.Contains([]identity.Role{identity.Items, identity.Auditor, identity.Supervisor}, p.Role) {
			region = p.Region
		}
	}
	return s.Store.Experts(ctx, region, after, min(max(limit, 1), 100))
}

func noRegister() error {
	return fault.New(fault.Forbidden, "experts.read.post", "专家库由事项管理员维护、审核和监督岗位查看")
}

// Keeps reports whether the actor may change an entry.
func (s *Service) Keeps(e Expert, by identity.Actor) bool { return keeps(by, e.Region) }

// Announce opens a review of a case: it fixes the candidates and begins the
// special procedure, both in one commit.
func (s *Service) Announce(ctx context.Context, id cases.ID, question string, fields []string, wanted int, by identity.Actor) (*Review, error) {
	c, err := s.Cases.Case(ctx, id, by)
	if err != nil {
		return nil, err
	}
	r := &Review{ID: ID(s.NewID()), Case: c.ID, Number: c.Number, ItemName: c.ItemName, Agency: c.Agency, Region: c.Region,
		Party: c.Applicant.Party, Applicant: c.Applicant.Name, Agent: c.Applicant.Agent, Question: question, Fields: fields, Wanted: wanted}
	register, err := s.register(ctx, r)
	if err != nil {
		return nil, err
	}
	m, err := r.Announce(register, s.seed(r.ID, 0), s.Days, by, s.now())
	if err != nil {
		return nil, err
	}
	var b sqldb.Batch
	err = s.Cases.ActIn(ctx, &b, c.ID, by, func(c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
		return c.OpenExperts(f.Edition, string(r.ID), fmt.Sprintf("随机抽取%d位专家评审：%s", wanted, r.Question), by, at)
	})
	if err != nil {
		return nil, err
	}
	return s.Store.Add(ctx, m, &b)
}

// register is who might be drawn for a review, and notes who reviewed the case before.
func (s *Service) register(ctx context.Context, r *Review) ([]Expert, error) {
	before, err := s.Store.Of(ctx, r.Case)
	if err != nil {
		return nil, err
	}
	for _, old := range before {
		if old.ID != r.ID {
			for _, m := range old.Members() {
				r.took = append(r.took, m.Expert)
			}
		}
	}
	return s.Store.Experts(ctx, r.Region, "", 0)
}

// change has a rule judge a review as those who may see it find it.
func (s *Service) change(ctx context.Context, id ID, by identity.Actor, judge func(*Review, *sqldb.Batch) (Moved, error)) (*Review, error) {
	return s.Store.Change(ctx, id, func(r *Review, b *sqldb.Batch) (Moved, error) {
		if err := r.Sees(by); err != nil {
			return Moved{}, err
		}
		if on, err := s.goesOn(ctx, r); err != nil || !on {
			return Moved{}, cmp.Or(err, refuse("act", "case", "办件已经不在审查，专家评审不再进行"))
		}
		return judge(r, b)
	})
}

func (s *Service) ring(ctx context.Context, r *Review) error {
	if _, due := r.Ring(s.Days, s.now()); !due {
		return nil
	}
	if on, err := s.goesOn(ctx, r); err != nil || !on {
		return err // or nothing to find experts for
	}
	_, err := s.Store.Change(ctx, r.ID, func(r *Review, _ *sqldb.Batch) (Moved, error) {
		m, _ := r.Ring(s.Days, s.now()) // none: somebody was faster
		return m, nil
	})
	return err
}

// goesOn reports whether the case is still being reviewed: one that was withdrawn
// or ended takes its review with it.
func (s *Service) goesOn(ctx context.Context, r *Review) (bool, error) {
	c, err := s.Cases.Store.Case(ctx, r.Case)
	return err == nil && c.State == cases.Accepted, err
}

// Object asks that a candidate stand aside; see Review.Object.
func (s *Service) Object(ctx context.Context, id ID, expert ExpertID, why string, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, _ *sqldb.Batch) (Moved, error) { return r.Object(expert, why, by, s.now()) })
}

// Waive says that none need stand aside; see Review.Waive.
func (s *Service) Waive(ctx context.Context, id ID, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, _ *sqldb.Batch) (Moved, error) { return r.Waive(by, s.now()) })
}

// Rule decides on an objection; see Review.Rule.
func (s *Service) Rule(ctx context.Context, id ID, expert ExpertID, upheld bool, answer string, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, _ *sqldb.Batch) (Moved, error) {
		return r.Rule(expert, upheld, answer, s.Days, by, s.now())
	})
}

// Draw draws lots; see Review.Draw.
func (s *Service) Draw(ctx context.Context, id ID, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, _ *sqldb.Batch) (Moved, error) {
		return r.Draw(s.promised(r), s.Days, by, s.now())
	})
}

// Redraw draws anew; see Review.Redraw.
func (s *Service) Redraw(ctx context.Context, id ID, fields []string, why string, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, _ *sqldb.Batch) (Moved, error) {
		register, err := s.register(ctx, r)
		if err != nil {
			return Moved{}, err
		}
		return r.Redraw(register, fields, why, s.seed(r.ID, len(r.Rounds)), s.Days, by, s.now())
	})
}

// Answer notes what an invited expert said; see Review.Answer.
func (s *Service) Answer(ctx context.Context, id ID, expert ExpertID, comes bool, why string, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, _ *sqldb.Batch) (Moved, error) {
		return r.Answer(expert, comes, why, s.Days, by, s.now())
	})
}

// Call sets the day, and gives the applicant the notice of it.
func (s *Service) Call(ctx context.Context, id ID, day calendar.Day, place string, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, b *sqldb.Batch) (Moved, error) {
		m, err := r.Call(day, place, by, s.now())
		if err != nil {
			return m, err
		}
		var members []cases.PanelMember
		for _, c := range r.Members() {
			members = append(members, cases.PanelMember{Name: c.Name, Employer: c.Employer, Title: c.Title})
		}
		return m, s.Cases.ActIn(ctx, b, r.Case, by, func(c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
			return c.CallExperts(string(r.ID), members, m.Call.Day, m.Call.Place, by, at)
		})
	})
}

// Opine takes a signed opinion, and puts it into the case.
func (s *Service) Opine(ctx context.Context, id ID, expert ExpertID, o cases.PanelOpinion, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, b *sqldb.Batch) (Moved, error) {
		m, err := r.Opine(expert, o, by, s.now())
		if err != nil {
			return m, err
		}
		doer := by
		if !r.Works(by) {
			doer = identity.TheSystem // experts hold no post
			doer.Name = m.Opinion.Name
		}
		return m, s.Cases.ActIn(ctx, b, r.Case, doer, func(c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
			return c.HearExpert(string(r.ID), m.Opinion.PanelOpinion, doer, at)
		})
	})
}

// Sum ends the review, and the special procedure with it; the clocks run on.
func (s *Service) Sum(ctx context.Context, id ID, text string, by identity.Actor) (*Review, error) {
	return s.change(ctx, id, by, func(r *Review, b *sqldb.Batch) (Moved, error) {
		m, err := r.Sum(text, by, s.now())
		if err != nil {
			return m, err
		}
		return m, s.Cases.ActIn(ctx, b, r.Case, by, func(c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
			return c.SumExperts(string(r.ID), m.Say, by, at)
		})
	})
}

// Review is one review, for those who may see it.
func (s *Service) Review(ctx context.Context, id ID, by identity.Actor) (*Review, error) {
	r, err := s.Store.Review(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := r.Sees(by); err != nil {
		return nil, err
	}
	return r, nil
}

// Mine are the reviews of the actor's departments, and those for which they were
// drawn and in which they take part.
func (s *Service) Mine(ctx context.Context, by identity.Actor) ([]*Review, error) {
	all, err := s.Store.Drawn(ctx, by.Account, 100)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(r *Review) bool { return r.Sees(by) != nil })
	own, err := identity.OfBureaus(by, func(agency string) ([]*Review, error) { return s.Store.For(ctx, agency, 100) })
	return append(all, own...), err
}

// Ring does what time brings to the reviews that are open; one whose case ended
// without it is left as it stands.
func (s *Service) Ring(ctx context.Context) error {
	open := func(after ID) ([]*Review, error) { return s.Store.Ringing(ctx, after, 200) }
	return sqldb.WalkOn(open, func(r *Review) ID { return r.ID }, func(r *Review) error {
		if err := s.ring(ctx, r); err != nil {
			return fmt.Errorf("ring expert review %s: %w", r.ID, err)
		}
		return nil
	})
}

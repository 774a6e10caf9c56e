package cases

import (
	"context"
	"fmt"
	"sync"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/papers"
	"tongban/internal/register/archives"
)

// Editions is where the room looks up what a case is about.
type Editions interface {
	Edition(ctx context.Context, item items.ID, number int) (*items.Edition, error)
	// Open is the edition under which one may apply today.
	Open(ctx context.Context, item items.ID, today calendar.Day) (*items.Edition, error)
}

// Service is the door of the room: each method is one thing a person does.
type Service struct {
	Store    Store
	Drafts   Drafts
	Vault    Vault
	Editions Editions
	Words    *papers.Book                                                  // what papers say; nil: what ships with the program
	Trust    Trust                                                         // nil: nobody's word is refused
	Standing Standing                                                      // nil: whom an item is for may apply
	Party    func(ctx context.Context, id string) (parties.Party, error)   // who applies; nil: papers bear the name alone
	Agency   func(ctx context.Context, id string) (agencies.Agency, error) // who acts; nil: records bear the key alone
	// Regulator finds the agency of the city that an item names to supervise; "" there is none called so. Nil: nobody is told.
	Regulator func(ctx context.Context, name string) (agency string, err error)
	Receive   clock.Limit            // how long a regulator has to note that it was told; see ReadLinkage
	Wordings  map[items.Type]Wording // of decisions to grant; see ReadWordings
	Holdings  Holdings               // nil: the city holds nothing that could be fetched
	Shelf     *archives.Service
	Days      clock.Days
	Received  func(time.Time) calendar.Day // the day that counts as that of receipt
	NewID     func() string
	Now       func() time.Time
	Auto      Automation // of automatic review

	procedures sync.Map // of pinned to *flow.Procedure
}

// Submit files an application (收件). A case is always about the edition in
// force when it was filed, whatever is published later. What is on no list
// cannot be applied for (清单之外不得实施).
func (s *Service) Submit(ctx context.Context, a Application, by identity.Actor) (*Case, error) {
	return s.file(ctx, a, by)
}

// file files an application, and does in the same commit what is to be done then.
func (s *Service) file(ctx context.Context, a Application, by identity.Actor, then ...func(*Case) (Moved, error)) (*Case, error) {
	c, m, e, err := s.filed(ctx, a, by)
	if err != nil {
		return nil, err
	}
	return s.Store.Add(ctx, asking(by, Submit, string(e.Item)), c, m, e, then...)
}

// SubmitIn files an application together with what else is in the batch: all of
// it is kept, or nothing (联办的各个办件).
func (s *Service) SubmitIn(ctx context.Context, b *sqldb.Batch, a Application, by identity.Actor) (*Case, error) {
	c, m, e, err := s.filed(ctx, a, by)
	if err != nil {
		return nil, err
	}
	return c, s.Store.AddIn(ctx, b, c, m, e)
}

// filed judges an application and makes the case of it.
func (s *Service) filed(ctx context.Context, a Application, by identity.Actor) (*Case, Moved, *items.Edition, error) {
	ctx = parties.Once(ctx)
	at := s.Now()
	e, err := s.Editions.Open(ctx, a.Item, calendar.DayOf(at))
	if err != nil {
		return nil, Moved{}, nil, err
	}
	f, err := s.frame(ctx, e)
	if err != nil {
		return nil, Moved{}, nil, err
	}
	if a.Applicant, err = s.identify(ctx, a.Applicant); err != nil {
		return nil, Moved{}, nil, err
	}
	m, err := Receive(ID(s.NewID()), a, e, by, s.receivedOn(a.Came, at), at)
	if err == nil {
		err = s.admitted(ctx, a, e, &m, by, at)
	}
	if err != nil {
		return nil, m, e, err
	}
	c := &Case{}
	return c, m, e, c.Apply(m, f)
}

// admitted judges an application by what others know, and adds to it what they say.
func (s *Service) admitted(ctx context.Context, a Application, e *items.Edition, m *Moved, by identity.Actor, at time.Time) error {
	return each(
		func() error { return s.MayApply(ctx, a.Applicant.Party, e) },
		func() error { return s.CheckFetched(ctx, a.Applicant.Party, e, m.Answers, m.Materials) },
		func() error {
			if len(m.Pledges) == 0 {
				return nil
			}
			return s.mayPledge(ctx, a.Applicant.Party)
		},
		func() error { return s.offer(ctx, m, a, e, by, at) },
		func() (err error) { m.Credit, err = s.creditPath(ctx, e, a.Applicant.Party); return err },
		func() error { return s.stands(ctx, e, a.Applicant, m.Answers, m.Received) },
		func() error { return s.hide(m, e.Form) },
		func() error { return s.words(ctx, m) },
	)
}

// each takes steps up to the first that fails.
func each(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// ActIn makes a move together with what else is in the batch; judge is one of
// the rules of Case.
func (s *Service) ActIn(ctx context.Context, b *sqldb.Batch, id ID, by identity.Actor, judge func(c *Case, f Frame, at time.Time) (Moved, error)) error {
	return s.Store.ChangeIn(ctx, b, id, s.move(ctx, by, judge))
}

// judged is the judging half of an act.
type judged func(c *Case, f Frame, at time.Time) (Moved, error)

// do makes a move: load, judge, apply, keep.
func (s *Service) do(ctx context.Context, id ID, r Request, by identity.Actor, judge judged) (*Case, error) {
	r.What += " " + string(id)
	return s.Store.Change(ctx, r, id, s.move(ctx, by, judge))
}

// asking names the request for an act on something.
func asking(by identity.Actor, act Act, about string) Request {
	return Request{by.Account, by.Request, string(act) + " " + about + by.Asked}
}

func (s *Service) move(ctx context.Context, by identity.Actor, judge judged) func(*Case) (Moved, error) {
	return func(c *Case) (Moved, error) {
		if !c.Visible(by) {
			return Moved{}, None(string(c.ID))
		}
		f, err := s.Frame(ctx, c)
		if err != nil {
			return Moved{}, err
		}
		m, err := judge(c, f, c.after(s.Now()))
		if err != nil {
			return Moved{}, err
		}
		if err := m.checkLength(); err != nil {
			return Moved{}, err
		}
		if err := s.completed(ctx, c, f, &m); err != nil {
			return Moved{}, err
		}
		return m, c.Apply(m, f)
	}
}

// completed judges a move by what others know, and adds to it what they say.
func (s *Service) completed(ctx context.Context, c *Case, f Frame, m *Moved) error {
	return each(
		func() error { return s.stillStands(ctx, c, f.Edition, *m) },
		func() error { return s.checkFetched(ctx, c, f.Edition, m) },
		func() error { return s.share(ctx, c, f.Edition, m) },
		func() error { return s.place(ctx, c, f, m) },
		func() error { return s.handled(ctx, c, m) },
		func() error { m.Decision.say(s.Wordings, f.Edition.Type); return nil },
		func() error { return s.words(ctx, m) },
	)
}

// Ahead asks for the heads of cases at once that are then asked for one by one.
func (s *Service) Ahead(ctx context.Context, ids []ID) context.Context {
	return s.Store.Ahead(ctx, ids)
}

// LetGo is told of a case that ended and was looked at for the last time for a while.
func (s *Service) LetGo(c *Case) {
	if c.State.Final() {
		s.Store.LetGo(c.ID)
	}
}

// Frame is what the case is pinned to.
func (s *Service) Frame(ctx context.Context, c *Case) (Frame, error) {
	e, err := s.Editions.Edition(ctx, c.Item, c.Edition)
	if err != nil {
		return Frame{}, err
	}
	return s.frame(ctx, e)
}

// pinned names an edition.
type pinned struct {
	item   items.ID
	number int
}

// frame compiles an edition's procedure once; editions never change.
func (s *Service) frame(_ context.Context, e *items.Edition) (Frame, error) {
	key := pinned{e.Item, e.Number}
	if p, ok := s.procedures.Load(key); ok {
		return Frame{e, p.(*flow.Procedure)}, nil
	}
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		return Frame{}, fmt.Errorf("procedure of %s edition %d: %w", e.Item, e.Number, err)
	}
	s.procedures.Store(key, p)
	return Frame{e, p}, nil
}

// None is the answer about a case that does not exist, or not for those eyes.
func None(name string) error {
	return fault.New(fault.NotFound, "cases.none", "没有找到办件%s。请核对编号；如果不是您的办件，您无权查看", name)
}

// Due is by when, and why, the case must be decided: the promise, and the law.
func (s *Service) Due(c *Case) (promised, statutory clock.Due) {
	return c.Promised.Due(s.Days), c.Statutory.Due(s.Days)
}

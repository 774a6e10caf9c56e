package cases

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Intent is what someone at the window means to say in an act; each act reads
// its own part.
type Intent struct {
	Verdicts []Verdict
	Promises []Promise
	List     []Deficiency
	Until    calendar.Day
	Reason   string
	Basis    string

	Ending    Ending    // of Terminate
	Word      Word      // of TakePledge
	Delivered Delivered // of Deliver and ServePaper
	Serves    PaperRef  // of ServePaper
	Postponed Postponement
}

// Foreseen are the acts that can be judged without being done.
var Foreseen = []Act{Accept, AskOnce, SayNotNeeded, Refuse, Terminate, TakePledge, Deliver, ServePaper, ServeLater, Postpone, Urge}

// Prospect is what an act would bring if it were done now. Nothing is kept.
type Prospect struct {
	Act    Move
	Why    error   // why it cannot be done; nil: it can
	Papers []Sheet // what would be handed over; their numbers are still open
	After  *Case   // the case as it would stand; nil if it cannot be done
}

// Foresee judges an act of the window without doing it, so that a clerk sees
// the reason of a refusal, or the papers, before anybody is bound by them.
func (s *Service) Foresee(ctx context.Context, id ID, act Act, i Intent, by identity.Actor) (Prospect, error) {
	c, err := s.Case(ctx, id, by)
	if err != nil {
		return Prospect{}, err
	}
	f, err := s.Frame(ctx, c)
	if err != nil {
		return Prospect{}, err
	}
	return s.foresee(ctx, c, f, act, i, by)
}

// foresee changes c, which must be nobody else's.
func (s *Service) foresee(ctx context.Context, c *Case, f Frame, act Act, i Intent, by identity.Actor) (Prospect, error) {
	p := Prospect{Act: MoveOf(act)}
	m, err := s.intended(ctx, c, f, act, i, by)
	if err != nil {
		return p.refused(err)
	}
	if err := s.words(ctx, &m); err != nil {
		return p, err
	}
	if err := c.Apply(m, f); err != nil {
		return p, err
	}
	if p.Papers, err = s.handedOver(ctx, c, m, f); err != nil {
		return p, err
	}
	p.After = c
	return p, nil
}

// intended is the fact that an act would be, judged by all that judges it when it is done.
func (s *Service) intended(ctx context.Context, c *Case, f Frame, act Act, i Intent, by identity.Actor) (Moved, error) {
	m, err := c.intend(act, i, f, s.Days, by, s.Now())
	if err == nil {
		err = m.checkLength()
	}
	if err == nil && len(m.Promises) > 0 {
		err = s.mayDefer(ctx, c.Applicant.Party)
	}
	if err == nil && act == TakePledge {
		err = s.mayPledge(ctx, c.Applicant.Party)
	}
	if err == nil {
		err = s.share(ctx, c, f.Edition, &m)
	}
	return m, err
}

// handedOver are the papers that come of a fact, set in type.
func (s *Service) handedOver(ctx context.Context, c *Case, m Moved, f Frame) (all []Sheet, err error) {
	for _, paper := range c.Papers {
		if paper.Seq != m.Seq {
			continue
		}
		sheet, err := s.compose(ctx, paper, c, m, f.Edition)
		if err != nil {
			return all, err
		}
		all = append(all, sheet)
	}
	return all, nil
}

// refused is the prospect of an act that cannot be done, for a reason that was
// foreseen.
func (p Prospect) refused(err error) (Prospect, error) {
	if fault.Of(err) == fault.Internal {
		return p, err
	}
	p.Why = err
	return p, nil
}

func (c *Case) intend(act Act, i Intent, f Frame, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	switch act {
	case Accept:
		return c.Accept(f.Edition, i.Verdicts, i.Promises, days, by, at)
	case AskOnce:
		return c.AskOnce(f.Edition, i.List, i.Until, by, at)
	case SayNotNeeded:
		return c.SayNotNeeded(i.Reason, by, at)
	case Refuse:
		return c.Refuse(i.Reason, i.Basis, by, at)
	case Terminate:
		return c.Terminate(f.Edition, i.Ending, by, at)
	case TakePledge:
		return c.Pledge(f.Edition, i.Word, by, at)
	case Deliver:
		return c.Deliver(i.Delivered, by, at)
	case ServePaper:
		return c.ServePaper(i.Serves, i.Delivered, by, at)
	case ServeLater:
		return c.ServeLater(i.Delivered, by, at)
	case Urge:
		return c.Urge(i.Reason, by, at)
	case Postpone:
		return c.Postpone(i.Postponed, days, by, at)
	}
	return Moved{}, fault.New(fault.Invalid, "cases.foresee.act", "“%s”不能预览", MoveOf(act).Name)
}

// CureBy suggests the day by which to bring a material that may follow: five
// working days, and never later than the case is promised to be decided
// (徐政发〔2022〕21号（七）).
func CureBy(e *items.Edition, today calendar.Day, days clock.Days) calendar.Day {
	by := after(today, clock.Notice.Limit, days)
	if k, err := (clock.Clock{}).Start(e.Binding(), today.Start()); err == nil && !e.Binding().None() {
		if due := k.Due(days); due.Known && due.Day > today {
			by = min(by, due.Day)
		}
	}
	return by
}

// CorrectBy suggests the day by which to ask for corrections: ten working days,
// for the law leaves it to the notice.
func CorrectBy(today calendar.Day, days clock.Days) calendar.Day {
	return after(today, clock.Limit{N: 10, Unit: clock.WorkingDays}, days)
}

// after is the last day of a limit that begins after today.
func after(today calendar.Day, limit clock.Limit, days clock.Days) calendar.Day {
	return clock.Term{Limit: limit}.By(today, days)
}

// FileAndAccept files what someone brought to the window and accepts it in one
// go (收件即受理, 徐政发〔2022〕21号（十四）) and in one commit. What could not be
// accepted is not filed either: the clerk is told why, and nothing is half done.
func (s *Service) FileAndAccept(ctx context.Context, a Application, i Intent, by identity.Actor) (*Case, error) {
	if c, before := s.Carried(ctx, by); before {
		return c, nil
	}
	if err := s.acceptable(ctx, a, i, by); err != nil {
		return nil, err
	}
	return s.file(ctx, a, by, s.move(ctx, by, s.accepting(ctx, i.Verdicts, i.Promises, by)))
}

// acceptable judges the filing and the acceptance together.
func (s *Service) acceptable(ctx context.Context, a Application, i Intent, by identity.Actor) error {
	p, err := s.ForeseeFiling(ctx, a, i, by)
	if err == nil {
		err = p.Why
	}
	return err
}

// ForeseeFiling is Foresee for FileAndAccept: what would come of it.
func (s *Service) ForeseeFiling(ctx context.Context, a Application, i Intent, by identity.Actor) (Prospect, error) {
	p, _, err := s.foreseeFiling(ctx, a, i, by)
	return p, err
}

// foreseeFiling returns the fact of the filing, too.
func (s *Service) foreseeFiling(ctx context.Context, a Application, i Intent, by identity.Actor) (p Prospect, m Moved, err error) {
	at := s.Now()
	p = Prospect{Act: MoveOf(Accept)}
	e, err := s.Editions.Open(ctx, a.Item, calendar.DayOf(at))
	if err != nil {
		return p, m, err
	}
	f, err := s.frame(ctx, e)
	if err != nil {
		return p, m, err
	}
	m, err = Receive("", a, e, by, s.receivedOn(a.Came, at), at)
	if err == nil && len(m.Pledges) > 0 {
		err = s.mayPledge(ctx, a.Applicant.Party)
	}
	if err != nil {
		p, err = p.refused(err)
		return p, m, err
	}
	c := &Case{}
	if err := c.Apply(m, f); err != nil {
		return p, m, err
	}
	c.Head.Seq = m.Seq
	p, err = s.foresee(ctx, c, f, Accept, i, by)
	return p, m, err
}

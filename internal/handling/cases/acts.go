package cases

import (
	"context"
	"errors"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
)

// The acts of the window.

// Judge has the window note what it found of each material; see Case.Judge.
func (s *Service) Judge(ctx context.Context, id ID, verdicts []Verdict, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Judge, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Judge(f.Edition, verdicts, by, at)
	})
}

// Accept has the window take the case on; see Case.Accept.
func (s *Service) Accept(ctx context.Context, id ID, verdicts []Verdict, promises []Promise, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Accept, ""), by, s.accepting(ctx, verdicts, promises, by))
}

func (s *Service) accepting(ctx context.Context, verdicts []Verdict, promises []Promise, by identity.Actor) judged {
	return func(c *Case, f Frame, at time.Time) (Moved, error) {
		m, err := c.Accept(f.Edition, verdicts, promises, s.Days, by, at)
		if err == nil && len(promises) > 0 {
			err = s.mayDefer(ctx, c.Applicant.Party)
		}
		return m, err
	}
}

// AskOnce has the window send the case back for correction; see Case.AskOnce.
func (s *Service) AskOnce(ctx context.Context, id ID, list []Deficiency, until calendar.Day, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, AskOnce, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.AskOnce(f.Edition, list, until, by, at)
	})
}

// SayNotNeeded has the window tell that nothing need be applied for.
func (s *Service) SayNotNeeded(ctx context.Context, id ID, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, SayNotNeeded, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.SayNotNeeded(reason, by, at) })
}

// Refuse has the window decline to accept.
func (s *Service) Refuse(ctx context.Context, id ID, reason, basis string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Refuse, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Refuse(reason, basis, by, at) })
}

// Deliver has the window or the bureau note service of the result.
func (s *Service) Deliver(ctx context.Context, id ID, d Delivered, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Deliver, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Deliver(d, by, at) })
}

// Terminate ends a case that cannot go on; see Case.Terminate.
func (s *Service) Terminate(ctx context.Context, id ID, x Ending, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Terminate, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Terminate(f.Edition, x, by, at)
	})
}

// The acts of the applicant.

// Cure has the applicant hand in what was promised, came being how it came by post; see Case.Cure.
func (s *Service) Cure(ctx context.Context, id ID, handed []Handed, came *Arrival, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Cure, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Cure(f.Edition, handed, came, by, at)
	})
}

// Withdraw has the applicant take the application back.
func (s *Service) Withdraw(ctx context.Context, id ID, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Withdraw, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Withdraw(reason, by, at) })
}

// The acts of the bureau, each on one piece of work.

// Claim takes work out of the common tray.
func (s *Service) Claim(ctx context.Context, id ID, work string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Claim, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Claim(work, by, at) })
}

// Release puts it back.
func (s *Service) Release(ctx context.Context, id ID, work string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Release, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Release(work, by, at) })
}

// Review finishes a review with an opinion.
func (s *Service) Review(ctx context.Context, id ID, work, opinion, reason string, by identity.Actor, evidence ...Evidence) (*Case, error) {
	return s.do(ctx, id, asking(by, Review, work), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		m, err := c.Review(work, opinion, reason, by, at, evidence...)
		if err != nil {
			return m, err
		}
		return c.SendUp(m, f)
	})
}

// SendBack returns the case to an earlier step.
func (s *Service) SendBack(ctx context.Context, id ID, work, to, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, SendBack, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.SendBack(work, to, reason, by, at)
	})
}

// Transfer hands work to a colleague.
func (s *Service) Transfer(ctx context.Context, id ID, work string, to identity.Actor, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Transfer, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.Transfer(work, to, reason, by, at)
	})
}

// Decide signs the decision; see Case.Decide.
func (s *Service) Decide(ctx context.Context, id ID, work string, r Ruling, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Decide, work), by, func(c *Case, f Frame, at time.Time) (Moved, error) { return c.Decide(f, work, r, by, at) })
}

// OpenSpecial begins a special procedure; see Case.OpenSpecial.
func (s *Service) OpenSpecial(ctx context.Context, id ID, name, reason string, by identity.Actor, record ...SpecialRecord) (*Case, error) {
	return s.do(ctx, id, asking(by, OpenSpecial, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.OpenSpecial(f.Edition, name, reason, by, at, record...)
	})
}

// CloseSpecial ends it.
func (s *Service) CloseSpecial(ctx context.Context, id ID, special string, o SpecialEnd, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, CloseSpecial, special), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.CloseSpecial(special, o, by, at)
	})
}

// TellHearing tells of the right to be heard; see Case.TellHearing.
func (s *Service) TellHearing(ctx context.Context, id ID, h Hearing, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, TellHearing, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.TellHearing(h, s.Days, by, at)
	})
}

// CallHearing calls the parties to a hearing; see Case.CallHearing.
func (s *Service) CallHearing(ctx context.Context, id ID, h Hearing, by identity.Actor) (*Case, error) {
	names, err := s.reviewers(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.do(ctx, id, asking(by, CallHearing, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.CallHearing(f.Edition, h, s.Days, by, at, names...)
	})
}

// JudgeDemand answers somebody concerned who asked for a hearing; see Case.JudgeOther.
func (s *Service) JudgeDemand(ctx context.Context, id ID, other string, admit bool, why string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, JudgeDemand, other), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.JudgeOther(f.Edition, other, admit, why, by, at)
	})
}

// Extend lengthens the limit once; see Case.Extend.
func (s *Service) Extend(ctx context.Context, id ID, x Extension, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Extend, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Extend(x, s.Days, by, at) })
}

// The acts of the supervisor.

// Urge reminds those who have the case, and asks for an answer by a day: the
// next working day unless another is given.
func (s *Service) Urge(ctx context.Context, id ID, text string, by identity.Actor, until ...calendar.Day) (*Case, error) {
	return s.do(ctx, id, asking(by, Urge, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		if len(until) == 0 || until[0] == 0 {
			until = []calendar.Day{after(calendar.DayOf(at), UrgeLimit, s.Days)}
		}
		return c.Urge(text, by, at, until...)
	})
}

// AnswerUrge answers what the case was urged to; see Case.AnswerUrge.
func (s *Service) AnswerUrge(ctx context.Context, id ID, text string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, AnswerUrge, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.AnswerUrge(text, by, at) })
}

// Reassign gives work to someone else who holds the post.
func (s *Service) Reassign(ctx context.Context, id ID, work string, to identity.Actor, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Reassign, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.Reassign(work, to, reason, by, at)
	})
}

// The acts of the program itself.

// Wake does what has fallen due by itself; see Case.Ring.
func (s *Service) Wake(ctx context.Context, id ID) error {
	_, err := s.do(ctx, id, asking(identity.TheSystem, DeemAccept, ""), identity.TheSystem, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Ring(f.Edition, s.Days, at)
	})
	return err
}

// noted says, of what is told twice, that the case has it already.
var noted = errors.New("the case has it already")

// Certified notes, in a listener's batch, the certificate issued on the case;
// told twice, it does nothing the second time.
func (s *Service) Certified(ctx context.Context, id ID, identifier string, till calendar.Day, b *sqldb.Batch) error {
	err := s.Store.ChangeIn(ctx, b, id, s.move(ctx, identity.TheSystem, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		if c.Certificate == identifier {
			return Moved{}, noted
		}
		return c.Certify(identifier, till, at)
	}))
	if errors.Is(err, noted) {
		return nil
	}
	return err
}

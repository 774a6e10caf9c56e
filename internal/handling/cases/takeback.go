package cases

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// TakeBack ends a delegation (收回委托): who had a colleague do the work in their
// name does it themselves again. Nobody else may, and only while the colleague
// has not signed.
func (c *Case) TakeBack(work, reason string, by identity.Actor, at time.Time) (Moved, error) {
	if err := c.may(TakeBack); err != nil {
		return Moved{}, err
	}
	w, open := c.Flow.Find(work)
	if !open {
		return Moved{}, fault.New(fault.Conflict, "cases.take-back.closed", "这项工作已经办完，不能收回委托")
	}
	theirs := fault.New(fault.Forbidden, "cases.take-back.who", "委托由委托人收回")
	post, held := holds(w, by)
	switch {
	case !held:
		return Moved{}, theirs
	case w.For == "":
		return Moved{}, fault.New(fault.Conflict, "cases.take-back.none", "“%s”没有委托他人办理，无需收回", w.Name)
	case w.For != by.Account:
		return Moved{}, theirs
	case c.Flow.Countersigned(w, by.Account):
		return Moved{}, fault.New(fault.Forbidden, "cases.take-back.seat", "您已在“%s”的另一席签过意见，一人只签一席，不能收回", w.Name)
	case reason == "":
		return Moved{}, fault.New(fault.Invalid, "cases.take-back.reason", "请写明收回委托的理由").At("reason", "required", "请写明理由")
	}
	m := c.workMoved(TakeBack, w, inPost(by, post.Role, post), at)
	m.Work.To, m.Work.ToName, m.Reason = by.Account, by.Name, reason
	return m, c.aside(TakeBack, by)
}

// Lent is the open work that the actor has others do in their name.
func (c *Case) Lent(by identity.Actor) (all []flow.Work) {
	if by.Account == "" || c.may(TakeBack) != nil {
		return nil
	}
	for _, w := range c.Flow.Open {
		if _, held := holds(w, by); held && w.For == by.Account {
			all = append(all, w)
		}
	}
	return all
}

// mostLent is how many pieces of work a list of them shows.
const mostLent = 50

// Lent lists the work that the actor has others do in their name and may take back,
// of each of their own posts, soonest due first.
func (s *Service) Lent(ctx context.Context, by identity.Actor) (all []WorkRow, err error) {
	for _, post := range by.Posts {
		if post.For != "" || post.Agency == "" {
			continue
		}
		rows, err := s.Store.Lent(ctx, post, by.Account, mostLent)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// TakenBack is the last taking back of a work that the actor was doing for a
// colleague and has not been given since; false when there is none.
func TakenBack(all []Event, by identity.Actor) (last Event, found bool) {
	doing := map[string]bool{}
	for _, e := range all {
		switch {
		case e.Act == Delegate:
			doing[e.Work.ID] = e.Work.To == by.Account
			found = found && !(doing[e.Work.ID] && last.Work.ID == e.Work.ID)
		case e.Act == TakeBack && doing[e.Work.ID]:
			last, found = e, true
		}
	}
	return last, found
}

// TakeBack ends a delegation; see Case.TakeBack.
func (s *Service) TakeBack(ctx context.Context, id ID, work, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, TakeBack, work), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.TakeBack(work, reason, by, at)
	})
}

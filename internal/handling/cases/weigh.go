package cases

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Weigh holds a running case against a later edition of its item. It goes on
// under that edition only if it is provably no worse for the applicant; else it
// stays on its own. Either way the reason is on file, and a case is weighed once
// against an edition (徐政发〔2022〕21号（三）).
func (c *Case) Weigh(old, new Frame, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Weigh, by)
	switch {
	case err != nil:
		return Moved{}, err
	case new.Edition.Item != c.Item || new.Edition.Number <= c.Edition || new.Edition.Number <= c.Weighed:
		return Moved{}, fault.New(fault.Conflict, "cases.weigh.twice", "这个办件已经对照过第%d版，无需再次对照", new.Edition.Number)
	}
	m := c.moved(Weigh, c.State, doer, at)
	m.Weighed = new.Edition.Number
	return c.weighed(m, old, new, days), nil
}

// weigh puts the case under the edition that was found no worse. Its clocks go
// on with the new limits from where they began.
func (c *Case) weigh(m Moved, f Frame) error {
	if m.Act != Weigh {
		return nil
	}
	c.Weighed = m.Weighed
	if m.Edition != 0 {
		c.Edition = m.Edition
		c.Statutory, c.Promised = relimit(c.Statutory, f.Edition.Statutory), relimit(c.Promised, c.promised(f.Edition.Promised))
		c.pass(m, f.Edition)
	}
	return nil
}

// relimit is a running clock with another limit.
func relimit(k clock.Clock, limit clock.Limit) clock.Clock {
	if k.Started != 0 {
		k.Limit = limit
	}
	return k
}

// frames are what a case was pinned to at each of its facts: the edition it was
// filed under, until it was put under a later one. Before the first it was pinned to from.
func (s *Service) frames(ctx context.Context, from pinned, list []Event) ([]Frame, error) {
	frames := make([]Frame, len(list))
	for i, e := range list {
		if e.Filing != nil {
			from = pinned{e.Filing.Item, e.Filing.Edition}
		}
		if e.Edition != 0 {
			from.number = e.Edition
		}
		if i > 0 && e.Edition == 0 {
			frames[i] = frames[i-1]
			continue
		}
		found, err := s.Editions.Edition(ctx, from.item, from.number)
		if err != nil {
			return nil, err
		}
		if frames[i], err = s.frame(ctx, found); err != nil {
			return nil, err
		}
	}
	return frames, nil
}

// A Weighing is what came of holding one case against a later edition.
type Weighing struct {
	Number string
	Moved  bool
	Reason string
}

// WeighAll holds every running case of an item that is on an earlier edition
// against the one in force, for an item manager of its region or for the program,
// which does so when the edition takes effect. One that somebody
// changes meanwhile, or that was weighed before, is left out.
func (s *Service) WeighAll(ctx context.Context, item items.ID, by identity.Actor) ([]Weighing, error) {
	e, err := s.Editions.Open(ctx, item, calendar.DayOf(s.Now()))
	if err != nil {
		return nil, err
	}
	if !by.Plays(identity.System) && !by.In(identity.Items, func(p identity.Post) bool { return p.Serves(e.Region) }) {
		return nil, fault.New(fault.Forbidden, "cases.weigh.role", "“对照新版清单”应由本级或者上级的事项管理员办理")
	}
	var all []Weighing
	for _, agency := range slices.Compact([]string{e.Agency, cmp.Or(e.Handover.From, e.Agency)}) {
		for _, state := range MoveOf(Weigh).From {
			some, err := s.weighState(ctx, e, agency, state, by)
			if err != nil {
				return all, err
			}
			all = append(all, some...)
		}
	}
	return all, nil
}

// weighState is WeighAll for one agency's cases in one state.
func (s *Service) weighState(ctx context.Context, e *items.Edition, agency string, state State, by identity.Actor) (all []Weighing, err error) {
	for f := (Filter{Agency: agency, State: state, Limit: 100}); ; {
		page, err := s.Store.Open(ctx, f)
		if err != nil || len(page) == 0 {
			return all, err
		}
		for _, one := range page {
			f.After = one.Cursor
			if one.Case.Item != e.Item || one.Case.Edition >= e.Number || one.Case.Weighed >= e.Number {
				continue
			}
			w, err := s.weighOne(ctx, one, e, by)
			if fault.Of(err) == fault.Internal && err != nil {
				return all, err
			}
			if err == nil {
				all = append(all, w)
			}
		}
	}
}

func (s *Service) weighOne(ctx context.Context, one Listed, e *items.Edition, by identity.Actor) (Weighing, error) {
	w := Weighing{Number: one.Number}
	_, err := s.Store.Change(ctx, Request{}, one.Case.ID, func(c *Case) (Moved, error) {
		old, err := s.Frame(ctx, c)
		if err != nil {
			return Moved{}, err
		}
		new, err := s.frame(ctx, e)
		if err != nil {
			return Moved{}, err
		}
		m, err := c.Weigh(old, new, s.Days, by, s.Now())
		if err != nil {
			return m, err
		}
		w.Moved, w.Reason = m.Edition != 0, m.Reason
		if m.Edition == 0 {
			return m, c.Apply(m, old)
		}
		return m, c.Apply(m, new)
	})
	return w, err
}

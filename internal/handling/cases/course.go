package cases

import (
	"context"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// A Turn is one piece of work of a case (环节留痕): when it came, who took it,
// and what came of it.
type Turn struct {
	Work   flow.Work   // as it last stood
	Opened time.Time   //
	Clock  clock.Clock // the step's own time: paused with the case, stopped when it was closed
	Holder Doer        // who has taken it, or closed it; the zero Doer: nobody
	Said   []Said      // what was signed, in order
	Closed time.Time   // the zero time while it is open
	Back   string      // why it was sent back, if it was
	BackTo string      // and to which step: its node
}

// Said is one signature: an opinion, or a part of the decision.
type Said struct {
	By      Doer
	At      time.Time
	Opinion string // 同意, 附条件同意, 不同意, 准予, 不予
	Reason  string
}

// Open reports whether somebody still has to do the work.
func (t Turn) Open() bool { return t.Closed.IsZero() }

// Course is how a case went through its procedure, and all that happened to it,
// for those who may see it.
func (s *Service) Course(ctx context.Context, c *Case, by identity.Actor) ([]Turn, []Event, error) {
	if !c.Visible(by) {
		return nil, nil, None(c.Number)
	}
	list, frames, err := s.told(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	turns, err := course(list, frames)
	return turns, list, err
}

// CourseOf is how a case under one edition went, by its facts.
func CourseOf(facts []Moved, f Frame) ([]Turn, []Event, error) {
	list, frames := make([]Event, len(facts)), make([]Frame, len(facts))
	for i, m := range facts {
		list[i], frames[i] = Event{Moved: m}, f
	}
	turns, err := course(list, frames)
	return turns, list, err
}

// course replays a case and notes when each piece of work came and went.
func course(list []Event, frames []Frame) ([]Turn, error) {
	var turns []Turn
	c := &Case{}
	for k, e := range list {
		before := c.Flow.Open
		if err := c.Apply(e.Moved, frames[k]); err != nil {
			return nil, err
		}
		for _, w := range c.Flow.Open {
			if find(before, w.ID) < 0 {
				turns = append(turns, Turn{Work: w, Opened: e.At})
			}
		}
		for i := range turns {
			if turns[i].Open() {
				turns[i].follow(e.Moved, c.Flow.Open)
			}
		}
	}
	for i := range turns {
		turns[i].Clock = StepClock(turns[i].Work.Limit, turns[i].Opened, turns[i].Closed, c.Stood())
	}
	return turns, nil
}

func find(open []flow.Work, id string) int {
	return slices.IndexFunc(open, func(w flow.Work) bool { return w.ID == id })
}

// follow brings the turn up to date after m, when open is what is left to do.
func (t *Turn) follow(m Moved, open []flow.Work) {
	i := find(open, t.Work.ID)
	if i >= 0 {
		t.Work = open[i]
	} else {
		t.Closed = m.At
	}
	if m.Work == nil || m.Work.ID != t.Work.ID {
		return
	}
	switch m.Act {
	case Review, Decide:
		opinion, _ := m.Work.Answers[AnswerOpinion].(string) // absent from a decision
		if m.Act == Decide {
			opinion, _ = m.Work.Answers[AnswerDecided].(string)
		}
		t.Said = append(t.Said, Said{m.By, m.At, opinion, m.Work.Opinion})
		if !slices.Contains(t.Work.Signers, m.By.Account) {
			t.Holder = m.By
		}
	case Claim:
		t.Holder = m.By
	case Transfer, Reassign, Delegate, TakeBack:
		t.Holder = Doer{Account: m.Work.To, Name: m.Work.ToName, Role: t.Work.Role, Title: t.Work.Post, Agency: t.Work.Agency}
	case SendBack:
		t.Holder, t.Back, t.BackTo = m.By, m.Reason, m.Work.To
	}
	if i >= 0 && t.Work.Claimed == "" {
		t.Holder = Doer{}
	}
}

// StepClock is a step's own time, from opened until closed (the zero time while
// it is open). It stands still whenever the case does: a pause that began before
// the step counts from the step's beginning.
func StepClock(limit clock.Limit, opened, closed time.Time, pauses []clock.Pause) clock.Clock {
	k, err := clock.Clock{}.Start(limit, opened)
	if err != nil || limit.None() {
		return clock.Clock{}
	}
	if !closed.IsZero() {
		k.Stopped = clock.At(closed)
	}
	for _, p := range pauses {
		p.From = max(p.From, k.Started)
		if p.Until != 0 && p.Until < k.Started || k.Stopped != 0 && p.From > k.Stopped {
			continue
		}
		if k.Stopped != 0 && (p.Until == 0 || p.Until > k.Stopped) {
			p.Until = k.Stopped
		}
		k.Pauses = append(k.Pauses, p)
	}
	return k
}

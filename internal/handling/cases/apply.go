package cases

import (
	"maps"
	"slices"
	"sync"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
)

// Frame is what a case is pinned to: its edition and the edition's procedure.
type Frame struct {
	Edition   *items.Edition
	Procedure *flow.Procedure
}

// Apply makes a fact true of the case. It is the only function that changes a case; given the same
// facts it always ends in the same case.
func (c *Case) Apply(m Moved, f Frame) error {
	c.ID, c.State = m.Case, m.To
	for _, apply := range []func(Moved, Frame) error{c.file, c.takeIn, c.note, c.keep, c.vow, c.link, c.tick, c.compete, c.test, c.run, c.above, c.weigh, c.later, c.shelve} {
		if err := apply(m, f); err != nil {
			return err
		}
	}
	for _, kind := range m.gives() {
		c.Papers = append(c.Papers, Paper{Kind: kind, Title: m.title(kind, f.Edition.Type), Seq: m.Seq, Words: m.Words[kind], Agency: c.givenBelow(kind, m, f), to: m.addressee(kind)})
	}
	if m.Ended() {
		c.Closed = m.At
	}
	return nil
}

// file fixes what the submission said.
func (c *Case) file(m Moved, _ Frame) error {
	if p := m.Filing; p != nil {
		c.Item, c.Edition, c.ItemName, c.Agency, c.Region = p.Item, p.Edition, p.ItemName, p.Agency, p.Region
		c.Applicant, c.Channel, c.Delivery, c.Opened = p.Applicant, p.Channel, p.Delivery, m.At
		c.Answers, c.Credit = m.Answers, m.Credit
	}
	c.amended(m)
	if m.Received != 0 {
		c.Received = m.Received
	}
	return nil
}

// takeIn puts materials on file; a new one takes the place of the old.
func (c *Case) takeIn(m Moved, _ Frame) error {
	for _, h := range m.Materials {
		h.At, h.Spot = m.Seq, m.Act == Rectify && !c.Renewed(h.Material)
		c.Materials = append(slices.DeleteFunc(slices.Clone(c.Materials), func(old Handed) bool { return old.Material == h.Material }), h)
		for i := range c.Promises {
			if c.Promises[i].Material == h.Material {
				c.Promises[i].Kept = true
			}
		}
	}
	for _, v := range m.Verdicts {
		c.find(v)
	}
	return nil
}

func (c *Case) find(v Verdict) {
	if h, ok := c.Has(v.Material); ok {
		h.Verdict = &v
		return
	}
	c.Materials = append(c.Materials, Handed{Material: v.Material, Verdict: &v})
}

// note keeps notices, decisions and what came of them.
func (c *Case) note(m Moved, f Frame) error {
	c.tell(m)
	c.decided(m)
	c.servePaper(m)
	c.produce(m, f)
	if m.Act == DeemAccept {
		c.Deemed = true
	}
	if m.Act == Urge {
		c.Urged++
	}
	c.lookOver(m)
	c.urged(m)
	c.see(m)
	return nil
}

// tell keeps what the applicant was told to put right, and that they did.
func (c *Case) tell(m Moved) {
	if m.Notice != nil {
		n := *m.Notice
		n.At = m.Seq
		c.Notices = append(c.Notices, n)
	}
	if m.Act == Correct {
		c.Notices[len(c.Notices)-1].Done = true
	}
}

// decided keeps the decision as it stands, what it was heard and reviewed with, and
// how it was handed over.
func (c *Case) decided(m Moved) {
	if m.Decision != nil {
		c.Decision = m.Decision
	}
	if m.Hearing != nil {
		c.Hearing = m.Hearing
	}
	if m.Panel != nil {
		c.Panel = m.Panel
	}
	if m.Delivered != nil && m.Act == Deliver {
		c.Delivered = m.Delivered
	}
}

// produce keeps the certificate that came of the case.
func (c *Case) produce(m Moved, f Frame) {
	if m.Produced == "" {
		return
	}
	c.Certificate, c.Until, c.Reminded = m.Produced, m.Until, 0
	if m.Until != 0 {
		c.RenewBefore = renewBefore(f.Edition)
	}
}

// see keeps the evidence that an opinion or a result rests on.
func (c *Case) see(m Moved) {
	brought := m.Evidence
	if m.Work != nil {
		brought = append(slices.Clone(brought), m.Work.Evidence...)
	}
	for _, e := range brought {
		e.Seq = m.Seq
		c.Evidence = append(c.Evidence, e)
	}
}

// tick does to the clocks what the table of Life says.
func (c *Case) tick(m Moved, f Frame) error {
	effect := MoveOf(m.Act).Clock
	if effect == clock.Stops && m.Act == Decide && m.Decision == nil {
		return nil
	}
	if effect == clock.Starts {
		c.Joint = string(f.Edition.Joint)
	}
	if waits, err := c.below(effect, m, f); waits || err != nil {
		return err
	}
	if err := c.turn(effect, m, f); err != nil {
		return err
	}
	if special := m.Special; special != nil {
		c.Specials = append(slices.DeleteFunc(slices.Clone(c.Specials), func(s Special) bool { return s.ID == special.ID }), *special)
	}
	return nil
}

// turn does it to the law's clock and to the promised one.
func (c *Case) turn(effect clock.Effect, m Moved, f Frame) (err error) {
	law, promise := c.limits(m, f)
	if c.Statutory, err = turn(c.Statutory, effect, m, law, c.started(m)); err != nil {
		return err
	}
	c.Promised, err = turn(c.Promised, effect, m, promise, c.started(m))
	return err
}

// limits are those with which the law's clock and the promised one start, or by
// which they are lengthened.
func (c *Case) limits(m Moved, f Frame) (law, promise clock.Limit) {
	if x := m.Extension; x != nil {
		return x.Limit, x.promised(c.Promised.Limit.Unit)
	}
	return f.Edition.Legal(), c.promised(f.Edition.Promised)
}

// started is when the clocks start: now, or when acceptance was by silence the
// day the materials were received (行政许可法第三十二条).
func (c *Case) started(m Moved) time.Time {
	if m.Act == DeemAccept {
		return c.Received.Start()
	}
	return m.At
}

func turn(k clock.Clock, effect clock.Effect, m Moved, limit clock.Limit, started time.Time) (clock.Clock, error) {
	switch {
	case (effect == clock.Pauses || effect == clock.Resumes) && (m.Special == nil || m.Special.Counted):
		return k, nil // a hearing for which they stand still already, or what no clock waits for
	case (effect == clock.Starts || effect == clock.Extends) && limit.None():
		return k, nil
	case effect == clock.Starts:
		return k.Start(limit, started)
	case !k.Running():
		return k, nil
	case effect == clock.Pauses:
		return k.Pause(m.Special.pause(m.At))
	case effect == clock.Resumes:
		return k.Resume(m.Special.ID, m.At)
	case effect == clock.Extends:
		x := m.Extension.clock(m.At)
		x.Limit = limit
		k.Extension = &x // judged by Case.Extend, against the legal clock
		return k, nil
	case effect == clock.Stops:
		return k.Stop(m.At)
	}
	return k, nil
}

// run moves the procedure.
func (c *Case) run(m Moved, f Frame) (err error) {
	switch {
	case m.Act == Accept || m.Act == DeemAccept:
		c.Flow, _, err = f.Procedure.Start(c.env(f))
	case m.Act == Fire:
		c.Flow, _, err = f.Procedure.Fire(c.Flow, m.Timer, c.env(f))
	case m.Work != nil:
		c.Flow, err = c.runWork(m, f)
	case m.Ended():
		c.Flow = flow.Marking{Done: c.Flow.Done, Ended: true}
	}
	c.setTimers(m.At)
	for _, w := range c.Flow.Open {
		if !slices.Contains(c.Involved, w.Agency) {
			c.Involved = append(c.Involved, w.Agency)
		}
	}
	return err
}

func (c *Case) runWork(m Moved, f Frame) (next flow.Marking, err error) {
	w, p := m.Work, f.Procedure
	if c.Flow, err = c.taken(m, f); err != nil {
		return c.Flow, err
	}
	switch m.Act {
	case AddSigner:
		return p.AddSigner(c.Flow, w.ID, m.By.Account, w.To)
	case DropSigner:
		next, _, err = p.DropSigner(c.Flow, w.ID, c.asker(w.ID, w.To, m.By), w.To, c.env(f))
	case Delegate:
		return p.Delegate(c.Flow, w.ID, m.By.Account, w.To)
	case TakeBack:
		return p.TakeBack(c.Flow, w.ID, m.By.Account)
	case Claim:
		return p.Claim(c.Flow, w.ID, m.By.Account)
	case Release:
		return p.Release(c.Flow, w.ID, m.By.Account)
	case Transfer:
		return p.Transfer(c.Flow, w.ID, m.By.Account, w.To)
	case Reassign:
		return p.Transfer(c.Flow, w.ID, "", w.To)
	case SendBack:
		next, _, err = p.SendBack(c.Flow, w.ID, m.By.Account, w.To, c.env(f))
	default:
		next, _, err = p.Complete(c.Flow, w.ID, m.By.Account, w.Answers, c.env(f))
	}
	return next, err
}

// env is what the conditions of a procedure may speak of: what was answered,
// looked up when a condition asks, for most steps have none.
func (c *Case) env(f Frame) flow.Env {
	answered := sync.OnceValue(func() condition.Env {
		return forms.Facts(f.Edition.Form.With(f.Edition.Questions), c.Answers, calendar.DayOf(c.Opened))
	})
	return flow.Env{Agency: c.Agency, Judge: func(when string, said map[string]any) (bool, error) {
		values := maps.Clone(answered())
		maps.Copy(values, said)
		return condition.Judge(when, values)
	}}
}

// DueDay is the day the case must be decided by, if that can be known.
func (c *Case) DueDay(days clock.Days) calendar.Day { return c.Clock().Due(days).Day }

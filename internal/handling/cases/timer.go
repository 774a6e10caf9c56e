package cases

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// Timer is a time that the procedure has set (定时): when it runs out, the
// procedure goes another way by itself.
type Timer struct {
	Wait  string      `json:"wait"` // flow.Wait
	Name  string      `json:"name"`
	Limit clock.Limit `json:"limit"`
	From  time.Time   `json:"from"`
}

// Due is when the timer runs out.
func (t Timer) Due(days clock.Days) clock.Due {
	return clock.Clock{Limit: t.Limit, Started: clock.At(t.From)}.Due(days)
}

// setTimers sets those the procedure began to wait for, and forgets those it
// waits for no more.
func (c *Case) setTimers(at time.Time) {
	var kept []Timer
	for _, w := range c.Flow.Waits {
		if w.Kind != flow.Timer {
			continue
		}
		i := slices.IndexFunc(c.Timers, func(t Timer) bool { return t.Wait == w.ID })
		if i >= 0 {
			kept = append(kept, c.Timers[i])
			continue
		}
		kept = append(kept, Timer{Wait: w.ID, Name: w.Name, Limit: w.Limit, From: at})
	}
	c.Timers = kept
}

// Alarm is the moment at which the case next does something by itself; no
// moment if nothing is to come.
func (c *Case) Alarm(days clock.Days) clock.Moment {
	if c.State == Received {
		return clock.At(c.DeemedOn(days).Start())
	}
	var next clock.Moment
	for _, r := range c.rings(days) {
		if next == 0 || r.at < next {
			next = r.at
		}
	}
	return next
}

// Ring does what has fallen due: acceptance by silence, a timer of the
// procedure, a reminder of what was promised, a promise not kept, a check of a
// pledge that nobody made, a reminder that a certificate ends, or its renewal by
// silence.
func (c *Case) Ring(e *items.Edition, days clock.Days, at time.Time) (Moved, error) {
	if c.State == Received {
		return c.DeemAccept(days, at)
	}
	r, due := c.ringing(days, at)
	if !due {
		r.act = Fire
	}
	doer, err := c.judge(r.act, identity.TheSystem)
	switch {
	case err != nil:
		return Moved{}, err
	case !due:
		return Moved{}, fault.New(fault.Conflict, "cases.ring.early", "还没有到期的事情要办")
	}
	m := c.moved(r.act, c.State, doer, at)
	m.Timer, m.Reason, m.Owing = r.wait, r.say, r.names
	switch r.act {
	case DeemRenew:
		c.deemed(&m)
	case MissMet:
		err = c.missed(e, &m, days)
	}
	return m, err
}

package cases

import (
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Withdraw takes the application back, until it is decided.
func (c *Case) Withdraw(reason string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Withdraw, by)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(Withdraw, Withdrawn, doer, at)
	m.Reason, m.Handback = reason, c.handback()
	return m, nil
}

// Terminate ends a case that cannot go on, as when what was promised or asked
// for never came.
func (c *Case) Terminate(reason string, by identity.Actor, at time.Time) (Moved, error) {
	m, err := c.turnAway(Terminate, Terminated, reason, "", by, at)
	m.Handback = c.handback()
	return m, err
}

// Certify notes the certificate that was issued on the decision, or its next
// version, and its last day.
func (c *Case) Certify(identifier string, till calendar.Day, at time.Time) (Moved, error) {
	doer, err := c.judge(Certify, identity.TheSystem)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(Certify, c.State, doer, at)
	m.Produced, m.Until = identifier, till
	return m, nil
}

// Urge is a supervisor's written reminder (督办), kept with the case.
func (c *Case) Urge(text string, by identity.Actor, at time.Time, until ...calendar.Day) (Moved, error) {
	doer, err := c.judge(Urge, by)
	if err != nil {
		return Moved{}, err
	}
	if text == "" {
		return Moved{}, fault.New(fault.Invalid, "cases.urge.text", "请写明督办事由和要求").At("text", "required", "请写明督办事由和要求")
	}
	m := c.moved(Urge, c.State, doer, at)
	m.Reason = text
	for _, day := range until {
		if day < calendar.DayOf(at) {
			return Moved{}, fault.New(fault.Invalid, "cases.urge.until", "答复期限不能早于今天").At("until", "past", "答复期限不能早于今天")
		}
		m.Urging = &Urging{Seq: m.Seq, Text: text, By: by.Name, Until: day}
	}
	return m, nil
}

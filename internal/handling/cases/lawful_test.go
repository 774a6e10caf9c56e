package cases_test

import (
	"fmt"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// lawful holds what the law says of every case at every moment, whatever was
// tried before.
func lawful(c *cases.Case, facts []cases.Moved) error {
	settled := slices.ContainsFunc(facts, func(m cases.Moved) bool { return m.Act == cases.Settle })
	filed := slices.ContainsFunc(facts, func(m cases.Moved) bool { return m.Act == cases.FileNow })
	switch {
	case c.State.Final() && (c.Statutory.Running() || c.Promised.Running() || c.LowerTime().Running()):
		return fmt.Errorf("a clock runs in a case that is %s", c.State)
	case c.State == cases.Accepted && !c.Legal().Running():
		return fmt.Errorf("no clock runs in an accepted case")
	case c.State == cases.Accepted && len(c.Flow.Open)+len(c.Timers) == 0:
		return fmt.Errorf("an accepted case is stuck: nobody has anything to do")
	case c.State != cases.Accepted && c.State.Open() && len(c.Flow.Open) > 0:
		return fmt.Errorf("work is open in a case that is %s", c.State)
	case c.State == cases.Granted && c.Decision != nil && c.Decision.Automatic:
		return grantedByRule(c, facts)
	case c.State == cases.Granted && !settled && !filed && (c.Decision == nil || len(c.Decision.Signed) != 2 || c.Decision.Signed[0] == c.Decision.Signed[1]):
		return fmt.Errorf("not decided by two people: %+v", c.Decision)
	case settled && !c.OnPledge() && !c.ClearlyPassed():
		return fmt.Errorf("decided on the spot, and nothing was pledged or clearly fit")
	case c.State == cases.Granted && len(c.Pledges) > 0 && c.Check == nil:
		return fmt.Errorf("granted on a pledge that nobody will check")
	case mainPromised(c):
		return fmt.Errorf("a main material was let to follow: %+v %+v", c.Promises, c.Materials)
	case c.Clock().Paused() != openSpecial(c):
		return fmt.Errorf("the clock stands still without a special procedure, or runs in one")
	}
	if err := concluded(c); err != nil {
		return err
	}
	return heard(c, facts)
}

// grantedByRule holds what the program may grant by itself.
func grantedByRule(c *cases.Case, facts []cases.Moved) error {
	r := facts[c.Prejudged.Seq-1].Reckoned
	if !r.Clear || len(r.Why) > 0 {
		return fmt.Errorf("granted although %v", r.Why)
	}
	for _, rule := range r.Rules {
		if rule.Out != cases.Holds {
			return fmt.Errorf("granted although %s is %s", rule.Name, rule.Out)
		}
	}
	if openSpecial(c) {
		return fmt.Errorf("granted while a special procedure runs")
	}
	return nil
}

// concluded holds what the law says of a decision on a decision.
func concluded(c *cases.Case) error {
	l := c.Later
	switch {
	case l == nil || !l.Done:
	case l.Deemed && (l.Kind != cases.Renewing || calendar.DayOf(l.At) <= c.Until):
		return fmt.Errorf("renewed by silence before the end: %+v", l)
	case !l.Deemed && (len(l.Signed) != 2 || l.Signed[0] == l.Signed[1] || l.Signed[0] == ""):
		return fmt.Errorf("not decided by two people: %+v", l)
	case l.Owned() && l.Granted && l.Plea == nil && calendar.DayOf(l.At) <= l.Until:
		return fmt.Errorf("undone before the holder was heard: %+v", l)
	case l.Granted && l.Plea != nil && l.Plea.Hearing && (c.Hearing.Minutes == nil || c.Hearing.Minutes.At.After(l.At)):
		return fmt.Errorf("undone without the hearing that was asked for: %+v", l)
	}
	return nil
}

// heard holds that nothing is decided before those were heard who asked to be,
// and that no untrue pledge is left without the proposal that follows from it.
func heard(c *cases.Case, facts []cases.Moved) error {
	last := facts[len(facts)-1]
	h := c.Hearing
	switch {
	case last.Decision != nil && h != nil && h.Minutes == nil && (h.Asked != 0 || !h.At.IsZero() || calendar.DayOf(last.At) <= h.Until):
		return fmt.Errorf("decided by %s before the hearing: %+v", last.Act, h)
	case last.Found != nil && last.Found.Result == cases.PledgeBroken && c.Later == nil:
		return fmt.Errorf("a pledge was found untrue and nothing follows")
	}
	return nil
}

// mainPromised reports whether a material that may not follow was let to.
func mainPromised(c *cases.Case) bool {
	return slices.ContainsFunc(c.Promises, func(p cases.Promise) bool { return p.Material != "plan" }) ||
		slices.ContainsFunc(c.Materials, func(h cases.Handed) bool {
			return h.Verdict != nil && h.Verdict.Finding == cases.Promised && h.Material != "plan"
		})
}

func openSpecial(c *cases.Case) bool {
	return c.State == cases.Accepted && slices.ContainsFunc(c.Specials, func(s cases.Special) bool { return s.Open() && !s.Counted })
}

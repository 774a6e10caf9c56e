package cases

import (
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Postponement is the one time that the day of a promise is moved, when force
// majeure keeps the applicant from it (容缺补交延期).
type Postponement struct {
	Material string       `json:"material"`
	Name     string       `json:"name"`
	By       calendar.Day `json:"by"`
	Reason   string       `json:"reason"`
}

// Postpone moves the day by which a promised material is to come, once, and
// never past the day on which the law wants the decision.
func (c *Case) Postpone(p Postponement, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Postpone, by)
	if err != nil {
		return Moved{}, err
	}
	if p.Material == "" {
		return Moved{}, fault.Together(wanted(Postpone, "material", "", "请选择材料"), wanted(Postpone, "reason", p.Reason, "请写明不可抗力等延期的理由"))
	}
	old, err := c.postponable(p.Material)
	if err != nil {
		return Moved{}, err
	}
	last := c.Legal().Due(days)
	bad := fault.New(fault.Invalid, "cases.postpone.invalid", "不能延长补交期限")
	switch {
	case p.By <= old.By:
		bad = bad.At("by", "earlier", "新的期限应晚于原来的%s", old.By.Han())
	case last.Known && p.By > last.Day:
		bad = bad.At("by", "late", "新的期限不得晚于法定办结日期%s", last.Day.Han())
	}
	if p.Reason == "" {
		bad = bad.At("reason", "required", "请写明不可抗力等延期的理由")
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	p.Name = old.Name
	m := c.moved(Postpone, c.State, doer, at)
	m.Postponed, m.Reason = &p, p.Reason
	return m, nil
}

// postponable is the promise of a material that is still waited for, whose term may be
// made longer: once, and before it has ended.
func (c *Case) postponable(material string) (Promise, error) {
	i := slices.IndexFunc(c.Promises, func(old Promise) bool { return old.Material == material && !old.Kept })
	if i < 0 {
		return Promise{}, fault.New(fault.Conflict, "cases.postpone.none", "没有等待补交的这项材料，请刷新")
	}
	switch old := c.Promises[i]; {
	case old.Postponed:
		return old, fault.New(fault.Conflict, "cases.postpone.twice", "“%s”的补交期限已经延长过一次", old.Name)
	case old.Lapsed:
		return old, fault.New(fault.Conflict, "cases.postpone.lapsed", "“%s”的补交期限已过，不能再延长", old.Name)
	default:
		return old, nil
	}
}

// A ring is something that falls due in a case by itself.
type ring struct {
	at    clock.Moment
	act   Act
	names []string // materials, for Remind and Lapse
	wait  string   // flow.Wait, for Fire
	say   string
}

// rings are what will fall due by itself, in no order.
func (c *Case) rings(days clock.Days) []ring {
	var all []ring
	for _, t := range c.Timers {
		if due := t.Due(days); due.Known {
			all = append(all, ring{at: due.At, act: Fire, wait: t.Wait, say: t.Name})
		}
	}
	if c.State == Accepted {
		all = append(all, c.promiseRings(days)...)
	}
	if c.Checking() {
		all = append(all, c.Check.rings(days)...)
	}
	if c.State == Granted {
		all = append(all, c.laterRings(days)...)
	}
	return all
}

// promiseRings remind of the promised days to come and note those that passed.
func (c *Case) promiseRings(days clock.Days) []ring {
	var all []ring
	for _, p := range c.Promises {
		if p.Kept || p.Lapsed {
			continue
		}
		all = append(all, ring{at: clock.At((p.By + 1).Start()), act: Lapse, names: []string{p.Material}, say: p.Name})
		for n, day := range clock.Reminders(p.Since, p.By, days) {
			if n >= p.Reminded {
				all = append(all, ring{at: clock.At(day.Start()), act: Remind, names: []string{p.Material}, say: p.Name})
				break
			}
		}
	}
	return all
}

// ringing is what has fallen due: a promise that was not kept, for nobody need be
// reminded of that, or else the earliest.
func (c *Case) ringing(days clock.Days, at time.Time) (ring, bool) {
	all := slices.DeleteFunc(c.rings(days), func(r ring) bool { return r.at > clock.At(at) })
	if len(all) == 0 {
		return ring{}, false
	}
	if i := slices.IndexFunc(all, func(r ring) bool { return r.act == Lapse }); i >= 0 {
		return all[i], true
	}
	return slices.MinFunc(all, func(a, b ring) int { return int(a.at - b.at) }), true
}

// keep brings the promises up to date with what m tells of them.
func (c *Case) keep(m Moved, _ Frame) error {
	c.Offers = append(slices.Clone(c.Offers), m.Offers...)
	c.Promises = slices.Clone(c.Promises)
	for _, p := range m.Promises {
		p.Since = calendar.DayOf(m.At)
		c.Promises = append(c.Promises, p)
	}
	for i := range c.Promises {
		p := &c.Promises[i]
		named := slices.Contains(m.Owing, p.Material) && !p.Kept
		switch {
		case m.Act == Remind && named:
			p.Reminded++
		case m.Act == Lapse && named:
			p.Lapsed = true
		case m.Came != nil && slices.Contains(m.Came.Clears, p.Material):
			p.Lapsed = false
		case m.Postponed != nil && m.Postponed.Material == p.Material && !p.Kept:
			p.By, p.Since, p.Reminded, p.Postponed = m.Postponed.By, calendar.DayOf(m.At), 0, true
		}
	}
	return nil
}

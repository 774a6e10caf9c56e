package cases

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// OpenSpecial begins time that does not count, unless the edition says so. It must be
// one of the procedures that the edition lists, with its own limit (行政许可法第四十五条;
// 徐政发〔2022〕21号（六）).
func (c *Case) OpenSpecial(e *items.Edition, name, reason string, by identity.Actor, at time.Time, record ...SpecialRecord) (Moved, error) {
	if _, err := c.judge(OpenSpecial, by); err != nil {
		return Moved{}, err
	}
	i := slices.IndexFunc(e.Special, func(s items.Special) bool { return s.Name == name })
	switch {
	case i < 0:
		return Moved{}, fault.Together(fault.New(fault.Invalid, "cases.open-special.unlisted", "办事指南没有列出“%s”这项特别程序", name).
			At("name", "unlisted", "请选择办事指南列出的特别程序"), whySpecial(reason))
	}
	if err := cmp.Or(begunElsewhere(e.Special[i]), c.testing(e.Special[i])); err != nil {
		return Moved{}, err
	}
	return c.openSpecial(e.Special[i], reason, by, at, record...)
}

// whySpecial refuses a special procedure without a reason.
func whySpecial(reason string) error {
	if reason != "" {
		return nil
	}
	return fault.New(fault.Invalid, "cases.open-special.reason", "请写明启动特别程序的理由").At("reason", "required", "请写明理由")
}

// openSpecial begins one that the edition lists.
func (c *Case) openSpecial(listed items.Special, reason string, by identity.Actor, at time.Time, record ...SpecialRecord) (Moved, error) {
	doer, err := c.judge(OpenSpecial, by)
	if err == nil {
		err = whySpecial(reason)
	}
	switch {
	case err != nil:
		return Moved{}, err
	case slices.ContainsFunc(c.Specials, func(s Special) bool { return s.Kind == listed.Name && s.Open() }):
		return Moved{}, fault.New(fault.Conflict, "cases.open-special.twice", "“%s”正在进行", listed.Name)
	}
	m := c.moved(OpenSpecial, c.State, doer, at)
	m.Special = &Special{ID: fmt.Sprintf("s%d", len(c.Specials)+1), Kind: listed.Name, Reason: reason, Limit: listed.Limit, Counted: listed.Counted, From: calendar.DayOf(at)}
	m.Special.SpecialRecord = append(record, SpecialRecord{})[0].begun(listed, m)
	return m, nil
}

// A SpecialEnd is what a special procedure came to.
type SpecialEnd struct {
	Result   string
	Opinion  string     // what the handler makes of it
	Evidence []Evidence // that it rests on, such as the pictures of a visit
}

// CloseSpecial ends it, with its result; the clocks run on with what was left.
func (c *Case) CloseSpecial(id string, o SpecialEnd, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(CloseSpecial, by)
	if err == nil {
		err = c.noted(id)
	}
	switch {
	case err != nil:
		return Moved{}, err
	case c.Hearing != nil && c.Hearing.Pause == id:
		return Moved{}, fault.New(fault.Conflict, "cases.close-special.hearing", "听证以笔录结束，请制作听证笔录")
	case c.Panel != nil && c.Panel.Special == id:
		return Moved{}, fault.New(fault.Conflict, "cases.close-special.experts", "专家评审以汇总意见结束，请在“专家评审”里汇总")
	}
	return c.closeSpecial(id, o, doer, at)
}

func (c *Case) closeSpecial(id string, o SpecialEnd, doer Doer, at time.Time) (Moved, error) {
	i := slices.IndexFunc(c.Specials, func(s Special) bool { return s.ID == id && s.Open() })
	switch {
	case i < 0:
		return Moved{}, fault.New(fault.Conflict, "cases.close-special.none", "这项特别程序没有在进行")
	}
	if err := fault.Together(wanted(CloseSpecial, "result", o.Result, "请写明特别程序的结果"), CheckEvidence(o.Evidence, at)); err != nil {
		return Moved{}, err
	}
	m := c.moved(CloseSpecial, c.State, doer, at)
	m.Special, m.Evidence = c.Specials[i].ended(o.Result, o.Opinion, m), o.Evidence
	return m, nil
}

func (c *Case) specialOpen() bool { return slices.ContainsFunc(c.Specials, Special.Open) }

// Extend lengthens the legal limit, once, with the reason told to the applicant
// (行政许可法第四十二条). One agency's head approves ten days; what several
// handle together is put off by fifteen, with the approval of the government's head.
// A limit is lengthened in the unit in which it counts, and never by more.
func (c *Case) Extend(by Extension, days clock.Days, who identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Extend, who)
	if err != nil {
		return Moved{}, err
	}
	var unapproved error
	switch {
	case c.Joint == "":
		by.Approver = who.Name
	case by.Approver == "" || by.Approver == who.Name:
		unapproved = fault.New(fault.Invalid, "cases.extend.approver", "%s的延期须经本级人民政府负责人批准，请写明批准人", c.Joint).
			At("approver", "required", "请写明批准延期的本级人民政府负责人")
	}
	by.Limit, by.Promise = by.Limit.In(c.Statutory.Limit.Unit.Counts()), clock.Limit{}
	if unit := c.Promised.Limit.Unit; unit.Counts() != unit {
		by.Promise = by.Limit.In(unit.Counts())
	}
	asked := by.clock(at)
	asked.Approver = cmp.Or(asked.Approver, who.Name) // whether it is another's is judged above
	_, err = c.Statutory.Extend(asked, c.DecisionTerm().Extension, days)
	if err = fault.Together(unapproved, err); err != nil {
		return Moved{}, err
	}
	m := c.moved(Extend, c.State, doer, at)
	m.Extension, m.Reason = &by, by.Reason
	return m, nil
}

// promised is by how much a promise in a unit is lengthened; none if it is not.
func (x Extension) promised(unit clock.Unit) clock.Limit {
	if own := x.Limit.In(unit); own.Unit == unit {
		return own
	}
	return x.Promise
}

func (x Extension) clock(at time.Time) clock.Extension {
	return clock.Extension{Limit: x.Limit, Approver: x.Approver, Reason: x.Reason, At: clock.At(at)}
}

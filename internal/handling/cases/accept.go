package cases

import (
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Accept takes the case on (受理). Every material that the applicant's own
// answers call for must be on file, save those the item lets an applicant
// promise (可容缺) and for which there is a promise to bring them in time
// (徐政发〔2022〕21号（七）).
func (c *Case) Accept(e *items.Edition, verdicts []Verdict, promises []Promise, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Accept, by)
	if err != nil {
		return Moved{}, err
	}
	if err := c.checkVerdicts(Accept, e, verdicts); err != nil {
		return Moved{}, err
	}
	if err := checkPromises(e, promises); err != nil {
		return Moved{}, err
	}
	bad := fault.New(fault.Invalid, "cases.accept.materials", "材料还不齐，不能受理")
	for i, m := range e.MaterialsFor(c.Answers) {
		bad = c.checkMaterial(m, i, verdicts, promises, LastCure(e, days, at), calendar.DayOf(at), bad)
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	if err := c.checkLetter(promises, verdicts); err != nil {
		return Moved{}, err
	}
	m := c.moved(Accept, Accepted, doer, at)
	m.Verdicts, m.Promises = verdicts, c.underwritten(namedPromises(e, promises))
	return m, nil
}

func (c *Case) checkMaterial(m items.Material, i int, verdicts []Verdict, promises []Promise, last, today calendar.Day, bad *fault.Error) *fault.Error {
	at := path("materials", i)
	if c.satisfied(m, verdicts) {
		return bad
	}
	p, promised := promiseFor(m.ID, promises)
	switch {
	case !m.MayFollow() && c.found(m.ID, verdicts) == Defective:
		return bad.At(at, "defective", "“%s”不符合要求，请先一次性告知补正", m.Name)
	case !m.MayFollow():
		return bad.At(at, "missing", "缺少主要材料：%s", m.Name)
	case !promised:
		return bad.At(at, "unpromised", "容缺材料须先作出书面承诺：%s", m.Name)
	case p.By <= today:
		return bad.At(at, "past", "承诺补交日期应晚于今日：%s", m.Name)
	case last != 0 && p.By > last:
		return bad.At(at, "late", "承诺补交日期不得晚于承诺办结日期%s：%s", last.Han(), m.Name)
	}
	return bad
}

// LastCure is the last day on which a material promised at that moment may come: that by
// which the case is to be decided (容缺补正期限不超过承诺办结时限); no day when
// the item promises none, or does it on the spot.
func LastCure(e *items.Edition, days clock.Days, at time.Time) calendar.Day {
	k, err := clock.Clock{}.Start(e.Binding(), at)
	if err != nil || e.Binding().None() || e.Binding().Immediate() {
		return 0
	}
	return k.Due(days).Day
}

// satisfied reports whether the material need not be asked for (again): it is
// on file and was not found wanting, or it is not obligatory.
func (c *Case) satisfied(m items.Material, verdicts []Verdict) bool {
	if c.Stands(m) {
		return true
	}
	switch c.found(m.ID, verdicts) {
	case Complete, Exempt:
		return true
	case Missing, Defective, Promised:
		return m.Necessity == items.Optional
	}
	_, there := c.Has(m.ID)
	return there || m.Necessity == items.Optional
}

// Lacks reports whether a material still has to be asked for.
func (c *Case) Lacks(m items.Material) bool { return !c.satisfied(m, nil) }

// found is the latest verdict on a material: one given now, or one on file.
func (c *Case) found(material string, now []Verdict) Finding {
	if i := slices.IndexFunc(now, func(v Verdict) bool { return v.Material == material }); i >= 0 {
		return now[i].Finding
	}
	if m, ok := c.Has(material); ok && m.Verdict != nil {
		return m.Verdict.Finding
	}
	return ""
}

func promiseFor(material string, promises []Promise) (Promise, bool) {
	i := slices.IndexFunc(promises, func(p Promise) bool { return p.Material == material })
	if i < 0 {
		return Promise{}, false
	}
	return promises[i], true
}

func namedPromises(e *items.Edition, promises []Promise) []Promise {
	for i := range promises {
		if m, ok := e.Material(promises[i].Material); ok {
			promises[i].Name, promises[i].Form = m.Name, m.Due()
		}
	}
	return promises
}

// Cure takes in materials that were promised (容缺补交), as they came.
func (c *Case) Cure(e *items.Edition, handed []Handed, came *Arrival, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Cure, by)
	if err == nil {
		err = came.check(calendar.DayOf(c.Opened), doer, at)
	}
	if err != nil {
		return Moved{}, err
	}
	for _, h := range handed {
		switch p, ok := promiseFor(h.Material, c.Promises); {
		case !ok:
			return Moved{}, fault.New(fault.Invalid, "cases.cure.unasked", "这项材料没有承诺后补，不需要提交")
		case p.Kept:
			return Moved{}, fault.New(fault.Conflict, "cases.cure.twice", "“%s”已经补交，不需要再次提交", p.Name)
		}
	}
	if handed, err = named(e, handed); err != nil {
		return Moved{}, err
	}
	m := c.moved(Cure, c.State, doer, at)
	m.Materials, m.Came = handed, came.clearing(c.Promises, handed)
	return m, nil
}

// DeemedOn is the day from which silence counts as acceptance: five working
// days from receipt have passed, and nobody asked for anything
// (行政许可法第三十二条第一款第四项).
func (c *Case) DeemedOn(days clock.Days) calendar.Day {
	return clock.DeemedAcceptance(c.Received, days)
}

// DeemAccept accepts the case by silence (视为受理). The clocks run from the day
// the materials were received.
func (c *Case) DeemAccept(days clock.Days, at time.Time) (Moved, error) {
	doer, err := c.judge(DeemAccept, identity.TheSystem)
	if err != nil {
		return Moved{}, err
	}
	if calendar.DayOf(at) < c.DeemedOn(days) {
		return Moved{}, fault.New(fault.Conflict, "cases.deem-accept.early", "收件未满五个工作日，不能视为受理")
	}
	m := c.moved(DeemAccept, Accepted, doer, at)
	m.Promises = c.standing(days, calendar.DayOf(at))
	m.Reason = fmt.Sprintf("收到材料之日起五个工作日内未一次性告知补正，自收到材料之日（%s）起视为受理", c.Received.Han())
	return m, nil
}

// SayNotNeeded tells the applicant that nothing need be applied for
// (行政许可法第三十二条第一款第一项).
func (c *Case) SayNotNeeded(reason string, by identity.Actor, at time.Time) (Moved, error) {
	return c.turnAway(SayNotNeeded, NotNeeded, reason, "", by, at)
}

// Refuse declines to accept, and says by what: it names the agency that is competent,
// where that is the reason (行政许可法第三十二条第一款第二项).
func (c *Case) Refuse(reason, basis string, by identity.Actor, at time.Time) (Moved, error) {
	m, err := c.turnAway(Refuse, Refused, reason, basis, by, at)
	if err = fault.Together(err, wanted(Refuse, "basis", basis, "请写明依据，不属于本机关职权的，写明应当向哪个机关申请")); err != nil {
		return Moved{}, err
	}
	return m, nil
}

func (c *Case) turnAway(act Act, to State, reason, basis string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(act, by)
	if err != nil {
		return Moved{}, err
	}
	if reason == "" {
		return Moved{}, fault.New(fault.Invalid, "cases."+string(act)+".reason", "请写明理由，告知申请人").At("reason", "required", "请写明理由")
	}
	m := c.moved(act, to, doer, at)
	m.Reason, m.Basis = reason, basis
	return m, nil
}

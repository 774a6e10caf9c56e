package cases

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// PledgeCheck is how it will be, or was, found out whether what the applicant
// pledged is true (承诺核查, 国办发〔2020〕42号（五）). It begins with the decision.
type PledgeCheck struct {
	Way   items.CheckWay `json:"way"`
	Limit clock.Limit    `json:"limit"`
	From  time.Time      `json:"from"`
	Term  clock.Limit    `json:"term"` // for putting right what is not yet so (整改)
	Mend  calendar.Day   `json:"mend,omitempty"`
	Late  bool           `json:"late,omitempty"` // nobody checked in time
	Found []Found        `json:"found,omitempty"`
	Done  bool           `json:"done,omitempty"`

	// Of conditions that are to be met later, and before operating.
	Later    clock.Limit `json:"later,omitzero"`     // within which, from the decision; none: they were pledged to be met
	Undo     bool        `json:"undo,omitempty"`     // if they are not, it is proposed that the decision be annulled
	Shown    []Shown     `json:"shown,omitempty"`    // by the holder
	Reminded int         `json:"reminded,omitempty"` // times the holder was reminded of the day
	Passed   bool        `json:"passed,omitempty"`   // the day passed and nothing was shown
	Since    time.Time   `json:"since,omitzero"`     // when something was shown, or the day passed: the time for the check runs from then
}

// Found is what one check came to.
type Found struct {
	Result   CheckResult  `json:"result"`
	Reason   string       `json:"reason"`
	Basis    string       `json:"basis,omitempty"`
	Fraud    bool         `json:"fraud,omitempty"` // what was pledged was known to be untrue
	Evidence []File       `json:"evidence,omitempty"`
	Mend     calendar.Day `json:"mend,omitempty"` // put right by
	By       string       `json:"by"`
	At       time.Time    `json:"at"`
}

// A CheckResult is what a check comes to, in a word.
type CheckResult string

// The results of a check.
const (
	PledgeTrue   CheckResult = "true"   // 符合承诺
	PledgeUnmet  CheckResult = "unmet"  // 与承诺不符，限期整改
	PledgeBroken CheckResult = "broken" // 承诺不实，或者逾期没有整改：建议撤销决定
)

// Han is the result in the words of the field.
func (r CheckResult) Han() string {
	return map[CheckResult]string{PledgeTrue: "符合承诺", PledgeUnmet: "与承诺不符，限期整改", PledgeBroken: "承诺不实，建议撤销决定"}[r]
}

// Due is the day by which somebody has to look next.
func (k *PledgeCheck) Due(days clock.Days) clock.Due {
	if k.Mend != 0 {
		return clock.Due{Day: k.Mend, At: clock.At((k.Mend + 1).Start()), Known: true}
	}
	if k.Awaits() {
		return clock.Clock{Limit: k.Later, Started: clock.At(k.From)}.Due(days)
	}
	from := k.From
	if !k.Since.IsZero() {
		from = k.Since
	}
	return clock.Clock{Limit: k.Limit, Started: clock.At(from)}.Due(days)
}

// rings are when a check that is still to be made is late, unless it is; and what
// becomes of conditions that are to be met first.
func (k *PledgeCheck) rings(days clock.Days) []ring {
	if k.Late {
		return nil
	}
	due := k.Due(days)
	switch {
	case !due.Known:
		return nil
	case k.Awaits():
		return k.meetRings(days)
	}
	return []ring{{at: clock.At((due.Day + 1).Start()), act: MissCheck}}
}

// Checking reports whether what was pledged still has to be checked. What was to be
// met later need not be met once the decision is gone.
func (c *Case) Checking() bool {
	_, gone := c.Gone()
	return c.State == Granted && c.Check != nil && !c.Check.Done && !(gone && c.Check.Awaits())
}

// CheckPledge notes what a check of the pledge came to, by a person and with
// evidence. What is not yet so is to be put right within a term, once; what is
// untrue is told to the regulator, proposes in the same act that the decision be
// annulled (行政许可法第六十九条) and leads, through the listeners, to the credit record.
// Tell is whom to tell then; nil: nobody else supervises.
func (c *Case) CheckPledge(e *items.Edition, f Found, tell *Linkage, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(CheckPledge, by)
	switch {
	case err != nil:
		return Moved{}, err
	case !c.Checking():
		return Moved{}, fault.New(fault.Conflict, "cases.check-pledge.none", "没有需要核查的承诺，或者已经核查完毕")
	}
	if err := c.checkFound(f, days); err != nil {
		return Moved{}, err
	}
	m := c.moved(CheckPledge, c.State, doer, at)
	if f.Mend = 0; f.Result == PledgeUnmet {
		f.Mend = c.Check.mendBy(at, days)
	}
	f.By, f.At = by.Name, m.At
	m.Found, m.Reason, m.Basis = &f, f.Reason, f.Basis
	if f.Result == PledgeBroken {
		m.Linkage = tell.about(f)
		err = c.undoing(e, &m, f.ground(), days)
	}
	return m, err
}

// checkFound names what is missing of what a check came to.
func (c *Case) checkFound(f Found, days clock.Days) error {
	bad := fault.New(fault.Invalid, "cases.check-pledge.invalid", "核查结果有误，请按提示修改")
	switch {
	case f.Result.Han() == "":
		bad = bad.At("result", "choice", "请选择核查结果")
	case f.Result == PledgeUnmet && c.Check.Mend != 0:
		bad = bad.At("result", "twice", "已经给过整改期限，请如实选择符合承诺或者承诺不实")
	case f.Result == PledgeUnmet && c.Check.Awaits():
		bad = bad.At("result", "early", "承诺在%s以前达到条件，期限还没有到，不能要求提前整改", c.Check.MeetBy(days).Han())
	case f.Result == PledgeBroken && f.Basis == "":
		bad = bad.At("basis", "required", "建议撤销决定的，请写明法律依据")
	}
	if f.Reason == "" {
		bad = bad.At("reason", "required", "请写明怎样核查、查到了什么")
	}
	if f.Result != PledgeTrue && c.Check.Way == items.SiteCheck && len(f.Evidence) == 0 {
		bad = bad.At("evidence", "required", "现场核查与承诺不符的，请上传现场照片、笔录等证据")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// mendBy is the day by which what is not as pledged is to be put right: of what was
// pledged to be met later, never before the day that was pledged.
func (k *PledgeCheck) mendBy(at time.Time, days clock.Days) calendar.Day {
	by := clock.Clock{Limit: k.Term, Started: clock.At(at)}.Due(days).Day
	if k.Later.None() {
		return by
	}
	return max(by, k.MeetBy(days))
}

// vow keeps the pledges of m, and the check that follows from a decision made
// on them.
func (c *Case) vow(m Moved, f Frame) error {
	for _, p := range m.Pledges {
		p.At = m.Seq
		c.Pledges = append(c.Pledges, p)
	}
	if m.Signed != nil {
		c.Signatures = append(c.Signatures, *m.Signed)
	}
	rules := f.Edition.Pledge.Usual()
	switch {
	case m.Decision != nil && m.Decision.Granted && len(c.Pledges) > 0:
		if due := c.checkDue(rules, m.At); due != nil {
			c.Check = due
		}
	case m.Act == ShowMet, m.Act == RemindMet, m.Act == MissMet:
		c.Check = c.Check.meet(m)
	case m.Act == MissCheck:
		k := *c.Check
		k.Late = true
		c.Check = &k
	case m.Found != nil:
		k := *c.Check
		k.Found = append(slices.Clone(k.Found), *m.Found)
		k.Mend, k.Late, k.Done = m.Found.Mend, false, m.Found.Result != PledgeUnmet
		c.Check = &k
	}
	return nil
}

// checkDue is the check that a grant on a pledge is followed by: as the item has it, on
// site for those drawn where it has none, and always where conditions are met later;
// nil if there is none.
func (c *Case) checkDue(rules items.PledgeRules, from time.Time) *PledgeCheck {
	if rules.Check == items.NoCheck {
		if !c.onLater() && !Drawn(c.Number, rules.Sample) {
			return nil
		}
		rules.Check = items.SiteCheck
	}
	due := &PledgeCheck{Way: rules.Check, Limit: rules.Within, Term: rules.Mend, From: from}
	if c.onLater() {
		due.Later, due.Undo = rules.Later, rules.Undo
	}
	return due
}

package cases

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/papers"
)

// A Rectification is what an applicant puts right at the window, before the clerk,
// the moment the error is seen (当场更正, 行政许可法第三十二条第一款第三项): answers of
// the form, and papers that take the place of those handed in.
type Rectification struct {
	Handed    []Handed
	Answers   forms.Answers
	Say       string // what was wrong with the papers
	Confirmed Confirmed
}

// Confirmed is how the applicant stands by what was put right: nobody's application
// is changed for them.
type Confirmed struct {
	Signed *ink.Signature `json:"signed,omitempty"` // on the second screen
	Self   bool           `json:"self,omitempty"`   // put right with their own hand, before the clerk
}

// given reports whether the applicant confirmed it.
func (k Confirmed) given() bool { return k.Self || k.Signed != nil && k.Signed.Name != "" }

// Say is how it was confirmed.
func (k *Confirmed) Say() string {
	switch {
	case k == nil:
		return ""
	case k.Signed != nil:
		return k.Signed.Name + "（" + k.Signed.Way() + "）"
	}
	return "申请人当面自行更正"
}

// Rectify takes in what the applicant puts right on the spot. It is no notice and
// needs none: the day of receipt stays, and no later notice is excused by it, for
// the clerk looked on. Was are the answers as they read before it.
func (c *Case) Rectify(e *items.Edition, x Rectification, was forms.Answers, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Rectify, by)
	if err != nil {
		return Moved{}, err
	}
	bad := fault.New(fault.Invalid, "cases.rectify.invalid", "当场更正还不能完成，请按提示修改")
	amended, changed, bad := amend(e, was, x.Answers, calendar.DayOf(at), bad)
	bad = c.checkReplaced(e, x, amended, bad)
	if len(bad.Fields) == 0 && amended == nil && len(x.Handed) == 0 {
		return Moved{}, fault.New(fault.Invalid, "cases.rectify.nothing", "还没有更正任何内容：请改写错的答案，或者勾选当场改好的材料")
	}
	if !x.Confirmed.given() {
		bad = bad.At("confirmed", "required", "更正的内容要由申请人确认：请申请人在签署屏上签名，或者写明由申请人当面自行更正")
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	handed, err := named(e, x.Handed)
	if err != nil {
		return Moved{}, err
	}
	if amended != nil {
		amended.Spot = true
	}
	m := c.moved(Rectify, c.State, doer, at)
	m.Materials, m.Amended, m.Answers, m.Reason, m.Confirmed = handed, amended, changed, x.Say, &x.Confirmed
	return m, nil
}

// checkReplaced refuses papers that take the place of none: what was not handed in is
// missing and not wrong, unless the new answers call for it. After a notice nothing
// more can be asked for, so what these call for comes with them.
func (c *Case) checkReplaced(e *items.Edition, x Rectification, amended *Amended, bad *fault.Error) *fault.Error {
	opens := map[string]bool{}
	if amended != nil {
		for _, id := range amended.Opens {
			opens[id] = true
		}
	}
	for _, h := range x.Handed {
		if m, listed := e.Material(h.Material); listed && !opens[m.ID] && !brings(c.Materials, m.ID) {
			bad = bad.At("materials."+m.ID, "missing", "“%s”没有交过，不是当场更正。现在交来的，请收下后核对为“齐全”", m.Name)
		}
	}
	if len(x.Handed) > 0 && x.Say == "" {
		bad = bad.At("reason", "required", "请写明材料错在哪里、怎样改的")
	}
	for _, m := range e.Materials {
		if len(c.Notices) > 0 && opens[m.ID] && m.Necessity == items.Must && !m.MayFollow() && !c.Stands(m) && !brings(x.Handed, m.ID) {
			bad = bad.At("materials."+m.ID, "opened", "改后还要交“%s”。已经告知过补正，不能再要求补交：请现在一并交来，交不了的不要当场更正", m.Name)
		}
	}
	return bad
}

// Rectify has the applicant put right at the window what can be put right there; see
// Case.Rectify.
func (s *Service) Rectify(ctx context.Context, id ID, x Rectification, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Rectify, ""), by, s.rectifying(ctx, x, by))
}

func (s *Service) rectifying(ctx context.Context, x Rectification, by identity.Actor) judged {
	return s.amending(ctx, func(c *Case, f Frame, was forms.Answers, at time.Time) (Moved, error) {
		return c.Rectify(f.Edition, x, was, by, at)
	})
}

// Rectified judges what would be put right without doing it: what the applicant reads
// before they confirm it.
func (s *Service) Rectified(ctx context.Context, id ID, x Rectification, by identity.Actor) ([]Change, error) {
	c, err := s.Case(ctx, id, by)
	if err != nil {
		return nil, err
	}
	f, err := s.Frame(ctx, c)
	if err != nil {
		return nil, err
	}
	x.Confirmed.Self = true
	m, err := s.rectifying(ctx, x, by)(c, f, s.Now())
	if err == nil {
		err = m.checkLength()
	}
	if err == nil {
		err = s.checkFetched(ctx, c, f.Edition, &m)
	}
	if err != nil || m.Amended == nil {
		return nil, err
	}
	return s.changes(c, f.Edition, c.Answers, m, by)
}

// rectifiedReceipt has the receipt given anew for what was put right say when all of it
// was received, how the applicant confirmed the changes, and lists what is on file now.
func (c *Case) rectifiedReceipt(s *Sheet, m Moved, v papers.Values) []Handed {
	v["收到时间"] = c.Received.Han()
	s.Facts = append(s.Facts, Fact{"当场更正", at(m.At) + "，收到申请材料的日期不变"}, Fact{"申请人确认", m.Confirmed.Say()})
	if m.Reason != "" {
		s.Facts = append(s.Facts, Fact{"更正说明", m.Reason})
	}
	if m.Confirmed.Signed != nil {
		s.Signed = append(s.Signed, *m.Confirmed.Signed)
	}
	var all []Handed
	for _, h := range c.Materials {
		if brings(c.Materials, h.Material) {
			all = append(all, h)
		}
	}
	return all
}

package cases

import (
	"cmp"
	"fmt"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
)

// Application is what an applicant sends in.
type Application struct {
	Item      items.ID       `json:"item"`
	Applicant Applicant      `json:"applicant"`
	Answers   forms.Answers  `json:"answers"`
	Materials []Handed       `json:"materials"`
	Delivery  Delivery       `json:"delivery"`
	Word      Word           `json:"word,omitzero"`      // what the applicant pledges instead of proving it (告知承诺)
	Promises  []Promise      `json:"promises,omitempty"` // what the applicant chooses to bring later (容缺)
	Signed    *ink.Signature `json:"signed,omitempty"`   // under the application form
	Came      *Arrival       `json:"came,omitempty"`     // by post
}

// Receive opens a case about an edition (收件). The form must be complete and
// right; every obligatory material must be there unless it may follow.
// A window files for applicants who stand before them: there the material may be
// judged afterwards, so nothing is demanded but the form.
func Receive(id ID, a Application, e *items.Edition, by identity.Actor, received calendar.Day, at time.Time) (Moved, error) {
	c := &Case{ID: id, Item: e.Item, State: Unfiled, Applicant: a.Applicant, Region: e.Region, Agency: e.Agency}
	doer, err := c.filer(by)
	if err != nil {
		return Moved{}, err
	}
	if err := Fits(e, a.Applicant); err != nil {
		return Moved{}, err
	}
	answers, bad := checkAnswers(e, a.Answers, calendar.DayOf(at))
	c.Answers = answers
	if !a.Word.None() {
		if c.Pledges, err = c.pledges(e, a.Word); err != nil {
			return Moved{}, err
		}
	}
	if doer.Role == identity.Applicant {
		bad = c.checkHanded(e, a.Materials, bad)
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	handed, err := named(e, a.Materials)
	if err != nil {
		return Moved{}, err
	}
	if err := a.Came.check(0, doer, at); err != nil {
		return Moved{}, err
	}
	m := c.moved(Submit, Received, doer, at)
	m.Filing = &Filing{e.Item, e.Number, e.Name, e.Agency, e.Region, a.Applicant, by.Channel, a.Delivery, a.Signed}
	m.Answers, m.Materials, m.Came, m.Received = answers, handed, a.Came, received
	if len(c.Pledges) > 0 {
		m.Pledges, m.Signed = c.Pledges, &a.Word.Signed
	}
	return m, nil
}

// Fits refuses an applicant of the kind that the item is not for (服务对象).
func Fits(e *items.Edition, who Applicant) error {
	switch {
	case who.Org && !e.ForFirms():
		return fault.New(fault.Invalid, "cases.submit.object", "这件事由个人申请。请切换回本人身份再办")
	case !who.Org && !e.ForPersons():
		return fault.New(fault.Invalid, "cases.submit.object", "这件事由企业或者其他组织申请。请切换到单位身份再办")
	}
	return nil
}

// filer is who files: the applicant, or a window for someone who stands there.
func (c *Case) filer(by identity.Actor) (Doer, error) {
	if post, ok := c.post(Submit, identity.Window, by); ok && by.Party != c.Applicant.Party {
		return inPost(by, identity.Window, post), nil
	}
	return c.by(Submit, by)
}

func checkAnswers(e *items.Edition, given forms.Answers, today calendar.Day) (forms.Answers, *fault.Error) {
	bad := fault.New(fault.Invalid, "cases.submit.form", "申请表还有需要修改的地方")
	whole := e.Form.With(e.Questions)
	answers := forms.Normalize(whole, given)
	bad = bad.With("answers.", forms.Check(whole, answers, today))
	return answers, bad
}

func (c *Case) checkHanded(e *items.Edition, handed []Handed, bad *fault.Error) *fault.Error {
	for _, m := range e.MaterialsFor(c.Answers) {
		if m.Necessity == items.Must && !m.MayFollow() && !c.Stands(m) && !brings(handed, m.ID) {
			bad = bad.At("materials."+m.ID, "missing", "请提供“%s”", m.Name)
		}
	}
	return bad
}

// brings reports whether the material is among those handed in, with a file, a
// certificate or the paper itself.
func brings(handed []Handed, material string) bool {
	for _, h := range handed {
		if h.Material == material && (len(h.Files) > 0 || h.Certificate != "" || h.Paper) {
			return true
		}
	}
	return false
}

// named checks that everything handed in is a material of the edition, and
// gives it the edition's name for it.
func named(e *items.Edition, handed []Handed) ([]Handed, error) {
	for i := range handed {
		m, ok := e.Material(handed[i].Material)
		if !ok {
			return nil, fault.New(fault.Invalid, "cases.materials.unlisted", "办事指南没有列出这项材料：%.40s", handed[i].Material)
		}
		handed[i].Material, handed[i].Name, handed[i].Verdict = m.ID, m.Name, nil
		if err := filed(m, handed[i].Files); err != nil {
			return nil, err
		}
	}
	return handed, nil
}

// filed refuses files that are not of a kind, or a size, in which the material is
// taken in: whoever keeps files keeps some that serve other ends.
func filed(m items.Material, files []File) error {
	for _, f := range files {
		limit := m.Limit()
		limit.Name = f.Name
		if err := cmp.Or(limit.CheckType(blob.Type(f.Type)), limit.CheckSize(f.Size)); err != nil {
			return fault.Placed(err, "materials."+m.ID)
		}
	}
	return nil
}

func path(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// moved begins the fact of an act.
func (c *Case) moved(act Act, to State, doer Doer, at time.Time) Moved {
	return Moved{Case: c.ID, Seq: c.Head.Seq + 1, Act: act, From: c.State, To: to, By: doer, At: event.Moment(at), Paper: MoveOf(act).Paper}
}

// Sound checks what a place may check that takes an application in and does not
// decide it (收受分离): that the item is for such applicants, that the form is
// right, and that every obligatory material is there. It returns the
// application as it would be filed.
func Sound(e *items.Edition, a Application, at time.Time) (Application, error) {
	if err := Fits(e, a.Applicant); err != nil {
		return a, err
	}
	c := &Case{Item: e.Item, State: Unfiled, Applicant: a.Applicant, Region: e.Region, Agency: e.Agency}
	answers, bad := checkAnswers(e, a.Answers, calendar.DayOf(at))
	a.Answers, c.Answers = answers, answers
	if bad = c.checkHanded(e, a.Materials, bad); len(bad.Fields) > 0 {
		return a, bad
	}
	handed, err := named(e, a.Materials)
	a.Materials = handed
	return a, err
}

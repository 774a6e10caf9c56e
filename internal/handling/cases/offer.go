package cases

import (
	"context"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// An applicant who files from home may choose to bring a material later and
// sign the letter for it then (容缺受理由申请人自愿选择, 徐政发〔2022〕21号（七）).
// What they offer binds nobody yet: the window accepts with it, or asks for the
// material in the one notice there is; silence accepts with it.

// Deferrable are the materials that an applicant may bring later by these
// answers: those the guide says may follow, and never a main one.
func Deferrable(e *items.Edition, answers forms.Answers) []items.Material {
	return slices.DeleteFunc(e.MaterialsFor(answers), func(m items.Material) bool { return !m.MayFollow() })
}

// CheckOffers judges what an applicant offers to bring later: each material may
// follow, and its day lies between tomorrow and the day by which the case is
// promised to be decided; the letter is signed by whoever applies.
func CheckOffers(e *items.Edition, answers forms.Answers, offers []Promise, days clock.Days, at time.Time) error {
	if len(offers) == 0 {
		return nil
	}
	if err := checkPromises(e, offers); err != nil {
		return err
	}
	bad := fault.New(fault.Invalid, "cases.offer.invalid", "稍后补交的承诺有误，请按提示修改")
	asked, today, last := e.MaterialsFor(answers), calendar.DayOf(at), LastCure(e, days, at)
	for i, p := range offers {
		m, _ := e.Material(p.Material)
		switch at := path("promises", i); {
		case !slices.ContainsFunc(asked, func(a items.Material) bool { return a.ID == p.Material }):
			bad = bad.At(at, "not-asked", "按您的情况不用交“%s”", m.Name)
		case p.By <= today:
			bad = bad.At(at, "past", "“%s”的补交日期应晚于今天", m.Name)
		case last != 0 && p.By > last:
			bad = bad.At(at, "late", "“%s”的补交日期不能晚于承诺办结日期%s", m.Name, last.Han())
		case !p.underSigned():
			bad = bad.At("signed", "required", "请签署容缺受理承诺书")
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// offer puts into the fact of a submission what the applicant offers to bring
// later, without what they have handed in after all.
func (s *Service) offer(ctx context.Context, m *Moved, a Application, e *items.Edition, by identity.Actor, at time.Time) error {
	offers := slices.DeleteFunc(slices.Clone(a.Promises), func(p Promise) bool { return brings(a.Materials, p.Material) })
	if len(offers) == 0 {
		return nil
	}
	if err := CheckOffers(e, m.Answers, offers, s.Days, at); err != nil {
		return err
	}
	if err := mayOffer(a, *m, offers, by); err != nil {
		return err
	}
	m.Offers = namedPromises(e, offers)
	for i := range m.Offers {
		m.Offers[i].Offered = true
	}
	return s.mayDefer(ctx, a.Applicant.Party)
}

// Offer is what the applicant offered about a material, if they did.
func (c *Case) Offer(material string) (Promise, bool) { return promiseFor(material, c.Offers) }

// underwritten gives promises the signature under which the applicant offered
// the same: the same material by the same day. Any other has a letter of its own.
func (c *Case) underwritten(promises []Promise) []Promise {
	promises = slices.Clone(promises)
	for i, p := range promises {
		promises[i].Offered = false
		if o, ok := c.Offer(p.Material); ok && o.By == p.By && p.Signed == nil {
			promises[i].Signed, promises[i].Offered, promises[i].OnPaper = o.Signed, true, false
		}
	}
	return promises
}

// standing are the offers that silence accepts: of materials that have not come
// since, each by a day that is still to come.
func (c *Case) standing(days clock.Days, today calendar.Day) []Promise {
	var all []Promise
	for _, p := range c.Offers {
		if brings(c.Materials, p.Material) {
			continue
		}
		if p.By <= today {
			p.By = after(today, clock.Notice.Limit, days)
		}
		all = append(all, p)
	}
	return all
}

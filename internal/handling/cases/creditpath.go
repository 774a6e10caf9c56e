package cases

import (
	"context"
	"fmt"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/register/credit"
)

// CreditBasis is why credit changes the way of a case (信用+审批).
const CreditBasis = "徐政发〔2022〕21号（二十五）"

// creditPath is how the way of an application differs by the credit of who
// applies, as it stands on the day of filing; nil if it does not. What touches
// public safety, health or life directly is never done faster for it
// (行政许可法第七十八条 names these permits).
func (s *Service) creditPath(ctx context.Context, e *items.Edition, party string) (*credit.Path, error) {
	if s.Trust == nil {
		return nil, nil
	}
	p, err := s.Trust.Path(ctx, party)
	if err != nil {
		return nil, err
	}
	if e.Safety || e.Promised.None() || shorter(e.Promised, p.Quicker) == e.Promised {
		p.Quicker = 0
	}
	if p.Name == "" || p.Quicker == 0 && !p.OnSite {
		return nil, nil
	}
	p.InDays = p.Quicker != 0
	return &p, nil
}

// promised is the time promised for the case: that of the edition, or the share
// of it that the applicant's credit brings.
func (c *Case) promised(limit clock.Limit) clock.Limit {
	switch p := c.Credit; {
	case p == nil || p.Quicker == 0:
		return limit
	case !p.InDays:
		return portion(limit, p.Quicker)
	default:
		return shorter(limit, p.Quicker)
	}
}

// shorter is a share of a limit in hundredths, rounded up; what is no whole number
// of months or years is told in days, thirty to a month.
func shorter(limit clock.Limit, share int) clock.Limit {
	days := map[clock.Unit]int{clock.Months: 30, clock.Years: 365}[limit.Unit]
	if days > 0 && limit.N*share%100 != 0 {
		limit = clock.Limit{N: limit.N * days, Unit: clock.CalendarDays}
	}
	return portion(limit, share)
}

// portion is a share of a limit in hundredths, in its own unit, rounded up.
func portion(limit clock.Limit, share int) clock.Limit {
	limit.N = (limit.N*share + 99) / 100
	return limit
}

// CreditSays is why and how the way of the case differs by the applicant's
// credit; "" if it does not.
func (c *Case) CreditSays(e *items.Edition) string {
	p := c.Credit
	if p == nil {
		return ""
	}
	say := fmt.Sprintf("申请人信用等级为%s级（%s），适用%s：", p.Grade, p.Grade.Han(), p.Name)
	if p.OnSite {
		return say + "准予以前须现场核查并留存证据，不自动准予（" + CreditBasis + "）"
	}
	return say + fmt.Sprintf("承诺时限由%s缩短为%s（%s）", e.Promised, c.promised(e.Promised), CreditBasis)
}

// unlooked says why nothing may be granted yet: by the applicant's credit somebody
// has to look first, and what they saw is kept.
func (c *Case) unlooked(act Act) error {
	if c.Credit == nil || !c.Credit.OnSite || len(c.Evidence) > 0 {
		return nil
	}
	return fault.New(fault.Conflict, "cases."+string(act)+".on-site", "申请人信用等级为%s级，适用%s：准予以前应当现场核查，并把照片、视频等证据随审查意见留存（%s）", c.Credit.Grade, c.Credit.Name, CreditBasis)
}

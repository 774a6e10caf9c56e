package cases

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/register/credit"
)

// Trust says whether the word of an applicant is still taken: who broke it, or
// gave a false one, is left to the ordinary ways until that is repaired
// (信用修复, 国办发〔2020〕42号（四）).
type Trust interface {
	MayDefer(ctx context.Context, party string) error  // 容缺受理
	MayPledge(ctx context.Context, party string) error // 告知承诺

	// Path is how the way of a case differs by the credit of who applies.
	Path(ctx context.Context, party string) (credit.Path, error)

	// MayApply refuses whom the law bars from applying for the permit again
	// (items.Edition.Permit; 行政许可法第七十八条、第七十九条).
	MayApply(ctx context.Context, party, permit string) error
}

func (s *Service) mayDefer(ctx context.Context, party string) error {
	if s.Trust == nil {
		return nil
	}
	return s.Trust.MayDefer(ctx, party)
}

// MayApply says why the party may not apply under the edition.
func (s *Service) MayApply(ctx context.Context, party string, e *items.Edition) error {
	if s.Trust == nil || e.Permit() == "" {
		return nil
	}
	return s.Trust.MayApply(ctx, party, e.Permit())
}

func (s *Service) mayPledge(ctx context.Context, party string) error {
	if s.Trust == nil {
		return nil
	}
	return s.Trust.MayPledge(ctx, party)
}

// Pledge takes the applicant's word instead of a proof; see Case.Pledge.
func (s *Service) Pledge(ctx context.Context, id ID, w Word, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, TakePledge, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		m, err := c.Pledge(f.Edition, w, by, at)
		if err == nil {
			err = s.mayPledge(ctx, c.Applicant.Party)
		}
		return m, err
	})
}

// Settle has the bureau decide on the spot; see Case.Settle.
func (s *Service) Settle(ctx context.Context, id ID, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Settle, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) { return c.Settle(f.Edition, by, at) })
}

// CheckPledge notes what a check of the pledge came to; see Case.CheckPledge.
func (s *Service) CheckPledge(ctx context.Context, id ID, found Found, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, CheckPledge, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		tell, err := s.regulator(ctx, c, f.Edition, at)
		if err != nil {
			return Moved{}, err
		}
		return c.CheckPledge(f.Edition, found, tell, s.Days, by, at)
	})
}

// Postpone moves the day of a promise, once; see Case.Postpone.
func (s *Service) Postpone(ctx context.Context, id ID, p Postponement, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Postpone, p.Material), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.Postpone(p, s.Days, by, at)
	})
}

// A Debt is what kind of thing is owed.
type Debt string

// The kinds of debt.
const (
	OwedMaterial Debt = "material" // 容缺材料待补交
	OwedCheck    Debt = "check"    // 承诺待核查
	OwedMending  Debt = "mending"  // 整改到期待复核
	OwedLater    Debt = "later"    // 变动待审查、待决定
	OwedLink     Debt = "link"     // 审管联动信息待监管部门签收
)

// Owed is one thing owed on somebody's word, or asked for about a decision.
type Owed struct {
	Case      ID
	Number    string
	ItemName  string
	Applicant string
	Agency    string
	Debt      Debt
	Name      string // of the material, or the way of checking
	Due       calendar.Day
	Late      bool // the day has passed, and that was noted
	Cursor    string
}

// OwedFilter chooses debts of one agency, or of a region with all within.
type OwedFilter struct {
	Agency string
	Region string
	Checks bool // checks of pledges, and decisions to be changed; else promised materials
	After  string
	Limit  int
}

// Owes lists what is owed in the case as it stands.
func (c *Case) Owes(days clock.Days) (all []Owed) {
	for _, p := range c.Promises {
		if c.State == Accepted && !p.Kept {
			o := c.debt(OwedMaterial, p.Name, p.By)
			o.Late = p.Lapsed
			all = append(all, o)
		}
	}
	if c.Checking() {
		all = append(all, c.owesCheck(days))
	}
	if c.State == Granted && c.Linkage.Waits() {
		o := c.debt(OwedLink, "告知承诺不实", c.Linkage.By)
		o.Agency = c.Linkage.Agency
		all = append(all, o)
	}
	if c.State == Granted && c.Later.Pending() {
		o := c.debt(OwedLater, c.Later.Kind.Han(), c.Later.Due(days))
		if c.Later.Kind == Renewing && (o.Due == 0 || o.Due > c.Until) {
			o.Due = c.Until // its silence renews
		}
		all = append(all, o)
	}
	return all
}

// debt is one thing owed in the case.
func (c *Case) debt(kind Debt, name string, due calendar.Day) Owed {
	return Owed{Case: c.ID, Number: c.Number, ItemName: c.ItemName, Applicant: c.Applicant.Name, Agency: c.Agency, Debt: kind, Name: name, Due: due}
}

// owesCheck is the check that is owed of what was pledged.
func (c *Case) owesCheck(days clock.Days) Owed {
	o := c.debt(OwedCheck, string(c.Check.Way), c.Check.Due(days).Day)
	o.Late = c.Check.Late
	switch {
	case c.Check.Mend != 0:
		o.Debt = OwedMending
	case c.Check.Awaits():
		o.Name = "等申请人达到承诺的条件、提交证明"
	}
	return o
}

// Owed is a page of what is owed: for the holders of a post in the agency, and
// for windows and supervisors of the region.
func (s *Service) Owed(ctx context.Context, f OwedFilter, by identity.Actor) ([]Owed, error) {
	may := by.In("", func(p identity.Post) bool {
		if f.Agency != "" {
			return p.Agency == f.Agency && p.Role != identity.Items && p.Role != identity.Admin
		}
		return (p.Role == identity.Supervisor || p.Role == identity.Window) && p.Serves(f.Region)
	})
	if !may {
		return nil, fault.New(fault.Forbidden, "cases.owed.reach", "您没有查看这份清单的权限")
	}
	f.Limit = page(f.Limit)
	return s.Store.Owed(ctx, f)
}

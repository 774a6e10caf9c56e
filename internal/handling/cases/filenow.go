package cases

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// FileNow files at once what is only to be filed (行政备案当场办结): the window
// looks whether the materials are all there and in form, and nothing else; there
// is no review and no decision on the merits (优化营商环境条例第三十六条).
func (c *Case) FileNow(e *items.Edition, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(FileNow, by)
	switch {
	case err != nil:
		return Moved{}, err
	case !e.Filing:
		return Moved{}, fault.New(fault.Conflict, "cases.file-now.filing", "只有备案事项才能当场备案，其他事项请受理")
	}
	bad := fault.New(fault.Invalid, "cases.file-now.materials", "备案材料还不齐，请一次性告知补正")
	for i, m := range e.MaterialsFor(c.Answers) {
		switch {
		case c.satisfied(m, nil):
		case c.found(m.ID, nil) == Defective:
			bad = bad.At(path("materials", i), "defective", "“%s”不符合要求，请一次性告知补正", m.Name)
		default:
			bad = bad.At(path("materials", i), "missing", "缺少材料：%s", m.Name)
		}
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	m := c.moved(FileNow, Granted, doer, at)
	m.Decision = &Decision{Granted: true, Signed: []string{by.Name}, At: m.At}
	return m, nil
}

// FileNow has the window file it; see Case.FileNow.
func (s *Service) FileNow(ctx context.Context, id ID, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, FileNow, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) { return c.FileNow(f.Edition, by, at) })
}

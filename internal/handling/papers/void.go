package papers

import (
	"context"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Void explains numbers that no paper bears (作废的文号): spoiled, or used by hand
// while the program did not run. Ends included.
type Void struct {
	Agency string
	Kind   string
	Year   int
	From   int
	To     int
	Reason string
	By     string
	At     time.Time
}

// Covers reports whether all of from to to, of that series, is explained.
func Covers(all []Void, agency, kind string, year, from, to int) (Void, bool) {
	i := slices.IndexFunc(all, func(v Void) bool {
		return v.Agency == agency && v.Kind == kind && v.Year == year && v.From <= from && to <= v.To
	})
	if i < 0 {
		return Void{}, false
	}
	return all[i], true
}

// Explain keeps why numbers are borne by no paper. It is said once and not
// changed. Faults: papers.void.role, papers.void.
func (b *Book) Explain(ctx context.Context, v Void, by identity.Actor) error {
	switch {
	case !by.Plays(identity.Admin):
		return fault.New(fault.Forbidden, "papers.void.role", "文号由系统管理员核对，您没有这个权限")
	case v.Reason == "":
		return fault.New(fault.Invalid, "papers.void", "请写明原因").At("reason", "required", "请写明这些文号为什么没有文书")
	case v.From < 1 || v.To < v.From:
		return fault.New(fault.Invalid, "papers.void", "请选择要说明的文号")
	}
	v.By, v.At = by.Name, b.Now().UTC()
	return b.Store.Explain(ctx, v)
}

// Voids are the explanations of a year.
func (b *Book) Voids(ctx context.Context, year int) ([]Void, error) {
	return b.Store.Voids(ctx, year)
}

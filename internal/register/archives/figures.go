package archives

import (
	"context"
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Figures are how the archive stands.
type Figures struct {
	Rule    Rule
	Rules   []Rule // all that were laid down, the newest first
	Terms   Terms
	Termed  []Terms // all terms that were laid down, the newest first
	Series  []Series
	Latest  []Package // without their contents
	Refused []Refusal // what could not be taken in
}

// shown is how many packages, and refusals, are shown.
const shown = 50

// Figures are how the archive stands, for administrators and supervisors.
func (s *Service) Figures(ctx context.Context, by identity.Actor) (f Figures, err error) {
	if !by.Plays(identity.Admin) && !by.Plays(identity.Supervisor) {
		return f, fault.New(fault.Forbidden, "archives.figures", "归档情况由系统管理员和效能监督岗查看")
	}
	if f.Rule, err = s.Rule(ctx); err != nil {
		return f, err
	}
	if f.Termed, err = s.Store.Terms(ctx); err != nil {
		return f, err
	}
	f.Terms = inForce(f.Termed)
	slices.Reverse(f.Termed)
	rules, err := s.Store.Rules(ctx)
	if err != nil {
		return f, err
	}
	for i := range rules {
		f.Rules = append(f.Rules, rules[len(rules)-1-i])
	}
	if f.Series, err = s.Store.Series(ctx); err != nil {
		return f, err
	}
	for i, one := range f.Series {
		f.Series[i].Count = s.count(one)
	}
	if f.Latest, err = s.Store.Made(ctx, shown); err != nil {
		return f, err
	}
	f.Refused, err = s.Store.Refusals(ctx, shown)
	return f, err
}

// Sum is how many packages there are, and of how many bytes.
func (f Figures) Sum() (packages, bytes int64) {
	for _, s := range f.Series {
		packages, bytes = packages+s.Count, bytes+s.Bytes
	}
	return packages, bytes
}

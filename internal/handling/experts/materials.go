package experts

import (
	"context"
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// Studies reports whether the actor may read what was handed in: an expert who
// accepted, from then on and until the review is over.
func (r *Review) Studies(by identity.Actor) bool {
	c, drawn := r.Expert(by)
	return drawn && r.Ended.IsZero() && slices.Contains(r.Members(), c)
}

// Materials are what the experts of a review read: the files of the case, without
// its form, and without what shows who the applicant is.
func (s *Service) Materials(ctx context.Context, id ID, by identity.Actor) ([]cases.Handed, error) {
	r, err := s.Review(ctx, id, by)
	if err != nil {
		return nil, err
	}
	if !r.Studies(by) {
		return nil, fault.New(fault.Forbidden, "experts.materials.member", "接受邀请的专家在评审期间可以查看材料")
	}
	c, err := s.Cases.Case(ctx, r.Case, identity.TheSystem)
	if err != nil {
		return nil, err
	}
	f, err := s.Cases.Frame(ctx, c)
	if err != nil {
		return nil, err
	}
	var all []cases.Handed
	for _, h := range c.Materials {
		m, _ := f.Edition.Material(h.Material)
		if len(h.Files) > 0 && !m.Identifies() {
			all = append(all, h)
		}
	}
	return all, nil
}

// Material is one file of them, by its hash.
func (s *Service) Material(ctx context.Context, id ID, hash string, by identity.Actor) (cases.File, error) {
	all, err := s.Materials(ctx, id, by)
	if err != nil {
		return cases.File{}, err
	}
	for _, h := range all {
		for _, f := range h.Files {
			if f.Hash == hash {
				return f, nil
			}
		}
	}
	return cases.File{}, fault.New(fault.NotFound, "experts.materials.none", "评审材料里没有这份文件")
}

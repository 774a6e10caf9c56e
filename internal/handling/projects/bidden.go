package projects

import (
	"context"
	"slices"

	"tongban/internal/civic/identity"
)

// A Bid is that the actor's agency is bidden to a gathering of a project that has
// not ended (联合踏勘、联合审图、联合验收).
type Bid struct {
	Project *Project
	Meeting Meeting
	Own     Opinion // of the agency
}

// Bidden are the gatherings, among the projects opened last, to which the actor's
// agency is bidden, those first where it has yet to speak, each by its day.
func (s *Service) Bidden(ctx context.Context, by identity.Actor) ([]Bid, error) {
	if region, agency := by.Reach(); region == "" && agency == "" {
		return nil, nil
	}
	all, err := s.List(ctx, Filter{Limit: 200}, by)
	if err != nil {
		return nil, err
	}
	var bids []Bid
	for _, p := range all {
		bids = append(bids, p.bids(by)...)
	}
	slices.SortStableFunc(bids, func(a, b Bid) int {
		if said := a.Own.Verdict != ""; said != (b.Own.Verdict != "") {
			if said {
				return 1
			}
			return -1
		}
		return int(a.Meeting.Day - b.Meeting.Day)
	})
	return bids, nil
}

func (p *Project) bids(by identity.Actor) (all []Bid) {
	for _, m := range p.Meetings {
		i := slices.IndexFunc(m.Opinions, func(o Opinion) bool { return by.SpeaksFor(o.Agency) })
		if m.Result == "" && i >= 0 {
			all = append(all, Bid{p, m, m.Opinions[i]})
		}
	}
	return all
}

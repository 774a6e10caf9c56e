package tidings

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/elsewhere"
)

// A Parcel is that another installation did something about a matter that it
// handles for the actor.
type Parcel struct {
	*elsewhere.Parcel
	Entry elsewhere.Entry
	Nth   int64 // of the parcel's entries, the first 1
}

// parcels is what other installations told of the actor's latest matters; what
// another division of this one handles is told of as a case.
func (s *Service) parcels(ctx context.Context, by identity.Actor) ([]Message, error) {
	own, err := s.Elsewhere.List(ctx, elsewhere.Filter{Party: by.Party, Limit: mostCases}, by)
	var all []Message
	for _, p := range own {
		for n, e := range p.Log {
			if p.There.Partner != "" && e.Where == p.There.Name {
				all = append(all, Message{Parcel: &Parcel{p, e, int64(n + 1)}, Title: p.There.Name + "：" + e.What + why(e.Say)})
			}
		}
	}
	return all, err
}

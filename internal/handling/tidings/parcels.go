package tidings

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
	"tongban/internal/handling/elsewhere"
)

// parcels is what other installations told of the actor's latest matters; what
// another division of this one handles is told of as a case.
func (s *Service) parcels(ctx context.Context, by identity.Actor) ([]Message, error) {
	own, err := s.Elsewhere.List(ctx, elsewhere.Filter{Party: by.Party, Limit: mostCases}, by)
	var all []Message
	for _, p := range own {
		for n, e := range p.Log {
			if p.There.Partner == "" || e.Where != p.There.Name {
				continue
			}
			w := marks.Word{Of: p.ID, Stage: int64(n + 1), Say: p.There.Name + "：" + e.What + why(e.Say), Name: p.ItemName, At: e.At}
			all = append(all, Message{Kind: OfParcel, Word: w, Number: p.Number(), mark: "parcel/" + p.ID})
		}
	}
	return all, err
}

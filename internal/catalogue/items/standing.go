package items

import "context"

// A Standing says how an edition stands to the last one of its item.
type Standing string

// The standings.
const (
	Added   Standing = "新增"
	Altered Standing = "变更"
	Same    Standing = "相同"
)

// Standings says of each edition whether publishing it would add an item,
// alter one, or change nothing.
func (s *Service) Standings(ctx context.Context, editions []*Edition) ([]Standing, error) {
	heads, err := s.Store.Heads(ctx, idsOf(editions))
	if err != nil {
		return nil, err
	}
	all := make([]Standing, len(editions))
	for i, e := range editions {
		head, known := heads[e.Item]
		if !known {
			all[i] = Added
			continue
		}
		as := *e
		as.Number, as.State = 0, Published
		digest, err := as.digest()
		if err != nil {
			return nil, err
		}
		all[i] = Altered
		if digest == head.Digest {
			all[i] = Same
		}
	}
	return all, nil
}

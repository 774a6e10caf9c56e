package stories

import "tongban/internal/oversight/rating"

func init() {
	steps = append([]step{
		sentence(`(\S+) 就 (\S+) 的差评回访：(属实|误评) (\S+)`, func(s *teller, w []string) error {
			found := map[string]rating.Finding{"属实": rating.Valid, "误评": rating.Mistaken}[w[2]]
			return s.Ratings.Find(s.t.Context(), s.id(w[1]), 1, found, w[3], s.person(w[0]))
		}),
		sentence(`(\S+) 就 (\S+) 的差评答复：(\S+)`, func(s *teller, w []string) error {
			return s.Ratings.Answer(s.t.Context(), s.id(w[1]), 1, w[2], s.person(w[0]))
		}),
		sentence(`(\S+) 复核 (\S+) 的差评 (不计入|计入)`, func(s *teller, w []string) error {
			return s.Ratings.Review(s.t.Context(), s.id(w[1]), 1, w[2] == "不计入", s.person(w[0]))
		}),
	}, steps...)
}

package stories

import (
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/oversight/publicity"
)

func init() {
	counterSteps = append(counterSteps, sentence(`＝ ?公开的承诺 (\S+?)(?: 核查结果 (\S+))?`, openPledges))
}

// openPledges are those the public may read today: of whom, and what was found.
func openPledges(s *teller, w []string) error {
	all, err := s.Publicity.Pledges(s.t.Context(), publicity.Filter{Item: items.ID("road-freight")})
	if err != nil {
		return err
	}
	names, found := []string{}, []string{}
	for _, p := range all {
		names, found = append(names, p.Name), append(found, p.Found)
	}
	s.expected(strings.Join(names, "、"), strings.TrimPrefix(w[0], "没有"))
	s.expected(strings.Join(found, "、"), w[1])
	return nil
}

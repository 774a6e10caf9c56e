package stories

import (
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/relay"
)

func init() {
	counterSteps = append(counterSteps,
		sentence(`(\S+) 收下 (\S+) 的纸质 (\S+)`, takePaper),
		sentence(`(\S+) 移交原件 (\S+)`, giveOriginals),
		sentence(`(\S+) 接收原件(?: 缺 (\S+) 因为 (\S+))?`, takeOriginals),
		sentence(`(\S+) 确认缺件`, func(s *teller, w []string) error {
			_, err := s.Relay.Agree(s.t.Context(), s.slip, s.person(w[0]))
			return err
		}),
		sentence(`＝ ?交接单 (\S+?)(?:，(逾期))?(?:，缺 (\S+))?`, slipStands),
		sentence(`＝ ?(\S+) 在窗口的原件 (\S+)`, originalsLeft))
}

func takePaper(s *teller, w []string) error {
	_, err := s.Cases.Correct(s.t.Context(), s.id(w[1]), cases.Correction{Handed: []cases.Handed{{Material: s.material(w[1], w[2]), Paper: true}}}, s.person(w[0]))
	return err
}

func giveOriginals(s *teller, w []string) error {
	var numbers []string
	for _, name := range split(w[1]) {
		numbers = append(numbers, s.find(name).Number)
	}
	slip, err := s.Relay.Give(s.t.Context(), numbers, s.person(w[0]))
	if err == nil {
		s.slip = slip.ID
	}
	return err
}

func takeOriginals(s *teller, w []string) error {
	slip, err := s.Relay.Slip(s.t.Context(), s.slip, s.person(w[0]))
	if err != nil {
		return err
	}
	var missing []int
	for i, p := range slip.Pieces {
		if slices.Contains(split(w[1]), p.Name) {
			missing = append(missing, i)
		}
	}
	_, err = s.Relay.Receive(s.t.Context(), s.slip, missing, w[2], s.person(w[0]))
	return err
}

func slipStands(s *teller, w []string) error {
	slip, err := s.Relay.Slip(s.t.Context(), s.slip, s.person("window1"))
	if err != nil {
		return err
	}
	var gone []string
	for _, p := range slip.Missing() {
		gone = append(gone, p.Name)
	}
	late := ""
	if slip.Late(calendar.DayOf(s.now)) {
		late = "逾期"
	}
	s.expected(strings.ReplaceAll(slip.State.Han(), "，", "、")+"|"+late+"|"+strings.Join(gone, "、"), w[0]+"|"+w[1]+"|"+w[2])
	return nil
}

func originalsLeft(s *teller, w []string) error {
	left, err := s.Relay.Waiting(s.t.Context(), s.find(w[0]))
	names := "无"
	if len(left) > 0 {
		names = pieceNames(left)
	}
	s.expected(names, w[1])
	return err
}

func pieceNames(all []relay.Piece) string {
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return strings.Join(names, "、")
}

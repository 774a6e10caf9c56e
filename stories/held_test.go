package stories

import (
	"tongban/internal/handling/cases"
)

func init() {
	counterSteps = append(counterSteps,
		sentence(`(\S+) 替 (\S+) 收件 (\S+) (\S+) 缺 (\S+)(?: 情形 (.+))?`, takeIn),
		sentence(`＝ ?(\S+) 的 (\S+) 取自电子证照`, fetched))
}

// takeIn files at the window for who stands there, without some materials.
func takeIn(s *teller, w []string) error {
	e, err := s.onList(w[3])
	if err != nil {
		return err
	}
	by := s.person(w[0])
	by.Channel = "window"
	c, err := s.Cases.Submit(s.t.Context(), s.application(e, s.person(w[1]), split(w[4]), w[5]), by)
	if err == nil {
		s.cases[w[2]] = c.ID
	}
	return err
}

func fetched(s *teller, w []string) error {
	h, ok := s.find(w[0]).Has(s.material(w[0], w[1]))
	if !ok || h.Certificate == "" || h.Verdict == nil || h.Verdict.Finding != cases.Exempt {
		s.t.Fatalf("%s\nbut on file is %+v", s.line, h)
	}
	return nil
}

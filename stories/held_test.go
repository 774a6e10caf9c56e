package stories

import (
	"cmp"

	"tongban/internal/handling/cases"
)

func init() {
	counterSteps = append(counterSteps,
		sentence(`(\S+) 替 (\S+) 收件 (\S+) (\S+) 缺 (\S+)(?: 情形 (.+))?`, takeIn),
		sentence(`＝ ?(\S+) 的 (\S+) 取自电子证照`, fetched),
		sentence(`(\S+) 以 (\S+) 的 (\S+) 代替 (\S+)(?: 替 (\S+))? 申请 (\S+) (\S+)(?: 情形 (.+))?`, fileWith),
		sentence(`(\S+) 以 (\S+) 的 (\S+) 补正 (\S+) (\S+)`, correctWith))
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

// certificate is the good certificate of a type that somebody holds.
func (s *teller) certificate(who, kind string) string {
	held, err := s.Certificates.OfHolder(s.t.Context(), s.person(who).Party, nil, 100, s.person(who))
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	for _, c := range held {
		if c.TypeName == kind {
			return c.Identifier
		}
	}
	s.t.Fatalf("%s\n%s holds no %s", s.line, who, kind)
	return ""
}

// fileWith files an application in which somebody's certificate is named for a material.
func fileWith(s *teller, w []string) error {
	e, err := s.onList(w[6])
	if err != nil {
		return err
	}
	by, who := s.person(w[0]), s.person(cmp.Or(w[4], w[0]))
	a := s.application(e, who, []string{w[3]}, w[7])
	for _, m := range e.Materials {
		if m.Name == w[3] {
			a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Certificate: s.certificate(w[1], w[2])})
		}
	}
	c, err := s.Cases.Submit(s.t.Context(), a, by)
	if err == nil {
		s.cases[w[5]] = c.ID
	}
	return err
}

func correctWith(s *teller, w []string) error {
	x := cases.Correction{Handed: []cases.Handed{{Material: s.material(w[3], w[4]), Certificate: s.certificate(w[1], w[2])}}}
	_, err := s.Cases.Correct(s.t.Context(), s.id(w[3]), x, s.person(w[0]))
	return err
}

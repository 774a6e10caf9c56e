package stories

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

func init() {
	counterSteps = append(counterSteps,
		sentence(`(\S+) 申请 (\S+) (\S+?) (没签名)?稍后补交 (\S+) 于 (\S+) 前(?: 情形 (.+))?`, applyDeferring),
		sentence(`＝ ?(\S+) 容缺 (\S+) 于 (\S+) 前`, promisedBy))
}

// applyDeferring files from home, choosing to bring a material later.
func applyDeferring(s *teller, w []string) error {
	ctx, by := s.t.Context(), s.person(w[0])
	e, err := s.onList(w[2])
	if err != nil {
		return err
	}
	a := s.application(e, by, split(w[4]), w[6])
	for _, name := range split(w[4]) {
		m, _ := e.Material(name)
		p := cases.Promise{Material: m.ID, By: calendar.Parse(w[5])}
		if w[3] == "" {
			p.Signed = &ink.Signature{Name: by.Name}
		}
		a.Promises = append(a.Promises, p)
	}
	c, err := s.Cases.Submit(ctx, a, by)
	if err == nil {
		s.cases[w[1]] = c.ID
	}
	return err
}

func promisedBy(s *teller, w []string) error {
	for _, p := range s.find(w[0]).Promises {
		if p.Name == w[1] {
			s.expected(p.By.String(), w[2])
			return nil
		}
	}
	s.t.Fatalf("%s\nnothing of the kind is promised", s.line)
	return nil
}

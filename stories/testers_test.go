package stories

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// testerSteps are the sentences about tests by technical standards.
var testerSteps = []step{
	sentence(`(\S+) 改写 (\S+) 按技术标准的检验 (\S+) (\S+) 依据 《(\S+)》`, rewriteTest),
	sentence(`(\S+) 指派 (\S+) 检验 (\S+)`, assignTesters),
	sentence(`(\S+) 记录检验 (\S+) (合格且无需技术分析|合格|不合格) (\S+)`, noteTest),
	sentence(`(\S+) 当场准予 (\S+)`, settleTested),
}

func rewriteTest(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) error {
		limit, err := clock.ParseLimit(w[3])
		e.Special = append(e.Special, items.Special{Name: w[2], Kind: items.Testing, Limit: limit, Technical: true, Basis: []items.Basis{{Law: w[4]}}})
		return err
	})
}

func assignTesters(s *teller, w []string) error {
	var to []identity.Actor
	for _, name := range split(w[2]) {
		to = append(to, s.person(name))
	}
	_, err := s.Cases.AssignTesters(s.t.Context(), s.id(w[1]), to, s.person(w[0]))
	return err
}

func noteTest(s *teller, w []string) error {
	results := map[string]cases.TestResult{"合格且无需技术分析": cases.ClearlyFit, "合格": cases.Fit, "不合格": cases.Unfit}
	_, err := s.Cases.NoteTest(s.t.Context(), s.id(w[1]), cases.Tested{Result: results[w[2]], Text: w[3]}, s.person(w[0]))
	return err
}

func settleTested(s *teller, w []string) error {
	_, err := s.Cases.Settle(s.t.Context(), s.id(w[1]), s.person(w[0]))
	return err
}

package stories

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

func init() {
	counterSteps = append(counterSteps,
		sentence(`(\S+) 收件 (\S+) 代 (\S+) 经办 (\S+) 办 (\S+) 缺 (\S+)(?: 情形 (.+))?`, takeFromAgent),
		sentence(`(\S+) (没签承诺书|凭屏上签名|凭经办人委托书)受理 (\S+) 容缺 (\S+) 于 (\S+) 前补交`, acceptOnLetter))
}

// takeFromAgent takes in at the window what somebody brings for another.
func takeFromAgent(s *teller, w []string) error {
	e, err := s.onList(w[4])
	if err != nil {
		return err
	}
	a := s.application(e, s.person(w[2]), split(w[5]), w[6])
	a.Applicant.Agent = w[3]
	for i := range a.Materials {
		a.Materials[i].Files, a.Materials[i].Certificate, a.Materials[i].Paper = nil, "", true
	}
	c, err := s.Cases.Submit(s.t.Context(), a, s.person(w[0]))
	if err == nil {
		s.cases[w[1]] = c.ID
	}
	return err
}

func acceptOnLetter(s *teller, w []string) error {
	p := cases.Promise{Material: s.material(w[2], w[3]), By: calendar.Parse(w[4])}
	if w[1] != "没签承诺书" {
		p.Signed = &ink.Signature{Name: "李敏"}
	}
	p.Attorney = w[1] == "凭经办人委托书"
	_, err := s.Cases.Accept(s.t.Context(), s.id(w[2]), nil, []cases.Promise{p}, s.person(w[0]))
	return err
}

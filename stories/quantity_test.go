package stories

import (
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
)

// quantitySteps are the sentences about permits of which only a number is granted.
var quantitySteps = []step{
	sentence(`(\S+) 改写 (\S+) 名额 (总量|每年|每季度|每月) (\d+) (\S+?)(?: 按 (\S+))?(?: 依据 《(\S+)》(\S+))?`, rewriteQuantity),
	sentence(`＝ (\S+) 位次：(\S+)`, placedAt),
	sentence(`＝ (\S+) 指南的名额还剩 (\d+)`, vacant),
}

func rewriteQuantity(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) error {
		n, err := strconv.Atoi(w[3])
		e.Quota, e.Quantity = w[2]+"准予"+w[3]+w[4], items.Quantity{N: n, Unit: w[4], Period: items.Period(w[2]), Order: items.Order(w[5])}
		if w[6] != "" {
			e.Quantity.Basis = []items.Basis{{Law: w[6], Article: w[7]}}
		}
		return err
	})
}

func placedAt(s *teller, w []string) error {
	c := s.find(w[0])
	f, err := s.Cases.Frame(s.t.Context(), c)
	if err != nil {
		return err
	}
	n, err := s.Cases.Standings(s.t.Context(), c, f.Edition)
	if err != nil {
		return err
	}
	if n == nil || !strings.Contains(n.Says(), w[1]) {
		s.t.Errorf("%s\nstands: %+v", s.line, n)
	}
	return nil
}

func vacant(s *teller, w []string) error {
	e, err := s.Items.Current(s.t.Context(), s.item(w[0]).ID)
	if err != nil {
		return err
	}
	now, err := s.Cases.Vacancies(s.t.Context(), e)
	if err == nil {
		s.expected(strconv.Itoa(now.Left(e.Quantity)), w[1])
	}
	return err
}

package stories

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
)

// handoverSteps are the sentences about items that go to another agency.
var handoverSteps = []step{
	sentence(`(\S+) 划转 (\S+) (\S+) 给 (\S+) 在办件(留下|移交)`, handOverItem),
	sentence(`＝ 编码 (\S+) 查到 (\S+)`, foundByCode),
	sentence(`＝ 在用的 (\S+) 由 (\S+) 实施，编码 (\S+)`, carriedOutBy),
	sentence(`＝ (\S+) 归 (\S+) 办理`, caseOf),
}

func handOverItem(s *teller, w []string) error {
	a, err := s.Agencies.Find(s.t.Context(), w[3])
	if err != nil {
		return err
	}
	h := revisions.Handover{Start: revisions.Start{Item: s.item(w[2]).ID, Why: "机构改革方案"}, Agency: a, Cases: w[4] == "移交"}
	r, err := s.Revisions.HandOver(s.t.Context(), h, s.person(w[0]))
	if err == nil {
		s.revisions[w[1]] = r.ID
	}
	return err
}

func foundByCode(s *teller, w []string) error {
	found, err := s.Items.Search(s.t.Context(), w[0], items.Filter{}, 0)
	if err != nil || len(found.Hits) != 1 {
		s.t.Fatalf("%s: %d found, %v", s.line, len(found.Hits), err)
	}
	s.expected(found.Hits[0].Name, w[1])
	return nil
}

func carriedOutBy(s *teller, w []string) error {
	e, err := s.Items.Current(s.t.Context(), s.item(w[0]).ID)
	if err != nil {
		return err
	}
	s.expected(e.Agency, w[1])
	s.expected(e.Codes.Implementation, w[2])
	return nil
}

func caseOf(s *teller, w []string) error {
	s.expected(s.find(w[0]).Agency, w[1])
	return nil
}

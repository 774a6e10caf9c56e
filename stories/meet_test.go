package stories

import (
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/register/certificates"
)

func init() {
	wordSteps = append(wordSteps,
		sentence(`(\S+) 承诺以后达到条件 申请 (\S+) (\S+?) 缺 (\S+) 情形 (.+)`, applyLater),
		sentence(`(\S+) 证明达到 (\S+)：(\S+?)(?: (没有附件))?`, showMet),
		sentence(`＝ ?(\S+) 何时可以经营 (.+)`, meetSays),
		sentence(`＝ ?(\S+) 的证照备注 (.+)`, remarkSays),
		sentence(`＝ ?(\S+) 的决定书写明 (.+)`, decisionSays))
}

func applyLater(s *teller, w []string) error {
	ctx, by := s.t.Context(), s.person(w[0])
	found, err := s.Items.Search(ctx, w[2], items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[2], err)
	}
	e, err := s.Items.Open(ctx, found.Hits[0].ID, calendar.DayOf(s.now))
	if err != nil {
		return err
	}
	a := s.application(e, by, split(w[3]), w[4])
	a.Word = cases.Word{Licence: true, Later: true, Signed: casestest.SignedBy(by.Name)}
	c, err := s.Cases.Submit(ctx, a, by)
	if err == nil {
		s.cases[w[1]] = c.ID
	}
	return err
}

func showMet(s *teller, w []string) error {
	x := cases.Shown{Say: w[2]}
	if w[3] == "" {
		x.Files = []cases.File{{Hash: strings.Repeat("b", 64), Name: "检测报告.jpg", Type: "jpeg", Size: 1024}}
	}
	_, err := s.Cases.ShowMet(s.t.Context(), s.id(w[1]), x, s.person(w[0]))
	return err
}

// meetSays is what whoever verifies the certificate of a case is told.
func meetSays(s *teller, w []string) error {
	c := s.find(w[0])
	public, err := s.Certificates.Look(s.t.Context(), c.Certificate)
	if err != nil {
		return err
	}
	say, err := s.Cases.MeetSays(s.t.Context(), cases.ID(public.Case))
	s.expected(say, w[1])
	return err
}

// remarkSays is the remark on the certificate of a case as it stands: the version
// before it, if there is one, is no longer good.
func remarkSays(s *teller, w []string) error {
	c, err := s.Certificates.Store.Certificate(s.t.Context(), s.find(w[0]).Certificate)
	if err != nil {
		return err
	}
	s.expected(string(c.State), string(certificates.Valid))
	remark := "无"
	for _, e := range c.Face {
		if e.Label == certificates.Remark {
			remark = e.Text
		}
	}
	s.expected(remark, w[1])
	if c.Previous == "" {
		return nil
	}
	old, err := s.Certificates.Store.Certificate(s.t.Context(), c.Previous)
	s.expected(string(old.State), string(certificates.Superseded))
	return err
}

func decisionSays(s *teller, w []string) error {
	c := s.find(w[0])
	for _, p := range c.Papers {
		if p.Kind != cases.DecisionPaper {
			continue
		}
		sheet, err := s.Cases.PaperOf(s.t.Context(), c.ID, p.Kind, p.Seq, s.person(c.Applicant.Name))
		for _, f := range sheet.Facts {
			if f.Name == "何时可以经营" {
				s.expected(f.Value, w[1])
				return err
			}
		}
		s.expected("", w[1])
		return err
	}
	s.expected("no decision "+strconv.Itoa(len(c.Papers)), w[1])
	return nil
}

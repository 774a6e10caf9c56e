package stories

import (
	"errors"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
)

// firstReviewSteps are the sentences about items that a lower agency reviews first.
var firstReviewSteps = []step{
	sentence(`(\S+) 改写 (\S+) 先由 (\S+) (\S+)`, rewriteFirstReview),
	sentence(`＝ (\S+) 已报送上级：(\S+)，随送 (\S+)`, sentUp),
	sentence(`＝ (\S+) 报送书 (\S+) 致 (\S+) 列 (\S+)`, sentPaper),
	sentence(`＝ (\S+) 的 (\S+) 由 (\S+) 出具`, givenBy),
	sentence(`＝ (\S+) 时限 (\S+)：(\S+)`, timeTold),
}

// rewriteFirstReview has an agency of a lower level review in a first step.
func rewriteFirstReview(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) error {
		steps, failed := e.Procedure.Steps()
		first := flow.Step{ID: "lower", Name: w[3], Post: "审查岗", Role: identity.Reviewer, Agency: w[2], Standard: "核对材料和现场", Limit: clock.Limit{N: 30, Unit: clock.WorkingDays}} // more than is promised, which is not its time
		e.Procedure = flow.FromSteps(string(e.Item), e.Name, append([]flow.Step{first}, steps...))
		lower, err := s.Agencies.Find(s.t.Context(), w[2])
		e.FirstReview.Step, e.FirstReview.AgencyName = "lower", lower.Name
		e.FirstReview.Remedies.Review.Body, e.FirstReview.Remedies.Suit.Body = lower.Name+"的本级人民政府", "云龙区的法院"
		return errors.Join(err, failed)
	})
}

func sentUp(s *teller, w []string) error {
	r := s.find(w[0]).FirstReview
	if r == nil || r.Up.IsZero() {
		s.t.Fatalf("%s\nnothing went up: %+v", s.line, r)
	}
	s.expected(r.Said, w[1])
	if !slices.Contains(r.Files, w[2]) {
		s.t.Errorf("%s\nwent up: %v", s.line, r.Files)
	}
	return nil
}

// givenBy looks who gave the latest paper of a title: in whose name, and in whose
// series of numbers.
func givenBy(s *teller, w []string) error {
	said, err := s.reads(w[0], w[1])
	if !strings.Contains(said, `"from":"`+w[2]+`"`) || !strings.Contains(said, `"number":"`+w[2]) {
		s.t.Errorf("%s\nit says %s", s.line, said)
	}
	return err
}

// timeTold looks for one clock of the case, as tongban clock tells it.
func timeTold(s *teller, w []string) error {
	told, err := s.Cases.Times(s.t.Context(), s.find(w[0]), s.now, identity.TheSystem)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(told.Clocks, func(k cases.Told) bool { return k.Name == w[1] })
	if i < 0 {
		s.t.Fatalf("%s\nno such clock: %+v", s.line, told.Clocks)
	}
	s.expected(told.Clocks[i].Say, w[2])
	return nil
}

// sentPaper reads the paper with which the file went up.
func sentPaper(s *teller, w []string) error {
	c := s.find(w[0])
	i := slices.IndexFunc(c.Papers, func(p cases.Paper) bool { return p.Kind == cases.SentUp })
	if i < 0 {
		s.t.Fatalf("%s\nno such paper: %+v", s.line, c.Papers)
	}
	sheet, err := s.Cases.PaperOf(s.t.Context(), c.ID, cases.SentUp, c.Papers[i].Seq, identity.TheSystem)
	if err != nil {
		return err
	}
	s.expected(sheet.Number, w[1])
	s.expected(sheet.To, w[2])
	if !slices.ContainsFunc(sheet.List, func(l cases.Line) bool { return l.Name == w[3] }) {
		s.t.Errorf("%s\nlists %+v", s.line, sheet.List)
	}
	return nil
}

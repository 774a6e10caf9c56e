package stories

import (
	"tongban/internal/ground/sheet"
	"tongban/internal/handling/cases"
	"tongban/internal/register/credit"
)

// creditPathSteps are the sentences about how credit changes the way of a case.
var creditPathSteps = []step{
	sentence(`(\S+) 导入 (\S+) 的信用等级 ([ABCD])`, func(s *teller, w []string) error {
		number := ""
		for _, p := range s.sample().Persons {
			if p.Name == w[1] {
				number = p.Number
			}
		}
		table, err := sheet.List("grades", credit.GradeHeadings, [][]string{{number, w[1], w[2], "2027-06-30"}}, credit.GradeHeadings...)
		if err == nil {
			_, err = s.Credit.BringGrades(s.t.Context(), table, false, s.person(w[0]))
		}
		return err
	}),
	sentence(`(\S+) 现场核查 (\S+) (\S+) 同意`, func(s *teller, w []string) error {
		seen := cases.Evidence{File: cases.File{Hash: "h-scene", Name: "现场.jpg", Type: "jpg", Size: 2048}, Place: "云龙区示例路2号", At: s.now}
		_, err := s.Cases.Review(s.t.Context(), s.id(w[1]), s.work(w[1], w[2]).ID, "同意", "", s.person(w[0]), seen)
		return err
	}),
	sentence(`＝ ?(\S+) 因信用 (.+)`, func(s *teller, w []string) error {
		c := s.find(w[0])
		f, err := s.Cases.Frame(s.t.Context(), c)
		if err != nil {
			return err
		}
		say := c.CreditSays(f.Edition)
		if say == "" {
			say = "没有不同"
		}
		s.expected(say, w[1])
		return nil
	}),
}

package stories

import "tongban/internal/handling/cases"

func init() {
	wordSteps = append(wordSteps,
		sentence(`(\S+) 签收审管联动信息 (\S+)`, func(s *teller, w []string) error {
			_, err := s.Cases.ReceiveLink(s.t.Context(), s.id(w[1]), s.person(w[0]))
			return err
		}),
		sentence(`＝ ?(\S+) 审管联动 (.+)`, func(s *teller, w []string) error {
			s.expected(s.find(w[0]).Linkage.Says(), w[1])
			return nil
		}),
		sentence(`＝ ?(\S+)的清单里有 (\S+) 要签收的审管联动信息，(\S+) 前`, func(s *teller, w []string) error {
			by := s.person(w[0])
			all, err := s.Cases.Owed(s.t.Context(), cases.OwedFilter{Agency: by.Posts[0].Agency, Checks: true}, by)
			due := ""
			for _, o := range all {
				if o.Debt == cases.OwedLink && o.Case == s.id(w[1]) {
					due = o.Due.String()
				}
			}
			s.expected(due, w[2])
			return err
		}))
}

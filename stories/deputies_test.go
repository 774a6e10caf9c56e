package stories

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

func init() {
	steps = append([]step{
		sentence(`(\S+) 授权首席代表 (\S+) 办理 (\S+) 从 (\S+) 到 (\S+)`, func(s *teller, w []string) error {
			by := s.person(w[0])
			return s.Staff.Depute(s.t.Context(), by.Posts[0].Agency, s.person(w[1]).Account, []string{string(s.item(w[2]).ID)}, calendar.Parse(w[3]), calendar.Parse(w[4]), by)
		}),
		sentence(`(\S+) 收回 (\S+) 的首席代表授权`, func(s *teller, w []string) error {
			by := s.person(w[0])
			all, err := s.Staff.Deputations(s.t.Context(), s.person(w[1]).Posts[0].Agency, s.person("market-h"))
			if err != nil {
				return err
			}
			for _, d := range all {
				if d.Account == s.person(w[1]).Account {
					return s.Staff.Recall(s.t.Context(), d.ID, by)
				}
			}
			s.t.Fatalf("%s\nnothing was given", s.line)
			return nil
		}),
		sentence(`＝ ?(\S+) 的决定写明 (\S+)`, func(s *teller, w []string) error {
			s.expected(s.find(w[0]).Decision.Under, w[1])
			return nil
		}),
		sentence(`＝ ?(\S+) 的(\S+)记录写明 (\S+)`, func(s *teller, w []string) error {
			_, events, err := s.Cases.Course(s.t.Context(), s.find(w[0]), s.person("supervisor"))
			for _, e := range events {
				if cases.MoveOf(e.Act).Name == w[1] && e.By.Under != "" {
					s.expected(e.By.Under, w[2])
					return err
				}
			}
			s.t.Fatalf("%s\nbut nobody acted on another's word", s.line)
			return err
		}),
	}, steps...)
}

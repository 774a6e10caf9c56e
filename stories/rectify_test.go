package stories

import (
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

func init() {
	counterSteps = append(counterSteps,
		sentence(`(\S+) 当场更正 (\S+) (\S+?)(?: 换 (\S+))?(?: 因为 (\S+?))?(?: (没有经申请人确认))?`, rectify),
		sentence(`＝ ?(\S+) 最后一份告知书没有写明为什么再次告知`, firstNotice),
		sentence(`＝ ?(\S+) 的经过写明 (\S+)：(.+)`, historySays))
}

// rectify has an applicant put right at the window answers as 栏目=答案, and papers.
func rectify(s *teller, w []string) error {
	x := cases.Rectification{Handed: s.handed(w[1], w[3]), Answers: forms.Answers{}, Say: w[4], Confirmed: cases.Confirmed{Self: w[5] == ""}}
	for i := range x.Handed {
		x.Handed[i].Files, x.Handed[i].Certificate, x.Handed[i].Paper = nil, "", true
	}
	for _, one := range split(w[2]) {
		if field, answer, is := strings.Cut(one, "="); is {
			x.Answers[field] = answer
		}
	}
	_, err := s.Cases.Rectify(s.t.Context(), s.id(w[1]), x, s.person(w[0]))
	return err
}

func firstNotice(s *teller, w []string) error {
	n := s.find(w[0]).Notices
	s.expected(n[len(n)-1].First.String()+n[len(n)-1].Items[0].Unseen, calendar.Day(0).String())
	return nil
}

func historySays(s *teller, w []string) error {
	events, err := s.Cases.History(s.t.Context(), s.id(w[0]), s.person(w[1]))
	for i := len(events) - 1; err == nil && i >= 0; i-- {
		if len(events[i].Changes) > 0 {
			s.expected(cases.SayChanges(events[i].Changes)+"，"+events[i].Confirmed.Say(), w[2])
			return nil
		}
	}
	s.expected("", w[2])
	return err
}

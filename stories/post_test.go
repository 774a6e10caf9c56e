package stories

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

func init() {
	counterSteps = append(counterSteps,
		sentence(`(\S+) 登记邮寄(补交|补正) (\S+) (\S+) 签收 (\S+)(?: 邮戳 (\S+))?`, cameByPost))
}

// cameByPost enters at the window what was sent by post.
func cameByPost(s *teller, w []string) (err error) {
	came := &cases.Arrival{On: calendar.Parse(w[4]), Posted: calendar.Parse(w[5]), Waybill: "EM20260316"}
	handed := s.handed(w[2], w[3])
	if w[1] == "补交" {
		_, err = s.Cases.Cure(s.t.Context(), s.id(w[2]), handed, came, s.person(w[0]))
		return err
	}
	_, err = s.Cases.Correct(s.t.Context(), s.id(w[2]), cases.Correction{Handed: handed, Came: came}, s.person(w[0]))
	return err
}

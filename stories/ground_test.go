package stories

import (
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// grounds are the grounds of an end as the stories call them.
var grounds = map[string]cases.Ground{"逾期未补正": cases.Uncorrected, "容缺逾期": cases.Uncured, "逾期未缴费": cases.Unpaid, "主体消灭": cases.Perished, "对象消失": cases.Vanished, "依据变化": cases.Overtaken}

func init() {
	wordSteps = append(wordSteps,
		sentence(`(\S+) 终止 (\S+) 因为 (\S+?)(?: 事实 (\S+) 凭据 (\S+) 日期 (\S+))?`, terminate),
		sentence(`＝ ?(\S+) 可以终止的情形(?:对(\S+))? (.+)`, groundsNow),
		sentence(`＝ ?(\S+) 的终止办理通知书写明 (.+)`, endSays))
}

func terminate(s *teller, w []string) error {
	x := cases.Ending{Ground: grounds[w[2]]}
	if w[3] != "" {
		x.Event = &cases.Outside{What: w[3], Source: w[4], On: calendar.Parse(w[5])}
	}
	_, err := s.Cases.Terminate(s.t.Context(), s.id(w[1]), x, s.person(w[0]))
	return err
}

func groundsNow(s *teller, w []string) error {
	c := s.find(w[0])
	f, err := s.Cases.Frame(s.t.Context(), c)
	if err != nil {
		return err
	}
	var open []string
	for _, g := range c.Grounds(f.Edition, s.person(w[1]), calendar.DayOf(s.now)) {
		if g.Why == "" {
			open = append(open, g.Name)
		}
	}
	s.expected(strings.Join(append(open, "没有")[:max(1, len(open))], "、"), w[2])
	return nil
}

func endSays(s *teller, w []string) error {
	c := s.find(w[0])
	sheet, err := s.Cases.PaperOf(s.t.Context(), c.ID, cases.TerminationNotice, c.Head.Seq, s.person(c.Applicant.Name))
	for _, line := range strings.Split(w[1], "；") {
		s.expected(line, or(line, strings.Join(append(sheet.Text, sheet.Remedies...), "\n")))
	}
	return err
}

// or is line if the text has it, and the text otherwise.
func or(line, text string) string {
	if strings.Contains(text, line) {
		return line
	}
	return text
}

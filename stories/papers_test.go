package stories

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/handling/cases"
)

// What a paper of a case says, as whoever it is for reads it.
func init() {
	handSteps = append(handSteps,
		sentence(`＝ ?(\S+) 的 (\S+) 写明 (.+)`, func(s *teller, w []string) error {
			said, err := s.reads(w[0], w[1])
			if err == nil && !strings.Contains(said, w[2]) {
				s.t.Errorf("%s\nbut it says %s", s.line, said)
			}
			return err
		}),
		sentence(`＝ ?(\S+) 的 (\S+) 没写 (.+)`, func(s *teller, w []string) error {
			said, err := s.reads(w[0], w[1])
			if err == nil && strings.Contains(said, w[2]) {
				s.t.Errorf("%s\nbut it says %s", s.line, said)
			}
			return err
		}),
		sentence(`＝ ?(\S+) 的特别程序 (\S+) 记载 (.+)`, func(s *teller, w []string) error {
			said := ""
			for _, special := range s.find(w[0]).Specials {
				if special.Kind == w[1] {
					said = fmt.Sprint(special.Rows())
				}
			}
			if !strings.Contains(said, w[2]) {
				s.t.Errorf("%s\nbut it says %s", s.line, said)
			}
			return nil
		}))
}

// reads is all that the latest paper of that title says.
func (s *teller) reads(name, title string) (string, error) {
	c := s.find(name)
	for _, p := range slices.Backward(c.Papers) {
		if p.Title != title {
			continue
		}
		sheet, err := s.Cases.PaperOf(s.t.Context(), c.ID, p.Kind, p.Seq, s.person(c.Applicant.Name))
		if err != nil {
			return "", err
		}
		sheet.Code = ""
		said, err := json.Marshal(sheet)
		return string(said), err
	}
	s.t.Fatalf("%s\nno such paper: %v", s.line, titlesOf(c))
	return "", nil
}

func titlesOf(c *cases.Case) (all []string) {
	for _, p := range c.Papers {
		all = append(all, p.Title)
	}
	return all
}

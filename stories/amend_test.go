package stories

import (
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

// amendSteps are the sentences about answers that are changed after filing.
var amendSteps = []step{
	sentence(`(\S+) 告知更正 (\S+) (\S+)：(\S+) 于 (\S+) 前`, func(s *teller, w []string) error {
		return s.asksAgain(w[0], w[1], cases.Deficiency{Field: w[2], Say: w[3]}, w[4])
	}),
	sentence(`(\S+) 再次告知 (\S+) (\S+)：(\S+) 因改了 (\S+) 于 (\S+) 前`, func(s *teller, w []string) error {
		return s.asksAgain(w[0], w[1], cases.Deficiency{Material: s.material(w[1], w[2]), Say: w[3], Change: w[4]}, w[5])
	}),
	sentence(`(\S+) 更正 (\S+) (\S+)(?: 并补正 (\S+))?`, func(s *teller, w []string) error {
		x := cases.Correction{Handed: s.handed(w[1], w[3]), Answers: forms.Answers{}}
		for _, one := range split(w[2]) {
			field, answer, _ := strings.Cut(one, "=")
			x.Answers[field] = answer
		}
		_, err := s.Cases.Correct(s.t.Context(), s.id(w[1]), x, s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 更正了 (\S+)，新旧摘要各不相同，明文不在记录里`, func(s *teller, w []string) error {
		c := s.find(w[0])
		last := c.Amended[len(c.Amended)-1]
		s.expected(strings.Trim(strings.ReplaceAll(last.Names(), "”、“", "、"), "“”"), w[1])
		records, err := s.Cases.Store.History(s.t.Context(), c.ID)
		for _, f := range last.Fields {
			s.expected(strconv.FormatBool(f.Old != "" && f.New != "" && f.Old != f.New), "true")
			for _, r := range records {
				s.expected(strconv.FormatBool(strings.Contains(string(r.Body), "13911110000")), "false")
			}
		}
		return err
	}),
	sentence(`＝ ?(\S+) 的 (\S+) 是 (\S+)，(\S+)看到 (\S+)`, func(s *teller, w []string) error {
		c := s.find(w[0])
		own, err := s.Cases.Answers(s.t.Context(), c, s.person(c.Applicant.Name))
		if err != nil {
			return err
		}
		s.expected(own[w[1]], w[2])
		seen, err := s.Cases.Answers(s.t.Context(), c, s.person(w[3]))
		s.expected(seen[w[1]], w[4])
		return err
	}),
	sentence(`＝ ?(\S+) 最后一份告知书写明 (.+)`, func(s *teller, w []string) error {
		c := s.find(w[0])
		s.expected(c.Notices[len(c.Notices)-1].Items[0].Unseen, w[1])
		return nil
	}),
}

// corrected is a list of materials, and of answers as 栏目=答案.
func corrected(e *items.Edition, list string) cases.Correction {
	x := cases.Correction{Answers: forms.Answers{}}
	for _, one := range split(list) {
		if field, answer, is := strings.Cut(one, "="); is {
			x.Answers[field] = answer
			continue
		}
		m, _ := e.Material(one)
		x.Handed = append(x.Handed, cases.Handed{Material: m.ID, Paper: true})
	}
	return x
}

func (s *teller) asksAgain(who, name string, d cases.Deficiency, until string) error {
	d.Finding = cases.Defective
	_, err := s.Cases.AskOnce(s.t.Context(), s.id(name), []cases.Deficiency{d}, calendar.Parse(until), s.person(who))
	return err
}

package stories

import (
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
	"tongban/internal/register/archives"
)

func init() {
	laterSteps = append(laterSteps,
		sentence(`(\S+) 定归档规则 满 (\d+) 天 因为 (\S+)`, func(s *teller, w []string) error { return layRule(s, w[0], true, w[1], w[2]) }),
		sentence(`(\S+) 停止归档 因为 (\S+)`, func(s *teller, w []string) error { return layRule(s, w[0], false, "60", w[1]) }),
		sentence(`办结件归档`, func(s *teller, _ []string) error { return s.ShelveCases(s.t.Context()) }),
		sentence(`(\S+) 送达 (\S+)`, func(s *teller, w []string) error {
			_, err := s.Cases.Deliver(s.t.Context(), s.id(w[1]), cases.Delivered{Way: "window", Receiver: s.find(w[1]).Applicant.Name}, s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 评价 (\S+) (满意|不满意)`, rate),
		sentence(`＝ ?(\S+) 已归档，档号 (\S+)，第(\d)版`, shelved),
		sentence(`＝ ?(\S+) 没有归档`, func(s *teller, w []string) error {
			if a := s.find(w[0]).Archived; a != nil {
				s.t.Fatalf("%s\nbut it is %s", s.line, a.Number)
			}
			return nil
		}),
		sentence(`＝ ?(\S+) 在自己的办件里看到 (\S+) 已归档`, ownList),
		sentence(`＝ ?(\S+) 的收据可以对照当天总根`, receiptProven),
		sentence(`＝ ?(\S+) 评价 (\S+)`, func(s *teller, w []string) error {
			all, err := s.Ratings.Of(s.t.Context(), s.id(w[0]), s.person("supervisor"))
			if err != nil || len(all) == 0 {
				return err
			}
			s.expected(all[len(all)-1].Grade.Han(), w[1])
			return nil
		}),
		sentence(`＝ ?(\S+) 可以打印 (\S+) 的全部文书`, printed),
		sentence(`＝ ?档案与事实相符`, func(s *teller, _ []string) error {
			_, err := s.Archives.Audit(s.t.Context(), func(say string) { s.t.Errorf("%s\n%s", s.line, say) })
			return err
		}),
		sentence(`＝ ?文号连续`, func(s *teller, _ []string) error {
			gaps, err := s.Cases.Store.Gaps(s.t.Context())
			s.expected(strings.Join(gaps, "；"), "")
			return err
		}))
}

func layRule(s *teller, who string, on bool, days, why string) error {
	n, err := strconv.Atoi(days)
	if err != nil {
		return err
	}
	return s.Archives.Lay(s.t.Context(), archives.Rule{On: on, Days: n, Reason: why}, s.person(who))
}

var grades = map[string]rating.Grade{"满意": rating.Good, "不满意": rating.Bad}

func rate(s *teller, w []string) error {
	_, err := s.Ratings.Rate(s.t.Context(), s.id(w[1]), rating.Rating{Grade: grades[w[2]]}, s.person(w[0]))
	return err
}

// shelved looks at the case and at its package, opened and checked.
func shelved(s *teller, w []string) error {
	p, err := s.Cases.Package(s.t.Context(), s.id(w[0]), s.person("supervisor"))
	if err != nil {
		return err
	}
	a := s.find(w[0]).Archived
	if a == nil || a.Digest != p.Digest {
		s.t.Fatalf("%s\nbut the case stands at %v", s.line, a)
	}
	c, err := p.Open()
	if err != nil {
		return err
	}
	s.expected(archives.Refused(c.Check(nil)), "")
	s.expected(p.Number+" "+strconv.FormatInt(p.Version, 10), w[1]+" "+w[2])
	return nil
}

// printed composes every paper of the case, and finds each by the code printed on it.
func printed(s *teller, w []string) error {
	for _, p := range s.find(w[1]).Papers {
		sheet, err := s.Cases.PaperOf(s.t.Context(), s.id(w[1]), p.Kind, p.Seq, s.person(w[0]))
		if err != nil {
			return err
		}
		again, err := s.Cases.PaperByCode(s.t.Context(), sheet.Code)
		if err != nil {
			return err
		}
		s.expected(again.Title+again.Number, sheet.Title+sheet.Number)
	}
	return nil
}

func ownList(s *teller, w []string) error {
	by := s.person(w[0])
	rows, err := s.Cases.List(s.t.Context(), cases.Filter{Party: by.Party, Limit: 30}, by)
	if !slices.ContainsFunc(rows, func(r cases.Row) bool { return r.ID == s.id(w[1]) && r.Archived }) {
		s.t.Fatalf("%s\nbut the list is %+v", s.line, rows)
	}
	return err
}

// receiptProven seals the day and holds the first fact of the case to its root.
func receiptProven(s *teller, w []string) error {
	ctx, day := s.t.Context(), calendar.DayOf(s.now.AddDate(0, 0, -1)).String()
	if err := s.Witness.Seal(ctx, day); err != nil {
		return err
	}
	root, err := s.Witness.Root(ctx, day)
	if err != nil {
		return err
	}
	proof, err := s.Witness.Prove(ctx, s.id(w[0]).Stream(), 1, true)
	if err != nil {
		return err
	}
	return proof.Check(root)
}

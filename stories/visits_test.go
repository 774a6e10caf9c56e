package stories

import (
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/visits"
)

// visitSteps are the sentences about joint visits.
var visitSteps = []step{
	sentence(`(\S+) 为 (\S+) 召集联合踏勘 于 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Visits.Call(s.t.Context(), s.id(w[1]), calendar.Parse(w[2]), "云龙区示例路18号", s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 同意 (\S+) 的踏勘时间`, func(s *teller, w []string) error {
		_, err := s.Visits.Agree(s.t.Context(), s.visit(w[1]).ID, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 请求 (\S+) 的踏勘改到 (\S+) 因为 (.+)`, func(s *teller, w []string) error {
		_, err := s.Visits.AskFor(s.t.Context(), s.visit(w[1]).ID, calendar.Parse(w[2]), w[3], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 把 (\S+) 的踏勘改到 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Visits.MoveTo(s.t.Context(), s.visit(w[1]).ID, calendar.Parse(w[2]), s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 就 (\S+) 的踏勘作结论 (\S+?)(?:，(\S+)不符合：(.+?))?(?: 附照片拍摄于 (\S+))?`, concludeVisit),
	sentence(`时间到了该提醒踏勘的`, func(s *teller, _ []string) error { return s.Visits.Ring(s.t.Context()) }),
	sentence(`＝ ?(\S+) 的踏勘 (\d) 个部门，清单 (\d+) 条，(.+)`, func(s *teller, w []string) error {
		v := s.visit(w[0])
		s.expected(string(rune('0'+len(v.Parts)))+" "+string(rune('0'+len(v.Points)))+" "+v.Standing(calendar.DayOf(s.now)), w[1]+" "+w[2]+" "+w[3])
		return nil
	}),
	sentence(`＝ ?(\S+) 的踏勘最后一条记录 (.+)`, func(s *teller, w []string) error {
		v := s.visit(w[0])
		last := v.Log[len(v.Log)-1]
		s.expected(last.Act.Han()+"："+last.Say, w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 的踏勘要整改 (.+)`, func(s *teller, w []string) error {
		s.expected(strings.Join(s.visit(w[0]).Merged(), "；"), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 的审查证据 (.+)`, func(s *teller, w []string) error {
		var all []string
		for _, e := range s.find(w[0]).Evidence {
			all = append(all, e.Say())
		}
		s.expected(strings.Join(all, "；"), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 的现场核查 (在进行|已结束|没有开始)`, func(s *teller, w []string) error {
		c, err := s.Cases.Store.Case(s.t.Context(), s.id(w[0]))
		if err != nil {
			return err
		}
		got := "没有开始"
		for _, special := range c.Specials {
			got = "已结束"
			if special.Open() {
				got = "在进行"
			}
		}
		s.expected(got, w[1])
		return nil
	}),
}

// visit is the latest joint visit of the matter that a case belongs to.
func (s *teller) visit(name string) *visits.Visit {
	j, err := s.Joint.OfCase(s.t.Context(), s.id(name))
	if err != nil || j == nil {
		s.t.Fatalf("%s\n%s is no part of a matter: %v", s.line, name, err)
	}
	all, err := s.Visits.Store.Of(s.t.Context(), j.ID)
	if err != nil || len(all) == 0 {
		s.t.Fatalf("%s\nthere is no visit: %v", s.line, err)
	}
	return all[0]
}

// concludeVisit finds everything in order but for what the sentence names.
func concludeVisit(s *teller, w []string) error {
	v, by := s.visit(w[1]), s.person(w[0])
	c := visits.Conclusion{Verdict: w[2], Signed: ink.Signature{Name: by.Name}}
	for _, p := range v.Own(v.Agency(by)) {
		f := visits.Finding{Point: p.ID, Meets: w[3] == "" || !strings.Contains(p.Text, w[3])}
		if !f.Meets {
			f.Say = w[4]
		}
		c.Findings = append(c.Findings, f)
	}
	if w[3] != "" && !slices.ContainsFunc(c.Findings, func(f visits.Finding) bool { return !f.Meets }) {
		s.t.Fatalf("%s\nno point says %s: %+v", s.line, w[3], v.Points)
	}
	if w[5] != "" {
		at := calendar.Parse(w[5]).Start().Add(10 * time.Hour)
		c.Evidence = []cases.Evidence{{File: cases.File{Hash: "h-scene", Name: "现场.jpg", Type: "jpeg", Size: 2048}, Place: v.Where, At: at}}
	}
	_, err := s.Visits.Conclude(s.t.Context(), v.ID, c, by)
	return err
}

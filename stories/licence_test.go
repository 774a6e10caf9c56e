package stories

import (
	"slices"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/tidings"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
)

// licenceSteps are the sentences about composite licences and their parts.
var licenceSteps = []step{
	sentence(`(\S+) (暂扣|暂扣发还|注销|撤销|吊销) (\S+) 的许可 (\S+) 因为 (.+)`, movePart),
	sentence(`(\S+) 延续 (\S+) 的许可 (\S+) 至 (\S+)`, func(s *teller, w []string) error {
		p := s.permit(w[1], w[2])
		_, err := s.Certificates.Renew(s.t.Context(), p.Certificate, certificates.Order{From: p.From, Till: calendar.Parse(w[3])}, s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 还没有综合许可证`, func(s *teller, w []string) error {
		l, err := s.Licences.Begun(s.t.Context(), string(s.matter(w[0]).ID))
		if l != nil {
			s.t.Fatalf("%s\nbut there is one: %+v", s.line, l)
		}
		return err
	}),
	sentence(`＝ ?(\S+) 的综合许可证 第(\d)版，(\d) 项许可，(有效|部分有效|暂停|失效)`, func(s *teller, w []string) error {
		l := s.licence(w[0])
		got := strconv.Itoa(l.Edition) + " " + strconv.Itoa(len(l.Parts)) + " " + string(l.Standing(calendar.DayOf(s.now)))
		s.expected(got, w[1]+" "+w[2]+" "+w[3])
		return nil
	}),
	sentence(`＝ ?(\S+) 的许可 (\S+) (有效|暂扣|注销|撤销|吊销|失效（已到期）)，自第(\d)版`, func(s *teller, w []string) error {
		p := s.permit(w[0], w[1])
		s.expected(p.Standing(calendar.DayOf(s.now)).String()+" "+strconv.Itoa(p.Since), w[2]+" "+w[3])
		return nil
	}),
	sentence(`＝ ?(\S+) 的综合许可证可以核验，写着 (.+)`, sheetGenuine),
	sentence(`＝ ?(\S+) 的综合许可证版次 (.+)`, func(s *teller, w []string) error {
		editions, err := s.Licences.Editions(s.t.Context(), s.licence(w[0]).ID)
		got := ""
		for _, e := range editions {
			got += e.Act.Han() + e.Part.Permit + "、"
		}
		s.expected(got, w[1]+"、")
		return err
	}),
	sentence(`＝ ?(\S+) 的综合许可证第(\d)版的原因 (.+)`, func(s *teller, w []string) error {
		editions, err := s.Licences.Editions(s.t.Context(), s.licence(w[0]).ID)
		n, _ := strconv.Atoi(w[1])
		if err == nil {
			s.expected(editions[n-1].Reason, w[2])
		}
		return err
	}),
	sentence(`＝ ?(\S+) 的消息 (.+)`, func(s *teller, w []string) error {
		all, err := s.Tidings.List(s.t.Context(), s.person(w[0]))
		if !slices.ContainsFunc(all, func(m tidings.Message) bool { return m.Say == w[1] }) {
			s.t.Fatalf("%s\nbut was told %+v", s.line, all)
		}
		return err
	}),
	sentence(`＝ ?(\S+) 看不到 (\S+) 的综合许可证`, func(s *teller, w []string) error {
		if l, err := s.Licences.Own(s.t.Context(), s.licence(w[1]).ID, s.person(w[0])); err == nil {
			s.t.Fatalf("%s\nbut is shown %+v", s.line, l)
		}
		return nil
	}),
	sentence(`＝ ?综合许可证与事实相符`, func(s *teller, _ []string) error {
		_, err := s.Licences.Audit(s.t.Context(), true, func(say string) { s.t.Errorf("%s\n%s", s.line, say) })
		return err
	}),
}

func (s *teller) licence(matter string) *licences.Licence {
	l, err := s.Licences.Begun(s.t.Context(), string(s.matter(matter).ID))
	if err != nil || l == nil {
		s.t.Fatalf("%s\nthere is no licence (%v)", s.line, err)
	}
	return l
}

func (s *teller) permit(matter, name string) licences.Part {
	parts := s.licence(matter).Parts
	i := slices.IndexFunc(parts, func(p licences.Part) bool { return p.Permit == name })
	if i < 0 {
		s.t.Fatalf("%s\nno permit is called %s: %+v", s.line, name, parts)
	}
	return parts[i]
}

// movePart has an agency move its own certificate; the licence hears of it.
func movePart(s *teller, w []string) error {
	for _, m := range certificates.Life {
		if m.Name == w[1] {
			return s.Certificates.Move(s.t.Context(), s.permit(w[2], w[3]).Certificate, m.Act, w[4], s.person(w[0]))
		}
	}
	s.t.Fatalf("%s\nno such act", s.line)
	return nil
}

// sheetGenuine finds the sealed paper of the latest edition to be genuine, and
// a line of its face to be as the story says.
func sheetGenuine(s *teller, w []string) error {
	ctx, l := s.t.Context(), s.licence(w[0])
	report, err := s.Certificates.Verify(ctx, l.Sheet)
	if err != nil || !report.Genuine() {
		s.t.Fatalf("%s\n%v %s", s.line, err, report.Say())
	}
	c, err := s.Certificates.Certificate(ctx, l.Sheet, identity.TheSystem)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(c.Face, func(e certificates.Entry) bool { return e.Text == w[1] }) {
		s.t.Fatalf("%s\nbut it reads: %+v", s.line, c.Face)
	}
	return nil
}

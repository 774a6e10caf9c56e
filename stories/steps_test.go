package stories

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// step is a sentence and what it means.
type step struct {
	pattern *regexp.Regexp
	do      func(s *teller, words []string) error
}

func sentence(pattern string, do func(*teller, []string) error) step {
	return step{regexp.MustCompile("^" + pattern + "$"), do}
}

// steps are the sentences that stories are made of.
var steps = []step{
	sentence(`在 (\S+)(?: (\d\d:\d\d))?`, setTime),
	sentence(`(\S+) 申请 (\S+) (\S+?)(?: 缺 (\S+))?(?: 情形 (.+))?`, submit),
	sentence(`(\S+) 受理 (\S+)(?: 容缺 (\S+) 于 (\S+) 前补交)?`, accept),
	sentence(`(\S+) 告知补正 (\S+) (\S+)：(\S+) 于 (\S+) 前`, askOnce),
	sentence(`(\S+) 补正 (\S+)(?: (\S+))?`, correct),
	sentence(`(\S+) 补交 (\S+) (\S+)`, cure),
	sentence(`(\S+) 不予受理 (\S+) 因为 (\S+?)(?: (?:依据|应向) (\S+))?`, refuse),
	sentence(`(\S+) 告知无需办理 (\S+) 因为 (\S+)`, notNeeded),
	sentence(`(\S+) 撤回 (\S+)`, withdraw),
	sentence(`(\S+) 签收 (\S+) (\S+)`, claim),
	sentence(`(\S+) 审查 (\S+) (\S+) (同意|附条件同意|不同意)(?: 因为 (\S+))?`, review),
	sentence(`(\S+) 退回 (\S+) (\S+) 到 (\S+) 因为 (\S+)`, sendBack),
	sentence(`(\S+) 启动 (\S+) (\S+) 因为 (\S+)`, openSpecial),
	sentence(`(\S+) 结束 (\S+) (\S+) 结果 (\S+)`, closeSpecial),
	sentence(`(\S+) 延长 (\S+) (\d+) 个工作日 因为 (\S+)`, extend),
	sentence(`(\S+) 决定 (\S+) (准予|不予)(?: 因为 (\S+) 依据 (\S+))?`, decide),
	sentence(`各岗位 审查 (\S+) 并 (准予|不予)(?: 因为 (\S+) 依据 (\S+))?`, runThrough),
	sentence(`(\S+) 督办 (\S+) ：?(\S+)`, urge),
	sentence(`到时自动办理`, func(s *teller, _ []string) error { return s.WakeCases(s.t.Context()) }),
	sentence(`！ ?(.+)`, refused),
	sentence(`＝ ?(\S+) 停表`, paused),
	sentence(`＝ ?(\S+) 待办 (\S+)`, openWork),
	sentence(`＝ ?(\S+) 文书 (\S+)`, papers),
	sentence(`＝ ?(\S+) 证照 (\S+) 可以核验`, certificate),
	sentence(`＝ ?(\S+) 与事实相符`, proven),
	sentence(`＝ ?(\S+) 看不到 (\S+)`, hidden),
	sentence(`＝ ?(\S+) (\S+?)(?:，应于 (\S+) 前办结)?`, stands),
}

func setTime(s *teller, w []string) error {
	if w[1] == "" {
		w[1] = "10:00"
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", w[0]+" "+w[1], calendar.Zone)
	if t.After(s.now) {
		s.now = t
		return err
	}
	s.t.Fatalf("%s\ntime does not run backwards: it is %s", s.line, s.now.In(calendar.Zone))
	return nil
}

func submit(s *teller, w []string) error {
	ctx, by := s.t.Context(), s.person(w[0])
	e, err := s.onList(w[2])
	if err != nil {
		return err
	}
	c, err := s.Cases.Submit(ctx, s.application(e, by, split(w[3]), w[4]), by)
	if err == nil {
		s.cases[w[1]] = c.ID
	}
	return err
}

func accept(s *teller, w []string) error {
	var promises []cases.Promise
	for _, m := range split(w[2]) {
		promises = append(promises, cases.Promise{Material: s.material(w[1], m), By: calendar.Parse(w[3]), OnPaper: true})
	}
	_, err := s.Cases.Accept(s.t.Context(), s.id(w[1]), nil, promises, s.person(w[0]))
	return err
}

func askOnce(s *teller, w []string) error {
	var list []cases.Deficiency
	for _, m := range split(w[2]) {
		list = append(list, cases.Deficiency{Material: s.material(w[1], m), Finding: cases.Defective, Say: w[3]})
	}
	_, err := s.Cases.AskOnce(s.t.Context(), s.id(w[1]), list, calendar.Parse(w[4]), s.person(w[0]))
	return err
}

func correct(s *teller, w []string) error {
	_, err := s.Cases.Correct(s.t.Context(), s.id(w[1]), cases.Correction{Handed: s.handed(w[1], w[2])}, s.person(w[0]))
	return err
}

func cure(s *teller, w []string) error {
	_, err := s.Cases.Cure(s.t.Context(), s.id(w[1]), s.handed(w[1], w[2]), nil, s.person(w[0]))
	return err
}

func refuse(s *teller, w []string) error {
	_, err := s.Cases.Refuse(s.t.Context(), s.id(w[1]), w[2], w[3], s.person(w[0]))
	return err
}

func notNeeded(s *teller, w []string) error {
	_, err := s.Cases.SayNotNeeded(s.t.Context(), s.id(w[1]), w[2], s.person(w[0]))
	return err
}

func withdraw(s *teller, w []string) error {
	_, err := s.Cases.Withdraw(s.t.Context(), s.id(w[1]), "不办了", s.person(w[0]))
	return err
}

func claim(s *teller, w []string) error {
	_, err := s.Cases.Claim(s.t.Context(), s.id(w[1]), s.work(w[1], w[2]).ID, s.person(w[0]))
	return err
}

func review(s *teller, w []string) error {
	_, err := s.Cases.Review(s.t.Context(), s.id(w[1]), s.work(w[1], w[2]).ID, w[3], w[4], s.person(w[0]))
	return err
}

func sendBack(s *teller, w []string) error {
	ctx, work := s.t.Context(), s.work(w[1], w[2])
	earlier, err := s.Cases.Earlier(ctx, s.find(w[1]), work)
	if err != nil {
		return err
	}
	for _, n := range earlier {
		if n.Name == w[3] {
			_, err := s.Cases.SendBack(ctx, s.id(w[1]), work.ID, n.ID, w[4], s.person(w[0]))
			return err
		}
	}
	s.t.Fatalf("%s\n%s is not an earlier step of %v", s.line, w[3], earlier)
	return nil
}

func openSpecial(s *teller, w []string) error {
	_, err := s.Cases.OpenSpecial(s.t.Context(), s.id(w[1]), w[2], w[3], s.person(w[0]))
	return err
}

func closeSpecial(s *teller, w []string) error {
	for _, special := range s.find(w[1]).Specials {
		if special.Kind == w[2] && special.Open() {
			_, err := s.Cases.CloseSpecial(s.t.Context(), s.id(w[1]), special.ID, cases.SpecialEnd{Result: w[3]}, s.person(w[0]))
			return err
		}
	}
	s.t.Fatalf("%s\nno such special procedure is running", s.line)
	return nil
}

func extend(s *teller, w []string) error {
	_, err := s.Cases.Extend(s.t.Context(), s.id(w[1]), cases.Extension{Limit: days(w[2]), Reason: w[3]}, s.person(w[0]))
	return err
}

func decide(s *teller, w []string) error {
	ruling := cases.Ruling{Grant: w[2] == "准予", Reason: w[3], Basis: w[4]}
	_, err := s.Cases.Decide(s.t.Context(), s.id(w[1]), s.deciding(w[1]), ruling, s.person(w[0]))
	return err
}

// runThrough has whoever holds the posts do all the work until the decision.
func runThrough(s *teller, w []string) error {
	return s.through(w[0], cases.Ruling{Grant: w[1] == "准予", Reason: w[2], Basis: w[3]})
}

func (s *teller) through(name string, ruling cases.Ruling) error {
	ctx, id := s.t.Context(), s.id(name)
	for c := s.find(name); c.State == cases.Accepted && len(c.Flow.Open) > 0; c = s.find(name) {
		work := c.Flow.Open[0]
		var err error
		if work.Decides {
			_, err = s.Cases.Decide(ctx, id, work.ID, ruling, s.holder(work))
		} else {
			_, err = s.Cases.Review(ctx, id, work.ID, "同意", "", s.holder(work))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func urge(s *teller, w []string) error {
	_, err := s.Cases.Urge(s.t.Context(), s.id(w[1]), w[2], s.person(w[0]))
	return err
}

func refused(s *teller, w []string) error {
	said := []string{fault.Say(s.err)}
	for _, f := range fault.Fields(s.err) {
		said = append(said, f.Say)
	}
	if s.err == nil || !slices.Contains(said, w[0]) {
		s.t.Fatalf("%s\nbut it was said: %v (%v)", s.line, said, s.err)
	}
	return nil
}

func stands(s *teller, w []string) error {
	c := s.find(w[0])
	s.expected(c.StateHan(), w[1])
	if w[2] != "" {
		s.expected(c.DueDay(s.Calendar).String(), w[2])
	}
	return nil
}

func paused(s *teller, w []string) error {
	if !s.find(w[0]).Clock().Paused() {
		s.t.Fatalf("%s\nbut the clock runs", s.line)
	}
	return nil
}

func openWork(s *teller, w []string) error {
	var names []string
	for _, work := range s.find(w[0]).Flow.Open {
		names = append(names, work.Name)
	}
	slices.Sort(names)
	want := split(w[1])
	slices.Sort(want)
	s.expected(strings.Join(names, "、"), strings.Join(want, "、"))
	return nil
}

func papers(s *teller, w []string) error {
	all, err := s.Cases.Store.Papers(s.t.Context(), s.id(w[0]))
	if err != nil {
		return err
	}
	var titles []string
	for _, p := range all {
		if titles = append(titles, p.Title); p.Serial == 0 {
			return fmt.Errorf("%s has no number", p.Title)
		}
	}
	want := split(w[1])
	slices.Sort(titles)
	slices.Sort(want)
	s.expected(strings.Join(titles, "、"), strings.Join(want, "、"))
	return nil
}

func certificate(s *teller, w []string) error {
	ctx, c := context.Background(), s.find(w[0])
	look, err := s.Certificates.Look(ctx, c.Certificate)
	if err != nil {
		return err
	}
	s.expected(look.TypeName, w[1])
	report, err := s.Certificates.Verify(ctx, c.Certificate)
	if err == nil && !report.Genuine() {
		s.t.Fatalf("%s\n%s", s.line, report.Text())
	}
	return err
}

// proven makes the case again from its facts, and what every case adds to the
// figures of supervision.
func proven(s *teller, w []string) error {
	d, err := s.Cases.AuditOne(s.t.Context(), s.id(w[0]))
	if d != nil {
		s.t.Fatalf("%s\n%s", s.line, d.Say)
	}
	if err == nil {
		err = s.Supervision.Refresh(s.t.Context())
	}
	if err == nil {
		_, err = s.Supervision.Audit(s.t.Context(), false, func(d supervision.Difference) { s.t.Errorf("%s\n%s %s", s.line, d.Case, d.Say) })
	}
	return err
}

func hidden(s *teller, w []string) error {
	if _, err := s.Cases.Case(s.t.Context(), s.id(w[1]), s.person(w[0])); fault.Of(err) != fault.NotFound {
		s.t.Fatalf("%s\nbut they can: %v", s.line, err)
	}
	return nil
}

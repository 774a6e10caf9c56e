package stories

import (
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// laterSteps are the sentences about what becomes of a decision afterwards: 变更,
// 延续, 注销, 撤销, 撤回 and 吊销.
var laterSteps = []step{
	sentence(`(\S+) 请求(变更|延续|注销) (\S+)(?: (\S+)=(\S+))? 因为 (\S+)`, askLater),
	sentence(`(\S+) 审查变动 (\S+) 意见 (\S+)`, vetLater),
	sentence(`(\S+) 拟(撤销|撤回|吊销|注销) (\S+) 情形 (\S+) 因为 (\S+)(?: 依据 (\S+))?`, proposeLater),
	sentence(`(\S+) 申辩 (\S+)( 并要求听证)? 说 (\S+)`, pleadLater),
	sentence(`(\S+) 通知听证 (\S+) 于 (\S+)`, callHearing),
	sentence(`(\S+) 决定(同意|不同意)变动 (\S+)(?: 因为 (\S+))?(?: 答复 (\S+))?`, conclude),
	sentence(`(\S+) 当场备案 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.FileNow(s.t.Context(), s.id(w[1]), s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 经 (\S+) 批准延长 (\S+) (\d+) 个工作日 因为 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.Extend(s.t.Context(), s.id(w[2]), cases.Extension{Limit: days(w[3]), Approver: w[1], Reason: w[4]}, s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 法定时限至 (\S+)，依据 (\S+)`, func(s *teller, w []string) error {
		c := s.find(w[0])
		s.expected(c.Statutory.Due(s.Calendar).Day.String()+" "+c.DecisionTerm().Article, w[1]+" "+w[2])
		return nil
	}),
	sentence(`(\S+) 送达变动 (\S+)`, serveLater),
	sentence(`＝ ?(\S+) 证照状态 (\S+)`, certificateState),
	sentence(`＝ ?(\S+) 证照有效期至 (\S+)`, certificateEnds),
	sentence(`＝ ?(\S+) 证照登载 (\S+)=(\S+)`, certificateSays),
}

var laterKinds = map[string]cases.LaterKind{"变更": cases.Changing, "延续": cases.Renewing, "注销": cases.Cancelling, "撤销": cases.Annulling, "撤回": cases.Recalling, "吊销": cases.Stripping}

func askLater(s *teller, w []string) error {
	l := cases.Later{Kind: laterKinds[w[1]], Reason: w[5]}
	if w[3] != "" {
		l.Changes = []cases.Line{{Name: w[3], Say: w[4]}}
	}
	_, err := s.Cases.Ask(s.t.Context(), s.id(w[2]), l, s.person(w[0]))
	return err
}

func vetLater(s *teller, w []string) error {
	_, err := s.Cases.Vet(s.t.Context(), s.id(w[1]), w[2], s.person(w[0]))
	return err
}

func proposeLater(s *teller, w []string) error {
	_, err := s.Cases.Propose(s.t.Context(), s.id(w[2]), cases.Later{Kind: laterKinds[w[1]], Ground: w[3], Reason: w[4], Basis: w[5]}, s.person(w[0]))
	return err
}

func pleadLater(s *teller, w []string) error {
	_, err := s.Cases.PleadLater(s.t.Context(), s.id(w[1]), w[3], w[2] != "", s.person(w[0]))
	return err
}

func callHearing(s *teller, w []string) error {
	h := cases.Hearing{Asked: calendar.DayOf(s.now), At: calendar.Parse(w[2]).Start().Add(9 * time.Hour), Place: "听证室", Host: "陈主持"}
	_, err := s.Cases.CallHearing(s.t.Context(), s.id(w[1]), h, s.person(w[0]))
	return err
}

func conclude(s *teller, w []string) error {
	_, err := s.Cases.Conclude(s.t.Context(), s.id(w[2]), cases.LaterRuling{Grant: w[1] == "同意", Reason: w[3], Answer: w[4]}, s.person(w[0]))
	return err
}

func serveLater(s *teller, w []string) error {
	_, err := s.Cases.ServeLater(s.t.Context(), s.id(w[1]), cases.Delivered{Way: "window", Receiver: s.find(w[1]).Applicant.Name}, s.person(w[0]))
	return err
}

func certificateState(s *teller, w []string) error {
	c, err := s.Certificates.Store.Certificate(s.t.Context(), s.find(w[0]).Certificate)
	if err == nil {
		s.expected(c.Standing(calendar.DayOf(s.now)).String(), w[1])
	}
	return err
}

func certificateEnds(s *teller, w []string) error {
	c, err := s.Certificates.Store.Certificate(s.t.Context(), s.find(w[0]).Certificate)
	if err == nil {
		s.expected(c.Till.String(), w[1])
	}
	return err
}

func certificateSays(s *teller, w []string) error {
	c, err := s.Certificates.Store.Certificate(s.t.Context(), s.find(w[0]).Certificate)
	if err != nil {
		return err
	}
	var lines []string
	for _, e := range c.Face {
		lines = append(lines, e.Label+"="+e.Text)
	}
	if want := w[1] + "=" + w[2]; !strings.Contains(strings.Join(lines, "\n"), want) {
		s.t.Fatalf("%s\nthe certificate says %v", s.line, lines)
	}
	return nil
}

package stories

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
)

// announcedSteps are the sentences about hearings that the public is told of.
var announcedSteps = []step{
	sentence(`(\S+) 公告听证 (\S+) (\S+) 于 (\S+) 报名到 (\S+) 名额 (\d+)`, func(s *teller, w []string) error {
		seats, _ := strconv.Atoi(w[5]) // digits, by the pattern
		h := cases.Hearing{About: w[2], At: calendar.Parse(w[3]).Start().Add(9 * time.Hour), Place: "听证室", Host: "陈主持",
			Public: &cases.Announcement{Ground: cases.Grounds[1], SignBy: calendar.Parse(w[4]), Seats: seats, Contact: "周海 83700001"}}
		_, err := s.Cases.CallHearing(s.t.Context(), s.id(w[1]), h, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 报名听证 (\S+) 作为 (利害关系人|社会公众|专家、行业组织)(?:，(\S+?))?(?: 发言 (\S+))?`, func(s *teller, w []string) error {
		u := hearings.Signup{Interest: w[3], Speak: w[4] != "", View: w[4], Phone: "13900000000"}
		for _, r := range hearings.Relations {
			if r.Han == w[2] {
				u.Relation = r.ID
			}
		}
		_, err := s.Hearings.SignUp(s.t.Context(), s.announced(w[1]).ID, u, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 撤回听证报名 (\S+)`, func(s *teller, w []string) error {
		return s.Hearings.Withdraw(s.t.Context(), s.announced(w[1]).ID, s.person(w[0]))
	}),
	sentence(`(\S+) 选定 (\S+) 听证的 (\S+) (发言|旁听|没有选上)(?: 因为 (\S+))?`, func(s *teller, w []string) error {
		seat := map[string]hearings.Seat{"发言": hearings.Speaker, "旁听": hearings.Listener, "没有选上": hearings.Declined}[w[3]]
		var choices []hearings.Choice
		for name := range strings.SplitSeq(w[2], "、") {
			choices = append(choices, hearings.Choice{Signup: s.signup(w[1], name).ID, Seat: seat, Why: w[4]})
		}
		return s.Hearings.Choose(s.t.Context(), s.announced(w[1]).ID, choices, s.person(w[0]))
	}),
	sentence(`＝ ?(\S+) 的听证公告 (.+)`, func(s *teller, w []string) error {
		s.expected(s.announced(w[0]).Standing(s.now), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 听证的发言人 (.+)`, func(s *teller, w []string) error {
		names, err := s.Hearings.Shown(s.t.Context(), s.announced(w[0]))
		s.expected(strings.Join(names, "、"), w[1])
		return err
	}),
	sentence(`＝ ?(\S+) 就听证读到 (.+)`, func(s *teller, w []string) error {
		words, err := s.Hearings.Words(s.t.Context(), s.person(w[0]))
		say := "没有消息"
		if len(words) > 0 {
			say = words[0].Say
		}
		s.expected(say, w[1])
		return err
	}),
	sentence(`＝ ?(\S+) 看不到 (\S+) 听证的报名`, func(s *teller, w []string) error {
		_, err := s.Hearings.Signups(s.t.Context(), s.announced(w[1]), s.person(w[0]))
		s.expected(strconv.FormatBool(fault.Of(err) == fault.Forbidden), "true")
		return nil
	}),
}

// announced is the latest announced hearing of a case.
func (s *teller) announced(name string) *hearings.Notice {
	all, err := s.Hearings.Store.OfCase(s.t.Context(), s.id(name))
	if err != nil || len(all) == 0 {
		s.t.Fatalf("%s\nno hearing of %s was announced: %v", s.line, name, err)
	}
	return all[0]
}

// signup is that of somebody for the hearing of a case.
func (s *teller) signup(name, who string) *hearings.Signup {
	all, err := s.Hearings.Store.Signups(s.t.Context(), s.announced(name).ID)
	i := slices.IndexFunc(all, func(u *hearings.Signup) bool { return u.Name == who })
	if err != nil || i < 0 {
		s.t.Fatalf("%s\n%s did not sign up: %v", s.line, who, err)
	}
	return all[i]
}

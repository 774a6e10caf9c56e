package stories

import (
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
)

// stakeSteps are the sentences about others whom a hearing concerns.
var stakeSteps = []step{
	sentence(`(\S+) 告知利害关系人 (\S+) (\S+) (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		return s.Hearings.Tell(s.t.Context(), s.id(w[1]), visitor(w[2], w[3]), w[4], s.person(w[0]))
	}),
	sentence(`(\S+) 作为利害关系人要求听证 (\S+)(?: 因为 (\S+))? 说 (\S+)`, func(s *teller, w []string) error {
		return s.Hearings.Ask(s.t.Context(), s.find(w[1]).Number, hearings.Demand{Relation: w[2], Wish: w[3], Phone: "13900000000"}, s.person(w[0]))
	}),
	sentence(`(\S+) 代登记听证要求 (\S+) (\S+) (\S+)(?: 因为 (\S+))? 说 (\S+)`, func(s *teller, w []string) error {
		return s.Hearings.AskAt(s.t.Context(), s.find(w[1]).Number, visitor(w[2], w[3]), hearings.Demand{Relation: w[4], Wish: w[5]}, s.person(w[0]))
	}),
	sentence(`(\S+) 答复听证要求 (\S+) (\S+) (同意|不同意)(?: 因为 (\S+))?`, func(s *teller, w []string) error {
		h := s.find(w[1]).Hearing
		i := slices.IndexFunc(h.Others, func(o cases.Other) bool { return o.Name == w[2] })
		_, err := s.Cases.JudgeDemand(s.t.Context(), s.id(w[1]), h.Others[i].ID, w[3] == "同意", w[4], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 通知听证 (\S+) 于 (\S+) 由 (\S+) 主持`, func(s *teller, w []string) error {
		h := cases.Hearing{At: calendar.Parse(w[2]).Start().Add(9 * time.Hour), Place: "听证室", Host: w[3]}
		_, err := s.Cases.CallHearing(s.t.Context(), s.id(w[1]), h, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 申请主持人回避 (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		return s.Hearings.Object(s.t.Context(), s.find(w[1]).Number, w[2], s.person(w[0]))
	}),
	sentence(`(\S+) 代登记回避申请 (\S+) (\S+) (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		return s.Hearings.ObjectAt(s.t.Context(), s.find(w[1]).Number, visitor(w[2], w[3]), w[4], s.person(w[0]))
	}),
	sentence(`(\S+) 决定回避 (\S+) 改由 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.SettleHost(s.t.Context(), s.id(w[1]), true, w[2], "", s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 作为利害关系人读到 (.+)`, func(s *teller, w []string) error {
		words, err := s.Hearings.StakeWords(s.t.Context(), s.person(w[0]))
		say := "没有消息"
		if len(words) > 0 {
			say = words[0].Say
		}
		s.expected(say, w[1])
		return err
	}),
	sentence(`(\S+) 代报名听证 (\S+) (\S+) (\S+)`, func(s *teller, w []string) error {
		_, err := s.Hearings.TakeDown(s.t.Context(), s.announced(w[1]).ID, visitor(w[2], w[3]), hearings.Signup{Relation: hearings.Resident}, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 取消听证报名 (\S+) (\S+)(?: 因为 (\S+))?`, func(s *teller, w []string) error {
		return s.Hearings.Remove(s.t.Context(), s.announced(w[1]).ID, s.signup(w[1], w[2]).ID, w[3], s.person(w[0]))
	}),
}

func visitor(name, number string) hearings.Visitor {
	return hearings.Visitor{Name: name, Number: number, Phone: "13900000000"}
}

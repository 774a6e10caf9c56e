package stories

import (
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/tidings"
)

func init() {
	steps = append([]step{
		sentence(`(\S+) 为 (\S+) 公布抽取 (\d+) 位 (\S+) 专家`, func(s *teller, w []string) error {
			n, _ := strconv.Atoi(w[2])
			_, err := s.Experts.Announce(s.t.Context(), s.id(w[1]), "迁移和保护方案是否可行", split(w[3]), n, s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 就 (\S+) 申请 (\S+) 回避 因为 (\S+)`, func(s *teller, w []string) error {
			r := s.expertReview(w[1])
			_, err := s.Experts.Object(s.t.Context(), r.ID, s.candidate(r, w[2]).Expert, w[3], s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 决定 (\S+) 的 (\S+) (回避|不回避) 因为 (\S+)`, func(s *teller, w []string) error {
			r := s.expertReview(w[1])
			_, err := s.Experts.Rule(s.t.Context(), r.ID, s.candidate(r, w[2]).Expert, w[3] == "回避", w[4], s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 对 (\S+) 的候选专家无异议`, func(s *teller, w []string) error {
			_, err := s.Experts.Waive(s.t.Context(), s.expertReview(w[1]).ID, s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 抽取 (\S+) 的专家`, func(s *teller, w []string) error {
			_, err := s.Experts.Draw(s.t.Context(), s.expertReview(w[1]).ID, s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 重新抽取 (\S+) 的专家 从 (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
			_, err := s.Experts.Redraw(s.t.Context(), s.expertReview(w[1]).ID, split(w[2]), w[3], s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 的第(\d)位专家 (接受|不能来)`, answerInvitation),
		sentence(`时间到了该递补专家的`, func(s *teller, _ []string) error { return s.Experts.Ring(s.t.Context()) }),
		sentence(`(\S+) 通知 (\S+) 的专家 (\S+) 评审`, func(s *teller, w []string) error {
			_, err := s.Experts.Call(s.t.Context(), s.expertReview(w[1]).ID, calendar.Parse(w[2]), "三楼评审室", s.person(w[0]))
			return err
		}),
		sentence(`(\S+) 的专家 (\d) 人同意 (\d) 人不同意`, expertsOpine),
		sentence(`(\S+) 汇总 (\S+) 的专家意见 (\S+)`, func(s *teller, w []string) error {
			_, err := s.Experts.Sum(s.t.Context(), s.expertReview(w[1]).ID, w[2], s.person(w[0]))
			return err
		}),
		sentence(`＝ ?(\S+) 的专家评审 (.+)`, func(s *teller, w []string) error {
			s.expected(s.expertReview(w[0]).Standing(calendar.DayOf(s.now)), w[1])
			return nil
		}),
		sentence(`＝ ?(\S+) 的候选专家 (\d+) 位，回避 (\d+) 位`, func(s *teller, w []string) error {
			r := s.expertReview(w[0]).Now()
			s.expected(fmt.Sprintf("%d %d", len(r.Pool), len(r.Out)), w[1]+" "+w[2])
			return nil
		}),
		sentence(`＝ ?(\S+) 作为专家的消息 (\S+)`, expertTold),
		sentence(`＝ ?(\S+) 可以看 (\S+) 的评审材料 (\S+)`, expertReads),
		sentence(`(\S+) 的其余专家接受`, func(s *teller, w []string) error {
			r := s.expertReview(w[0])
			for _, i := range r.Now().Invited {
				if c, by := s.speaker(r, i.Expert); i.Reply == "" {
					if _, err := s.Experts.Answer(s.t.Context(), r.ID, c.Expert, true, "", by); err != nil {
						return err
					}
				}
			}
			return nil
		}),
		sentence(`(\S+) 答复 (\S+) 的评审邀请 (接受|不能来)`, func(s *teller, w []string) error {
			r, by := s.expertReview(w[1]), s.person(w[0])
			c, _ := r.Expert(by)
			_, err := s.Experts.Answer(s.t.Context(), r.ID, c.Expert, w[2] == "接受", "日程冲突", by)
			return err
		}),
		sentence(`＝ ?任何人都能核对 (\S+) 的抽取`, func(s *teller, w []string) error {
			for i, round := range s.expertReview(w[0]).Rounds {
				if !round.Proven() {
					return fmt.Errorf("round %d cannot be reckoned again", i+1)
				}
			}
			return nil
		}),
	}, steps...)
}

// expertReview is the latest review of a case by experts.
func (s *teller) expertReview(name string) *experts.Review {
	all, err := s.Experts.Store.Of(s.t.Context(), s.id(name))
	if err != nil || len(all) == 0 {
		s.t.Fatalf("%s\nno experts review %s: %v", s.line, name, err)
	}
	return all[0]
}

func (s *teller) candidate(r *experts.Review, name string) experts.Candidate {
	for _, c := range r.Now().Pool {
		if c.Name == name {
			return c
		}
	}
	s.t.Fatalf("%s\n%s is no candidate of %+v", s.line, name, r.Now().Pool)
	return experts.Candidate{}
}

// speaker is who may answer for an expert: themselves, or who called the review.
func (s *teller) speaker(r *experts.Review, id experts.ExpertID) (experts.Candidate, identity.Actor) {
	c, _ := r.Find(id)
	if c.Account != "" {
		return c, s.person("ouyangxue")
	}
	return c, s.person("urban-r")
}

func answerInvitation(s *teller, w []string) error {
	r := s.expertReview(w[0])
	n, _ := strconv.Atoi(w[1])
	c, by := s.speaker(r, r.Now().Invited[n-1].Expert)
	_, err := s.Experts.Answer(s.t.Context(), r.ID, c.Expert, w[2] == "接受", "日程冲突", by)
	return err
}

func expertsOpine(s *teller, w []string) error {
	r := s.expertReview(w[0])
	agree, _ := strconv.Atoi(w[1])
	for i, c := range r.Members() {
		verdict := experts.Disagrees
		if i < agree {
			verdict = experts.Agrees
		}
		c, by := s.speaker(r, c.Expert)
		o := cases.PanelOpinion{Verdict: verdict, Text: "根系保护措施见附件", Signed: ink.Signature{Name: c.Name}}
		if _, err := s.Experts.Opine(s.t.Context(), r.ID, c.Expert, o, by); err != nil {
			return err
		}
	}
	return nil
}

// expertTold is the latest that an expert with an account finds among their messages.
func expertTold(s *teller, w []string) error {
	all, err := s.Tidings.List(s.t.Context(), s.person(w[0]))
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Kind == tidings.OfReview {
			s.expected(m.Say, w[1])
			return nil
		}
	}
	s.expected("没有", w[1])
	return nil
}

// expertReads is what an expert may read of a case.
func expertReads(s *teller, w []string) error {
	all, err := s.Experts.Materials(s.t.Context(), s.expertReview(w[1]).ID, s.person(w[0]))
	var names []string
	for _, h := range all {
		names = append(names, h.Name)
	}
	if s.err = err; err == nil {
		s.expected(strings.Join(names, "、"), w[2])
	}
	return err
}

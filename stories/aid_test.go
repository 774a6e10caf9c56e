package stories

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/aid"
)

// aidSteps are the sentences about those who need help.
var aidSteps = []step{
	sentence(`(\S+) 反映办不成 (\S+) ：?(\S+)`, func(s *teller, w []string) error { return s.register(aid.Stuck, w[1], w[2], s.person(w[0])) }),
	sentence(`(\S+) 请人(帮|代)办 (\S+) ：?(\S+)`, func(s *teller, w []string) error {
		return s.register(map[string]aid.Kind{"帮": aid.Helped, "代": aid.Agent}[w[1]], w[2], w[3], s.person(w[0]))
	}),
	sentence(`(\S+) 接办 (\S+)(?: 难易 (\S+))?`, func(s *teller, w []string) error {
		d := aid.Done{}
		for _, c := range aid.Classes {
			if c.Han == w[2] {
				d.Class = c.ID
			}
		}
		return s.aid(w[1], aid.Take, d, w[0])
	}),
	sentence(`(\S+) 委托 (\S+) ：?(\S+) 到 (\S+)( 留存委托书)?`, func(s *teller, w []string) error {
		return s.aid(w[1], aid.Entrust, aid.Done{Say: w[2], Until: calendar.Parse(w[3]), Paper: w[4] != ""}, w[0])
	}),
	sentence(`(\S+) 转交 (\S+) 给 (\S+)`, func(s *teller, w []string) error { return s.aid(w[1], aid.Assign, aid.Done{Agency: w[2]}, w[0]) }),
	sentence(`(\S+) 答复 (\S+) ：?(\S+?)(?: 原因 (\S+))?`, func(s *teller, w []string) error {
		return s.aid(w[1], aid.Answer, aid.Done{Say: w[2], Cause: w[3]}, w[0])
	}),
	sentence(`(\S+) 回访 (\S+) (解决了|没有解决)`, func(s *teller, w []string) error {
		return s.aid(w[1], aid.Confirm, aid.Done{Solved: w[2] == "解决了"}, w[0])
	}),
	sentence(`＝ ?事 (\S+) (\S+?)(?:，最迟 (\S+))?(?:，首问 (\S+))?`, matterStands),
}

func (s *teller) register(kind aid.Kind, name, text string, by identity.Actor) error {
	m, err := s.Aid.Register(s.t.Context(), aid.Matter{Kind: kind, Text: text, Region: s.Regions.Home().Code.Long(), Name: "来访人", Phone: "13900000000"}, by)
	s.tickets[name] = m.ID
	return err
}

func (s *teller) aid(name string, act aid.Act, d aid.Done, who string) error {
	_, err := s.Aid.Do(s.t.Context(), s.tickets[name], act, d, s.person(who))
	return err
}

func matterStands(s *teller, w []string) error {
	m, err := s.Aid.Store.Matter(s.t.Context(), s.tickets[w[0]])
	if err != nil {
		return err
	}
	if m.State.Han() != w[1] || w[2] != "" && m.Due.String() != w[2] || w[3] != "" && m.First.Name != w[3] {
		s.t.Errorf("%s\nit is %s, due %s, first heard by %s", s.line, m.State.Han(), m.Due, m.First.Name)
	}
	return nil
}

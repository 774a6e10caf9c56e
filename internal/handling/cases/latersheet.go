package cases

import (
	"cmp"
	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/papers"
)

// rested is the article that a paper of the time after the decision names. Papers of
// before it was told name that of the act.
func (l *Later) rested(m Moved, e *items.Edition) string {
	if l.Deemed {
		return cmp.Or(l.Basis, MoveOf(DeemRenew).Basis)
	}
	return cmp.Or(l.Basis, m.Basis, l.Kind.Article(e, l.Ground))
}

// composeLater fills the papers of the time after the decision.
func composeLater(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days, v papers.Values) {
	l := m.Later
	v["变动"], v["对象"], v["理由"], v["依据"] = l.Kind.Han(), thing(e.Type), cmp.Or(l.Why, l.Reason), l.rested(m, e)
	v["情形"], v["申辩期限"], v["申辩答复"] = l.Ground, l.Until.Han(), l.Answer
	v["收到时间"], v["决定期限"] = at(l.From), l.Due(days).Han()
	if l.Holds != "" {
		s.Facts = append(s.Facts, Fact{"证照", l.Holds})
	}
	for _, x := range l.Changes {
		s.List = append(s.List, Line{x.Name, "变更为：" + x.Say})
	}
	if l.Kind == Renewing && l.Till != 0 {
		s.Facts = append(s.Facts, Fact{"延续后的有效期", "至" + l.Till.Han()})
	}
	if l.Deemed {
		v["视为"] = "您在有效期届满前依法提出了延续申请，本机关逾期没有作出决定，视为准予延续。"
	}
	if l.Kind == Recalling {
		v["补偿"] = "由此给您造成财产损失的，依法给予补偿，请在收到本文书后向本机关提出。"
	}
	if l.Kind != Renewing && l.Kind != Changing || !l.Granted {
		v[papers.Remedies] = s.remedies()
	}
	s.Receipt = true
}

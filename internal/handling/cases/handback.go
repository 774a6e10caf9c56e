package cases

import (
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/papers"
)

// Handback is what the applicant gets back when their application is withdrawn or
// ended before it is decided: the papers they handed over, against the receipt.
type Handback struct {
	Materials []string `json:"materials,omitempty"`
}

// handback is what is to be handed back as the case stands.
func (c *Case) handback() *Handback {
	var back Handback
	for _, h := range c.Materials {
		if h.Paper {
			back.Materials = append(back.Materials, h.Name)
		}
	}
	return &back
}

// say lists on a notice what is handed back. Cases that ended before it was noted
// say nothing of it.
func (b *Handback) say(s *Sheet) {
	switch {
	case b == nil:
		return
	case len(b.Materials) == 0:
		s.Facts = append(s.Facts, Fact{"退还的材料", "没有收取纸质材料"})
	}
	for _, name := range b.Materials {
		s.List = append(s.List, Line{name, "纸质，凭申请材料接收凭证领回"})
	}
}

// sayFees tells what holds of fees. The platform takes none in; who took them pays
// them back, since the application was withdrawn before the decision.
func (b *Handback) sayFees(s *Sheet, e *items.Edition) {
	if b == nil {
		return
	}
	var fees []string
	for _, f := range e.Fees {
		fees = append(fees, f.Name)
	}
	say := "本事项不收费"
	if len(fees) > 0 {
		say = "已经缴纳" + strings.Join(fees, "、") + "的，由收费单位按原缴费渠道退还；没有缴纳的不再缴纳"
	}
	s.Facts = append(s.Facts, Fact{"费用", say})
}

func composeWithdrawal(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days, v papers.Values) {
	v["撤回时间"], v["撤回原因"] = at(m.At), m.Reason
	m.Handback.say(s)
	m.Handback.sayFees(s, e)
}

func composeTermination(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days, v papers.Values) {
	v["理由"], v["依据"], v[papers.Remedies] = m.Reason, m.Basis, s.remedies()
	if x := m.Ending; x != nil {
		v["理由"], v["情形"] = strings.TrimPrefix(m.Reason, x.Ground.Han()+"："), x.Ground.Han()
	}
	m.Handback.say(s)
}

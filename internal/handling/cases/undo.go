package cases

import (
	"cmp"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

// Fraud is the ground of an annulment after which nobody may apply again for
// three years, where the permit touches safety (行政许可法第六十九条第二款、第七十九条).
const Fraud = "以欺骗、贿赂等不正当手段取得"

// unfit is the ground when what was pledged turns out not to be so.
const unfit = "申请人不具备资格或者不符合法定条件"

// ground is that of the annulment which a check of a pledge leads to.
func (f Found) ground() string {
	if f.Fraud {
		return Fraud
	}
	return unfit
}

// undoing lets a finding propose by itself that the decision be annulled: nobody
// has to remember the second step. The holder is told, and is heard, as with any
// other proposal, and somebody else decides (国办发〔2020〕42号（五）; 行政许可法第七条、
// 第六十九条). What is no licence rests, where nobody wrote on what, on the law by which
// it was granted and ought not to have been. What is gone already is not annulled again.
func (c *Case) undoing(e *items.Edition, m *Moved, ground string, days clock.Days) error {
	if _, gone := c.Gone(); gone || c.Later.Pending() && c.Later.Kind == Annulling {
		return nil
	}
	switch {
	case !slices.Contains(annulments, ground):
		return laterField(m.Act, "ground", "请选择法律规定的撤销情形")
	case c.Later.Pending():
		return laterFault(m.Act, "pending", "“"+c.Later.Kind.Han()+"”正在办理，请先就它作出决定，再记录这次结果")
	}
	m.Later = &Later{Kind: Annulling, Ground: ground, Reason: m.Reason, Basis: cmp.Or(m.Basis, Annulling.Article(e, ground), items.Cited(e.Bases)), Holds: c.Certificate,
		From: m.At, By: m.By.Account, ByName: m.By.Name, Of: m.Act, Until: clock.HearingRequest.By(calendar.DayOf(m.At), days)}
	m.Hearing = m.Later.heard()
	return nil
}

// heard is the right to be heard that goes with a proposal.
func (l *Later) heard() *Hearing {
	return &Hearing{About: "拟" + l.Kind.Han() + "准予您的决定", Reason: l.Ground, Told: l.From, Until: l.Until}
}

// undone completes the correction of an automatic decision, once it is decided
// whether it is annulled.
func (c *Case) undone(m *Moved) {
	if m.Later.Of != Check || c.Prejudged == nil || c.Prejudged.Check == nil || c.Prejudged.Check.Mended != "" {
		return
	}
	done := *c.Prejudged.Check
	if done.Mended = "依法撤销了自动作出的决定"; !m.Later.Granted {
		done.Mended = "听取陈述、申辩后决定不撤销：" + m.Later.Why
	}
	m.Checked = &done
}

// follows reports whether the move, a finding, brought a proposal with it.
func (m Moved) follows() bool {
	return m.Later != nil && (m.Act == CheckPledge || m.Act == MissMet || m.Act == Check)
}

package cases

import (
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// answerSigner keeps the name of who signed beside the signature.
const answerSigner = "签署人"

// Ruling is what a decision says.
type Ruling struct {
	Grant      bool
	Reason     string // obligatory for a refusal (行政许可法第三十八条)
	Basis      string
	Conditions string
}

// Decide signs the decision. Where two people decide, the first signature
// proposes and the second, which must agree, decides (行政许可法第三十四条、第三十八条).
func (c *Case) Decide(f Frame, work string, r Ruling, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(Decide, work, by)
	if err != nil {
		return Moved{}, err
	}
	if err := c.checkRuling(w, r); err != nil {
		return Moved{}, err
	}
	m := c.workMoved(Decide, w, doer, at)
	m.Work.Opinion, m.Work.Answers = r.Reason, map[string]any{AnswerDecided: decided(r.Grant), answerSigner: by.Name}
	last, err := c.lastSignature(f, m)
	if err != nil || !last {
		m.Paper = "" // another signature decides
		return m, err
	}
	m.To = Denied
	if r.Grant {
		m.To = Granted
	}
	m.Decision = &Decision{r.Grant, r.Reason, r.Basis, r.Conditions, append(c.signers(w), by.Name), at}
	return m, nil
}

// lastSignature reports whether the signature that m tells of is the one that
// finishes the work.
func (c *Case) lastSignature(f Frame, m Moved) (bool, error) {
	_, change, err := f.Procedure.Complete(c.Flow, m.Work.ID, m.By.Account, m.Work.Answers, c.env(f))
	return slices.ContainsFunc(change.Closed, func(w flow.Work) bool { return w.ID == m.Work.ID }), err
}

func (c *Case) checkRuling(w flow.Work, r Ruling) error {
	switch {
	case !w.Decides:
		return fault.New(fault.Invalid, "cases.decide.step", "“%s”不是决定环节", w.Name)
	case !r.Grant && r.Reason == "":
		return fault.New(fault.Invalid, "cases.decide.reason", "不予许可的，应当说明理由").At("reason", "required", "请写明不予许可的理由")
	case !r.Grant && r.Basis == "":
		return fault.New(fault.Invalid, "cases.decide.basis", "不予许可的，应当写明法律依据").At("basis", "required", "请写明法律依据")
	case len(w.Signed) > 0 && w.Signed[0].Answers[AnswerDecided] != decided(r.Grant):
		return fault.New(fault.Conflict, "cases.decide.disagree", "与先签署人的意见不一致，请商议后退回重新审查")
	case r.Grant && c.specialOpen():
		return fault.New(fault.Conflict, "cases.decide.special", "特别程序尚未结束，不能作出决定")
	case r.Grant && c.owed() != "":
		return fault.New(fault.Conflict, "cases.decide.promised", "容缺材料尚未补齐：%s", c.owed())
	}
	return nil
}

func decided(grant bool) string {
	if grant {
		return "准予"
	}
	return "不予"
}

// owed names a promised material that has not come yet.
func (c *Case) owed() string {
	for _, p := range c.Promises {
		if !p.Kept {
			return p.Name
		}
	}
	return ""
}

// signers are the names of those who signed before.
func (c *Case) signers(w flow.Work) []string {
	var names []string
	for _, s := range w.Signed {
		if name, ok := s.Answers[answerSigner].(string); ok {
			names = append(names, name)
		}
	}
	return names
}

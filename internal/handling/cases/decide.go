package cases

import (
	"cmp"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// What is kept beside each signature: who signed, and the words they signed.
const (
	answerSigner     = "签署人"
	answerReason     = "决定理由"
	answerBasis      = "决定依据"
	answerConditions = "附带条件"
	answerHeard      = "听证意见采纳情况"
	answerFalse      = "申请人隐瞒情况或者提供虚假材料"
	answerUnder      = "首席代表授权"
)

// Ruling is what a decision says.
type Ruling struct {
	Grant      bool
	Reason     string // obligatory for a refusal (行政许可法第三十八条)
	Basis      string
	Conditions string
	Heard      string // what is made of the hearing, obligatory after one (行政许可法第四十八条)
	False      bool   // denied because facts were hidden or materials untrue (行政许可法第七十八条)
}

// Proposed is the ruling that those who signed first propose, and their names;
// false if nobody has signed yet.
func Proposed(w flow.Work) (r Ruling, signed []string, ok bool) {
	for _, s := range w.Signed {
		signed = append(signed, word(s, answerSigner))
	}
	if len(w.Signed) == 0 {
		return r, nil, false
	}
	first := w.Signed[0]
	r = Ruling{word(first, AnswerDecided) == decided(true), word(first, answerReason), word(first, answerBasis), word(first, answerConditions), word(first, answerHeard), word(first, answerFalse) != ""}
	return r, signed, true
}

func word(s flow.Sign, name string) string {
	said, _ := s.Answers[name].(string) // nothing said is an empty word
	return said
}

// answers are what is kept beside the signature of by under r.
func (r Ruling) answers(by identity.Actor) map[string]any {
	said := map[string]any{AnswerDecided: decided(r.Grant), answerSigner: by.Name}
	untrue := ""
	if r.False {
		untrue = "是"
	}
	for name, text := range map[string]string{answerReason: r.Reason, answerBasis: r.Basis, answerConditions: r.Conditions, answerHeard: r.Heard, answerFalse: untrue} {
		if text != "" {
			said[name] = text
		}
	}
	return said
}

// after is what a second person signs: the words of the first where they said
// none of their own.
func (r Ruling) after(first Ruling) Ruling {
	return Ruling{r.Grant, cmp.Or(r.Reason, first.Reason), cmp.Or(r.Basis, first.Basis), cmp.Or(r.Conditions, first.Conditions), cmp.Or(r.Heard, first.Heard), r.False || first.False}
}

// Decide signs the decision. Where two people decide, the first signature
// proposes and the second, which must agree, decides (行政许可法第三十四条、第三十八条).
func (c *Case) Decide(f Frame, work string, r Ruling, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(Decide, work, by)
	if err != nil {
		return Moved{}, err
	}
	if first, _, ok := Proposed(w); ok && first.Grant == r.Grant {
		r = r.after(first)
	}
	if err := c.ripe(f, w, r, at); err != nil {
		return Moved{}, err
	}
	m := c.workMoved(Decide, w, doer, at)
	m.Work.Opinion, m.Work.Answers = r.Reason, r.answers(by)
	if said := doer.underWord(); said != "" {
		m.Work.Answers[answerUnder] = said
	}
	last, err := c.lastSignature(f, m)
	if err != nil || !last {
		m.Paper = "" // another signature decides
		return m, err
	}
	m.To = Denied
	if r.Grant {
		m.To = Granted
	}
	_, before, _ := Proposed(w)
	m.Decision = &Decision{Granted: r.Grant, Reason: r.Reason, Basis: r.Basis, Conditions: r.Conditions, Heard: r.Heard, False: r.False, Signed: append(before, by.Name), Under: underWords(w, doer), Called: f.Edition.Type.Decided(r.Grant), At: at}
	if !r.Grant {
		m.Decision.Kind = f.Edition.Type
	}
	if r.Grant && f.Edition.Filing {
		m.Paper = RecordReceipt // what is only filed is not decided on the merits
	}
	return m, nil
}

// ripe refuses a ruling that may not be signed yet: it is not whole, or what it
// has to rest on, a lower agency's opinion, an inspection, a test, is not there.
func (c *Case) ripe(f Frame, w flow.Work, r Ruling, at time.Time) error {
	if err := fault.Together(c.checkRuling(w, r, at), r.worded(f.Edition), c.Heeds(r)); err != nil {
		return err
	}
	if err := c.waitsBelow(Decide); err != nil || !r.Grant {
		return err
	}
	if err := c.unlooked(Decide); err != nil {
		return err
	}
	return c.untested(Decide)
}

// lastSignature reports whether the signature that m tells of is the one that
// finishes the work.
func (c *Case) lastSignature(f Frame, m Moved) (bool, error) {
	mine, err := c.taken(m, f)
	if err != nil {
		return false, err
	}
	_, change, err := f.Procedure.Complete(mine, m.Work.ID, m.By.Account, m.Work.Answers, c.env(f))
	return slices.ContainsFunc(change.Closed, func(w flow.Work) bool { return w.ID == m.Work.ID }), err
}

// checkRuling says why this cannot be decided now, whatever is written.
func (c *Case) checkRuling(w flow.Work, r Ruling, at time.Time) error {
	switch {
	case !w.Decides:
		return fault.New(fault.Invalid, "cases.decide.step", "“%s”不是决定环节", w.Name)
	case len(w.Signed) > 0 && word(w.Signed[0], AnswerDecided) != decided(r.Grant):
		return fault.New(fault.Conflict, "cases.decide.disagree", "与先签署人的意见不一致，请商议后退回重新审查")
	case c.unheard(Decide, at) != nil:
		return c.unheard(Decide, at)
	case r.Grant && c.specialOpen():
		return fault.New(fault.Conflict, "cases.decide.special", "特别程序尚未结束，不能作出决定")
	case r.Grant && c.owed() != "":
		return fault.New(fault.Conflict, "cases.decide.promised", "容缺材料尚未补齐：%s", c.owed())
	}
	return nil
}

// worded refuses a ruling that does not say what the law wants said: a refusal its
// reason and its articles (行政许可法第三十八条、第七十八条).
func (r Ruling) worded(e *items.Edition) error {
	no := e.Type.Refused()
	falsity := fault.New(fault.Invalid, "cases.decide.false", "申请人隐瞒情况或者提供虚假材料的，不予许可").At("false", "deny", "认定隐瞒情况或者提供虚假材料的，应当不予许可")
	kind := fault.New(fault.Invalid, "cases.decide.kind", "隐瞒情况、提供虚假材料后的警告和限制再次申请只适用于行政许可").
		At("false", "licence", "这个事项不是行政许可，请在理由里写明（行政许可法第七十八条）")
	return fault.Together(
		fault.When(!r.Grant && r.Reason == "", fault.New(fault.Invalid, "cases.decide.reason", "%s的，应当说明理由", no).At("reason", "required", "请写明%s的理由", no)),
		fault.When(!r.Grant && r.Basis == "", fault.New(fault.Invalid, "cases.decide.basis", "%s的，应当写明法律依据", no).At("basis", "required", "请写明法律依据")),
		fault.When(r.False && e.Type != items.Licence, kind),
		fault.When(r.False && r.Grant, falsity))
}

// Heeds refuses a ruling after a hearing that says nothing of what was heard.
func (c *Case) Heeds(r Ruling) error {
	return fault.When(c.held() && r.Heard == "",
		fault.New(fault.Invalid, "cases.decide.heard", "举行过听证的，应当根据听证笔录作出决定").At("heard", "required", "请写明听证意见是否采纳和理由"))
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

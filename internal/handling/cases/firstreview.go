package cases

import (
	"slices"
	"time"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// A FirstReview is that of the lower agency before the upper one decides
// (先经下级机关审查, 行政许可法第四十三条): its own time, and when its opinion and
// the whole file went up.
type FirstReview struct {
	Step   string      `json:"step"` // of the procedure
	Name   string      `json:"name"`
	Agency string      `json:"agency"` // the lower one
	Limit  clock.Limit `json:"limit"`
	Since  time.Time   `json:"since"`            // accepted
	Up     time.Time   `json:"up,omitzero"`      // the file went up
	Said   string      `json:"said,omitempty"`   // the opinion: 同意、附条件同意、不同意
	Reason string      `json:"reason,omitempty"` //
	By     string      `json:"by,omitempty"`
	Files  []string    `json:"files,omitempty"` // the materials that went up with it
}

// LowerTime is the lower agency's own time; one that never started where none
// reviews first.
func (c *Case) LowerTime() clock.Clock {
	if c.FirstReview == nil {
		return clock.Clock{}
	}
	return c.term(c.FirstReview.Limit, c.FirstReview.Since, c.FirstReview.Up)
}

// term is a time that ran from one moment until another, or until the case ended.
func (c *Case) term(limit clock.Limit, from, until time.Time) clock.Clock {
	k := clock.Clock{Limit: limit, Started: clock.At(from)}
	if until.IsZero() {
		until = c.Closed
	}
	if !until.IsZero() {
		k.Stopped = clock.At(until)
	}
	return k
}

// lower begins the lower agency's time at acceptance, and ends it when its opinion
// goes up with the whole file. What is sent back to it begins no new time.
func (c *Case) lower(m Moved, f Frame) error {
	if n, limit, on := f.Edition.Lower(); on && c.FirstReview == nil && (m.Act == Accept || m.Act == DeemAccept) {
		c.FirstReview = &FirstReview{Step: n.ID, Name: n.Name, Agency: n.Agency, Limit: limit, Since: c.started(m).UTC()}
	}
	r := c.FirstReview
	if r == nil || m.Act != Review || m.Work == nil || m.Work.Node != r.Step || c.under(r.Step) {
		return nil
	}
	sent := *r
	sent.Said, _ = m.Work.Answers[AnswerOpinion].(string) // a review always has one
	sent.Reason, sent.By, sent.Files = m.Work.Opinion, m.By.Name, nil
	if sent.Up.IsZero() {
		sent.Up = m.At
	}
	for _, h := range c.Materials {
		if h.Name != "" {
			sent.Files = append(sent.Files, h.Name)
		}
	}
	c.FirstReview = &sent
	return nil
}

// under reports whether somebody still works on a step.
func (c *Case) under(step string) bool {
	for _, w := range c.Flow.Open {
		if w.Node == step {
			return true
		}
	}
	return false
}

// askedAbove says why nobody asks the applicant for anything once a lower agency has
// taken the case on: the upper one may not ask for it again (行政许可法第四十三条).
func (c *Case) askedAbove(act Act) error {
	if c.FirstReview == nil || !slices.Contains([]Act{AskOnce, Judge}, act) || c.State != Accepted {
		return nil
	}
	return fault.New(fault.Conflict, "cases."+string(act)+".above", "申请已经由下级机关受理审查，上级机关不得要求申请人重复提供申请材料（行政许可法第四十三条）")
}

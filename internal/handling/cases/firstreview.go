package cases

import (
	"slices"
	"time"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// A FirstReview is that of the lower agency before the upper one decides
// (先经下级机关审查, 行政许可法第四十三条): its own time, and when its opinion and
// the whole file went up. From then the time of the upper agency runs.
type FirstReview struct {
	Step       string      `json:"step"` // of the procedure
	Name       string      `json:"name"`
	Agency     string      `json:"agency"`     // the lower one
	AgencyName string      `json:"agencyName"` // as papers show it
	Clock      clock.Clock `json:"clock"`
	Up         time.Time   `json:"up,omitzero"`      // the file went up
	Said       string      `json:"said,omitempty"`   // the opinion: 同意、附条件同意、不同意
	Reason     string      `json:"reason,omitempty"` //
	By         string      `json:"by,omitempty"`
	Files      []string    `json:"files,omitempty"` // the materials that went up with it
}

// LowerTime is the lower agency's own time; one that never started where none
// reviews first.
func (c *Case) LowerTime() clock.Clock {
	if c.FirstReview == nil {
		return clock.Clock{}
	}
	return c.FirstReview.Clock
}

// Below reports whether the file is still with the lower agency.
func (c *Case) Below() bool {
	return c.State == Accepted && c.FirstReview != nil && c.FirstReview.Up.IsZero()
}

// below does to the lower agency's time what the table of Life says, and reports
// whether that of the upper one waits for the file to come up.
func (c *Case) below(effect clock.Effect, m Moved, f Frame) (waits bool, err error) {
	n, limit, on := f.Edition.Lower()
	if on && effect == clock.Starts {
		c.FirstReview = &FirstReview{Step: n.ID, Name: n.Name, Agency: n.Agency, AgencyName: f.Edition.FirstReview.AgencyName}
	}
	if c.FirstReview == nil || !c.FirstReview.Up.IsZero() {
		return false, nil
	}
	r := *c.FirstReview
	r.Clock, err = turn(r.Clock, effect, m, limit, c.started(m))
	c.FirstReview = &r
	return effect == clock.Starts, err
}

// above has the file with the upper agency, whose time begins, as soon as nobody of
// the lower one works on it any more. What is sent back to it begins no new time.
func (c *Case) above(m Moved, f Frame) (err error) {
	r := c.FirstReview
	if r == nil || c.State != Accepted || c.under(r.Step) || !r.Up.IsZero() && !m.sendsUp() {
		return nil
	}
	if m.To != m.From {
		c.FirstReview = nil // by its answers the case does not go through the lower agency
		return c.beginAbove(m, f)
	}
	sent, first := *r, r.Up.IsZero()
	if m.sendsUp() {
		sent.Said, _ = m.Work.Answers[AnswerOpinion].(string) // a review always has one
		sent.Reason, sent.By, sent.Files = m.Work.Opinion, m.By.Name, c.handedIn()
	}
	if first {
		sent.Up = m.At
		if sent.Clock, err = sent.Clock.Stop(m.At); err != nil {
			return err
		}
	}
	c.FirstReview = &sent
	if first {
		return c.beginAbove(m, f)
	}
	return nil
}

// beginAbove starts the upper agency's clocks; they stand still while a special
// procedure that was begun below goes on.
func (c *Case) beginAbove(m Moved, f Frame) error {
	if err := c.turn(clock.Starts, m, f); err != nil {
		return err
	}
	for _, s := range c.Specials {
		if m.Special = &s; !s.Open() {
			continue
		}
		if err := c.turn(clock.Pauses, m, f); err != nil {
			return err
		}
	}
	return nil
}

// SendUp gives the review that finishes the lower agency's step its paper: opinion
// and whole file go up with it.
func (c *Case) SendUp(m Moved, f Frame) (Moved, error) {
	r := c.FirstReview
	if r == nil || m.Work == nil || m.Work.Node != r.Step || c.State != Accepted {
		return m, nil
	}
	last, err := c.lastSignature(f, m)
	if err != nil || !last || slices.ContainsFunc(c.Flow.Open, func(w flow.Work) bool { return w.Node == r.Step && w.ID != m.Work.ID }) {
		return m, err
	}
	if c.specialOpen() {
		return m, fault.New(fault.Conflict, "cases.review.special", "特别程序尚未结束，不能把审查意见和申请材料报送上级机关")
	}
	m.Paper = SentUp
	return m, nil
}

// sendsUp reports whether the move sends the file up.
func (m Moved) sendsUp() bool { return m.Paper == SentUp }

// handedIn are the names of the materials on file.
func (c *Case) handedIn() (names []string) {
	for _, h := range c.Materials {
		if h.Name != "" {
			names = append(names, h.Name)
		}
	}
	return names
}

// under reports whether somebody still works on a step.
func (c *Case) under(step string) bool {
	return slices.ContainsFunc(c.Flow.Open, func(w flow.Work) bool { return w.Node == step })
}

// askedAbove says why nobody asks the applicant for anything once a lower agency has
// taken the case on: the upper one may not ask for it again (行政许可法第四十三条).
func (c *Case) askedAbove(act Act) error {
	if c.FirstReview == nil || !slices.Contains([]Act{AskOnce, Judge}, act) || c.State != Accepted {
		return nil
	}
	return fault.New(fault.Conflict, "cases."+string(act)+".above", "申请已经由下级机关受理审查，上级机关不得要求申请人重复提供申请材料（行政许可法第四十三条）")
}

// waitsBelow says why nothing is decided before the lower agency has reviewed
// (行政许可法第四十三条).
func (c *Case) waitsBelow(act Act) error {
	if !c.Below() {
		return nil
	}
	return fault.New(fault.Conflict, "cases."+string(act)+".below", "下级机关还没有报送审查意见和申请材料，不能作出决定（行政许可法第四十三条）")
}

// DueSays is by when the case will be decided, or will have gone up; "" if that is not known.
func (c *Case) DueSays(days clock.Days) string {
	due := c.Clock().Due(days)
	switch {
	case !due.Known:
		return ""
	case c.Below():
		return due.Day.Han() + "前由下级机关审查完毕，报送上级机关决定"
	}
	return due.Day.Han() + "前办结"
}

// givenBelow is the lower agency where a paper that m gives is its own; "" otherwise.
// Its twenty days run from its own acceptance (行政许可法第四十三条): it takes the
// application in, accepts it or does not, and gives every paper until the file has
// gone up; the upper agency gives those after that.
func (c *Case) givenBelow(kind PaperKind, m Moved, f Frame) string {
	switch {
	case m.Serves != nil:
		return c.Papers[c.paperAt(*m.Serves)].Agency // who gave it serves it
	case kind == SentUp, c.FirstReview != nil && c.FirstReview.Up.IsZero():
		return c.FirstReview.Agency
	case m.From == Accepted || m.To == Accepted || m.To == Granted || m.To == Denied:
		return ""
	}
	return c.firstBelow(f)
}

// firstBelow is the lower agency to which an application that is not accepted yet
// will come, as its answers stand; "" if none reviews first.
func (c *Case) firstBelow(f Frame) string {
	n, _, on := f.Edition.Lower()
	if !on || f.Procedure == nil {
		return ""
	}
	begun, _, err := f.Procedure.Start(c.env(f))
	if err == nil && !slices.ContainsFunc(begun.Open, func(w flow.Work) bool { return w.Node == n.ID }) {
		return ""
	}
	return n.Agency
}

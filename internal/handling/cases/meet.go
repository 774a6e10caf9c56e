package cases

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Some items let the conditions be pledged that are met only later (承诺后达到条件,
// 国办发〔2020〕42号): the licence is granted on the word, and its holder operates only
// after they have shown that all conditions are met and the agency has confirmed it.

// A Shown is what the holder handed in to show that the conditions are met.
type Shown struct {
	Say   string    `json:"say"`
	Files []File    `json:"files,omitempty"`
	Paper bool      `json:"paper,omitempty"` // on paper, which the window keeps
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// Awaits reports whether it is the holder's turn: nothing was shown yet, and its day has not passed.
func (k *PledgeCheck) Awaits() bool {
	return k != nil && !k.Later.None() && !k.Done && !k.Passed && len(k.Shown)+len(k.Found) == 0
}

// MeetBy is the day by which the conditions are to be met and shown.
func (k *PledgeCheck) MeetBy(days clock.Days) calendar.Day {
	return clock.Clock{Limit: k.Later, Started: clock.At(k.From)}.Due(days).Day
}

// meetRings remind of that day, and note that it passed.
func (k *PledgeCheck) meetRings(days clock.Days) []ring {
	by := k.MeetBy(days)
	all := []ring{{at: clock.At((by + 1).Start()), act: MissMet, say: fmt.Sprintf("承诺在%s以前达到全部条件并提交证明，逾期没有提交", by.Han())}}
	for n, day := range clock.Reminders(calendar.DayOf(k.From), by, days) {
		if n >= k.Reminded {
			return append(all, ring{at: clock.At(day.Start()), act: RemindMet, say: by.Han() + "前达到承诺的条件并提交证明，经确认后方可经营"})
		}
	}
	return all
}

// NotYet reports whether what was granted may not be made use of yet, because the
// conditions that were pledged to be met later are not confirmed.
func (c *Case) NotYet() bool {
	k := c.Check
	if c.State != Granted || k == nil || k.Later.None() {
		return false
	}
	return !k.Done || k.Found[len(k.Found)-1].Result != PledgeTrue
}

// ToBeShown reports whether it has yet to be shown that the conditions are met: what was
// granted stands, and no check has come to its end.
func (c *Case) ToBeShown() bool {
	_, gone := c.Gone()
	return !gone && c.NotYet() && !c.Check.Done
}

// notYet begins what is said while the conditions are not confirmed.
const notYet = "须满足条件后方可经营"

// SaysNotYet reports whether a remark is what MeetSays says before that.
func SaysNotYet(remark string) bool { return strings.HasPrefix(remark, notYet) }

// MeetSays is from when one may operate under what was granted on a word about
// conditions to come; "" of any other case.
func (c *Case) MeetSays(days clock.Days) string {
	k := c.Check
	switch {
	case k == nil || k.Later.None():
		return ""
	case c.NotYet():
		return fmt.Sprintf(notYet+"：持证人承诺在%s以前达到全部条件，达到后提交证明，经审批部门确认以前不得经营", k.MeetBy(days).Han())
	}
	return "全部条件已经确认达到，自" + calendar.DayOf(k.Found[len(k.Found)-1].At).Han() + "起可以经营"
}

// ShowMet takes in what shows that the conditions are met, from the holder or at a
// window. The agency's time to confirm it begins.
func (c *Case) ShowMet(x Shown, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(ShowMet, by)
	if err != nil {
		return Moved{}, err
	}
	if !c.ToBeShown() {
		return Moved{}, fault.New(fault.Conflict, "cases.show-met.none", "没有需要证明达到的条件，或者已经核查完毕")
	}
	bad := fault.New(fault.Invalid, "cases.show-met.invalid", "还不能提交，请按提示补充")
	if x.Say = strings.TrimSpace(x.Say); x.Say == "" {
		bad = bad.At("say", "required", "请写明条件怎样达到了")
	}
	if x.Paper = x.Paper && doer.Role == identity.Window; len(x.Files) == 0 && !x.Paper {
		bad = bad.At("files", "required", "请上传能证明达到条件的照片、证明等文件")
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	m := c.moved(ShowMet, c.State, doer, at)
	x.By, x.At = by.Name, m.At
	m.Shown, m.Reason = &x, x.Say
	return m, nil
}

// meet keeps what was shown, reminded of and missed.
func (k *PledgeCheck) meet(m Moved) *PledgeCheck {
	next := *k
	switch m.Act {
	case ShowMet:
		next.Shown, next.Since, next.Late = append(slices.Clone(k.Shown), *m.Shown), m.At, false
	case RemindMet:
		next.Reminded++
	case MissMet:
		next.Passed, next.Since = true, m.At
	}
	return &next
}

// missed completes the fact that the day passed: where the item says so, it proposes
// by itself that the decision be annulled.
func (c *Case) missed(e *items.Edition, m *Moved, days clock.Days) error {
	if !c.Check.Undo || c.Later.Pending() {
		return nil
	}
	return c.undoing(e, m, unfit, days)
}

// ShowMet has the holder show that the conditions are met; see Case.ShowMet.
func (s *Service) ShowMet(ctx context.Context, id ID, x Shown, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, ShowMet, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.ShowMet(x, by, at) })
}

// MeetSays is from when one may operate under what was granted on a case, for
// whoever verifies it: see Case.MeetSays. What is not a case of ours says nothing.
func (s *Service) MeetSays(ctx context.Context, id ID) (string, error) {
	if id == "" {
		return "", nil
	}
	c, err := s.Store.Case(ctx, id)
	switch {
	case err == nil:
		return c.MeetSays(s.Days), nil
	case fault.Of(err) == fault.NotFound:
		return "", nil
	}
	return "", err
}

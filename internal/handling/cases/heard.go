package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
)

// Minutes are the record of a hearing, on which the decision is made (听证笔录,
// 行政许可法第四十八条). They are read and signed by those who took part.
type Minutes struct {
	Held     bool            `json:"held"` // false: nobody came, or the request was taken back; Text says which
	Text     string          `json:"text"`
	Attended []string        `json:"attended,omitempty"`
	Clerk    string          `json:"clerk"` // who wrote them
	Signed   []ink.Signature `json:"signed,omitempty"`
	Unsigned string          `json:"unsigned,omitempty"` // why somebody did not sign
	At       time.Time       `json:"at"`
}

// hearingKind is what the special procedure of a hearing is called (行政许可法第四十五条).
const hearingKind = "听证"

// CurrentHearing is the one that the present question is about: the application's, or
// that of what is asked for or proposed after the decision; nil if there is none.
func (c *Case) CurrentHearing() *Hearing {
	h := c.Hearing
	if c.State == Granted && c.Later != nil && h != nil && !c.Later.Owned() && h.Told.Before(c.Later.From) {
		return nil
	}
	return h
}

// AskHearing has the applicant or the holder ask to be heard, within the term
// that the notice told. The agency bears the cost, and holds it within twenty
// working days, which do not count (行政许可法第四十五条、第四十七条).
func (c *Case) AskHearing(e *items.Edition, wish string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(AskHearing, by)
	h, today := c.CurrentHearing(), calendar.DayOf(at)
	switch {
	case err != nil:
		return Moved{}, err
	case h == nil || h.Until == 0 || c.State == Granted && !c.Later.Pending():
		return Moved{}, fault.New(fault.Conflict, "cases.ask-hearing.none", "没有告知您可以要求听证的事情")
	case h.Asked != 0 || !h.At.IsZero():
		return Moved{}, fault.New(fault.Conflict, "cases.ask-hearing.twice", "已经要求过听证，或者已经通知举行听证")
	case today > h.Until:
		return Moved{}, fault.New(fault.Conflict, "cases.ask-hearing.late", "要求听证的期限到%s为止，已经过了", h.Until.Han())
	case wish == "":
		return Moved{}, fault.New(fault.Invalid, "cases.ask-hearing.wish", "请写明希望就什么听证").At("wish", "required", "请写明希望就什么听证")
	}
	m, asked := c.moved(AskHearing, c.State, doer, at), *h
	asked.Asked, asked.Wish, asked.Of = today, wish, ""
	c.pauseFor(e, &asked, &m)
	if m.Special == nil {
		m.Paper = "" // no clock runs that would stand still
	}
	m.Hearing = &asked
	return m, nil
}

// pauseFor stops the clocks for a hearing, unless they stand still for it: as the
// special procedure that the edition lists, or else by the law's own limit.
func (c *Case) pauseFor(e *items.Edition, h *Hearing, m *Moved) {
	if c.State != Accepted || h.Pause != "" {
		return
	}
	if i := slices.IndexFunc(c.Specials, func(s Special) bool { return s.Type == items.Hearing && s.Open() }); i >= 0 {
		h.Pause = c.Specials[i].ID
		return
	}
	s, on := listed(e, items.Hearing)
	if !on {
		s = items.Special{Name: hearingKind, Kind: items.Hearing, Limit: clock.Hearing.Limit}
	}
	h.Pause = fmt.Sprintf("s%d", len(c.Specials)+1)
	m.Special = &Special{ID: h.Pause, Kind: s.Name, Reason: "组织听证", Limit: s.Limit, Counted: s.Counted, From: calendar.DayOf(m.At),
		SpecialRecord: SpecialRecord{Basis: clock.Hearing.Article}.begun(s, *m)}
}

// check: minutes say what happened, who was there, and are signed by them
// (行政许可法第四十八条).
func (n Minutes) check() error {
	bad := fault.New(fault.Invalid, "cases.note-hearing.invalid", "听证笔录还有需要补充的地方")
	if n.Text == "" {
		bad = bad.At("text", "required", "请写明听证的经过；没有举行的，写明原因")
	}
	if n.Held && len(n.Attended) == 0 {
		bad = bad.At("attended", "required", "请写明参加人")
	}
	if n.Held && len(n.Signed) == 0 && n.Unsigned == "" {
		bad = bad.At("signed", "required", "笔录应当交听证参加人确认无误后签字；拒绝签字的，请写明情况")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// NoteHearing puts the minutes on file, after the hearing, and lets the clocks
// run on (行政许可法第四十八条).
func (c *Case) NoteHearing(n Minutes, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(NoteHearing, by)
	h := c.CurrentHearing()
	switch {
	case err != nil:
		return Moved{}, err
	case h == nil || h.At.IsZero() && n.Held || h.Asked == 0 && h.At.IsZero():
		return Moved{}, fault.New(fault.Conflict, "cases.note-hearing.none", "没有通知举行的听证，请先出具听证通知书")
	case h.Minutes != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.note-hearing.twice", "听证笔录已经在案")
	case n.Held && h.Objected() != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.note-hearing.objection", "有人申请主持人回避，请部门负责人先决定由谁主持")
	case n.Held && at.Before(h.At):
		return Moved{}, fault.New(fault.Conflict, "cases.note-hearing.early", "听证定于%s举行，举行以后才能制作笔录", calendar.Moment(h.At))
	}
	n.Attended = slices.DeleteFunc(slices.Clone(n.Attended), func(name string) bool { return name == "" })
	if err := n.check(); err != nil {
		return Moved{}, err
	}
	m, done := c.moved(NoteHearing, c.State, doer, at), *h
	n.Clerk, n.At = by.Name, m.At
	done.Minutes, done.Of = &n, ""
	m.Hearing = &done
	if i := slices.IndexFunc(c.Specials, func(s Special) bool { return s.ID == h.Pause && s.Open() }); i >= 0 {
		m.Special = c.Specials[i].ended("听证笔录在案", "", m)
	}
	return m, nil
}

// unheard says why nothing may be decided yet, before the term to ask for a
// hearing is over, or the minutes of one are on file (行政许可法第四十七条、第四十八条).
func (c *Case) unheard(act Act, at time.Time) error {
	h := c.CurrentHearing()
	if h == nil || h.Minutes != nil {
		return nil
	}
	if err := h.unanswered(act, calendar.DayOf(at)); err != nil {
		return err
	}
	switch {
	case h.Asked != 0 || !h.At.IsZero():
		return fault.New(fault.Conflict, "cases."+string(act)+".hearing", "应当根据听证笔录作出决定，请先举行听证并制作笔录")
	case calendar.DayOf(at) <= h.Until:
		return fault.New(fault.Conflict, "cases."+string(act)+".hearing-term", "当事人可以要求听证到%s，期满没有要求的，再作决定", h.Until.Han())
	}
	return nil
}

// held reports whether a hearing took place on the present question.
func (c *Case) held() bool {
	h := c.CurrentHearing()
	return h != nil && h.Minutes != nil && h.Minutes.Held
}

// AskHearing has the applicant ask to be heard; see Case.AskHearing.
func (s *Service) AskHearing(ctx context.Context, id ID, wish string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, AskHearing, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.AskHearing(f.Edition, wish, s.Days, by, at)
	})
}

// NoteHearing puts the minutes on file; see Case.NoteHearing.
func (s *Service) NoteHearing(ctx context.Context, id ID, n Minutes, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, NoteHearing, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.NoteHearing(n, by, at)
	})
}

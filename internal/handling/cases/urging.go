package cases

import (
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Urging is a supervisor's letter and what was answered (督办函及答复,
// 徐政发〔2022〕21号（十九）).
type Urging struct {
	Seq      int64        `json:"seq"` // fact that sent it
	Text     string       `json:"text"`
	By       string       `json:"by"`
	Until    calendar.Day `json:"until"` // the day by which an answer is asked for
	Answer   string       `json:"answer,omitempty"`
	Answerer string       `json:"answerer,omitempty"`
	Answered time.Time    `json:"answered,omitzero"`
}

// UrgeLimit is how long an answer may take unless the letter says otherwise.
var UrgeLimit = clock.Limit{N: 1, Unit: clock.WorkingDays}

// Unanswered is the oldest letter that still wants an answer; nil if none does.
func (c *Case) Unanswered() *Urging {
	if i := slices.IndexFunc(c.Urgings, func(u Urging) bool { return u.Answer == "" }); i >= 0 {
		return &c.Urgings[i]
	}
	return nil
}

// AnswerUrge answers the oldest letter that wants an answer: what was done, or
// why it takes so long.
func (c *Case) AnswerUrge(text string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(AnswerUrge, by)
	letter := c.Unanswered()
	switch {
	case err != nil:
		return Moved{}, err
	case letter == nil:
		return Moved{}, fault.New(fault.Conflict, "cases.answer-urge.none", "没有待答复的督办")
	case text == "":
		return Moved{}, fault.New(fault.Invalid, "cases.answer-urge.text", "请写明办理情况或者没有办结的原因").At("text", "required", "请写明办理情况或者原因")
	}
	m := c.moved(AnswerUrge, c.State, doer, at)
	answered := *letter
	answered.Answer, answered.Answerer, answered.Answered = text, by.Name, m.At
	m.Urging, m.Reason = &answered, text
	return m, nil
}

// urged keeps letters and their answers.
func (c *Case) urged(m Moved) {
	if m.Urging == nil {
		return
	}
	c.Urgings = append(slices.DeleteFunc(slices.Clone(c.Urgings), func(u Urging) bool { return u.Seq == m.Urging.Seq }), *m.Urging)
	slices.SortFunc(c.Urgings, func(a, b Urging) int { return int(a.Seq - b.Seq) })
}

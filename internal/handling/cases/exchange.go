package cases

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/identity"
)

// An Exchange is the state of a case as the exchange standard of the
// approval system for construction projects numbers it
// (工程建设项目审批管理系统数据共享交换标准, 办件状态 1—15); here the numbers of every case.
type Exchange int

var exchangeNames = [...]string{
	"", "已接件", "已撤件", "已受理", "不受理", "不予受理", "补正（开始）", "补正（结束）", "部门开始办理",
	"特别程序（开始）", "特别程序（结束）", "办结（通过）", "办结（容缺通过）", "办结（不通过）", "撤回", "撤销",
}

// Han is the state in the words of the list; "" for none of it.
func (e Exchange) Han() string {
	if e < 1 || int(e) >= len(exchangeNames) {
		return ""
	}
	return exchangeNames[e]
}

// An ExchangeRow is one line of the exchange: the state, who, when, and the opinion.
type ExchangeRow struct {
	State  Exchange  `json:"state"`
	Name   string    `json:"name"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
}

// ExchangeRows are the states a case went through, in order. What the list has
// no number for, such as a reminder, has no row. What was begun is ended before
// the case is: an open correction or special procedure has its second row then.
func ExchangeRows(moves []Moved) []ExchangeRow {
	h := history{owed: map[string]bool{}, special: map[string]bool{}}
	var all []ExchangeRow
	for _, m := range moves {
		h.owe(m)
		for _, state := range h.states(m) {
			all = append(all, ExchangeRow{state, state.Han(), m.By.Name, m.At, opinion(m)})
		}
	}
	return all
}

// ExchangeOf are the rows of a history.
func ExchangeOf(events []Event) []ExchangeRow {
	moves := make([]Moved, len(events))
	for i, e := range events {
		moves[i] = e.Moved
	}
	return ExchangeRows(moves)
}

// history is what earlier moves leave open for those after them.
type history struct {
	owed       map[string]bool // materials promised and not yet brought (容缺)
	begun      bool            // the department has begun
	correcting bool
	special    map[string]bool // special procedures that stand open
}

func (h *history) owe(m Moved) {
	for _, promise := range m.Promises {
		h.owed[promise.Material] = true
	}
	if m.Act == Cure {
		for _, brought := range m.Materials {
			delete(h.owed, brought.Material)
		}
	}
}

// states are the rows that a move has: mostly one or none.
func (h *history) states(m Moved) []Exchange {
	var all []Exchange
	if !h.begun && m.From == Accepted && slices.Contains(identity.Deciding, m.By.Role) {
		h.begun = true
		all = append(all, 8)
	}
	all = append(all, h.pauses(m)...)
	if state := h.state(m); state != 0 {
		all = append(all, state)
	}
	return all
}

// pauses are the rows of corrections and special procedures. An extension is a
// special procedure, too (延长审批, GB/T 39046-2020), though no time stands still in it.
func (h *history) pauses(m Moved) []Exchange {
	var all []Exchange
	switch s := m.Special; {
	case m.Act == AskOnce:
		h.correcting, all = true, append(all, 6)
	case h.correcting && (m.Act == Correct || m.Ended()):
		h.correcting, all = false, append(all, 7)
	case m.Act == Extend:
		all = append(all, 9, 10)
	case s != nil && s.Open() && !h.special[s.ID]:
		h.special[s.ID], all = true, append(all, 9)
	case s != nil && !s.Open() && h.special[s.ID]:
		delete(h.special, s.ID)
		all = append(all, 10)
	}
	if m.Ended() {
		for range h.special {
			all = append(all, 10)
		}
		clear(h.special)
	}
	return all
}

// state is the row of a move that is none of a pause. A withdrawal before
// acceptance takes the papers back (已撤件), after it the application (撤回); a
// permit is taken back under the same word (行政许可法第八条) or annulled (撤销, 第六十九条).
func (h *history) state(m Moved) Exchange {
	switch m.Act {
	case Submit:
		return 1
	case Accept, DeemAccept:
		return 3
	case SayNotNeeded:
		return 4
	case Refuse:
		return 5
	case Recall:
		return 14
	case Annul:
		return 15
	case Withdraw:
		if m.From != Accepted {
			return 2
		}
		return 14
	}
	switch {
	case !m.Ended():
		return 0
	case m.To == Granted && len(h.owed) > 0:
		return 12
	case m.To == Granted:
		return 11
	}
	return 13
}

// opinion is what was said with a move.
func opinion(m Moved) string {
	said := m.Reason
	if m.Decision != nil {
		said = cmp.Or(said, m.Decision.Reason, m.Decision.Conditions)
	}
	if m.Special != nil {
		said = cmp.Or(said, m.Special.Result, m.Special.Kind+"："+m.Special.Reason)
	}
	if m.Notice != nil && m.Act == AskOnce {
		var names []string
		for _, d := range m.Notice.Items {
			names = append(names, d.Name)
		}
		said = cmp.Or(said, strings.Join(names, "、"))
	}
	return said
}

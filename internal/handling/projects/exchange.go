package projects

import (
	"time"

	"tongban/internal/handling/cases"
)

// An Exchange is the state of an item case as the exchange standard of the
// approval system for construction projects numbers it
// (工程建设项目审批管理系统数据共享交换标准, 办件状态 1—15).
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

// A Row is one line of the exchange: the state, who, when, and what was said.
type Row struct {
	State  Exchange  `json:"state"`
	Name   string    `json:"name"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
}

// ExchangeRows are the states a case went through, in order. What the list has
// no number for, such as a reminder, has no row.
func ExchangeRows(moves []cases.Moved) []Row {
	var all []Row
	owed, begun := map[string]bool{}, false
	for _, m := range moves {
		for _, promise := range m.Promises {
			owed[promise.Material] = true
		}
		if m.Act == cases.Cure {
			for _, h := range m.Materials {
				delete(owed, h.Material)
			}
		}
		if state := exchangeOf(m, len(owed) > 0, &begun); state != 0 {
			all = append(all, Row{state, state.Han(), m.By.Name, m.At, m.Reason})
		}
	}
	return all
}

func exchangeOf(m cases.Moved, owing bool, begun *bool) Exchange {
	switch m.Act {
	case cases.Submit:
		return 1
	case cases.Withdraw:
		if m.From == cases.Accepted {
			return 14
		}
		return 2
	case cases.Accept, cases.DeemAccept:
		return 3
	case cases.SayNotNeeded:
		return 4
	case cases.Refuse:
		return 5
	case cases.AskOnce:
		return 6
	case cases.Correct:
		return 7
	case cases.Claim, cases.Review:
		if *begun {
			return 0
		}
		*begun = true
		return 8
	case cases.OpenSpecial:
		return 9
	case cases.CloseSpecial:
		return 10
	}
	switch {
	case m.To == cases.Granted && m.From.Open() && owing:
		return 12
	case m.To == cases.Granted && m.From.Open():
		return 11
	case (m.To == cases.Denied || m.To == cases.Terminated) && m.From.Open():
		return 13
	}
	return 0
}

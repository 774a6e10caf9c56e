package supervision

import (
	"fmt"

	"tongban/internal/handling/cases"
)

// stepsLate finds steps past their time: those that are open, and those that were
// sent back when they were late already. Sending back does not do a step; until it
// has been done it is as late as it was, and is told of once (徐政发〔2022〕21号（十九）).
func stepsLate(s Sight, _ AlarmRule) (all []watched) {
	left := map[string]bool{} // late, sent back and not done since
	for i, t := range s.Turns {
		step := fmt.Sprint(t.Work.Node, "/", t.Work.Seat)
		switch {
		case left[step]:
		case t.Open():
			all = append(all, late(t.Clock, t.Work.ID, "“"+t.Work.Name+"”环节时限", s)...)
		case s.sentBackLate(t) && !doneIn(s.Turns[i+1:], t):
			due := t.Clock.Due(s.Days)
			all = append(all, watched{t.Work.ID, due.At + 1, fmt.Sprintf("“%s”环节时限已于%s届满，退回以后还没有办完", t.Work.Name, due.Day.Han()), 0})
			left[step] = true
		}
	}
	return all
}

// sentBackLate reports whether a turn of a case that goes on was past its time when
// it was sent back.
func (s Sight) sentBackLate(t cases.Turn) bool {
	return t.Back != "" && !s.Case.State.Final() && t.Clock.Started != 0 && t.Clock.Late(t.Closed, s.Days)
}

// doneIn reports whether the step of a turn was done in later turns.
func doneIn(later []cases.Turn, t cases.Turn) bool {
	for _, next := range later {
		if next.Work.Node == t.Work.Node && next.Work.Seat == t.Work.Seat && !next.Open() && next.Back == "" && len(next.Said) > 0 {
			return true
		}
	}
	return false
}

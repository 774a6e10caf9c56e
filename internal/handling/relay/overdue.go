package relay

import (
	"context"
	"strconv"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// within is how soon originals are taken over, and what was missing is sent after.
var within = clock.Term{Limit: clock.Limit{N: 1, Unit: clock.WorkingDays}}

// A Debt is something that somebody owes the originals of a case: to take a slip
// over, or to send after what was missing on one.
type Debt struct {
	Thing string // the slip, or the piece of it
	Due   calendar.Day
	Say   string
}

// Debts are what is owed to the originals of a case, from the slips on which they
// travelled, in order.
func Debts(slips []Slip, id string, days clock.Days) (all []Debt) {
	after := map[string]Debt{} // by material: it was missing on the last slip
	for _, s := range slips {
		if s.State != Taken {
			all = append(all, Debt{s.ID, s.Due, "交接单" + s.Number() + "应在" + s.Due.Han() + "前接收，" + s.State.Han()})
		}
		for i, p := range s.Pieces {
			if p.Case != id {
				continue
			}
			delete(after, p.Material)
			if p.Missing && s.State == Taken {
				due := within.By(calendar.DayOf(s.Agreed), days)
				after[p.Material] = Debt{s.ID + "/" + strconv.Itoa(i), due, "缺件“" + p.Name + "”应在" + due.Han() + "前找到并另单移交"}
			}
		}
	}
	for _, s := range slips {
		for _, p := range s.Pieces {
			if d, owed := after[p.Material]; owed && p.Case == id {
				all = append(all, d)
				delete(after, p.Material)
			}
		}
	}
	return all
}

// Step is one thing that happened to a slip, as a history tells it.
type Step struct {
	At   time.Time
	What string
	Who  string
	Say  string
}

// Steps are what happened to the originals of a case on a slip: given, counted
// and taken over, what was missing confirmed.
func (s Slip) Steps(id string) []Step {
	var names, gone string
	for _, p := range s.Pieces {
		if p.Case != id {
			continue
		}
		names += "、" + p.Name
		if p.Missing {
			gone += "、" + p.Name
		}
	}
	if names == "" {
		return nil
	}
	all := []Step{{s.Given, "移交纸质原件", s.Giver.Name, s.Number() + "：" + names[len("、"):]}}
	if !s.At.IsZero() {
		say := "件数相符"
		if gone != "" {
			say = "缺" + gone[len("、"):] + "。" + s.Say
		}
		all = append(all, Step{s.At, "接收纸质原件", s.Taker.Name, say})
	}
	if !s.Agreed.IsZero() && gone != "" {
		all = append(all, Step{s.Agreed, "确认缺件", s.Giver.Name, gone[len("、"):]})
	}
	return all
}

// Under are the slips on which originals of these cases travelled, for the program
// itself: supervision looks at many cases at once.
func (s *Service) Under(ctx context.Context, ids []cases.ID) (map[cases.ID][]Slip, error) {
	return s.Store.Under(ctx, ids)
}

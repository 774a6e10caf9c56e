package frame

import (
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// ReadEnding reads EndingFields.
func ReadEnding(f *page.Form) cases.Ending {
	x := cases.Ending{Ground: cases.Ground(f.Text("ground")), Say: f.Text("say")}
	o := cases.Outside{What: f.Text("event.what"), Source: f.Text("event.source"), On: calendar.Parse(f.Date("event.on"))}
	if o != (cases.Outside{}) {
		x.Event = &o
	}
	return x
}

// groundChoices are the grounds on which a case may be ended: those that hold may be
// chosen, and the others say why not.
func groundChoices(all []cases.GroundNow, x cases.Ending) (list []Choice) {
	for _, g := range all {
		one := Choice{Value: string(g.Ground), Label: g.Name, Hint: g.Facts, On: g.Ground == x.Ground && g.Why == ""}
		if g.Why != "" {
			one.Off, one.Hint = true, g.Why
		} else if one.Hint == "" {
			one.Hint = g.Hint
		}
		one.Hint += Cited(g.Basis)
		list = append(list, one)
	}
	return list
}

// asksEvent reports whether any ground that may be chosen must be shown, and leavesEvent
// whether any need not.
func asksEvent(all []cases.GroundNow) bool {
	return slices.ContainsFunc(all, func(g cases.GroundNow) bool { return g.Why == "" && g.Hint != "" })
}

func leavesEvent(all []cases.GroundNow) bool {
	return slices.ContainsFunc(all, func(g cases.GroundNow) bool { return g.Why == "" && g.Hint == "" })
}

// eventHint says when what happened need not be written.
func eventHint(all []cases.GroundNow) string {
	if leavesEvent(all) {
		return "逾期未补正、未补交的不用填，由系统写明"
	}
	return "写进终止办理通知书，申请人会看到"
}

func eventOf(x cases.Ending) cases.Outside {
	if x.Event == nil {
		return cases.Outside{}
	}
	return *x.Event
}

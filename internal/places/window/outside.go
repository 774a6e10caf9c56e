package window

import (
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// again reports whether the notice is not the first.
func (a *actPage) again() bool { return a.Slug == "correct" && len(a.Case.Notices) > 0 }

// readOutside takes what happened outside since the first notice, and gives it as
// the cause of all that was not handed in anew since.
func (a *actPage) readOutside(f *page.Form) {
	a.Outside = cases.Outside{What: f.Text("outside.what"), Source: f.Text("outside.source"), On: calendar.Parse(f.Date("outside.on"))}
	if a.Outside == (cases.Outside{}) {
		return
	}
	for i, d := range a.Intent.List {
		if !a.Case.Renewed(d.Material) && d.Change == "" {
			a.Intent.List[i].Outside = &a.Outside
		}
	}
}

// ofOutside is the field of the page for a fault of the event, which the rule
// finds at each entry of the notice: items[2].outside.on is outside.on.
func ofOutside(path string) (field string, is bool) {
	_, field, is = strings.Cut(path, "].outside.")
	return "outside." + field, is
}

// outsideFaults names the faults of the event once, by the fields of the page.
func outsideFaults(err error) error {
	if len(fault.Fields(err)) == 0 {
		return err
	}
	here, told := fault.New(fault.Of(err), fault.Code(err), "%s", fault.Say(err)), map[string]bool{}
	for _, f := range fault.Fields(err) {
		at := f.Path
		if field, is := ofOutside(at); is {
			at = field
		}
		if !told[at] {
			here = here.At(at, f.Code, "%s", f.Say)
		}
		told[at] = true
	}
	return here
}

// askedBefore reports whether nothing stands against a notice but that a cause is
// still to be named why it comes only now.
func askedBefore(why error) bool {
	fields := fault.Fields(why)
	return len(fields) > 0 && !slices.ContainsFunc(fields, func(f fault.Field) bool { return f.Code != "asked-before" })
}

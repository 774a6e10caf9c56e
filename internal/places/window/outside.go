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

// outsideFaults names the faults of the event, which the rule finds at each entry of
// the notice, once and by the fields of the page: items[2].outside.on is outside.on.
func outsideFaults(err error) error {
	told := map[string]bool{}
	return fault.Retold(err, func(f fault.Field) (fault.Field, bool) {
		if _, field, is := strings.Cut(f.Path, "].outside."); is {
			f.Path = "outside." + field
		}
		first := !told[f.Path]
		told[f.Path] = true
		return f, first
	})
}

// askedBefore reports whether nothing stands against a notice but that a cause is
// still to be named why it comes only now.
func askedBefore(why error) bool {
	fields := fault.Fields(why)
	return len(fields) > 0 && !slices.ContainsFunc(fields, func(f fault.Field) bool { return f.Code != "asked-before" })
}

package window

import (
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// readArrival takes how material came by post; none if it was handed over here.
func readArrival(f *page.Form) *cases.Arrival {
	if !f.Has("came.on") && !f.Has("came.posted") && !f.Has("came.waybill") {
		return nil
	}
	return &cases.Arrival{On: calendar.Parse(f.Date("came.on")), Posted: calendar.Parse(f.Date("came.posted")), Waybill: f.Text("came.waybill")}
}

// arrivalFaulty reports whether something is wrong with how it came.
func arrivalFaulty(err error) bool {
	return slices.ContainsFunc(fault.Fields(err), func(f fault.Field) bool { return strings.HasPrefix(f.Path, "came.") })
}

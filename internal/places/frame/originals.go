package frame

import (
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/relay"
)

// Originals is how the originals of a case travelled, the latest first.
func Originals(slips []relay.Slip, id string) []Moment {
	var all []Moment
	for _, s := range slices.Backward(slips) {
		for _, step := range slices.Backward(s.Steps(id)) {
			all = append(all, Moment{When: step.At.In(calendar.Zone).Format("2006年1月2日 15:04"), What: step.What, Who: step.Who, Note: step.Say})
		}
	}
	return all
}

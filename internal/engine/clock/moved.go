package clock

import (
	"maps"
	"slices"
)

// A Shift is a running clock whose due day another calendar moves.
type Shift struct {
	Key      string `json:"key"`
	From, To Due
}

// Moved returns the running clocks that are due at another moment by after than
// by before, in the order of their keys: what must be asked before a calendar
// is changed after the fact.
func Moved(before, after Days, clocks map[string]Clock) []Shift {
	var moved []Shift
	for _, key := range slices.Sorted(maps.Keys(clocks)) {
		c := clocks[key]
		if !c.Running() {
			continue
		}
		from, to := c.Due(before), c.Due(after)
		if from.At != to.At {
			moved = append(moved, Shift{key, from, to})
		}
	}
	return moved
}

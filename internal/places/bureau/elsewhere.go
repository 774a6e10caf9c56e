package bureau

import (
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// sides are both places of a case that was taken in elsewhere, as rows.
func sides(p *elsewhere.Parcel) []frame.Row {
	var rows []frame.Row
	for _, s := range p.Sides() {
		rows = append(rows, frame.Row{Key: s.Name, Value: s.Value})
	}
	return rows
}

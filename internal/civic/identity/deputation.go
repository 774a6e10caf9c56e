package identity

import (
	"slices"

	"tongban/internal/civic/calendar"
)

// A Deputation is an agency's word that its chief representative may handle and
// decide cases of one item at the window in its name (首席事务代表,
// 汉中经开区2023年方案（八）).
type Deputation struct {
	Agency  string // agencies.ID of who deputes
	Item    string // items.ID
	Name    string // of the item
	Giver   string // name of the agency's head who gave it
	From    calendar.Day
	Through calendar.Day // the last day
}

// Say is on whose word the representative acts, as papers and histories show it.
func (d Deputation) Say() string {
	return "首席代表，由负责人" + d.Giver + "授权，期限自" + d.From.Han() + "至" + d.Through.Han()
}

// Deputes finds the deputation of agency for item that the actor holds.
func (a Actor) Deputes(agency, item string) (Deputation, bool) {
	i := slices.IndexFunc(a.Deputed, func(d Deputation) bool { return d.Agency == agency && d.Item == item })
	if i < 0 {
		return Deputation{}, false
	}
	return a.Deputed[i], true
}

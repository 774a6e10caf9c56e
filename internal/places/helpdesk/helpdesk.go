// Package helpdesk is where people say what they could not get done and ask for
// help (办不成事反映、帮办代办), and where staff see to it: 我的 for the person, /aid
// for windows, bureaus and supervisors.
package helpdesk

import (
	"net/http"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/aid"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

// Helpdesk is the place: the services behind its pages.
type Helpdesk struct {
	Aid      *aid.Service
	Items    *items.Service
	Agencies *agencies.Service
	Ratings  *rating.Service
	Freight  *page.Freight
	Region   string // of matters that name no place
	Now      func() time.Time
}

// Routes are the addresses of the place.
func (h *Helpdesk) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]frame.Handler{
		"GET /my/help":                   h.mine,
		"GET /my/help/new":               h.newPage,
		"POST /my/help/new":              h.register,
		"GET /my/help/{matter}":          h.minePage,
		"POST /my/help/{matter}":         h.mineAct,
		"GET /aid":                       door.Staff(h.list),
		"GET /aid/new":                   door.Staff(h.takeDownPage),
		"POST /aid/new":                  door.Staff(h.takeDown),
		"GET /aid/file":                  door.Staff(h.file),
		"GET /aid/ratings":               door.Staff(h.ratings),
		"GET /aid/ratings/{case}/{seq}":  door.Staff(h.ratingPage),
		"POST /aid/ratings/{case}/{seq}": door.Staff(h.ratingAct),
		"GET /aid/{matter}":              door.Staff(h.matterPage),
		"POST /aid/{matter}":             door.Staff(h.matterAct),
	} {
		mux.Handle(address, door.Known(do))
	}
	return mux
}

// door lets the people in to their own matters, and to everybody's those who see
// to them; which ones is judged behind it.
var door = frame.Door{
	Place: "helpdesk", Roles: identity.Serving,
	SignIn: "请先登录；不方便登录的，可以到大厅的反映窗口，或者打 12345",
	Others: "这里由窗口、审批部门和监督部门办理，您的事请看“帮办和反映”",
}

// itemNamed is the item of an address or a form, if it is open today.
func (h *Helpdesk) itemNamed(r *http.Request, id string) (item, name string) {
	if id == "" {
		return "", ""
	}
	e, err := h.Items.Open(r.Context(), items.ID(id), calendar.DayOf(h.Now()))
	if err != nil {
		return "", ""
	}
	return id, e.Name
}

// choices are the kinds of help, or the words of another list.
func kindChoices() []frame.Choice {
	var all []frame.Choice
	for _, k := range aid.Kinds {
		all = append(all, frame.Choice{Value: string(k.ID), Label: k.Han, Hint: k.Say})
	}
	return all
}

// tone is the colour of a matter in a list.
func tone(m aid.Matter, today calendar.Day) frame.Tone {
	switch {
	case m.Late(today):
		return frame.Red
	case m.State == aid.Closed && m.Solved:
		return frame.Green
	case m.State.Over():
		return frame.Plain
	}
	return frame.Blue
}

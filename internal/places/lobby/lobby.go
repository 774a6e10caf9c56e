// Package lobby is where people wait for a counter (排队取号、预约、叫号屏): they
// draw a ticket at the door or on the way, choose a time to come, and see who is
// called. Nothing here needs JavaScript, and nobody has to sign in to be served.
package lobby

import (
	"net/http"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
)

// Lobby is the place: the services behind its pages.
type Lobby struct {
	Queue   *queue.Service
	Items   *items.Service
	Themes  *themes.Service
	Address string // of the site, in the code on a ticket
	Now     func() time.Time
}

// Routes are the addresses of the place.
func (l *Lobby) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]frame.Handler{
		"GET /halls/{hall}/queue":         l.drawPage,
		"POST /halls/{hall}/queue":        l.draw,
		"GET /halls/{hall}/board":         l.boardPage,
		"GET /tickets/{ticket}":           l.ticketPage,
		"POST /tickets/{ticket}/leave":    l.leave,
		"POST /tickets/{ticket}/rejoin":   l.rejoin,
		"GET /halls/{hall}/book":          l.bookPage,
		"POST /halls/{hall}/book":         door.Known(l.book),
		"GET /my/appointments":            door.Known(l.appointmentsPage),
		"POST /my/appointments/{booking}": door.Known(l.appointment),
	} {
		mux.Handle(address, do)
	}
	return mux
}

var door = frame.Door{Place: "lobby", SignIn: "请先登录；不预约也可以直接到大厅取号"}

// wanted is the item that the address speaks of, if it is open today.
func (l *Lobby) wanted(r *http.Request) (id, name string) {
	item := page.Query(r).Text("item")
	if item == "" {
		return "", ""
	}
	if queue.Themed(item) {
		t, err := l.Themes.Current(r.Context(), themes.ID(strings.TrimPrefix(item, themes.Prefix)))
		if err != nil {
			return "", ""
		}
		return item, t.Name + "一件事"
	}
	e, err := l.Items.Open(r.Context(), items.ID(item), calendar.DayOf(l.Now()))
	if err != nil {
		return "", ""
	}
	return item, e.Name
}

// below is the view of a page of a hall.
func below(r *http.Request, title, hall, name string) frame.View {
	return frame.Of(r).Named(title).Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "找大厅", Href: "/halls"}, frame.Link{Text: name, Href: "/halls/" + hall})
}

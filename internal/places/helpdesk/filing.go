package helpdesk

import (
	"net/url"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/aid"
	"tongban/internal/places/frame"
)

// filing is where a window files for the person whom its clerk may act for, or whom it
// helps; "" nowhere.
func (h *Helpdesk) filing(m aid.Matter, by identity.Actor) string {
	if !m.Files(by, calendar.DayOf(h.Now())) {
		return ""
	}
	q := url.Values{}
	if m.Party != "" {
		q.Set("party", m.Party)
	}
	if m.Item != "" {
		q.Set("item", m.Item)
	}
	if m.Kind == aid.Agent {
		q.Set("agent", m.Mandate.To.Name)
	}
	return "/window/file?" + q.Encode()
}

// until is the field for the last day of a mandate.
func (v oneView) until() frame.Field {
	f := frame.Field{Name: "until", Label: "到哪一天为止"}
	if v.Tried != aid.Entrust {
		return f
	}
	if v.Done.Until != 0 {
		f.Value = v.Done.Until.String()
	}
	return f.Faulty(v.Err)
}

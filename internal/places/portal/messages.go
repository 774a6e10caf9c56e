package portal

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"tongban/internal/ground/page"
	"tongban/internal/handling/tidings"
	"tongban/internal/places/frame"
)

type messagesView struct {
	frame.View
	List []message
	Last int64 // when the latest happened: what comes later is not read with the rest
}

// message is a message as it is shown.
type message struct {
	When   string
	Title  string
	Name   string
	Href   string
	Unread bool
}

// messagesPage is what happened to one's cases that one should know of, latest
// first.
func (p *Portal) messagesPage(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Tidings.List(r.Context(), frame.Actor(r))
	if err != nil {
		return err
	}
	v := messagesView{View: under(r, "消息")}
	v.List, v.Badge = messagesOf(all)
	if len(all) > 0 {
		v.Last = all[0].At.UnixMilli()
	}
	page.Show(w, r, messagesTemplate(v))
	return nil
}

// readsOn is where one reads on, before the key of the thing.
var readsOn = map[tidings.Kind]string{
	tidings.OfCase: "/my/cases/", tidings.OfTicket: "/tickets/", tidings.OfHearing: "/hearings/", tidings.OfStake: "/my/stakes/", tidings.OfReview: "/my/reviews/",
	tidings.OfLicence: "/my/certificates/", tidings.OfParcel: "/my/elsewhere/",
}

// messagesOf are messages as they are shown, and how many are not read.
func messagesOf(all []tidings.Message) (list []message, unread int) {
	for _, m := range all {
		name, key := m.Name, m.Of
		switch m.Kind {
		case tidings.OfCase:
			key = m.Number
		case tidings.OfLicence:
			name += "换发第 " + strconv.FormatInt(m.Stage, 10) + " 版，其他许可不受影响"
		}
		href := readsOn[m.Kind] + url.PathEscape(key)
		if m.Over {
			href = ""
		}
		list = append(list, message{clockTime(m.At), m.Say, name, href, m.Unread})
		if m.Unread {
			unread++
		}
	}
	return list, unread
}

// readAll marks all messages as read (全部标为已读) that stood on the page.
func (p *Portal) readAll(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	last := f.Int("last")
	if err := f.Err(); err != nil {
		return err
	}
	if err := p.Tidings.Read(r.Context(), time.UnixMilli(int64(last)), frame.Actor(r)); err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/messages")
	return nil
}

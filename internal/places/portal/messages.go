package portal

import (
	"net/http"
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
	Tone   frame.Tone
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
		v.Last = all[0].At().UnixMilli()
	}
	page.Show(w, r, messagesTemplate(v))
	return nil
}

// wordsAt is where one reads on.
var wordsAt = map[string]string{tidings.OfTicket: "/tickets/", tidings.OfHearing: "/hearings/", tidings.OfReview: "/my/reviews/"}

// messagesOf are messages as they are shown, and how many are not read.
func messagesOf(all []tidings.Message) (list []message, unread int) {
	for _, m := range all {
		shown := message{clockTime(m.At()), m.Title, m.Case.ItemName, "/my/cases/" + m.Case.Number, momentTone(m.Fact), m.Unread}
		if w := m.Word; w != nil {
			shown.Name, shown.Href, shown.Tone = w.Name, wordsAt[w.Kind]+w.ID, frame.Amber
		}
		if l := m.Permit; l != nil {
			shown.Name, shown.Href, shown.Tone = l.Licence.Name+"综合许可证换发第 "+itoa(l.Edition)+" 版，其他许可不受影响", "/my/certificates/"+l.Licence.Sheet, frame.CertificateTone(l.Part.State)
		}
		if p := m.Parcel; p != nil {
			shown.Name, shown.Href, shown.Tone = p.ItemName, parcelHref(p.Parcel), frame.Blue
		}
		list = append(list, shown)
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

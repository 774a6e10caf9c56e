package lobby

import (
	"fmt"
	"net/http"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates/qr"
)

type ticketView struct {
	frame.View
	queue.Seen
	Rows []frame.Row
	Tone frame.Tone
	Say  string
	Code string // its address as a code, for the phone of whoever holds it on paper
	Desk bool   // a clerk looks, who drew it for somebody
}

// ticketPage is a ticket as its holder sees it; it looks again by itself while
// they wait.
func (l *Lobby) ticketPage(w http.ResponseWriter, r *http.Request) error {
	t, err := l.Queue.Ticket(r.Context(), r.PathValue("ticket"))
	if err != nil {
		return err
	}
	v := ticketView{View: below(r, t.No()+" 号", t.Hall, t.HallName)}
	v.show(t, l.Queue.Rules.Behind)
	v.Desk = frame.Actor(r).Plays(identity.Window)
	if v.Code, err = qr.SVG(l.Address+"/tickets/"+t.ID, "手机扫码看前面还有几人"); err != nil {
		return err
	}
	if t.State == queue.Waiting || t.State == queue.Called {
		w.Header().Set("Refresh", "20")
	}
	w.Header().Set("Cache-Control", "private, no-store")
	page.Show(w, r, ticketTemplate(v))
	return nil
}

func (v *ticketView) show(t queue.Seen, behind int) {
	v.Seen, v.Tone, v.Say = t, frame.Plain, t.State.Han()
	switch t.State {
	case queue.Waiting:
		v.Tone, v.Say = frame.Blue, fmt.Sprintf("前面还有 %d 人，大约 %d 分钟", t.Ahead, t.Minutes)
		if t.Ahead == 0 {
			v.Say = "马上就到您了，请在窗口附近等候"
		}
	case queue.Called:
		v.Tone, v.Say = frame.Green, "请到 "+t.Window+" 号窗口"
	case queue.Missed:
		v.Tone, v.Say = frame.Amber, fmt.Sprintf("叫过您的号，没有人来。您还在大厅的话，可以回到队里，前面最多等 %d 人", behind)
	}
	v.Rows = []frame.Row{{Key: "大厅", Value: t.HallName}, {Key: "队列", Value: t.Line}, {Key: "窗口", Value: strings.Join(t.Windows, "、")},
		{Key: "取号", Value: t.Taken.In(t.Day.Start().Location()).Format("15:04")}}
	if t.For != "" {
		v.Rows = append(v.Rows, frame.Row{Key: "办什么", Value: t.For})
	}
	if t.Priority.Han() != "" {
		v.Rows = append(v.Rows, frame.Row{Key: "优先", Value: t.Priority.Han() + "（请带证件）"})
	}
}

func (l *Lobby) leave(w http.ResponseWriter, r *http.Request) error {
	t, err := l.Queue.Leave(r.Context(), r.PathValue("ticket"), caller(r))
	return l.again(w, r, t, err)
}

func (l *Lobby) rejoin(w http.ResponseWriter, r *http.Request) error {
	t, err := l.Queue.Rejoin(r.Context(), r.PathValue("ticket"), caller(r))
	return l.again(w, r, t, err)
}

func (l *Lobby) again(w http.ResponseWriter, r *http.Request, t queue.Ticket, err error) error {
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/tickets/"+t.ID)
	return nil
}

package lobby

import (
	"fmt"
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
)

type boardView struct {
	frame.View
	queue.Board
	At string // when it was so
}

// wallSay is what a caller is told on the screen.
func wallSay(t queue.Ticket) string {
	if t.State == queue.Called {
		return "请到 " + t.Window + " 号窗口"
	}
	return t.Window + " 号窗口办理中"
}

// boardPage is the screen of a hall: who is called where, and how long the lines
// are. It shows no names.
func (l *Lobby) boardPage(w http.ResponseWriter, r *http.Request) error {
	hall := r.PathValue("hall")
	b, err := l.Queue.Board(r.Context(), hall)
	if err != nil {
		return err
	}
	w.Header().Set("Refresh", "10")
	v := boardView{below(r, "叫号", hall, b.Hall), b, l.Now().In(calendar.Zone).Format("15:04:05")}
	if page.Query(r).Has("screen") {
		v.View = v.Named(b.Hall + "叫号")
		page.Show(w, r, wallTemplate(v))
		return nil
	}
	page.Show(w, r, boardTemplate(v))
	return nil
}

func waitWords(s queue.Standing) string {
	if s.Waiting == 0 {
		return "不用等"
	}
	return fmt.Sprintf("约 %d 分钟", s.Minutes)
}

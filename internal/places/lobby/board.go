package lobby

import (
	"fmt"
	"net/http"

	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
)

type boardView struct {
	frame.View
	queue.Board
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
	page.Show(w, r, boardTemplate(boardView{below(r, "叫号", hall, b.Hall), b}))
	return nil
}

func waitWords(s queue.Standing) string {
	if s.Waiting == 0 {
		return "不用等"
	}
	return fmt.Sprintf("约 %d 分钟", s.Minutes)
}

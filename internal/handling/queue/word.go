package queue

import (
	"context"
	"fmt"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
)

// Near is how many may be ahead of somebody who is told to come.
const Near = 3

// Word is what the holder is told as the ticket stands (叫号提醒): that few are ahead,
// the window that calls, or that the call was missed; false when there is no news.
func (v Seen) Word() (marks.Word, bool) {
	w := marks.Word{Of: v.ID, Name: v.No() + " · " + v.Line + " · " + v.HallName, At: v.Called}
	round := 10 * int64(v.Calls) // a ticket that was missed may be called anew
	switch {
	case v.State == Called:
		w.Stage, w.Say = round+2, fmt.Sprintf("叫到您了，请到 %s 号窗口", v.Window)
	case v.State == Missed:
		w.Stage, w.Say = round+3, "您的号过了，还在大厅的可以回到队里"
	case v.State == Waiting && v.Ahead <= Near:
		w.Stage, w.At = round+4, v.Taken
		if w.Say = fmt.Sprintf("前面还有%d人，请到大厅等候", v.Ahead); v.Ahead == 0 {
			w.Say = "下一个就是您，请到大厅等候"
		}
	default:
		return marks.Word{}, false
	}
	return w, true
}

// Words are what the actor should know of the tickets they hold today.
func (s *Service) Words(ctx context.Context, by identity.Actor) ([]marks.Word, error) {
	held, err := s.Held(ctx, by)
	if err != nil {
		return nil, err
	}
	var all []marks.Word
	for _, t := range held {
		if t.State.Over() {
			continue
		}
		seen, err := s.Ticket(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		if w, news := seen.Word(); news {
			all = append(all, w)
		}
	}
	return all, nil
}

package lobby

import (
	"fmt"
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
)

type drawView struct {
	frame.View
	Hall, Name string
	Item, For  string
	Lines      []frame.Choice
	Line       string
	Priority   string
	Priorities []frame.Choice
	Closed     string // why nobody can draw a ticket now
	Err        error
}

// drawPage offers the lines of a hall, and first the way that needs no coming.
func (l *Lobby) drawPage(w http.ResponseWriter, r *http.Request) error {
	v, err := l.drawView(r)
	if err != nil {
		return err
	}
	page.Show(w, r, drawTemplate(v))
	return nil
}

func (l *Lobby) drawView(r *http.Request) (drawView, error) {
	hall := r.PathValue("hall")
	h, err := l.Queue.Halls.Find(r.Context(), hall)
	if err != nil {
		return drawView{}, err
	}
	v := drawView{View: below(r, "取号", hall, h.Name), Hall: hall, Name: h.Name}
	v.Item, v.For = l.wanted(r)
	lines, err := l.Queue.Lines(r.Context(), hall)
	if err != nil {
		return v, err
	}
	for _, s := range lines {
		if !s.Serves(v.Item) {
			continue
		}
		v.Lines = append(v.Lines, frame.Choice{Value: s.Name, Label: s.Name, Hint: standing(s)})
	}
	for _, p := range queue.Priorities {
		v.Priorities = append(v.Priorities, frame.Choice{Value: string(p.ID), Label: p.Han})
	}
	if err := l.Queue.Drawable(r.Context(), hall); fault.Of(err) == fault.Conflict {
		v.Closed = fault.Say(err)
	} else if err != nil {
		return v, err
	}
	return v, nil
}

func standing(s queue.Standing) string {
	if s.Waiting == 0 {
		return fmt.Sprintf("现在不用等，%d 个窗口", len(s.Windows))
	}
	return fmt.Sprintf("%d 人在等，大约 %d 分钟，%d 个窗口", s.Waiting, s.Minutes, len(s.Windows))
}

// draw gives the ticket.
func (l *Lobby) draw(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := l.drawView(r)
	if err != nil {
		return err
	}
	by := caller(r)
	v.Line, v.Priority = f.Text("line"), f.Text("priority")
	t, err := l.Queue.Draw(r.Context(), queue.Want{Hall: v.Hall, Line: v.Line, Item: v.Item, For: v.For, Name: by.Name, Priority: queue.Priority(v.Priority)}, by)
	if fault.Mendable(err) || fault.Of(err) == fault.NotFound {
		v.Err, v.View = err, v.Faulty(err)
		page.ShowFault(w, r, err, drawTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/tickets/"+t.ID)
	return nil
}

// caller is who asks: in the hall nobody needs a name, and staff draw for others.
func caller(r *http.Request) identity.Actor {
	by := frame.Actor(r)
	by.Channel = frame.ClientOf(r).Channel
	if by.Party == "" {
		by.Name = ""
	}
	return by
}

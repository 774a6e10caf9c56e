package portal

import (
	"net/http"

	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// boardView is the public board of a hall (公示栏): what is done there, by which
// course, at which windows, by what rules, and where to complain
// (徐政发〔2022〕21号（十二）).
type boardView struct {
	Hall       halls.Hall
	Windows    []windowGroup
	Items      []items.Entry
	Rules      []halls.Notice
	Complaints []halls.Notice
	First      string
	Next       string
}

func (p *Portal) board(r *http.Request, at string, limit int) (boardView, error) {
	h, err := p.Halls.Find(r.Context(), r.PathValue("hall"))
	if err != nil {
		return boardView{}, err
	}
	v := boardView{Hall: h, Windows: windowsOf(h), Rules: p.Halls.Board.Rules, Complaints: h.Complaints(p.Halls.Board)}
	after := cursorOf(page.Query(r).Text("after"))
	var next items.Cursor
	if v.Items, next, err = p.upTo(r.Context(), items.Filter{Topic: items.HallTopic(h.ID)}, after, limit); err != nil {
		return v, err
	}
	if after != (items.Cursor{}) {
		v.First = "/halls/" + h.ID + at
	}
	if to := cursorText(next); to != "" {
		v.Next = address("/halls/"+h.ID+at, "after", to)
	}
	return v, nil
}

func (p *Portal) boardPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.board(r, "/public", perPage)
	if err != nil {
		return err
	}
	page.Show(w, r, boardShow(below(r, v.Hall.Name+"公示栏", frame.Link{Text: "找大厅", Href: "/halls"}, frame.Link{Text: v.Hall.Name, Href: "/halls/" + v.Hall.ID}), v))
	return nil
}

// boardPrint is the board on paper, to be put up in the hall.
func (p *Portal) boardPrint(w http.ResponseWriter, r *http.Request) error {
	v, err := p.board(r, "/public/print", onPaper)
	if err != nil {
		return err
	}
	page.Show(w, r, boardPaper(frame.Of(r).Named(v.Hall.Name+"公示栏"), v))
	return nil
}

package window

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// queuePage is what came in for the window's region.
type queuePage struct {
	Lines []line
	State cases.State
	Name  string
	After string // address of the next page
	Post  string
}

const queueRows = 40

// queue lists what is received or being corrected, oldest first; ?next=1 opens
// the oldest, a whole number opens its case, and the end of one lists all that have it.
func (p *Window) queue(w http.ResponseWriter, r *http.Request) error {
	by, q := frame.Actor(r), page.Query(r)
	name := q.Text("name")
	f := narrowed(cases.Filter{Queue: post(by).Region, After: q.Text("after"), Limit: queueRows + 1}, name)
	f.State = cases.State(q.OneOf("state", string(cases.Received), string(cases.Correcting)))
	if q.Has("next") {
		f = cases.Filter{Queue: f.Queue, State: cases.Received, Limit: 1}
	}
	switch c, err := p.Cases.ByNumber(r.Context(), name, by); {
	case err == nil:
		page.SeeOther(w, r, caseHref(c.ID))
		return nil
	case fault.Of(err) != fault.NotFound:
		return err
	}
	rows, err := p.Cases.List(r.Context(), f, by)
	if err != nil {
		return err
	}
	if q.Has("next") && len(rows) > 0 {
		page.SeeOther(w, r, caseHref(rows[0].ID))
		return nil
	}
	v := queuePage{State: f.State, Name: name, Post: placeName(post(by))}
	if len(rows) > queueRows {
		rows = rows[:queueRows]
		v.After = nextPage(r, rows[queueRows-1].Cursor)
	}
	v.Lines = p.lines(rows)
	page.Show(w, r, queueView(frame.Of(r).Named(v.title()), p.bench(r, tasks(v.here(), nil), nil, frame.Key{Keys: "J K", Does: "上下"}, frame.Key{Keys: "↵", Does: "打开"}), v))
	return nil
}

// nextPage is this address after cursor.
func nextPage(r *http.Request, cursor string) string {
	q := r.URL.Query()
	q.Set("after", cursor)
	return r.URL.Path + "?" + q.Encode()
}

func (v queuePage) title() string {
	if v.State == cases.Correcting {
		return "等申请人补正"
	}
	return "收件待处理"
}

func (v queuePage) here() string {
	if v.State == cases.Correcting {
		return "/window?state=correcting"
	}
	return "/window"
}

package window

import (
	"net/http"

	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// issuePage is what is decided and waits to be handed over (统一窗口出证).
type issuePage struct {
	Rows  []cases.Row
	Name  string
	After string
}

func (p *Window) issue(w http.ResponseWriter, r *http.Request) error {
	by, q := frame.Actor(r), page.Query(r)
	f := cases.Filter{Issue: post(by).Region, Name: q.Text("name"), After: q.Text("after"), Limit: queueRows + 1}
	rows, err := p.Cases.List(r.Context(), f, by)
	if err != nil {
		return err
	}
	v := issuePage{Rows: rows, Name: f.Name}
	if len(rows) > queueRows {
		v.Rows = rows[:queueRows]
		v.After = nextPage(r, v.Rows[queueRows-1].Cursor)
	}
	b := p.bench(r, tasks("/window/issue", nil), nil, frame.Key{Keys: "J K", Does: "上下"}, frame.Key{Keys: "↵", Does: "打开"})
	page.Show(w, r, issueView(frame.Of(r).Named("待出证、待送达"), b, v))
	return nil
}

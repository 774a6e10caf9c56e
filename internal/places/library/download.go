package library

import (
	"cmp"
	"log/slog"
	"mime"
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
)

// download gives out the editions in force of the region and agency chosen, as
// one packed file that import reads again.
func (l *Library) download(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	region, _ := l.within(q.Text("region"), by)
	name := l.place(region) + "事项库.zip"
	train, err := l.Freight.Depart()
	if err != nil {
		return err
	}
	defer train.Arrive()
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "private, no-store")
	packed := intake.Pack(w)
	add := func(e *items.Edition) error { return cmp.Or(packed.Add(e), train.Rest(r.Context())) }
	if err := l.Items.Each(r.Context(), items.Filter{Region: region, Agency: q.Text("agency")}, add); err != nil {
		slog.ErrorContext(r.Context(), "packing items broke off", "request", page.Number(r), "err", err)
		panic(http.ErrAbortHandler) // begun: the reader must not take it for whole
	}
	return packed.Close()
}

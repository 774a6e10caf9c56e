package app

import (
	"context"
	"fmt"
	"net/http"

	"tongban/internal/ground/blob"
	"tongban/internal/places/desk"
)

func (a *App) desk(mux *http.ServeMux) {
	d := &desk.Desk{
		Supervision: a.Supervision, Cases: a.Cases, Archives: a.Archives, HandOver: a.HandOver, Elsewhere: a.Elsewhere, Items: a.Items, Ratings: a.Ratings, Identity: a.Identity, Staff: a.Staff, Agencies: a.Agencies, Parties: a.Parties,
		Halls: a.Halls, Regions: a.Regions, Book: a.Book, Seals: a.Seals, Certificates: a.Certificates, Credit: a.Credit, Health: a.state, Freight: a.freight, Press: a.press(), Serials: a.Serials, Papers: a.Papers, Sessions: a.sessions(), Now: a.Now,
	}
	mux.Handle("/setup", d.Routes())
	mux.Handle("/desk", d.Routes())
	mux.Handle("/desk/", d.Routes())
}

// unusedSays is what becomes of files that nothing names, in words.
func (a *App) unusedSays(ctx context.Context) ([]string, error) {
	c, err := a.Loose.Count(ctx)
	return []string{
		fmt.Sprintf("上传后还没有办件用到的有 %d 份，共 %s（含草稿里的）。%d 天没有用到的自动清理；草稿里的，草稿在就留着", c.Files, blob.Bytes(c.Bytes), int(blob.Unnamed.Hours()/24)),
		fmt.Sprintf("近 %d 天清理了 %d 份", int(blob.Recall.Hours()/24), c.Removed),
	}, err
}

// state is how the program is, for the administrator's page.
func (a *App) state(ctx context.Context) (h desk.Health, err error) {
	h.Database, h.Started = "SQLite", a.started
	if a.DB.Postgres {
		h.Database = "PostgreSQL"
	}
	all, err := a.backlog(ctx)
	if err != nil {
		return h, err
	}
	h.Queues, h.Alarms, h.Unkept, h.Line = all.Queues, all.Alarms, all.Unkept, a.DB.Line()
	h.Inside, h.AtDoor, h.SentAway = a.crowd.Count()
	for _, w := range all.Works {
		h.Works = append(h.Works, desk.Work{Name: w.Name, Done: w.Done, Since: running(w, a.Now()), Still: w.Still(a.Now()), Failing: w.Failing(), Long: w.Long(a.Now())})
	}
	behind, _, err := a.Book.Behind(ctx)
	if err != nil {
		return h, err
	}
	h.Behind, h.Safety = behind != "", a.safetySays(ctx)
	if h.Unused, err = a.unusedSays(ctx); err != nil {
		return h, err
	}
	if h.Keys, err = a.KeyStates(ctx); err != nil {
		return h, err
	}
	leases, err := a.DB.Leases(ctx)
	for _, l := range leases {
		h.Leases = append(h.Leases, desk.Lease{Name: l.Name, Mine: l.Mine, Until: l.Until})
	}
	return h, err
}

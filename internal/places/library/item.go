package library

import (
	"context"
	"net/http"
	"net/url"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// itemView is one item: what is in force, what the check finds, and the form of
// a new revision.
type itemView struct {
	frame.View
	startView
	Bar      frame.DeskBar
	Edition  *items.Edition
	Findings []findingRow
	Revision string // address of the one on its way
	Past     []revisionRow
	MayOpen  bool
}

func (l *Library) itemPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.itemView(r, by)
	if err != nil {
		return err
	}
	page.Show(w, r, itemPage(v))
	return nil
}

func (l *Library) itemView(r *http.Request, by identity.Actor) (itemView, error) {
	id := items.ID(r.PathValue("item"))
	e, err := l.Items.Current(r.Context(), id)
	if err != nil {
		return itemView{}, err
	}
	v := itemView{View: frame.Of(r).Named(e.Name), Bar: bar(by), Edition: e, startView: startView{Request: sqldb.NewID()}}
	v.MayOpen = revisions.Home(e.Region, by) != ""
	codex, err := l.Laws.Codex(r.Context())
	if err != nil {
		return v, err
	}
	for _, f := range l.findings(e, codex) {
		v.Findings = append(v.Findings, findingOf(e, f, ""))
	}
	open, err := l.Revisions.OpenOf(r.Context(), id)
	if err != nil {
		return v, err
	}
	if open != "" {
		v.Revision = revisionURL(open)
	}
	rows, err := l.Revisions.List(r.Context(), revisions.Filter{Item: id, Limit: perPage}, by)
	for _, row := range rows {
		v.Past = append(v.Past, l.revisionRow(row))
	}
	return v, err
}

// openRevision begins a revision (新建调整申请).
func (l *Library) openRevision(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	start := startOf(f)
	start.Item = items.ID(r.PathValue("item"))
	opened, err := sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (*revisions.Revision, error) { return l.Revisions.Open(ctx, start, by) })
	if err == nil {
		page.SeeOther(w, r, revisionURL(opened.ID))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v, failed := l.itemView(r, by)
	if failed != nil {
		return failed
	}
	v.Posted, v.Err, v.View = f, err, v.View.Faulty(err)
	page.ShowFault(w, r, err, itemPage(v))
	return nil
}

// another is the form of a further handling item of the same implementation list.
func (v itemView) another() string {
	e := v.Edition
	return "/desk/items/new?" + url.Values{
		"catalogue": {e.Codes.Catalogue}, "type": {string(e.Type)}, "agency": {e.Agency}, "name": {e.Name}, "divided": {"1"},
	}.Encode()
}

package library

import (
	"context"
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// foundView is the form by which an item begins that does not exist yet.
type foundView struct {
	frame.View
	startView
	Bar      frame.DeskBar
	Agencies []frame.Choice
	Types    []frame.Choice
}

// foundPage asks what a new item is (新设事项).
func (l *Library) foundPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.founding(r, page.Query(r), by)
	if err != nil {
		return err
	}
	page.Show(w, r, foundPage(v))
	return nil
}

func (l *Library) founding(r *http.Request, f *page.Form, by identity.Actor) (foundView, error) {
	region, err := keeps(by)
	if err != nil {
		return foundView{}, err
	}
	v := foundView{View: frame.Of(r).Named("新设事项").Under(frame.Link{Text: "事项", Href: "/desk/items"}), Bar: bar(by), startView: startView{Posted: f, Request: sqldb.NewID()}}
	v.Types = []frame.Choice{{Value: "", Label: "（请选择）"}}
	for _, t := range items.Types() {
		v.Types = append(v.Types, frame.Choice{Value: string(t), Label: string(t) + "（" + t.Code() + "）", On: string(t) == f.Text("type")})
	}
	v.Agencies, err = l.agencyChoices(r, region, f.Text("agency"), func(agencies.Agency) bool { return true })
	return v, err
}

// found begins the draft of a new item.
func (l *Library) found(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	a, err := l.agency(r, f.Text("agency"))
	if err != nil {
		return err
	}
	founding := revisions.Founding{
		Start: startOf(f), Name: f.Text("name"), Type: items.Type(f.Text("type")), Agency: a,
		Catalogue: f.Text("catalogue"), Department: f.Text("department"), Divided: f.Has("divided"),
	}
	opened, err := sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (*revisions.Revision, error) { return l.Revisions.Found(ctx, founding, by) })
	if err == nil {
		page.SeeOther(w, r, revisionURL(opened.ID)+"/edit/basics")
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v, failed := l.founding(r, f, by)
	if failed != nil {
		return failed
	}
	v.Err, v.View = err, v.View.Faulty(err)
	page.ShowFault(w, r, err, foundPage(v))
	return nil
}

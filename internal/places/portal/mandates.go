package portal

import (
	"context"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

type mandatesView struct {
	frame.View
	Firm, Name string
	List       []mandateView
	Login      string
	Some       bool // only the items ticked
	Items      itemChoice
	Through    string
	Err        error
}

type mandateView struct {
	ID, Person, Scope, Period string
	Tone                      frame.Tone
	State                     string
	Stands                    bool
}

func (p *Portal) mandatesPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.mandates(r)
	v.Through = calendar.DayOf(p.Now().AddDate(1, 0, 0)).String()
	if err == nil {
		v.Items, err = p.offer(r.Context(), "", nil)
	}
	return showOr(w, r, err, mandatesTemplate(v))
}

// mandates is what a firm has granted, as its head sees it.
func (p *Portal) mandates(r *http.Request) (mandatesView, error) {
	firm := r.PathValue("firm")
	all, err := p.Identity.Mandates(r.Context(), firm, frame.Actor(r))
	if err != nil {
		return mandatesView{}, err
	}
	ids := []string{firm}
	for _, m := range all {
		ids = append(ids, m.Person)
	}
	names, err := p.Parties.Names(r.Context(), ids...)
	v := mandatesView{View: under(r, "企业授权", accountCrumb), Firm: firm, Name: names[firm]}
	for _, m := range all {
		shown := mandateShown(m, names[m.Person], calendar.DayOf(p.Now()))
		if m.Items != nil {
			called, err := p.itemNames(r.Context(), m.Items)
			if err != nil {
				return v, err
			}
			shown.Scope = "事项：" + strings.Join(called, "、")
		}
		v.List = append(v.List, shown)
	}
	return v, err
}

func mandateShown(m identity.Mandate, person string, today calendar.Day) mandateView {
	v := mandateView{ID: m.ID, Person: person, Scope: "全部事项", Period: m.From.Han() + "至" + m.Through.Han(), Stands: m.Revoked.IsZero() && m.Through >= today}
	switch {
	case !m.Revoked.IsZero():
		v.State = "已撤销"
	case m.Through < today:
		v.State = "已到期"
	case m.From > today:
		v.Tone, v.State = frame.Blue, "还没开始"
	default:
		v.Tone, v.State = frame.Green, "有效"
	}
	return v
}

// grant lets somebody act for the firm; pressed to find items, it only looks.
func (p *Portal) grant(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	scope, ticked, err := p.ticked(r.Context(), f)
	if err != nil {
		return err
	}
	some, through := f.Text("scope") == "some", calendar.Parse(f.Date("through"))
	v := mandatesView{Login: f.Text("login"), Some: some, Through: through.String()}
	if f.Has("find") {
		v.Some = true
		return p.showGrant(w, r, v, clipped(f.Text("q"), 60), ticked)
	}
	if !some {
		scope = nil
	}
	v.Err = sqldb.Judge(r.Context(), f.Err(), func(ctx context.Context) error {
		_, err := p.Identity.Grant(ctx, r.PathValue("firm"), v.Login, scope, calendar.DayOf(p.Now()), through, frame.Actor(r))
		return err
	})
	if v.Err != nil {
		return p.showGrant(w, r, v, clipped(f.Text("q"), 60), ticked)
	}
	page.SeeOther(w, r, r.URL.Path)
	return nil
}

// showGrant shows the page again with what was filled in, and what to change.
func (p *Portal) showGrant(w http.ResponseWriter, r *http.Request, filled mandatesView, query string, ticked []frame.Choice) error {
	v, err := p.mandates(r)
	if err != nil {
		return err
	}
	v.Login, v.Some, v.Through, v.Err = filled.Login, filled.Some, filled.Through, filled.Err
	if v.Items, err = p.offer(r.Context(), query, ticked); err != nil {
		return err
	}
	if v.Err == nil {
		page.Show(w, r, mandatesTemplate(v))
		return nil
	}
	v.View = v.Faulty(v.Err)
	page.ShowFault(w, r, v.Err, mandatesTemplate(v))
	return nil
}

// revoke ends a mandate at once.
func (p *Portal) revoke(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	if err := p.Identity.Revoke(r.Context(), f.Text("mandate"), frame.Actor(r)); err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/account/mandates/"+r.PathValue("firm"))
	return nil
}

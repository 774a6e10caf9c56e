package portal

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

type mandatesView struct {
	frame.View
	Firm, Name string
	List       []mandateView
	Login      string
	Items      string
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
		v.List = append(v.List, mandateShown(m, names[m.Person], calendar.DayOf(p.Now())))
	}
	return v, err
}

func mandateShown(m identity.Mandate, person string, today calendar.Day) mandateView {
	v := mandateView{ID: m.ID, Person: person, Scope: "全部事项", Period: m.From.Han() + "至" + m.Through.Han(), Stands: m.Revoked.IsZero() && m.Through >= today}
	if m.Items != nil {
		v.Scope = "事项：" + strings.Join(m.Items, "、")
	}
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

// grant lets somebody act for the firm.
func (p *Portal) grant(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	through := calendar.Parse(f.Date("through"))
	var scope []string
	if f.Text("scope") == "some" {
		scope = append([]string{}, strings.FieldsFunc(f.Text("items"), func(c rune) bool { return strings.ContainsRune("、，, \n\t", c) })...)
	}
	for _, id := range scope {
		if _, err := p.Items.Current(r.Context(), items.ID(id)); err != nil {
			f.Refuse("items", "unknown", "没有“%.40s”这个事项，请填写办事指南网址里的事项代号", id)
			break
		}
	}
	if err = f.Err(); err == nil {
		_, err = p.Identity.Grant(r.Context(), r.PathValue("firm"), f.Text("login"), scope, calendar.DayOf(p.Now()), through, frame.Actor(r))
	}
	if err == nil {
		page.SeeOther(w, r, r.URL.Path)
		return nil
	}
	v, broken := p.mandates(r)
	if broken != nil {
		return broken
	}
	v.Login, v.Items, v.Through, v.Err = f.Text("login"), f.Text("items"), through.String(), err
	v.View = v.Refused(max(1, len(fault.Fields(err))))
	page.ShowFault(w, r, err, mandatesTemplate(v))
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

package library

import (
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// publicitiesView is everything that is before the public.
type publicitiesView struct {
	frame.View
	Rows []frame.Found
	Next string
}

// publicitiesPage lists the changes that anybody may speak to (公示).
func (l *Library) publicitiesPage(w http.ResponseWriter, r *http.Request) error {
	rows, err := l.Revisions.Publicities(r.Context(), page.Query(r).Text("after"), perPage+1)
	if err != nil {
		return err
	}
	v := publicitiesView{View: frame.Of(r).Named("政务服务事项调整公示").Under(frame.Link{Text: "首页", Href: "/"})}
	if len(rows) > perPage {
		rows = rows[:perPage]
		v.Next = "/publicity?after=" + rows[perPage-1].Cursor
	}
	for _, row := range rows {
		v.Rows = append(v.Rows, frame.Found{
			Text: row.Name, Href: "/publicity/" + string(row.ID), Note: row.AgencyName + " · " + string(row.Reason) + " · 公示到" + row.Until.Han(),
		})
	}
	page.Show(w, r, publicitiesPage(v))
	return nil
}

// publicityView is one change before the public.
type publicityView struct {
	frame.View
	R           *revisions.Revision
	Base        *items.Edition
	Differences []revisions.Difference
	Open        bool // opinions are taken
	SignedIn    bool
	Posted      string
	Thanks      bool
	Err         error
	Request     string
}

func (l *Library) publicityPage(w http.ResponseWriter, r *http.Request) error {
	v, err := l.publicity(r)
	if err != nil {
		return err
	}
	v.Thanks = page.Query(r).Has("done")
	page.Show(w, r, publicityPage(v))
	return nil
}

func (l *Library) publicity(r *http.Request) (publicityView, error) {
	rev, err := l.Revisions.Publicity(r.Context(), revisions.ID(r.PathValue("revision")))
	if err != nil {
		return publicityView{}, err
	}
	base, err := l.Revisions.Base(r.Context(), rev)
	if err != nil {
		return publicityView{}, err
	}
	v := publicityView{
		View: frame.Of(r).Named(rev.Text.Name).Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "事项调整公示", Href: "/publicity"}),
		R:    rev, Base: base, Differences: revisions.Diff(base, rev.Text), SignedIn: frame.Actor(r).Account != "", Request: sqldb.NewID(),
	}
	v.Open = rev.State == revisions.Public && calendar.DayOf(l.Now()) <= rev.PublicUntil
	return v, nil
}

// comment takes down an opinion.
func (l *Library) comment(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by := frame.Asking(r, f.Text("request"))
	_, err = l.Revisions.Comment(r.Context(), revisions.ID(r.PathValue("revision")), f.Text("say"), by)
	if err == nil {
		page.SeeOther(w, r, "/publicity/"+r.PathValue("revision")+"?done=1")
		return nil
	}
	if kind := fault.Of(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	v, failed := l.publicity(r)
	if failed != nil {
		return failed
	}
	v.Err, v.Posted, v.View = err, f.Text("say"), v.View.Faulty(err)
	page.ShowFault(w, r, err, publicityPage(v))
	return nil
}

// moments are the opinions as the public reads them: who said it is only told
// by the surname.
func (v publicityView) moments() []frame.Moment {
	var all []frame.Moment
	for _, c := range v.R.Comments {
		m := frame.Moment{When: moment(c.At), What: c.Say, Who: surname(c.By)}
		if !c.Answered.IsZero() {
			m.Note, m.Tone = "答复："+c.Answer, frame.Blue
			if c.Adopted {
				m.Note, m.Tone = "已采纳。"+c.Answer, frame.Green
			}
		}
		all = append(all, m)
	}
	return all
}

// surname is 李** for 李敏.
func surname(name string) string {
	for _, first := range name {
		return string(first) + "**"
	}
	return "匿名"
}

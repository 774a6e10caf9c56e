package portal

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// metView is the page on which the holder shows that the conditions are met that
// were pledged to be met later (承诺后达到条件).
type metView struct {
	frame.View
	Case    *cases.Case
	Says    string // from when one may operate
	Shown   cases.Shown
	Request string
	Err     error
}

func (p *Portal) metOf(r *http.Request) (metView, error) {
	v := metView{View: under(r, "提交达到条件的证明"), Request: sqldb.NewID()}
	c, err := p.mine(r)
	if err == nil && !c.ToBeShown() {
		err = fault.New(fault.NotFound, "portal.met.none", "这个办件没有需要证明达到的条件，或者已经确认过")
	}
	if err != nil {
		return v, err
	}
	v.Case, v.Says = c, c.MeetSays(p.Days)
	return v, nil
}

func (p *Portal) metPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.metOf(r)
	return showOr(w, r, err, metTemplate(v))
}

// met takes in what shows it.
func (p *Portal) met(w http.ResponseWriter, r *http.Request) error {
	v, err := p.metOf(r)
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err != nil {
		return err
	}
	if v.Shown, v.Err = frame.ReadShown(r.Context(), f, p.Files); v.Err == nil {
		_, v.Err = p.Cases.ShowMet(r.Context(), v.Case.ID, v.Shown, frame.Asking(r, f.Text("request")))
	}
	if v.Err != nil {
		v.View = v.View.Faulty(v.Err)
		page.ShowFault(w, r, v.Err, metTemplate(v))
		return nil
	}
	page.SeeOther(w, r, "/my/cases/"+v.Case.Number)
	return nil
}

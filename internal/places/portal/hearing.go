package portal

import (
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// hearingView is the page on which one asks to be heard (要求听证).
type hearingView struct {
	frame.View
	Case    *cases.Case
	Hearing cases.Hearing
	// Articles give the right; "" no law does for the kind of item.
	Articles string
	Wish     string
	Request  string
	Err      error
}

// mayAskHearing reports whether the applicant was told that they may ask for a
// hearing, has not asked yet, and still may.
func mayAskHearing(c *cases.Case, today calendar.Day) bool {
	h := c.CurrentHearing()
	return h != nil && today <= h.Until && h.Asked == 0 && h.At.IsZero() && (c.State == cases.Accepted || c.State == cases.Granted && c.Later.Pending())
}

func (p *Portal) hearingOf(r *http.Request) (hearingView, error) {
	v := hearingView{View: under(r, "要求听证"), Request: sqldb.NewID()}
	c, err := p.mine(r)
	if err == nil && !mayAskHearing(c, calendar.DayOf(p.Now())) {
		err = fault.New(fault.NotFound, "portal.hearing.none", "没有您可以要求听证的事情，或者已经提出过、过了期限；对办理有意见的，请联系承办部门")
	}
	if err != nil {
		return v, err
	}
	f, err := p.Cases.Frame(r.Context(), c)
	if err != nil {
		return v, err
	}
	v.Case, v.Hearing, v.Articles = c, *c.CurrentHearing(), f.Edition.Type.Rests("行政许可法第四十五条、第四十七条、第四十八条")
	return v, nil
}

func (p *Portal) hearingPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.hearingOf(r)
	return showOr(w, r, err, hearingTemplate(v))
}

// askHearing files the wish to be heard.
func (p *Portal) askHearing(w http.ResponseWriter, r *http.Request) error {
	v, err := p.hearingOf(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v.Wish = f.Text("wish")
	if v.Err = f.Err(); v.Err == nil {
		_, v.Err = p.Cases.AskHearing(r.Context(), v.Case.ID, v.Wish, frame.Asking(r, f.Text("request")))
	}
	if v.Err != nil {
		v.View = v.View.Faulty(v.Err)
		page.ShowFault(w, r, v.Err, hearingTemplate(v))
		return nil
	}
	page.SeeOther(w, r, "/my/cases/"+v.Case.Number)
	return nil
}

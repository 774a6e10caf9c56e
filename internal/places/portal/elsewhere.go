package portal

import (
	"net/http"
	"net/url"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// elsewhereView is what was taken in here for this person and is handled in
// another place.
type elsewhereView struct {
	frame.View
	Parcels []*elsewhere.Parcel
	NoParty bool
}

func (p *Portal) elsewherePage(w http.ResponseWriter, r *http.Request) error {
	by := frame.Actor(r)
	v := elsewhereView{View: under(r, "异地办理"), NoParty: by.Party == ""}
	if !v.NoParty {
		var err error
		if v.Parcels, err = p.Elsewhere.List(r.Context(), elsewhere.Filter{Party: by.Party, Limit: 100}, by); err != nil {
			return err
		}
	}
	page.Show(w, r, elsewhereTemplate(v))
	return nil
}

// parcelView is one matter that another place handles, and what its applicant
// may do about it from here.
type parcelView struct {
	frame.View
	Parcel  *elsewhere.Parcel
	Wants   []want // what the deciding place asks to be put right
	Form    formView
	Until   calendar.Day
	Online  bool // sent by the applicant, who answers and takes back themselves
	Drop    bool
	Request string
	Reason  string
	Err     error
}

func parcelHref(p *elsewhere.Parcel) string { return "/my/elsewhere/" + url.PathEscape(p.ID) }

func (p *Portal) parcelPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.parcelView(r)
	return showOr(w, r, err, parcelTemplate(v))
}

func (p *Portal) parcelView(r *http.Request) (parcelView, error) {
	by := frame.Actor(r)
	found, err := p.Elsewhere.Parcel(r.Context(), r.PathValue("parcel"), by)
	if err == nil && !found.Own(by) {
		err = elsewhere.None()
	}
	if err != nil {
		return parcelView{}, err
	}
	v := parcelView{View: under(r, found.ItemName, frame.Link{Text: "异地办理", Href: "/my/elsewhere"}), Parcel: found, Online: found.Mode == elsewhere.Online, Request: sqldb.NewID()}
	v.Drop = v.Online && found.MayDrop() == nil
	if n := found.Status.Notice; v.Online && n != nil && found.MayAnswer() == nil {
		v.Wants, v.Until = noticed(*n), n.Until
		e, answers, err := p.Elsewhere.Form(r.Context(), found, by)
		if err != nil {
			return v, err
		}
		v.Form = p.amendingOf(e, *n, answers, "")
	}
	return v, nil
}

// parcelAct does something with one's own parcel, and shows what is wrong.
func (p *Portal) parcelAct(w http.ResponseWriter, r *http.Request, do func(v *parcelView, f *page.Form, by identity.Actor) error) error {
	v, err := p.parcelView(r)
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err == nil {
		err = do(&v, f, frame.Asking(r, f.Text("request")))
	}
	if err == nil {
		page.SeeOther(w, r, parcelHref(v.Parcel))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	if held := p.hold(r, v.Wants); held != nil {
		return held
	}
	err = ofAnswers(err, "", "")
	v.Err, v.Form.ask.Err, v.View = err, err, v.Faulty(err)
	page.ShowFault(w, r, err, parcelTemplate(v))
	return nil
}

// parcelCorrect hands in what the other place asked for.
func (p *Portal) parcelCorrect(w http.ResponseWriter, r *http.Request) error {
	return p.parcelAct(w, r, func(v *parcelView, f *page.Form, by identity.Actor) error {
		e, err := p.Items.Edition(r.Context(), v.Parcel.Item, v.Parcel.Edition)
		if err != nil {
			return err
		}
		x, err := p.correction(r, f, f, v.Wants, &v.Form, e)
		if err == nil {
			_, err = p.Elsewhere.Answer(r.Context(), v.Parcel.ID, x, by)
		}
		return err
	})
}

func (p *Portal) parcelWithdraw(w http.ResponseWriter, r *http.Request) error {
	return p.parcelAct(w, r, func(v *parcelView, f *page.Form, by identity.Actor) error {
		v.Reason = f.Text("reason")
		_, err := p.Elsewhere.Drop(r.Context(), v.Parcel.ID, v.Reason, by)
		return err
	})
}

// parcelForward sends again what the other place sent back.
func (p *Portal) parcelForward(w http.ResponseWriter, r *http.Request) error {
	return p.parcelAct(w, r, func(v *parcelView, _ *page.Form, by identity.Actor) error {
		_, err := p.Elsewhere.Forward(r.Context(), v.Parcel.ID, by)
		return err
	})
}

func (p *Portal) elsewhereProof(w http.ResponseWriter, r *http.Request) error {
	file, err := p.Elsewhere.CertificateFile(r.Context(), r.PathValue("parcel"), frame.Actor(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="certificate.json"`)
	_, err = w.Write(file)
	return err
}

// sides are both places of a parcel as rows.
func sides(p *elsewhere.Parcel) []frame.Row {
	var rows []frame.Row
	for _, s := range p.Sides() {
		rows = append(rows, frame.Row{Key: s.Name, Value: s.Value})
	}
	return rows
}

// course is what became of a parcel, the latest first.
func course(p *elsewhere.Parcel) []frame.Moment {
	var all []frame.Moment
	for _, e := range slices.Backward(p.Log) {
		all = append(all, frame.Moment{When: clockTime(e.At), What: e.What, Who: e.Where + " " + e.Who, Note: e.Say})
	}
	return all
}

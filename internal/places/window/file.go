package window

import (
	"maps"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// filing is an application being taken down at the counter. All of it stands in
// the address and the form; nothing is kept until it is filed.
type filing struct {
	Edition   *items.Edition
	Who       parties.Party // masked
	Agent     string
	Situation forms.Answers
	Guide     forms.Guidance
	Answers   forms.Answers // of the form, with the situation
	Checks    []check
	Held      cases.Held // certificates of the applicant's that need not be brought
	Delivery  cases.Delivery
	Came      *cases.Arrival // by post
	Letter    letter
	Licence   bool // all conditions are pledged
	Later     bool // they are to be met later
	Signed    cases.Signature
	Sign      signBox // on the second screen
	Request   string
	Sight     sight
	Err       error
	Places    []frame.Choice
	To        string // "partner/region" where another installation handles it
	With      string // a parcel of the same applicant that is taken in together with this (多地联办)
	Away      bool   // another place handles it
	AwayName  string
	Tos       []frame.Link // places of partners that the item may be taken in for
}

// file leads from who stands at the counter over the item and their situation
// to the page on which everything is taken down.
func (p *Window) file(w http.ResponseWriter, r *http.Request) error {
	q := page.Query(r)
	if q.Text("party") == "" {
		return p.showWho(w, r, whoPage{Item: q.Text("item"), Agent: q.Text("agent")})
	}
	if q.Text("item") == "" {
		return p.showPick(w, r, q.Text("party"))
	}
	v, err := p.filing(r, q)
	if err != nil {
		return err
	}
	if v.Guide.Next != nil || q.Has("ask") {
		return p.showSituation(w, r, v)
	}
	p.fillIn(&v, p.knownOf(v.Who, v.Agent))
	return p.showFiling(w, r, v)
}

// filing reads what the address or the form says before the form proper.
func (p *Window) filing(r *http.Request, f *page.Form) (v filing, err error) {
	if v.Who, err = p.Parties.View(r.Context(), f.Text("party"), frame.Actor(r)); err != nil {
		return v, err
	}
	if v.Edition, err = p.offered(r, items.ID(f.Text("item"))); err != nil {
		return v, err
	}
	v.Agent, v.Request = f.Text("agent"), newRequest()
	v.Situation = forms.Answers{}
	for _, q := range v.Edition.Questions {
		if a := strings.Join(f.All("s."+q.ID), "\n"); a != "" {
			v.Situation[q.ID] = a
		}
	}
	v.Guide = forms.Guide(v.Edition.Questions, v.Situation, p.today())
	v.Answers = v.Situation
	if err := p.fetch(r, &v); err != nil {
		return v, err
	}
	v.Delivery = cases.Delivery{Way: "window"}
	if v.Sign, err = p.signBox(r, f.Text("signing"), "/window/signing"); err != nil {
		return v, err
	}
	v.With = f.Text("with")
	return v, p.away(r, &v, f.Text("to"))
}

// fetch finds what need not be brought, by what has been answered so far.
func (p *Window) fetch(r *http.Request, v *filing) (err error) {
	v.Held, err = p.Cases.Held(r.Context(), v.Who.ID, v.Edition, v.Answers)
	return err
}

// fillIn puts into the form what is known already.
func (p *Window) fillIn(v *filing, known map[string]string) {
	v.Answers = maps.Clone(v.Situation)
	for _, f := range v.Edition.Form.All() {
		if a := known[f.Prefill]; a != "" {
			v.Answers[f.ID] = a
		}
	}
	v.Checks = p.paperChecks(v)
}

// paperChecks are the materials that these answers call for.
func (p *Window) paperChecks(v *filing) []check {
	var all []check
	by := cases.CureBy(v.Edition, p.today(), p.Days)
	for i, m := range v.Edition.MaterialsFor(v.Answers) {
		k := check{No: i + 1, Material: m, By: by, Word: m.Promisable && v.Edition.Pledge.Excluded == ""}
		all = append(all, k.with(v.Edition, v.Held))
	}
	return all
}

// readFiling takes the whole page from its form.
func (p *Window) readFiling(r *http.Request, f *page.Form) (filing, error) {
	v, err := p.filing(r, f)
	if err != nil {
		return v, err
	}
	if given := f.Text("request"); given != "" {
		v.Request = given
	}
	p.fillIn(&v, nil)
	for _, field := range v.Edition.Form.All() {
		if a := answerOf(f, field); a != "" {
			v.Answers[field.ID] = a
		}
	}
	if err := p.fetch(r, &v); err != nil {
		return v, err
	}
	v.Checks = p.paperChecks(&v)
	for i := range v.Checks {
		v.Checks[i] = v.Checks[i].read(f).with(v.Edition, v.Held)
	}
	v.Delivery = cases.Delivery{Way: f.OneOf("way", "window", "post", "electronic"), Address: f.Text("address")}
	v.Came = readArrival(f)
	v.Letter, v.Licence, v.Later = readLetter(f), f.Has("licence"), f.Has("later")
	v.Signed = cases.Signature{Free: f.Has("free")}
	if frame.HasInk(f, "signed") {
		v.Signed.Name = v.signer()
	}
	if v.Sign.sends() {
		v.Signed = unsigned(v.signer())
	}
	return v, f.Err()
}

// answerOf reads one answer, whatever its kind.
func answerOf(f *page.Form, field *forms.Field) string {
	switch name := answerName(field.ID); field.Kind {
	case forms.Choices:
		return strings.Join(f.All(name), "\n")
	case forms.Birth:
		if whole := f.Text(name); whole != "" {
			return whole
		}
		return strings.Trim(f.Text(name+".year")+"-"+f.Text(name+".month")+"-"+f.Text(name+".day"), "-")
	default:
		return f.Text(name)
	}
}

// answerName is the field of an answer, as the faults name it.
func answerName(id string) string { return "answers." + id }

// application is the filing as the room of cases takes it.
func (v filing) application() cases.Application {
	a := cases.Application{Item: v.Edition.Item, Answers: maps.Clone(v.Answers), Delivery: v.Delivery,
		Applicant: cases.Applicant{Party: v.Who.ID, Name: v.Who.Name, Org: v.Who.Kind == parties.Organisation, Agent: v.Agent}}
	a.Word, a.Came = v.word(), v.Came
	for _, k := range v.Checks {
		switch {
		case k.Finding == cases.Complete || k.Finding == cases.Defective:
			a.Materials = append(a.Materials, cases.Handed{Material: k.Material.ID, Paper: true})
		case k.Finding == cases.Exempt && k.Held != "":
			a.Materials = append(a.Materials, cases.Handed{Material: k.Material.ID, Certificate: k.Held})
		}
	}
	return a
}

// filed takes the application in, and accepts it if the clerk pressed that.
func (p *Window) filed(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.readFiling(r, f)
	if err == nil && v.Away {
		var id string
		if id, err = p.takeAway(r, v, f.OneOf("do", "accept", "receive")); err == nil {
			page.SeeOther(w, r, parcelHref(id)+"?done=1")
			return nil
		}
	} else if err == nil && joint.Is(v.Edition.Item) {
		var j *joint.Joint
		if j, err = p.takeTheme(r, v, f.OneOf("do", "accept", "receive")); err == nil {
			page.SeeOther(w, r, "/window/joint/"+j.Number)
			return nil
		}
	} else if err == nil {
		var c *cases.Case
		if c, err = p.takeDown(r, v, f, f.OneOf("do", "accept", "receive")); err == nil {
			page.SeeOther(w, r, caseHref(c.ID)+"?done=1")
			return nil
		}
	}
	if v.Edition == nil || fault.Of(err) == fault.Internal {
		return err
	}
	v.Err = err
	return p.showFiling(w, r, v)
}

// takeDown files what the page says; numbers that were shown masked are filed whole.
func (p *Window) takeDown(r *http.Request, v filing, f *page.Form, how string) (*cases.Case, error) {
	by := asking(r, v.Request)
	i := intent(v.Checks)
	v.Letter.under(i.Promises)
	if !v.word().None() && !v.Sign.sends() {
		signed, err := p.sign(r, f, v.signer())
		if err != nil {
			return nil, err
		}
		v.Signed = signed
	}
	a := v.application()
	if v.Sign.signed() || v.Sign.sends() && !v.word().None() {
		if err := p.underwrite(r, v, &a, &i); err != nil {
			return nil, err
		}
	}
	if err := p.unmask(r, v, a.Answers); err != nil {
		return nil, err
	}
	if how == "receive" {
		return p.Cases.Submit(r.Context(), a, by)
	}
	return p.Cases.FileAndAccept(r.Context(), a, i, by)
}

// here is the address of this filing with one more parameter.
func (v filing) here(name, value string) string {
	q := url.Values{"item": {string(v.Edition.Item)}, "party": {v.Who.ID}}
	if v.Agent != "" {
		q.Set("agent", v.Agent)
	}
	for id, a := range v.Situation {
		q["s."+id] = strings.Split(a, "\n")
	}
	if v.To != "" {
		q.Set("to", v.To)
	}
	if v.With != "" {
		q.Set("with", v.With)
	}
	if name != "" {
		q.Set(name, value)
	}
	return "/window/file?" + q.Encode()
}

// places are the towns of the city, by county.
func (p *Window) places() []frame.Choice {
	var all []frame.Choice
	today := calendar.DayOf(p.Now())
	for _, county := range p.Regions.Children(string(p.Regions.Home().Code), today) {
		all = append(all, frame.Choice{Value: string(county.Code), Label: county.Name, Group: county.Name})
		for _, town := range p.Regions.Children(string(county.Code), today) {
			all = append(all, frame.Choice{Value: string(town.Code), Label: town.Name, Group: county.Name})
		}
	}
	return all
}

package portal

import (
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// pledgeView is what one is told before one pledges, and what may be pledged
// (告知承诺): with a draft, or with a case that the window has.
type pledgeView struct {
	frame.View
	Bar     frame.StepBar
	Notice  cases.PledgeNotice
	Offers  []pledgeOffer
	All     bool // all conditions may be pledged
	Word    cases.Word
	Given   bool // there is a word to take back
	Signer  string
	Closed  string // why one's word is not taken now
	Request string
	Err     error
}

type pledgeOffer struct {
	items.Material
	On bool
}

// field is the name of the offer in the form.
func (o pledgeOffer) field() string { return "pledge." + o.ID }

// mayPledge reports whether anything of the application may be pledged.
func (a *application) mayPledge() bool {
	return a.Edition.Pledgeable() && (a.Edition.Promisable || slices.ContainsFunc(a.Edition.MaterialsFor(a.Answers), func(m items.Material) bool { return m.Promisable }))
}

// offer fills in what may be pledged by the answers; stands is what is pledged already.
func (v *pledgeView) offer(e *items.Edition, answers forms.Answers, stands func(items.Material) bool) {
	v.All = e.Promisable
	var ids []string
	for _, m := range e.MaterialsFor(answers) {
		if m.Promisable && !stands(m) {
			v.Offers, ids = append(v.Offers, pledgeOffer{m, v.Word.Stands(m)}), append(ids, m.ID)
		}
	}
	kind := cases.ProofPledge
	if v.All {
		kind = cases.LicencePledge
	}
	v.Notice = (&cases.Case{Answers: answers}).NoticeOf(e, kind, ids)
}

// closed says why the party's word is not taken, if it is not.
func (v *pledgeView) closed(p *Portal, r *http.Request, party string) error {
	switch err := p.Credit.MayPledge(r.Context(), party); {
	case fault.Of(err) == fault.Conflict:
		v.Closed = fault.Say(err)
	case err != nil:
		return err
	}
	return nil
}

func nothingPledged(items.Material) bool { return false }

// pledgePage shows what is told, in the way through an application.
func (p *Portal) pledgePage(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.pledgeView(r, a)
	return showOr(w, r, err, pledgeTemplate(v))
}

func (p *Portal) pledgeView(r *http.Request, a *application) (pledgeView, error) {
	v := pledgeView{View: frame.Of(r).Named("用书面承诺代替证明"), Bar: a.bar(a.at("materials")), Word: a.Word, Given: !a.Word.None()}
	v.Bar.Back, v.Bar.Next = a.at("materials"), "签署承诺"
	if !a.mayPledge() {
		return v, fault.New(fault.NotFound, "portal.pledge.none", "按您现在的情况，没有可以用承诺代替的材料")
	}
	v.offer(a.Edition, a.Answers, nothingPledged)
	v.Signer = a.signer()
	return v, v.closed(p, r, a.Party)
}

// read takes what is pledged and the signature from the form.
func (v *pledgeView) read(r *http.Request, f *page.Form, p *Portal) (err error) {
	v.Word = cases.Word{Licence: f.Has("licence"), Later: f.Has("later")}
	for i := range v.Offers {
		o := &v.Offers[i]
		if o.On = f.Has(o.field()); o.On && !v.Word.Licence {
			v.Word.Materials = append(v.Word.Materials, o.ID)
		}
	}
	v.Word.Signed.Free = f.Has("free")
	v.Word.Signed.Signature, err = frame.ReadInk(r.Context(), f, "signed", v.Signer, p.Files)
	return err
}

// pledge keeps the word with the draft, or takes it back.
func (p *Portal) pledge(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.pledgeView(r, a)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	word := cases.Word{}
	if !f.Has("back") {
		if err = v.read(r, f, p); err == nil {
			err = cases.CheckWord(a.Edition, a.Answers, v.Word)
		}
		if err == nil {
			err = p.Credit.MayPledge(r.Context(), a.Party)
		}
		if err != nil {
			return refusePledge(w, r, v, err)
		}
		word = v.Word
	}
	if _, err := p.Cases.Saved(r.Context(), a.ID, a.By, func(d *cases.Draft) error { d.Word = word; return nil }); err != nil {
		return err
	}
	page.SeeOther(w, r, a.at("materials"))
	return nil
}

func refusePledge(w http.ResponseWriter, r *http.Request, v pledgeView, err error) error {
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Faulty(err)
	page.ShowFault(w, r, err, pledgeTemplate(v))
	return nil
}

// casePledgePage shows the same for an application that the window has: instead
// of a proof that is asked for, one may pledge.
func (p *Portal) casePledgePage(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.casePledgeView(r)
	return showOr(w, r, err, pledgeTemplate(v))
}

func (p *Portal) casePledgeView(r *http.Request) (pledgeView, *cases.Case, error) {
	c, err := p.mine(r)
	if err != nil {
		return pledgeView{}, nil, err
	}
	f, err := p.Cases.Frame(r.Context(), c)
	if err != nil {
		return pledgeView{}, nil, err
	}
	v := pledgeView{View: frame.Of(r).Named("用书面承诺代替证明"), Request: sqldb.NewID(), Bar: frame.StepBar{Name: c.ItemName, Back: "/my/cases/" + c.Number, Next: "签署承诺"}}
	if !mayPledgeOn(c, f.Edition) {
		return v, c, fault.New(fault.Conflict, "portal.pledge.over", "这个办件现在没有可以用承诺代替的材料，请到办件页面查看进度")
	}
	v.offer(f.Edition, c.Answers, func(m items.Material) bool { return !c.Lacks(m) })
	v.All = v.All && !c.OnPledge()
	v.Signer = orElse(c.Applicant.Agent, c.Applicant.Name)
	return v, c, v.closed(p, r, c.Applicant.Party)
}

// mayPledgeOn reports whether a material that the case still asks for may be
// replaced by a pledge.
func mayPledgeOn(c *cases.Case, e *items.Edition) bool {
	if c.State != cases.Received && c.State != cases.Correcting || !e.Pledgeable() {
		return false
	}
	return slices.ContainsFunc(e.MaterialsFor(c.Answers), func(m items.Material) bool { return m.Promisable && c.Lacks(m) })
}

// casePledge takes the word on the case.
func (p *Portal) casePledge(w http.ResponseWriter, r *http.Request) error {
	v, c, err := p.casePledgeView(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	if err = v.read(r, f, p); err == nil {
		_, err = p.Cases.Pledge(r.Context(), c.ID, v.Word, frame.Asking(r, f.Text("request")))
	}
	if err != nil {
		return refusePledge(w, r, v, err)
	}
	to := "/my/cases/" + c.Number
	if c.State == cases.Correcting {
		to += "/correct"
	}
	page.SeeOther(w, r, to)
	return nil
}

// vowed are one's pledges in a case, and how they stand.
func (p *Portal) vowed(c *cases.Case) []frame.Row {
	var rows []frame.Row
	for _, one := range c.Pledges {
		rows = append(rows, frame.Row{Key: one.Kind.Han(), Value: one.Name})
	}
	if say := c.MeetSays(p.Days); say != "" {
		rows = append(rows, frame.Row{Key: "经营", Value: say, Bad: c.NotYet()})
	}
	switch k := c.Check; {
	case k == nil, k.Awaits():
	case !k.Done && k.Mend != 0:
		rows = append(rows, frame.Row{Key: "请整改", Value: k.Mend.Han() + "前整改到位，届时复核", Bad: true})
	case !k.Done:
		rows = append(rows, frame.Row{Key: "核查", Value: string(k.Way) + "，" + k.Due(p.Days).Day.Han() + "前"})
	default:
		rows = append(rows, frame.Row{Key: "核查结果", Value: k.Found[len(k.Found)-1].Result.Han(), Bad: k.Found[len(k.Found)-1].Result != cases.PledgeTrue})
	}
	return rows
}

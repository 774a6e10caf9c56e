package portal

import (
	"cmp"
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// deferralView is what one is told before one chooses to bring a material later
// (稍后补交，容缺受理), and what may follow.
type deferralView struct {
	frame.View
	Bar    frame.StepBar
	Item   string
	List   []deferral
	Last   calendar.Day // no day may be later; 0 none is set
	Given  bool
	Signer string
	Typed  string
	Closed string // why one's word is not taken now
	Err    error
}

// deferral is one material that may follow.
type deferral struct {
	items.Material
	On   bool
	By   string
	Path string // of its field, as the faults name it
}

func (d deferral) field() string { return "later." + d.ID }
func (d deferral) day() string   { return "by." + d.ID }

// deferrable are the materials of the application that may still follow: those
// that are not there.
func (a *application) deferrable() []items.Material {
	if joint.Is(a.Item) {
		return nil
	}
	return slices.DeleteFunc(cases.Deferrable(a.Edition, a.Answers), func(m items.Material) bool {
		return a.Fetched[m.ID] != "" || len(a.files(m.ID)) > 0 || written(m) || a.Word.Stands(m)
	})
}

// offered is what the applicant chose to bring later, if they did.
func (a *application) offeredLater(material string) (cases.Promise, bool) {
	i := slices.IndexFunc(a.Promises, func(p cases.Promise) bool { return p.Material == material })
	if i < 0 {
		return cases.Promise{}, false
	}
	return a.Promises[i], true
}

// deferralPage shows what follows from bringing a material later.
func (p *Portal) deferralPage(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.deferralView(r, a)
	return showOr(w, r, err, deferralTemplate(v))
}

func (p *Portal) deferralView(r *http.Request, a *application) (deferralView, error) {
	v := deferralView{View: frame.Of(r).Named("有的材料稍后补交"), Bar: a.bar(a.at("materials")), Item: a.ItemName, Given: len(a.Promises) > 0, Signer: a.signer()}
	v.Bar.Back, v.Bar.Next = a.at("materials"), "签署承诺书"
	v.Last = cases.LastCure(a.Edition, p.Days, p.Now())
	usual := cases.CureBy(a.Edition, a.Today, p.Days)
	for _, m := range a.deferrable() {
		d := deferral{Material: m, By: usual.String()}
		if o, ok := a.offeredLater(m.ID); ok {
			d.On, d.By = true, o.By.String()
		}
		v.List = append(v.List, d)
	}
	if len(v.List) == 0 {
		return v, fault.New(fault.NotFound, "portal.later.none", "按您现在的情况，没有可以稍后补交的材料。主要材料须在申请时提交")
	}
	switch err := p.Credit.MayDefer(r.Context(), a.Party); {
	case fault.Of(err) == fault.Conflict:
		v.Closed = fault.Say(err)
	case err != nil:
		return v, err
	}
	return v, nil
}

// read takes what is chosen, and the signature, from the form.
func (v *deferralView) read(r *http.Request, f *page.Form, p *Portal) ([]cases.Promise, error) {
	var all []cases.Promise
	for i := range v.List {
		d := &v.List[i]
		d.By, d.On = f.Text(d.day()), f.Has(d.field())
		if d.On {
			d.By = f.Date(d.day())
			all = append(all, cases.Promise{Material: d.ID, Name: d.Name, By: calendar.Parse(d.By)})
		}
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Invalid, "portal.later.choose", "还没有选择").At(v.List[0].field(), "required", "请选择要稍后补交的材料；都能现在交的，返回上一步就行")
	}
	v.Typed = f.Text("signed.typed")
	signed, err := frame.ReadInk(r.Context(), f, "signed", v.Signer, p.Files)
	for i := range all {
		all[i].Signed = &signed
	}
	return all, err
}

// placed leads the faults of offers to the days they are about.
func (v deferralView) placed(err error) error {
	days, n := map[string]string{}, 0
	for _, d := range v.List {
		if d.On {
			days["promises["+itoa(n)+"]"], n = d.day(), n+1
		}
	}
	return fault.Retold(err, func(f fault.Field) (fault.Field, bool) {
		f.Path = cmp.Or(days[f.Path], f.Path)
		return f, true
	})
}

// deferLater keeps the choice with the draft, or takes it back.
func (p *Portal) deferLater(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.deferralView(r, a)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	var chosen []cases.Promise
	if !f.Has("back") {
		if chosen, err = v.read(r, f, p); err == nil {
			err = cases.CheckOffers(a.Edition, a.Answers, chosen, p.Days, p.Now())
		}
		if err == nil {
			err = p.Credit.MayDefer(r.Context(), a.Party)
		}
		if err = fault.Together(f.Err(), v.placed(err)); err != nil {
			if fault.Of(err) == fault.Internal {
				return err
			}
			v.Err, v.View = err, v.Faulty(err)
			page.ShowFault(w, r, err, deferralTemplate(v))
			return nil
		}
	}
	if _, err := p.Cases.Saved(r.Context(), a.ID, a.By, func(d *cases.Draft) error { d.Promises = chosen; return nil }); err != nil {
		return err
	}
	page.SeeOther(w, r, a.at("materials"))
	return nil
}

// stillLater leaves out what was handed in after all, or is asked for no more.
func (a *application) stillLater(all []cases.Promise) []cases.Promise {
	may := a.deferrable()
	return slices.DeleteFunc(slices.Clone(all), func(p cases.Promise) bool {
		return !slices.ContainsFunc(may, func(m items.Material) bool { return m.ID == p.Material })
	})
}

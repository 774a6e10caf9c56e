package window

import (
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// offer is a proof that the applicant may replace by their word.
type offer struct {
	items.Material
	On bool
}

// field is the name of the offer in its form.
func (o offer) field() string { return "pledge." + o.ID }

// pledging is what the page for a pledge shows and reads (告知承诺).
type pledging struct {
	Offers  []offer
	All     bool // all conditions may be pledged
	Licence bool
	Later   bool // the conditions are to be met later
	Signer  string
	Signed  cases.Signature
	Notice  cases.PledgeNotice
}

// offers lists what may still be pledged in the case.
func offers(c *cases.Case, e *items.Edition) pledging {
	p := pledging{All: e.Pledge.Excluded == "" && e.Promisable && !c.OnPledge(), Signer: signer(c.Applicant)}
	if e.Pledge.Excluded != "" {
		return p
	}
	var ids []string
	for _, m := range e.MaterialsFor(c.Answers) {
		if m.Promisable && c.Lacks(m) {
			p.Offers, ids = append(p.Offers, offer{Material: m}), append(ids, m.ID)
		}
	}
	kind := cases.ProofPledge
	if p.All {
		kind = cases.LicencePledge
	}
	p.Notice = c.NoticeOf(e, kind, ids)
	return p
}

// none reports whether nothing can be pledged.
func (p pledging) none() bool { return len(p.Offers) == 0 && !p.All }

// read takes what was chosen; the signature is read with it.
func (p *pledging) read(f *page.Form) {
	p.Licence, p.Later = f.Has("licence"), f.Has("later")
	for i := range p.Offers {
		p.Offers[i].On = f.Has(p.Offers[i].field())
	}
}

// word is what was chosen, signed.
func (p pledging) word() cases.Word {
	w := cases.Word{Licence: p.Licence, Later: p.Later, Signed: p.Signed}
	for _, o := range p.Offers {
		if o.On && !p.Licence {
			w.Materials = append(w.Materials, o.ID)
		}
	}
	return w
}

// readPostponement takes which promised day is moved, and to when.
func (a *actPage) readPostponement(f *page.Form) {
	a.Postponed = cases.Postponement{Material: f.Text("material"), By: calendar.Parse(f.Date("by")), Reason: f.Text("reason")}
	if a.Postponed.Material == "" {
		f.Refuse("material", "choice", "请选择材料")
	}
}

// postponable are the promised materials whose day may still be moved.
func postponable(c *cases.Case) []frame.Choice {
	var all []frame.Choice
	for _, p := range c.Promises {
		if c.State == cases.Accepted && !p.Kept && !p.Lapsed && !p.Postponed {
			all = append(all, frame.Choice{Value: p.Material, Label: p.Name, Hint: "现在是" + p.By.Han() + "前"})
		}
	}
	return all
}

// owedPage is what applicants promised to bring, soonest due first.
type owedPage struct {
	Rows  []cases.Owed
	Today calendar.Day
	After string
}

// owed lists the promised materials of the region that the window serves.
func (p *Window) owed(w http.ResponseWriter, r *http.Request) error {
	by, q := frame.Actor(r), page.Query(r)
	rows, err := p.Cases.Owed(r.Context(), cases.OwedFilter{Region: post(by).Region, After: q.Text("after"), Limit: queueRows + 1}, by)
	if err != nil {
		return err
	}
	v := owedPage{Rows: rows, Today: p.today()}
	if len(rows) > queueRows {
		v.Rows = rows[:queueRows]
		v.After = nextPage(r, v.Rows[queueRows-1].Cursor)
	}
	b := p.bench(r, tasks("/window/owed", nil), nil, frame.Key{Keys: "J K", Does: "上下"}, frame.Key{Keys: "↵", Does: "打开"})
	page.Show(w, r, owedView(frame.Of(r).Named("等申请人补交"), b, v))
	return nil
}

// signer is who signs at the counter: who came for the applicant, or the applicant.
func signer(a cases.Applicant) string {
	if a.Agent != "" {
		return a.Agent
	}
	return a.Name
}

// sign reads the signature of somebody under a pledge.
func (p *Window) sign(r *http.Request, f *page.Form, who string) (cases.Signature, error) {
	s, err := frame.ReadInk(r.Context(), f, "signed", who, p.Files)
	return cases.Signature{Signature: s, Free: f.Has("free")}, err
}

// dayValue is a day in a field; nothing for none.
func dayValue(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// word is what the applicant at the counter pledges.
func (v filing) word() cases.Word {
	w := cases.Word{Licence: v.Licence, Later: v.Later, Signed: v.Signed}
	for _, k := range v.Checks {
		if k.Finding == cases.OnWord && !v.Licence {
			w.Materials = append(w.Materials, k.Material.ID)
		}
	}
	return w
}

// mayPledge reports whether anything of the filing may be pledged.
func (v filing) mayPledge() bool {
	return v.Edition.Pledge.Excluded == "" && (v.Edition.Promisable || slices.ContainsFunc(v.Checks, func(k check) bool { return k.Word }))
}

// notice is what the applicant at the counter is told.
func (v filing) notice() cases.PledgeNotice {
	c := &cases.Case{Answers: v.Answers}
	return offers(c, v.Edition).Notice
}

// signer is who signs the filing.
func (v filing) signer() string {
	name := v.Who.Name
	if v.Who.Head.Name != "" { // a firm signs by its head
		name = v.Who.Head.Name
	}
	return signer(cases.Applicant{Name: name, Agent: v.Agent})
}

package window

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// parcelsPage is what was taken in here for other places, or elsewhere for us.
type parcelsPage struct {
	Rows  []*elsewhere.Parcel
	Came  bool // taken elsewhere for this place
	Over  bool
	After string
	Today calendar.Day
}

func (v parcelsPage) tabs() []frame.Link {
	return []frame.Link{
		{Text: "本窗口代收", Href: "/window/elsewhere", Here: !v.Came && !v.Over},
		{Text: "外地代收、由本地办", Href: "/window/elsewhere?came=1", Here: v.Came},
		{Text: "已经结束", Href: "/window/elsewhere?over=1", Here: v.Over && !v.Came},
	}
}

// parcels lists them, the latest first.
func (p *Window) parcels(w http.ResponseWriter, r *http.Request) error {
	by, q := frame.Actor(r), page.Query(r)
	v := parcelsPage{Came: q.Has("came"), Over: q.Has("over"), Today: p.today()}
	f := elsewhere.Filter{Over: v.Over, After: q.Text("after"), Limit: queueRows + 1}
	if v.Came {
		f.There = post(by).Region
	}
	var err error
	if v.Rows, err = p.Elsewhere.List(r.Context(), f, by); err != nil {
		return err
	}
	if len(v.Rows) > queueRows {
		v.Rows = v.Rows[:queueRows]
		v.After = nextPage(r, v.Rows[queueRows-1].ID)
	}
	b := p.bench(r, tasks("/window/elsewhere", nil), nil, frame.Key{Keys: "J K", Does: "上下"}, frame.Key{Keys: "↵", Does: "打开"})
	page.Show(w, r, parcelsView(frame.Of(r).Named("异地代收"), b, v))
	return nil
}

// parcelPage is one of them.
type parcelPage struct {
	Parcel *elsewhere.Parcel
	Answer elsewhere.Answer
	Mine   bool // this window acts for the place of receipt
	Late   bool
	Proof  bool
	Done   bool
	Ask    string
	Form   *amending // of a parcel that is to be put right
	Err    error
}

func parcelHref(id string) string { return "/window/elsewhere/" + url.PathEscape(id) }

func (p *Window) parcel(w http.ResponseWriter, r *http.Request) error {
	found, err := p.Elsewhere.Parcel(r.Context(), r.PathValue("parcel"), frame.Actor(r))
	if err != nil {
		return err
	}
	form, err := p.parcelForm(r, found)
	if err != nil {
		return err
	}
	return p.showParcel(w, r, found, form, nil)
}

// parcelForm is the application form of a parcel that is to be put right here; nil
// of another.
func (p *Window) parcelForm(r *http.Request, found *elsewhere.Parcel) (*amending, error) {
	n := found.Status.Notice
	if n == nil || found.MayAnswer() != nil {
		return nil, nil
	}
	e, answers, err := p.Elsewhere.Form(r.Context(), found, frame.Actor(r))
	if err != nil {
		return nil, err
	}
	return p.amendingOf(e, n, answers), nil
}

func (p *Window) showParcel(w http.ResponseWriter, r *http.Request, found *elsewhere.Parcel, form *amending, wrong error) error {
	by := frame.Actor(r)
	v := parcelPage{Parcel: found, Answer: found.Answers(), Late: found.Late(p.today()), Done: page.Query(r).Has("done"), Ask: newRequest(), Form: form, Err: wrong,
		Mine:  by.In(identity.Window, func(post identity.Post) bool { return post.Serves(found.Here.Region) }),
		Proof: found.There.Partner != "" && found.Status.Certificate != ""}
	b := p.bench(r, tasks("/window/elsewhere", nil), nil)
	view := parcelView(frame.Of(r).Named(found.ItemName+" "+frame.Tail(found.Number())).Faulty(wrong), b, v)
	if wrong != nil {
		page.ShowFault(w, r, wrong, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// parcelAct does what the clerk pressed.
func (p *Window) parcelAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx, id, by := r.Context(), r.PathValue("parcel"), asking(r, f.Text("request"))
	var form *amending
	switch r.PathValue("act") {
	case "forward":
		_, err = p.Elsewhere.Forward(ctx, id, by)
	case "answer":
		form, err = p.parcelAnswer(r, f, by)
	case "issue":
		_, err = p.Elsewhere.Issue(ctx, id, cases.Delivered{Way: f.OneOf("way", "window", "post"), Receiver: f.Text("receiver"), Waybill: f.Text("waybill")}, by)
	case "drop":
		_, err = p.Elsewhere.Drop(ctx, id, f.Text("reason"), by)
	default:
		err = elsewhere.None()
	}
	if err == nil {
		page.SeeOther(w, r, parcelHref(id)+"?done=1")
		return nil
	}
	found, gone := p.Elsewhere.Parcel(ctx, id, by)
	if gone != nil || fault.Of(err) == fault.Internal {
		return err
	}
	return p.showParcel(w, r, found, form, err)
}

// parcelAnswer hands on what the applicant brought, and put right in the form.
func (p *Window) parcelAnswer(r *http.Request, f *page.Form, by identity.Actor) (*amending, error) {
	found, err := p.Elsewhere.Parcel(r.Context(), r.PathValue("parcel"), by)
	if err != nil {
		return nil, err
	}
	form, err := p.parcelForm(r, found)
	if err != nil {
		return nil, err
	}
	form.read(f)
	x := cases.Correction{Answers: form.changes()}
	for _, m := range f.All("material") {
		x.Handed = append(x.Handed, cases.Handed{Material: m, Paper: true})
	}
	_, err = p.Elsewhere.Answer(r.Context(), found.ID, x, by)
	return form, err
}

// parcelProof gives the certificate that the other place sent.
func (p *Window) parcelProof(w http.ResponseWriter, r *http.Request) error {
	file, err := p.Elsewhere.CertificateFile(r.Context(), r.PathValue("parcel"), frame.Actor(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="certificate.json"`)
	w.Write(file) // who went away asks again
	return nil
}

// away settles for which place a filing is: this one, another division of ours,
// or a partner that the address names.
func (p *Window) away(r *http.Request, v *filing, to string) error {
	by := frame.Actor(r)
	v.To = to
	v.Away = to != "" || !by.In(identity.Window, func(post identity.Post) bool { return post.Serves(v.Edition.Region) || post.Agency == v.Edition.Agency })
	v.AwayName = p.regionName(v.Edition.Region)
	partners, err := p.Elsewhere.Store.Partners(r.Context())
	if err != nil {
		return err
	}
	for _, partner := range partners {
		for _, region := range partner.Regions {
			if partner.Resting || !elsewhere.Reaches(v.Edition.Scope, region.Code, post(by).Region) {
				continue
			}
			id := partner.ID + "/" + region.Code
			v.Tos = append(v.Tos, frame.Link{Text: region.Name, Href: v.here("to", id), Here: id == to})
			if id == to {
				v.AwayName = region.Name
			}
		}
	}
	return nil
}

func (p *Window) regionName(code string) string {
	if r, ok := p.Regions.Find(code); ok {
		return r.Name
	}
	return code
}

// takeAway takes the filing in for the other place, and forwards it at once if
// the clerk pressed that.
func (p *Window) takeAway(r *http.Request, v filing, how string) (string, error) {
	a := v.application()
	for _, k := range v.Checks {
		if k.Finding == cases.Defective {
			return "", fault.New(fault.Invalid, "window.away.defective", "“%s”不符合要求，请申请人补齐后再代收", k.Material.Name)
		}
	}
	if err := p.unmask(r, v, a.Answers); err != nil {
		return "", err
	}
	partner, region, _ := strings.Cut(v.To, "/")
	by := asking(r, v.Request)
	taken, err := p.Elsewhere.Take(r.Context(), elsewhere.Taking{Application: a, Partner: partner, Region: region, With: v.With}, by)
	if err != nil {
		return "", err
	}
	if how == "accept" && taken.State == elsewhere.Taken {
		_, err = p.Elsewhere.Forward(r.Context(), taken.ID, by)
	}
	return taken.ID, err
}

// awaySight is the right pane of a filing for another place.
func awaySight(v filing) sight {
	s := sight{Tone: frame.Blue, Head: "代收，由" + v.AwayName + "办理"}
	s.Lines = []frame.CheckLine{
		{Tone: frame.Blue, Text: "这里只核对身份和材料形式", Note: "受理和决定由办理地负责（收受分离）"},
		{Tone: frame.Blue, Text: "法定时限从办理地收件起算", Note: "转送期限另计"},
		{Tone: frame.Plain, Text: tally(v.Checks)},
	}
	s.Primary = &frame.Btn{Text: "代收并转送", Kind: "p", Key: "Ctrl+Enter", Form: "filing", Name: "do", Value: "accept"}
	s.Rows = [][]frame.Btn{{{Text: "只代收，稍后转送", Key: "S", Form: "filing", Name: "do", Value: "receive"}}}
	return s
}

// awayItems are the items of other places among what was found.
func (p *Window) awayItems(ctx context.Context, all []items.Entry, party string, by identity.Actor) ([]frame.Hit, error) {
	var others []items.Entry
	for _, e := range all {
		if !serves(e, by) && len(others) < most {
			others = append(others, e)
		}
	}
	editions, err := p.Items.Editions(ctx, others)
	if err != nil {
		return nil, err
	}
	var hits []frame.Hit
	for _, e := range editions {
		if elsewhere.Reaches(e.Scope, e.Region, post(by).Region) {
			hits = append(hits, frame.Hit{Icon: "map-pin", Text: e.Name, Note: e.AgencyName, Href: fileHref(e.Item, party), Tag: frame.Tag(frame.Blue, "代收 "+p.regionName(e.Region))})
		}
	}
	return hits, nil
}

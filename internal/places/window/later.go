package window

import (
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
)

// laterKinds are what a holder may ask for at a window.
var laterKinds = []cases.LaterKind{cases.Changing, cases.Renewing, cases.Cancelling}

// laterFind is where a clerk looks for the certificate of whoever came
// (窗口变更、延续、注销).
type laterFind struct {
	Asked string
	Held  []*certificates.Certificate
	None  bool
	Why   string // given to look by a number or a name
	Err   error
	Today calendar.Day
}

// laters finds certificates: by their own identifier, by the address in their
// code as a scanner reads it, by the number of the case, or by the holder's document.
func (p *Window) laters(w http.ResponseWriter, r *http.Request) error {
	v := laterFind{Asked: page.Query(r).Text("q"), Today: p.today()}
	if v.Asked != "" {
		var err error
		if v.Held, err = p.certificates(r, v.Asked); err != nil && fault.Of(err) != fault.NotFound && fault.Of(err) != fault.Invalid {
			return err
		}
		v.None = len(v.Held) == 0
	}
	return p.showFound(w, r, v)
}

func (p *Window) showFound(w http.ResponseWriter, r *http.Request, v laterFind) error {
	b := p.bench(r, tasks("/window/later", nil), nil, frame.Key{Keys: "↵", Does: "查找"})
	view := laterFindView(frame.Of(r).Named("变更、延续、注销").Faulty(v.Err), b, v)
	if v.Err != nil {
		page.ShowFault(w, r, v.Err, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// latersNamed finds certificates by the number printed on them or the name of
// their holder: for somebody who has neither certificate nor document in hand.
// Who looks says why; whom they saw and why is written down before it shows.
func (p *Window) latersNamed(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v := laterFind{Asked: f.Text("named"), Why: f.Text("reason"), Today: p.today()}
	v.Held, v.Err = p.named(r, v.Asked, v.Why)
	if fault.Of(v.Err) == fault.Internal && v.Err != nil {
		return v.Err
	}
	v.None = v.Err == nil && len(v.Held) == 0
	return p.showFound(w, r, v)
}

func (p *Window) named(r *http.Request, asked, why string) ([]*certificates.Certificate, error) {
	ctx, by := r.Context(), frame.Actor(r)
	if err := parties.MayUnmask(why, by); err != nil {
		return nil, err
	}
	found, err := p.Certificates.Named(ctx, asked, by)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{"": true}
	for _, k := range found {
		if party := k.Holder.Party; !seen[party] {
			seen[party] = true
			if _, err := p.Parties.Unmask(ctx, party, why, by); err != nil && fault.Of(err) != fault.NotFound {
				return nil, err
			}
		}
	}
	return found, nil
}

func (p *Window) certificates(r *http.Request, asked string) ([]*certificates.Certificate, error) {
	ctx, by := r.Context(), frame.Actor(r)
	if d := parties.Recognise(asked, p.today()); d.Type != "" {
		who, err := p.Parties.Find(ctx, d, by)
		if err != nil {
			return nil, err
		}
		return p.Certificates.OfHolder(ctx, who.ID, nil, 50, by)
	}
	if c, err := p.Cases.ByNumber(ctx, asked, by); err == nil && c.Certificate != "" {
		asked = c.Certificate
	}
	if i := strings.LastIndex(asked, "/verify/"); i >= 0 {
		asked = asked[i+len("/verify/"):]
	}
	k, err := p.Certificates.Certificate(ctx, asked, by)
	if err != nil {
		return nil, err
	}
	return []*certificates.Certificate{k}, nil
}

// laterPage is the wish of a holder at the counter, with what is known filled in.
type laterPage struct {
	Certificate *certificates.Certificate
	Case        *cases.Case
	Kind        cases.LaterKind
	RenewBy     string
	Article     string // on which it rests; "" no law names one
	Silent      bool   // silence renews it
	Pending     string
	Sent        *page.Form
	Request     string
	Err         error
}

// laterOf loads the certificate of the address and the case it came of, which
// the window must be able to see.
func (p *Window) laterOf(r *http.Request, kind string) (v laterPage, err error) {
	by := frame.Actor(r)
	if v.Certificate, err = p.Certificates.Certificate(r.Context(), r.PathValue("identifier"), by); err != nil {
		return v, err
	}
	v.Kind, v.Request = cases.LaterKind(kind), newRequest()
	if v.Kind == "" {
		v.Kind = cases.Changing
	}
	if v.Certificate.Case == "" {
		return v, fault.New(fault.NotFound, "window.later.elsewhere", "这份证照不是在本平台办的，请引导到颁发机构办理%s", v.Kind.Han())
	}
	if v.Case, err = p.Cases.Case(r.Context(), cases.ID(v.Certificate.Case), by); err != nil {
		return v, err
	}
	if v.Case.Until != 0 {
		v.RenewBy = v.Case.RenewBy(p.Days).Han()
	}
	f, err := p.Cases.Frame(r.Context(), v.Case)
	if err != nil {
		return v, err
	}
	v.Article, v.Silent = v.Kind.Article(f.Edition, ""), cases.RenewsBySilence(f.Edition)
	if v.Case.Later.Pending() {
		v.Pending = "“" + v.Case.Later.Kind.Han() + "”正在办理，决定以后才能办理别的。"
	}
	return v, nil
}

func kindsAsked() []string {
	var all []string
	for _, k := range laterKinds {
		all = append(all, string(k))
	}
	return all
}

func (p *Window) laterShow(w http.ResponseWriter, r *http.Request) error {
	v, err := p.laterOf(r, page.Query(r).OneOf("kind", kindsAsked()...))
	if err != nil {
		return err
	}
	return p.showLater(w, r, v)
}

func (p *Window) showLater(w http.ResponseWriter, r *http.Request, v laterPage) error {
	b := p.bench(r, tasks("/window/later", nil), nil)
	view := laterView(frame.Of(r).Named(v.Kind.Han()+v.Certificate.TypeName).Faulty(v.Err), b, v)
	if v.Err != nil {
		page.ShowFault(w, r, v.Err, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// laterAsk files the wish for the holder; the rule judges it as it would theirs.
func (p *Window) laterAsk(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.laterOf(r, f.OneOf("kind", kindsAsked()...))
	if err != nil {
		return err
	}
	if given := f.Text("request"); given != "" {
		v.Request = given
	}
	l := cases.Later{Kind: v.Kind, Reason: f.Text("reason")}
	for _, e := range v.Certificate.Face {
		if to := f.Text("face." + e.Label); v.Kind == cases.Changing && to != e.Text {
			l.Changes = append(l.Changes, cases.Line{Name: e.Label, Say: to})
		}
	}
	if err = f.Err(); err == nil {
		_, err = p.Cases.Ask(r.Context(), v.Case.ID, l, asking(r, v.Request))
	}
	switch kind := fault.Of(err); {
	case err == nil:
		page.SeeOther(w, r, caseHref(v.Case.ID)+"?done=1")
	case kind == fault.Internal:
		return err
	default:
		v.Err, v.Sent = err, f
		return p.showLater(w, r, v)
	}
	return nil
}

func (v laterPage) field(f frame.Field) frame.Field {
	if v.Sent != nil {
		f.Value = v.Sent.Text(f.Name)
	}
	return f.Faulty(v.Err)
}

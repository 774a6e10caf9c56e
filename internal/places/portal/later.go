package portal

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
)

// laterView is the page on which a holder asks for a change, a renewal or the
// end of a certificate (变更、延续、注销).
type laterView struct {
	frame.View
	Certificate *certificates.Certificate
	Kind        cases.LaterKind
	Until       string // when it ends
	RenewBy     string // last day to ask for a renewal
	Item        *items.Entry
	Article     string // on which it rests; "" no law names one
	Silent      bool   // silence renews it
	Pending     string // what is under way
	Sent        *page.Form
	Request     string
	Err         error
}

var askable = []string{string(cases.Changing), string(cases.Renewing), string(cases.Cancelling)}

// laterOf loads the certificate of the address, and the case that it came of,
// for its holder.
func (p *Portal) laterOf(r *http.Request, f *page.Form) (v laterView, c *cases.Case, err error) {
	by := frame.Actor(r)
	k, err := p.Certificates.Certificate(r.Context(), r.PathValue("identifier"), by)
	if err != nil {
		return v, nil, err
	}
	v.Certificate, v.Kind, v.Request = k, cases.LaterKind(f.OneOf("kind", askable...)), sqldb.NewID()
	if v.Kind == "" {
		v.Kind = cases.Changing
	}
	v.View = under(r, v.Kind.Han()+k.TypeName, frame.Link{Text: "证照卡包", Href: "/my/certificates"}, frame.Link{Text: k.TypeName, Href: "/my/certificates/" + k.Identifier})
	if k.Case == "" || by.Party == "" || k.Holder.Party != by.Party {
		return v, nil, fault.New(fault.NotFound, "portal.later.none", "这份证照不是在这里办的，请到颁发机构办理%s", v.Kind.Han())
	}
	if c, err = p.Cases.Case(r.Context(), cases.ID(k.Case), by); err != nil {
		return v, nil, err
	}
	if c.Until != 0 {
		v.Until, v.RenewBy = c.Until.Han(), c.RenewBy(p.Days).Han()
	}
	frame, err := p.Cases.Frame(r.Context(), c)
	if err != nil {
		return v, nil, err
	}
	v.Article, v.Silent = v.Kind.Article(frame.Edition, ""), cases.RenewsBySilence(frame.Edition)
	if c.Later.Pending() {
		v.Pending = "“" + c.Later.Kind.Han() + "”正在办理，决定以后才能办理别的。"
	}
	v.Item, err = p.itemFor(r, k.TypeName, v.Kind)
	return v, c, err
}

// itemFor is the item of the catalogue by which the certificate is changed,
// renewed or cancelled, if there is one: it is named after both.
func (p *Portal) itemFor(r *http.Request, name string, kind cases.LaterKind) (*items.Entry, error) {
	found, err := p.Items.Search(r.Context(), name+kind.Han(), items.Filter{}, 0)
	if err != nil {
		return nil, err
	}
	for i, h := range found.Hits {
		if strings.Contains(h.Name, name) && strings.Contains(h.Name, kind.Han()) {
			return &found.Hits[i], nil
		}
	}
	return nil, nil
}

func (p *Portal) laterPage(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.laterOf(r, page.Query(r))
	return showOr(w, r, err, laterTemplate(v))
}

// askLater files the wish.
func (p *Portal) askLater(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, c, err := p.laterOf(r, f)
	if err != nil {
		return err
	}
	l := cases.Later{Kind: v.Kind, Reason: f.Text("reason")}
	for _, e := range v.Certificate.Face {
		if to := f.Text("face." + e.Label); v.Kind == cases.Changing && to != e.Text {
			l.Changes = append(l.Changes, cases.Line{Name: e.Label, Say: to})
		}
	}
	if err = f.Err(); err == nil {
		_, err = p.Cases.Ask(r.Context(), c.ID, l, frame.Asking(r, f.Text("request")))
	}
	if err != nil {
		v.Err, v.Sent = err, f
		v.View = v.View.Faulty(err)
		page.ShowFault(w, r, err, laterTemplate(v))
		return nil
	}
	page.SeeOther(w, r, "/my/cases/"+c.Number)
	return nil
}

func (v laterView) field(f frame.Field) frame.Field {
	if v.Sent != nil {
		f.Value = v.Sent.Text(f.Name)
	}
	return f.Faulty(v.Err)
}

// pleaView is the page on which one states and pleads (陈述、申辩).
type pleaView struct {
	frame.View
	Case    *cases.Case
	Text    string
	Hearing bool
	Request string
	Err     error
}

func (p *Portal) pleaPage(w http.ResponseWriter, r *http.Request) error {
	c, err := p.pleading(r)
	return showOr(w, r, err, pleaTemplate(pleaView{View: under(r, "陈述、申辩"), Case: c, Request: sqldb.NewID()}))
}

// pleading is the case in which one may plead now.
func (p *Portal) pleading(r *http.Request) (*cases.Case, error) {
	c, err := p.mine(r)
	if err == nil && (!c.Later.Pending() || !c.Later.Owned() || c.Later.Plea != nil) {
		err = fault.New(fault.NotFound, "portal.plea.none", "没有等待您陈述、申辩的事情")
	}
	return c, err
}

func (p *Portal) plea(w http.ResponseWriter, r *http.Request) error {
	c, err := p.pleading(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v := pleaView{View: under(r, "陈述、申辩"), Case: c, Text: f.Text("text"), Hearing: f.Has("hearing"), Request: sqldb.NewID()}
	if v.Err = f.Err(); v.Err == nil {
		_, v.Err = p.Cases.PleadLater(r.Context(), c.ID, v.Text, v.Hearing, frame.Asking(r, f.Text("request")))
	}
	if v.Err != nil {
		v.View = v.View.Faulty(v.Err)
		page.ShowFault(w, r, v.Err, pleaTemplate(v))
		return nil
	}
	page.SeeOther(w, r, "/my/cases/"+c.Number)
	return nil
}

// laterOutcome is what became of the decision since, as its holder reads it.
func laterOutcome(c *cases.Case) string {
	l := c.Later
	switch {
	case l == nil:
		return ""
	case l.Deemed:
		return "延续申请到期没有答复，视为准予延续，新的有效期至" + l.Till.Han() + "。"
	case l.Done && l.Granted:
		return "已经" + l.Kind.Han() + rested(l.Basis) + "，具体见决定书。"
	case l.Done:
		return "没有" + l.Kind.Han() + "，理由：" + l.Why
	case l.Asked:
		return "您申请的" + l.Kind.Han() + "正在审查。"
	}
	return "部门拟" + l.Kind.Han() + "，理由：" + l.Reason
}

func rested(article string) string {
	if article == "" {
		return ""
	}
	return "，依据" + article
}

// may lists what the holder can ask for, on the page of a certificate.
func (v certificateView) may(today calendar.Day) []frame.Link {
	c := v.Certificate
	if c.Case == "" || c.State != certificates.Valid {
		return nil
	}
	var all []frame.Link
	for _, k := range askable {
		kind := cases.LaterKind(k)
		if kind == cases.Renewing && c.Till == 0 || kind != cases.Cancelling && c.Standing(today) == certificates.Expired || kind == cases.Changing && len(c.Face) == 0 {
			continue
		}
		all = append(all, frame.Link{Text: kind.Han(), Href: v.Base + "/later?kind=" + k})
	}
	return all
}

package hearingroom

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// stakesView is the hearing of a case for the department: who else is concerned in
// it, what they ask, and the objection to the host.
type stakesView struct {
	frame.View
	Case    *cases.Case
	All     []hearings.Standing
	Settles bool // the reader answers objections
	Bar     frame.DeskBar
	Err     error
	form    *page.Form
	today   calendar.Day
}

func (v stakesView) was(name string) string { return sent(v.form, name) }

// field is a field of the page's forms: of somebody in particular, its name ends
// with who.
func (v stakesView) field(f frame.Field) frame.Field {
	f.Value = v.was(f.Name)
	return f.Faulty(v.Err)
}

// chosen are yes and no, with what each asks for besides.
func (v stakesView) chosen(name, yes, no string, ifYes, ifNo templ.Component) []frame.Choice {
	return []frame.Choice{{Value: "yes", Label: yes, On: v.was(name) == "yes", Reveal: ifYes}, {Value: "no", Label: no, On: v.was(name) == "no", Reveal: ifNo}}
}

func (v stakesView) hearing() cases.Hearing {
	if h := v.Case.CurrentHearing(); h != nil {
		return *h
	}
	return cases.Hearing{}
}

// tells reports whether others may still be told of their right.
func (v stakesView) tells() bool {
	h := v.hearing()
	return !h.Told.IsZero() && h.Minutes == nil
}

func sent(f *page.Form, name string) string {
	if f == nil {
		return ""
	}
	return f.Text(name)
}

// stakeRows are what is known of somebody concerned.
func stakeRows(s hearings.Standing) []frame.Row {
	rows := []frame.Row{{Key: "证件", Value: s.Document}, {Key: "电话", Value: s.Phone}, {Key: "涉及的利益", Value: s.Relation}}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, frame.Row{Key: key, Value: value})
		}
	}
	if s.Until != 0 {
		add("告知", "可以要求听证到"+s.Until.Han())
	}
	if s.Asked != 0 {
		add("要求听证", s.Asked.Han())
	}
	add("听证请求", s.Wish)
	add("登记人", s.Clerk)
	add("没有同意的理由", s.Refused)
	return rows
}

func (p *Hearingroom) stakesOf(r *http.Request, by identity.Actor) (v stakesView, err error) {
	ctx := r.Context()
	if v.Case, err = p.Hearings.Cases.Case(ctx, cases.ID(r.PathValue("case")), by); err != nil {
		return v, err
	}
	if v.All, err = p.Hearings.InCase(ctx, v.Case, by); err != nil {
		return v, err
	}
	v.View, v.Bar, v.today = frame.Of(r).Named("利害关系人和听证 "+v.Case.ItemName), bar(), calendar.DayOf(p.Now())
	for _, m := range v.Case.May(by) {
		v.Settles = v.Settles || m.Act == cases.SettleHost
	}
	return v, nil
}

func (p *Hearingroom) stakesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.stakesOf(r, by)
	if err == nil {
		page.Show(w, r, stakesTemplate(v))
	}
	return err
}

// stakesAct tells somebody, answers a demand, or an objection to the host.
func (p *Hearingroom) stakesAct(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.stakesOf(r, by)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	err = p.stakesDo(r.Context(), v.Case.ID, f, by)
	return after(w, r, err, "/bureau/stakes/"+string(v.Case.ID), func() {
		v.Err, v.form = err, f
		v.View = v.Faulty(err)
		page.ShowFault(w, r, err, stakesTemplate(v))
	})
}

func (p *Hearingroom) stakesDo(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) error {
	switch f.Text("do") {
	case "tell":
		return p.Hearings.Tell(ctx, id, visitor(f), f.Text("relation"), by)
	case "settle":
		uphold := f.YesOrNo("uphold")
		if err := f.Err(); err != nil {
			return err
		}
		_, err := p.Hearings.Cases.SettleHost(ctx, id, uphold, f.Text("next"), f.Text("why"), by)
		return err
	}
	who := f.Text("stake")
	admit := f.YesOrNo("admit." + who)
	if err := f.Err(); err != nil {
		return err
	}
	_, err := p.Hearings.Cases.JudgeDemand(ctx, id, who, admit, f.Text("why."+who), by)
	return of(err, who)
}

// of is a fault at the fields of somebody in particular.
func of(err error, who string) error {
	fields := fault.Fields(err)
	if len(fields) == 0 {
		return err
	}
	at := fault.New(fault.Of(err), fault.Code(err), "%s", fault.Say(err))
	for _, f := range fields {
		at = at.At(f.Path+"."+who, f.Code, "%s", f.Say)
	}
	return at
}

// visitor is whose document an official has in hand, as the form says.
func visitor(f *page.Form) hearings.Visitor {
	return hearings.Visitor{Name: f.Text("name"), Number: f.Text("number"), Phone: f.Text("phone")}
}

// after goes on when an act was done; when it was refused the form is shown again.
func after(w http.ResponseWriter, r *http.Request, err error, next string, again func()) error {
	switch kind := fault.Of(err); {
	case err == nil:
		page.SeeOther(w, r, next)
	case kind == fault.Invalid, kind == fault.Conflict:
		again()
	case (kind == fault.NotFound || kind == fault.Forbidden) && len(fault.Fields(err)) > 0:
		again()
	default:
		return err
	}
	return nil
}

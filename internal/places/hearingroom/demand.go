package hearingroom

import (
	"net/http"
	"net/url"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// demandsView are one's own demands, and the way to a new one.
type demandsView struct {
	frame.View
	All    []hearings.Standing
	Number string
	Err    error
	today  calendar.Day
}

// demands are the hearings that one asked for, or was told of, as somebody concerned.
func (p *Hearingroom) demands(w http.ResponseWriter, r *http.Request) error {
	v := demandsView{View: public(r, "利害关系人要求听证", frame.Link{Text: "听证公告", Href: "/hearings"}), today: calendar.DayOf(p.Now())}
	by := frame.Citizen(r, "")
	var err error
	if v.All, err = p.Hearings.Mine(r.Context(), by); err != nil {
		return err
	}
	if v.Number = page.Query(r).Text("case"); v.Number == "" {
		page.Show(w, r, demandsTemplate(v))
		return nil
	}
	_, _, v.Err = p.Hearings.Of(r.Context(), v.Number, by)
	return after(w, r, v.Err, "/my/stakes/"+url.PathEscape(v.Number), func() {
		v.View = v.Refused(1)
		page.ShowFault(w, r, v.Err, demandsTemplate(v))
	})
}

// demandView is one case for somebody concerned in it: never who applies.
type demandView struct {
	frame.View
	Case       *cases.Case
	Stand      hearings.Standing
	AgencyName string
	Applies    bool // it is their own application
	Err        error
	form       *page.Form
	today      calendar.Day
}

func (v demandView) field(f frame.Field) frame.Field {
	f.Value = sent(v.form, f.Name)
	return f.Faulty(v.Err)
}

// rows are what they may know of it.
func (v demandView) rows() []frame.Row {
	rows := []frame.Row{{Key: "办件编号", Value: v.Case.Number}, {Key: "许可事项", Value: v.Case.ItemName}, {Key: "办理部门", Value: v.AgencyName}}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, frame.Row{Key: key, Value: value})
		}
	}
	s := v.Stand
	if h := s.Hearing; h != nil && (s.Admitted || v.Applies) {
		add("拟作出的决定", h.About)
		if !h.At.IsZero() {
			add("听证时间", calendar.Moment(h.At))
			add("听证地点", h.Place)
			add("主持人", h.Host)
		}
		for _, o := range h.Objections {
			if o.By == s.Stake.Name || v.Applies {
				add("主持人回避", o.Say())
			}
		}
	}
	add("您的利益", s.Relation)
	if s.Asked != 0 {
		add("要求听证", s.Asked.Han())
		add("听证请求", s.Wish)
	}
	add("没有同意的理由", s.Refused)
	return rows
}

// objects reports whether they may ask that the host stand aside.
func (v demandView) objects() bool {
	h := v.Stand.Hearing
	return v.Stand.MayObject() || v.Applies && h != nil && h.Host != "" && h.Minutes == nil && h.Objected() == nil
}

func (p *Hearingroom) demanding(r *http.Request) (v demandView, err error) {
	ctx, by := r.Context(), frame.Citizen(r, "")
	if v.Case, v.Stand, err = p.Hearings.Of(ctx, r.PathValue("number"), by); err != nil {
		return v, err
	}
	bodies, err := p.Agencies.Directory(ctx)
	v.View = public(r, "要求听证", frame.Link{Text: "听证公告", Href: "/hearings"}, frame.Link{Text: "利害关系人要求听证", Href: "/my/stakes"})
	v.AgencyName, v.Applies, v.today = bodies.Name(v.Case.Agency), by.Party == v.Case.Applicant.Party, calendar.DayOf(p.Now())
	return v, err
}

func (p *Hearingroom) demandPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.demanding(r)
	if err == nil {
		page.Show(w, r, demandTemplate(v))
	}
	return err
}

// demand asks for the hearing, or that its host stand aside.
func (p *Hearingroom) demand(w http.ResponseWriter, r *http.Request) error {
	v, err := p.demanding(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx, by := r.Context(), frame.Citizen(r, "")
	if f.Text("do") == "object" {
		err = p.Hearings.Object(ctx, v.Case.Number, f.Text("reason"), by)
	} else {
		err = p.Hearings.Ask(ctx, v.Case.Number, hearings.Demand{Relation: f.Text("relation"), Wish: f.Text("wish"), Phone: f.Text("phone")}, by)
	}
	return after(w, r, err, "/my/stakes/"+v.Case.Number, func() {
		v.Err, v.form = err, f
		v.View = v.Faulty(err)
		page.ShowFault(w, r, err, demandTemplate(v))
	})
}

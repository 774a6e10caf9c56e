package hearingroom

import (
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// counterView is where a window takes down what somebody without an account asks:
// to be heard, to take part in a hearing, or that its host stand aside.
type counterView struct {
	frame.View
	Bar   frame.DeskBar
	Open  []*hearings.Notice // for which one may sign up
	Done  string
	Err   error
	form  *page.Form
	which *hearings.Notice // for which somebody signs up; nil: none
}

func (v counterView) field(f frame.Field) frame.Field {
	f.Value = sent(v.form, f.Name)
	return f.Faulty(v.Err)
}

func (v counterView) was(name string) string { return sent(v.form, name) }

func windowBar(by identity.Actor) frame.DeskBar {
	return frame.DeskBar{Place: "听证", Home: "/hearings", Nav: append([]frame.Link{{Text: "听证公告", Href: "/hearings"}}, frame.WayBack(by)...)}
}

func (p *Hearingroom) counterOf(r *http.Request, by identity.Actor) (v counterView, err error) {
	v = counterView{View: frame.Of(r).Named("登记听证要求"), Bar: windowBar(by), Done: page.Query(r).OneOf("done", "asked", "signed", "objected")}
	all, _, err := p.Hearings.List(r.Context(), false, "")
	for _, n := range all {
		if n.Open(p.Now()) {
			v.Open = append(v.Open, n)
		}
	}
	return v, err
}

func (p *Hearingroom) counter(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.counterOf(r, by)
	if err == nil {
		page.Show(w, r, counterTemplate(v))
	}
	return err
}

// askAt takes down the demand of somebody concerned who came with their document.
func (p *Hearingroom) askAt(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.counterOf(r, by)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Channel = "window"
	err = p.Hearings.AskAt(r.Context(), f.Text("case"), visitor(f), hearings.Demand{Relation: f.Text("relation"), Wish: f.Text("wish")}, by)
	return after(w, r, err, "/window/hearings?done=asked", func() {
		v.Err, v.form = err, f
		v.View = v.Faulty(err)
		page.ShowFault(w, r, err, counterTemplate(v))
	})
}

func (p *Hearingroom) objectionPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	page.Show(w, r, objectionTemplate(objectionOf(r, by)))
	return nil
}

func objectionOf(r *http.Request, by identity.Actor) counterView {
	return counterView{View: frame.Of(r).Named("登记回避申请"), Bar: windowBar(by)}
}

// objectAt takes down that somebody who came asks that the host stand aside.
func (p *Hearingroom) objectAt(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Channel = "window"
	err = p.Hearings.ObjectAt(r.Context(), f.Text("case"), visitor(f), f.Text("reason"), by)
	return after(w, r, err, "/window/hearings?done=objected", func() {
		v := objectionOf(r, by)
		v.Err, v.form = err, f
		v.View = v.Faulty(err)
		page.ShowFault(w, r, err, objectionTemplate(v))
	})
}

func (p *Hearingroom) takeDownOf(r *http.Request, by identity.Actor) (v counterView, err error) {
	v = counterView{View: frame.Of(r).Named("代为登记听证报名"), Bar: windowBar(by)}
	v.which, err = p.Hearings.Notice(r.Context(), hearings.ID(r.PathValue("hearing")))
	return v, err
}

func (p *Hearingroom) takeDownPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.takeDownOf(r, by)
	if err == nil {
		page.Show(w, r, takeDownTemplate(v))
	}
	return err
}

// takeDown signs somebody up who called, or came, without an account.
func (p *Hearingroom) takeDown(next string) frame.Act {
	return func(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
		v, err := p.takeDownOf(r, by)
		if err != nil {
			return err
		}
		f, err := page.ReadForm(w, r)
		if err != nil {
			return err
		}
		u := hearings.Signup{Relation: hearings.Relation(f.Text("relation")), Interest: f.Text("interest"), Speak: f.Has("speak"), View: f.Text("view")}
		_, err = p.Hearings.TakeDown(r.Context(), v.which.ID, visitor(f), u, by)
		to := next
		if to == "" {
			to = "/bureau/hearings/" + string(v.which.ID)
		}
		return after(w, r, err, to, func() {
			v.Err, v.form = err, f
			v.View = v.Faulty(err)
			page.ShowFault(w, r, err, takeDownTemplate(v))
		})
	}
}

// remove strikes a sign-up off.
func (p *Hearingroom) remove(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.choosing(r, by)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	who := r.PathValue("signup")
	err = p.Hearings.Remove(r.Context(), v.ID, who, f.Text("remove."+who), by)
	return after(w, r, err, "/bureau/hearings/"+string(v.ID), func() {
		v.Err, v.form = err, f
		v.View = v.Faulty(err)
		page.ShowFault(w, r, err, chooseTemplate(v))
	})
}

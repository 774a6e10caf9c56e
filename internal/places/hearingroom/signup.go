package hearingroom

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// signUpView is the form by which one signs up.
type signUpView struct {
	frame.View
	*hearings.Notice
	Err  error
	form *page.Form
}

func (v signUpView) was(name string) string {
	if v.form == nil {
		return ""
	}
	return v.form.Text(name)
}

func (v signUpView) field(f frame.Field) frame.Field {
	f.Value = v.was(f.Name)
	return f.Faulty(v.Err)
}

// relations are what somebody may have to do with the matter.
func relations(was string) (all []frame.Choice) {
	for _, one := range hearings.Relations {
		all = append(all, frame.Choice{Value: string(one.ID), Label: one.Han, Hint: one.Say, On: was == string(one.ID)})
	}
	return all
}

// signUpPage shows the form to those who can sign up; the others read on the notice
// how it stands.
func (p *Hearingroom) signUpPage(w http.ResponseWriter, r *http.Request) error {
	n, err := p.of(r, frame.Actor(r))
	if err != nil {
		return err
	}
	if !n.may() {
		page.SeeOther(w, r, "/hearings/"+string(n.ID))
		return nil
	}
	v, err := p.signingUp(r)
	if err == nil {
		page.Show(w, r, signUpTemplate(v))
	}
	return err
}

func (p *Hearingroom) signingUp(r *http.Request) (signUpView, error) {
	n, err := p.Hearings.Notice(r.Context(), hearings.ID(r.PathValue("hearing")))
	if err != nil {
		return signUpView{}, err
	}
	return signUpView{View: public(r, "报名参加听证", frame.Link{Text: "听证公告", Href: "/hearings"}, frame.Link{Text: n.ItemName, Href: "/hearings/" + string(n.ID)}), Notice: n}, nil
}

func (p *Hearingroom) signUp(w http.ResponseWriter, r *http.Request) error {
	v, err := p.signingUp(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	u := hearings.Signup{Relation: hearings.Relation(f.Text("relation")), Interest: f.Text("interest"), Speak: f.Has("speak"), View: f.Text("view"), Phone: f.Text("phone")}
	if err = f.Err(); err == nil {
		_, err = p.Hearings.SignUp(r.Context(), v.ID, u, frame.Citizen(r, ""))
	}
	if err == nil {
		page.SeeOther(w, r, "/hearings/"+string(v.ID))
		return nil
	}
	if kind := fault.Of(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	v.Err, v.form = err, f
	v.View = v.Faulty(err)
	page.ShowFault(w, r, err, signUpTemplate(v))
	return nil
}

func (p *Hearingroom) withdraw(w http.ResponseWriter, r *http.Request) error {
	id := hearings.ID(r.PathValue("hearing"))
	if err := p.Hearings.Withdraw(r.Context(), id, frame.Citizen(r, "")); err != nil {
		return err
	}
	page.SeeOther(w, r, "/hearings/"+string(id))
	return nil
}

package portal

import (
	"net/http"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

type registerView struct {
	frame.View
	Back, Login, Name, Type, Number, Mobile string
	Types                                   []frame.Choice
	Err                                     error
}

func (p *Portal) registerPage(w http.ResponseWriter, r *http.Request) error {
	v := registerView{View: frame.Of(r).Named("注册个人账号"), Back: page.Local(r.URL.Query().Get("back"), ""), Type: parties.ResidentCard, Types: documentTypes()}
	page.Show(w, r, registerTemplate(v))
	return nil
}

// documentTypes are the documents with which a natural person may register.
func documentTypes() []frame.Choice {
	var list []frame.Choice
	for _, code := range []string{"111", "553", "414", "516", "511", "554"} {
		if entry, ok := codes.Lists()["id-type"].Find(code); ok {
			list = append(list, frame.Choice{Value: code, Label: entry.Label})
		}
	}
	return list
}

// register opens an account for a natural person and signs them in.
func (p *Portal) register(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v := registerView{View: frame.Of(r).Named("注册个人账号"), Back: page.Local(f.Text("back"), ""), Types: documentTypes(),
		Login: f.Text("login"), Name: f.Text("name"), Type: f.Text("type"), Number: f.Text("number"), Mobile: f.Text("mobile")}
	password := f.Values().Get("password")
	if password != f.Values().Get("again") {
		f.Refuse("again", "different", "两次输入的密码不一样，请重新输入")
	}
	if !f.Has("agree") {
		f.Refuse("agree", "required", "请阅读并同意个人信息的用途")
	}
	if v.Err = f.Err(); v.Err == nil {
		_, v.Err = p.Identity.Register(r.Context(), identity.Registration{Login: v.Login, Password: password,
			Person: identity.Person{Name: v.Name, IDType: v.Type, IDNumber: v.Number, Mobile: v.Mobile}})
	}
	if v.Err != nil {
		v.View = v.Faulty(v.Err)
		page.ShowFault(w, r, v.Err, registerTemplate(v))
		return nil
	}
	session, err := p.Identity.SignIn(r.Context(), v.Login, password, "", frame.ClientOf(r), frame.Token(r))
	if err != nil {
		return err
	}
	p.Sessions.Remember(w, session.Token)
	page.SeeOther(w, r, orElse(v.Back, "/my"))
	return nil
}

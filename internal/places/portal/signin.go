package portal

import (
	"encoding/json"
	"net/http"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

type signInView struct {
	frame.View
	Back   string
	Login  string
	Ticket string // asked for the code of the second factor
	Err    error
}

func (p *Portal) signInPage(w http.ResponseWriter, r *http.Request) error {
	back := page.Local(r.URL.Query().Get("back"), "")
	v := frame.Of(r)
	if v.Who != nil {
		page.SeeOther(w, r, orElse(back, v.Who.Home))
		return nil
	}
	page.Show(w, r, signInTemplate(signInView{View: v.Named("登录"), Back: back}))
	return nil
}

// signIn takes the name and password, and then the code if the account asks for one.
func (p *Portal) signIn(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v := signInView{View: frame.Of(r).Named("登录"), Back: page.Local(f.Text("back"), ""), Login: f.Text("login")}
	login, password := v.Login, f.Values().Get("password")
	if f.Has("ticket") {
		if login, password, v.Err = p.redeem(f.Text("ticket")); v.Err == nil {
			v.Ticket = f.Text("ticket")
		}
	} else {
		f.Require("login", "登录名")
		f.Require("password", "密码")
		v.Err = f.Err()
	}
	if v.Err != nil {
		return p.refuseSignIn(w, r, v)
	}
	session, err := p.Identity.SignIn(r.Context(), login, password, f.Text("code"), frame.ClientOf(r), frame.Token(r))
	if fault.Code(err) == "identity.signin.code" && v.Ticket == "" {
		if v.Ticket, err = p.ticket(login, password); err != nil {
			return err
		}
		page.Show(w, r, signInTemplate(v))
		return nil
	}
	if err != nil {
		v.Err = err
		return p.refuseSignIn(w, r, v)
	}
	p.Sessions.Remember(w, session.Token)
	page.SeeOther(w, r, orElse(v.Back, "/signin"))
	return nil
}

// refuseSignIn shows the form again. It answers 422, not 401, which would lead
// to the sign-in page that this is.
func (p *Portal) refuseSignIn(w http.ResponseWriter, r *http.Request, v signInView) error {
	status := page.Status(v.Err)
	switch status {
	case http.StatusInternalServerError:
		return v.Err
	case http.StatusUnauthorized:
		status = http.StatusUnprocessableEntity
	}
	v.View = v.Faulty(v.Err)
	page.ShowStatus(w, r, status, signInTemplate(v))
	return nil
}

// A ticket carries name and password, sealed, to the step of the code.
type ticket struct {
	Login, Password string
	Until           time.Time
}

const ticketColumn = "portal.signin"

func (p *Portal) ticket(login, password string) (string, error) {
	plain, err := json.Marshal(ticket{login, password, p.Now().Add(5 * time.Minute)})
	if err != nil {
		return "", err
	}
	return p.Cases.Vault.Seal(string(plain), ticketColumn)
}

func (p *Portal) redeem(sealed string) (login, password string, err error) {
	old := fault.New(fault.Invalid, "portal.signin.ticket", "等待的时间太长了，请重新输入登录名和密码")
	plain, err := p.Cases.Vault.Open(sealed, ticketColumn)
	if err != nil {
		return "", "", old
	}
	var t ticket
	if json.Unmarshal([]byte(plain), &t) != nil || p.Now().After(t.Until) {
		return "", "", old
	}
	return t.Login, t.Password, nil
}

// signOut ends the session and takes the cookie back.
func (p *Portal) signOut(w http.ResponseWriter, r *http.Request) error {
	if token := frame.Token(r); token != "" {
		if err := p.Identity.SignOut(r.Context(), token); err != nil {
			return err
		}
	}
	p.Sessions.Forget(w)
	page.SeeOther(w, r, "/")
	return nil
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

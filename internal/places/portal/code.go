package portal

import (
	"net/http"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates/qr"
)

type codeView struct {
	frame.View
	On       bool
	Secret   string // to be typed where a picture cannot be scanned
	Address  string // what the picture says
	Picture  string // SVG
	Recovery []string
	Required bool // by one's post
	Err      error
}

func (p *Portal) codePage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.code(r)
	if err != nil || v.On {
		return showOr(w, r, err, codeTemplate(v))
	}
	e, err := p.Identity.EnrolCode(r.Context(), frame.Actor(r))
	if err != nil {
		return err
	}
	if err := v.draw(e); err != nil {
		return err
	}
	page.Show(w, r, codeTemplate(v))
	return nil
}

func (p *Portal) code(r *http.Request) (codeView, error) {
	account, err := p.Identity.Mine(r.Context(), frame.Actor(r))
	return codeView{View: under(r, "两步验证", accountCrumb), On: account.TOTPOn, Required: frame.Seat(r).MustEnrol}, err
}

func (v *codeView) draw(e identity.Enrolment) error {
	picture, err := qr.SVG(e.Address, "两步验证二维码")
	v.Secret, v.Address, v.Picture = e.Secret, e.Address, sized(picture, 200)
	return err
}

// sized gives a drawn code its width on the page, in pixels.
func sized(svg string, px int) string {
	width := itoa(px)
	return strings.Replace(svg, "<svg ", `<svg width="`+width+`" height="`+width+`" `, 1)
}

// changeCode turns the second factor on or off.
func (p *Portal) changeCode(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.code(r)
	if err != nil {
		return err
	}
	by := frame.Actor(r)
	if v.On {
		err = p.Identity.DropCode(r.Context(), f.Values().Get("old"), by)
	} else if v.Recovery, err = p.Identity.ConfirmCode(r.Context(), f.Values().Get("old"), f.Text("code"), by); err == nil {
		page.Show(w, r, codeTemplate(v))
		return nil
	}
	if err == nil {
		page.SeeOther(w, r, "/my/account")
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Faulty(err)
	if v.Secret = f.Text("secret"); v.Secret != "" {
		if err := v.draw(identity.Enrolment{Secret: v.Secret, Address: f.Text("address")}); err != nil {
			return err
		}
	}
	page.ShowStatus(w, r, http.StatusUnprocessableEntity, codeTemplate(v))
	return nil
}

// showOr shows the page unless there was an error before it.
func showOr(w http.ResponseWriter, r *http.Request, err error, c page.Component) error {
	if err == nil {
		page.Show(w, r, c)
	}
	return err
}

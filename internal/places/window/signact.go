package window

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/signing"
	"tongban/internal/places/frame"
)

// signable reports whether the applicant signs something in the act.
func (a actPage) signable() bool {
	return a.Slug == "accept" || a.Slug == "pledge" || a.Slug == "rectify" || a.served()
}

// signTo is where the form of the act is sent to be laid on the screen.
func (a actPage) signTo() string { return caseHref(a.Case.ID) + "/sign/" + a.Slug }

// signAct lays what the applicant signs in an act on a case on the screen.
func (p *Window) signAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadUpload(w, r, frame.MostProof)
	if err != nil {
		return err
	}
	a, _, err := p.begin(r)
	if err == nil && !a.signable() {
		err = fault.New(fault.NotFound, "window.sign.act", "这项操作没有要申请人签署的文书")
	}
	if err == nil {
		err = p.readAct(r, &a, f)
	}
	if err != nil {
		return err
	}
	switch {
	case f.Text("sign") == "take" && a.Sign.Paper != nil:
		_, a.Sign.Err = p.Signing.Take(r.Context(), a.Sign.Paper.ID, frame.Actor(r))
		a.Sign.Paper = nil
	case f.Text("sign") != "look":
		a.Sign = p.sent(r, a.Sign, func() (signing.Bundle, error) { return p.actBundle(r, a) })
	}
	if page.Partial(r) {
		page.Show(w, r, signView(a.Sign))
		return nil
	}
	a.Err = a.Sign.Err
	return p.showAct(w, r, a)
}

// readAct reads what a form says of an act that is to be signed; what is wrong
// with it shows when it is judged.
func (p *Window) readAct(r *http.Request, a *actPage, f *page.Form) (err error) {
	a.read(f)
	if a.served() {
		a.Delivered, err = frame.ReadService(r.Context(), f, p.Files)
	}
	return err
}

// actBundle is what the applicant reads before they sign in an act.
func (p *Window) actBundle(r *http.Request, a actPage) (signing.Bundle, error) {
	b := signing.Bundle{Signer: a.signs(), For: a.Case.Applicant.Name}
	if b.Signer == "" {
		return b, fault.New(fault.Invalid, "window.sign.who", "请先填写签收人").At("receiver", "required", "请先填写签收人，再送签署屏")
	}
	if a.Slug == "rectify" {
		return p.rectifyBundle(r, a, b)
	}
	i := a.Intent
	i.Promises = signedBy(i.Promises, unsigned(b.Signer).Signature)
	i.Word, i.Delivered, i.Serves = a.Pledge.word(), a.Delivered, a.Serves
	i.Word.Signed, i.Delivered.Signed = unsigned(b.Signer), nil
	ahead, err := p.Cases.Foresee(r.Context(), a.Case.ID, a.Move.Act, i, frame.Actor(r))
	if err == nil {
		err = ahead.Why
	}
	if err != nil {
		return b, err
	}
	for _, s := range ahead.Letters() {
		l := letterOf(s)
		if s.Kind == cases.ServiceRecord {
			l.Text = []string{"下列文书和结果已经当面交给我，份数相符。"} // the time is that of signing
		}
		b.Letters = append(b.Letters, l)
	}
	return b, nil
}

// signs is who signs in the act.
func (a actPage) signs() string {
	if a.served() {
		return a.Delivered.Receiver
	}
	return signer(a.Case.Applicant)
}

// underwriteAct puts the signature given on the screen under the act.
func (p *Window) underwriteAct(r *http.Request, a *actPage) error {
	if !a.Sign.signed() && !(a.Slug == "pledge" && a.Sign.sends()) {
		return nil
	}
	b, err := p.actBundle(r, *a)
	if err != nil {
		return err
	}
	s, err := p.Signing.Signature(r.Context(), a.Sign.id(), b, frame.Actor(r))
	if err != nil {
		return fault.Placed(err, "signing")
	}
	switch a.Slug {
	case "accept":
		a.Intent.Promises = signedBy(a.Intent.Promises, s)
	case "rectify":
		a.Confirmed = cases.Confirmed{Signed: &s}
	case "pledge":
		a.Pledge.Signed = cases.Signature{Signature: s, Free: true}
	case "deliver", "serve":
		a.Delivered.Signed = &s
	}
	return nil
}

// offered reports whether everything promised was offered and signed by the
// applicant when they applied.
func (a actPage) offered() bool {
	for _, p := range a.Intent.Promises {
		if o, ok := a.Case.Offer(p.Material); !ok || o.By != p.By || o.Signed == nil {
			return false
		}
	}
	return len(a.Intent.Promises) > 0
}

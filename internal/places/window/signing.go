package window

import (
	"net/http"

	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/signing"
	"tongban/internal/places/frame"
)

// signBox is what the clerk sees of signing on the second screen: whether there
// is one, and how the paper on it stands.
type signBox struct {
	Screen *signing.Screen // nil: the window has none
	Paper  *signing.Paper
	Ink    ink.Drawing
	To     string // where the form is sent to be laid on the screen
	Err    error
}

// sends reports whether papers are signed on the screen, and not on this page.
func (b signBox) sends() bool { return b.Screen != nil }

// signed reports whether the applicant has signed what lay on the screen.
func (b signBox) signed() bool { return b.Paper != nil && b.Paper.State == signing.Signed }

// id is the paper in hand; "" none.
func (b signBox) id() string {
	if b.Paper == nil {
		return ""
	}
	return b.Paper.ID
}

// signBox is how signing stands: id is the paper that the form names.
func (p *Window) signBox(r *http.Request, id, to string) (b signBox, err error) {
	b.To = to
	screen, ok, err := p.Signing.Mine(r.Context(), frame.Actor(r))
	if err != nil || !ok {
		return b, err
	}
	b.Screen = &screen
	if id == "" {
		return b, nil
	}
	return b, p.boxed(r, &b, id)
}

// boxed puts a paper into the box; one that is gone is as good as none.
func (p *Window) boxed(r *http.Request, b *signBox, id string) error {
	paper, err := p.Signing.Paper(r.Context(), id, frame.Actor(r))
	if fault.Of(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	b.Paper = &paper
	b.Ink, err = ink.Open(r.Context(), p.Files, paper.Ink)
	return err
}

// signNews answers the script that waits for the applicant.
func (p *Window) signNews(w http.ResponseWriter, r *http.Request) error {
	b, err := p.signBox(r, r.PathValue("paper"), page.Local(page.Query(r).Text("to"), ""))
	if err != nil {
		return err
	}
	page.Show(w, r, signView(b))
	return nil
}

// signFiling lays what the applicant of a filing is to sign on the screen; to
// the script it answers with the box alone.
func (p *Window) signFiling(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.readFiling(r, f)
	if err != nil {
		return err
	}
	switch {
	case f.Text("sign") == "take" && v.Sign.Paper != nil:
		_, v.Sign.Err = p.Signing.Take(r.Context(), v.Sign.Paper.ID, frame.Actor(r))
		v.Sign.Paper = nil
	case f.Text("sign") != "look":
		v.Sign = p.sent(r, v.Sign, func() (signing.Bundle, error) { return p.filingBundle(r, v) })
	}
	if page.Partial(r) {
		page.Show(w, r, signView(v.Sign))
		return nil
	}
	v.Err = v.Sign.Err
	return p.showFiling(w, r, v)
}

// sent lays a bundle on the screen, or says in the box why not.
func (p *Window) sent(r *http.Request, b signBox, bundle func() (signing.Bundle, error)) signBox {
	letters, err := bundle()
	if err == nil {
		var paper signing.Paper
		if paper, err = p.Signing.Send(r.Context(), letters, frame.Actor(r)); err == nil {
			b.Paper = &paper
		}
	}
	b.Err = err
	return b
}

// filingBundle is what the applicant reads before they sign a filing: what was
// taken down for them, and the letters that come of it.
func (p *Window) filingBundle(r *http.Request, v filing) (signing.Bundle, error) {
	v.Signed, v.Places = unsigned(v.signer()), p.places()
	shown, a := v.application(), v.application()
	b := signing.Bundle{Signer: v.signer(), For: v.Who.Name, Letters: []signing.Letter{v.confirmation(shown)}}
	if err := p.whole(r, v, a.Answers); err != nil {
		return b, err
	}
	sheets, err := p.Cases.FilingLetters(r.Context(), a, intent(v.Checks), asking(r, ""))
	for _, s := range sheets {
		b.Letters = append(b.Letters, letterOf(s))
	}
	return b, err
}

// unsigned is a signature yet to be given, for papers that are only foreseen.
func unsigned(who string) cases.Signature {
	return cases.Signature{Signature: ink.Signature{Name: who}, Free: true}
}

// letterOf is a paper as it is read before it is signed.
func letterOf(s cases.Sheet) signing.Letter {
	l := signing.Letter{Title: s.Title, To: s.To, Text: s.Text, After: s.After}
	for _, line := range s.List {
		l.List = append(l.List, signing.Line{Name: line.Name, Say: line.Say})
	}
	return l
}

// confirmation is what was taken down, for the applicant to confirm: the form,
// the materials, how the result comes, and which certificates may be looked up.
func (v filing) confirmation(a cases.Application) signing.Letter {
	l := signing.Letter{Title: "申请信息确认书", To: v.Edition.AgencyName,
		Text: []string{"本人（单位）申请办理“" + v.Edition.Name + "”。下列内容由窗口工作人员代为录入，本人看过，真实、准确，并对所交材料的真实性负责。"}}
	whole := v.Edition.Form.With(v.Edition.Questions)
	for _, f := range whole.All() {
		if text := f.Show(a.Answers[f.ID]); text != "" {
			l.List = append(l.List, signing.Line{Name: f.Label, Say: v.placed(f, text)})
		}
	}
	fetched := false
	for _, k := range v.Checks {
		if k.Finding == "" {
			continue
		}
		fetched = fetched || k.Finding == cases.Exempt
		l.List = append(l.List, signing.Line{Name: "材料：" + k.Material.Name, Say: k.Finding.Han()})
	}
	l.After = []string{"结果送达：" + cases.Ways[v.Delivery.Way] + orNothing("，", v.Delivery.Address) + "。"}
	if fetched {
		l.After = append(l.After, "同意办理机关为本次申请查询、使用上列免提交材料对应的电子证照和共享数据，仅限本次使用。")
	}
	return l
}

// placed is an answer in words, places by their whole name.
func (v filing) placed(f *forms.Field, text string) string {
	if f.Kind == forms.Region {
		for _, c := range v.Places {
			if c.Value == text {
				return c.Group + c.Label
			}
		}
	}
	return text
}

func orNothing(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// underwrite puts the signature given on the screen under the filing.
func (p *Window) underwrite(r *http.Request, v filing, a *cases.Application, i *cases.Intent) error {
	b, err := p.filingBundle(r, v)
	if err != nil {
		return err
	}
	s, err := p.Signing.Signature(r.Context(), v.Sign.id(), b, frame.Actor(r))
	if err != nil {
		return fault.Placed(err, "signing")
	}
	a.Signed = &s
	if !a.Word.None() {
		a.Word.Signed = cases.Signature{Signature: s, Free: true}
	}
	i.Promises = signedBy(i.Promises, s)
	return nil
}

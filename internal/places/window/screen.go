package window

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/signing"
	"tongban/internal/places/frame"
)

// screenPage pairs the screen that stands towards the applicant (签署屏).
type screenPage struct {
	Screen *signing.Screen
	Code   string
	Err    error
}

func (p *Window) screenPage(w http.ResponseWriter, r *http.Request) {
	p.showScreen(w, r, screenPage{})
}

func (p *Window) showScreen(w http.ResponseWriter, r *http.Request, v screenPage) {
	screen, ok, err := p.Signing.Mine(r.Context(), frame.Actor(r))
	if err != nil {
		page.Fail(w, r, err)
		return
	}
	if ok {
		v.Screen = &screen
	}
	view := screenView(frame.Of(r).Named("签署屏").Faulty(v.Err), p.bench(r, tasks("/window/screen", nil), nil), v)
	if v.Err != nil {
		page.ShowFault(w, r, v.Err, view)
		return
	}
	page.Show(w, r, view)
}

// pairScreen pairs the screen that shows the code, or lets it go.
func (p *Window) pairScreen(w http.ResponseWriter, r *http.Request) {
	f, err := page.ReadForm(w, r)
	if err != nil {
		page.Fail(w, r, err)
		return
	}
	if f.Has("unpair") {
		err = p.Signing.Unpair(r.Context(), frame.Actor(r))
	} else {
		_, err = p.Signing.Pair(r.Context(), f.Text("code"), frame.Actor(r))
	}
	switch kind := fault.Of(err); {
	case err == nil:
		page.SeeOther(w, r, "/window/screen")
	case kind == fault.Internal:
		page.Fail(w, r, err)
	default:
		p.showScreen(w, r, screenPage{Code: f.Text("code"), Err: err})
	}
}

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

func (p *Window) screenPage(w http.ResponseWriter, r *http.Request) error {
	return p.showScreen(w, r, screenPage{})
}

func (p *Window) showScreen(w http.ResponseWriter, r *http.Request, v screenPage) error {
	screen, ok, err := p.Signing.Mine(r.Context(), frame.Actor(r))
	if err != nil {
		return err
	}
	if ok {
		v.Screen = &screen
	}
	view := screenView(frame.Of(r).Named("签署屏").Faulty(v.Err), p.bench(r, tasks("/window/screen", nil), nil), v)
	if v.Err != nil {
		page.ShowFault(w, r, v.Err, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// pairScreen pairs the screen that shows the code, or lets it go.
func (p *Window) pairScreen(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
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
		return err
	default:
		return p.showScreen(w, r, screenPage{Code: f.Text("code"), Err: err})
	}
	return nil
}

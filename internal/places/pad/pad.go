// Package pad is the screen that stands towards the public at a counter (签署屏):
// it shows a code until a clerk pairs it, then waits, and shows at full size what
// somebody is to read and sign there. Whoever stands before it may sign with a
// finger or by their name, ask for a change, or decline. It needs no JavaScript.
package pad

import (
	"net/http"
	"time"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/signing"
	"tongban/internal/places/frame"
)

// Pad is the place: the services behind its pages.
type Pad struct {
	Signing *signing.Service
	Files   blob.Store
	HTTPS   bool
	Now     func() time.Time
}

// Routes are the addresses of the place; nobody signs in here: the browser is
// known by a key of its own.
func (p *Pad) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]frame.Handler{
		"GET /pad":                 p.show,
		"GET /pad/news":            p.news,
		"POST /pad/begin":          p.begin,
		"POST /pad/papers/{paper}": p.answer,
	} {
		mux.Handle(address, frame.Unkept(do))
	}
	return mux
}

// cookie holds the key of the screen and nothing else.
const cookie = "pad"

// stays is how long a browser remains this screen: longer than any shift.
const stays = 16 * time.Hour

// screen is the screen that this browser is; the zero screen if it is none.
func (p *Pad) screen(r *http.Request) (signing.Screen, error) {
	c, err := r.Cookie(cookie)
	if err != nil || c.Value == "" {
		return signing.Screen{}, nil
	}
	s, err := p.Signing.Screen(r.Context(), c.Value)
	if fault.Of(err) == fault.NotFound {
		return signing.Screen{}, nil
	}
	return s, err
}

// begin makes a screen of this browser, and shows its code.
func (p *Pad) begin(w http.ResponseWriter, r *http.Request) error {
	_, key, err := p.Signing.Begin(r.Context())
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: cookie, Value: key, Path: "/pad", MaxAge: int(stays.Seconds()), HttpOnly: true, Secure: p.HTTPS, SameSite: http.SameSiteStrictMode})
	page.SeeOther(w, r, "/pad")
	return nil
}

// padView is what the screen shows now.
type padView struct {
	frame.View
	Screen  signing.Screen
	Paper   *signing.Paper
	Waiting bool          // shows its code
	Became  signing.State // of the last paper
	Mark    string        // names what is shown, for news
	Say     string
	Read    bool
	Err     error
}

func (p *Pad) view(r *http.Request) (padView, error) {
	v := padView{View: frame.Of(r).Named("签署屏").Lively()}
	s, err := p.screen(r)
	if err != nil {
		return v, err
	}
	v.Screen, v.Waiting = s, s.ID != "" && s.Waiting(p.Now())
	paper, ok, err := p.Signing.Showing(r.Context(), s)
	switch {
	case ok:
		v.Paper = &paper
	case err == nil:
		v.Became, err = p.Signing.Became(r.Context(), s)
	}
	v.Mark = markOf(v)
	return v, err
}

// markOf names what a screen shows: it changes when there is something else to see.
func markOf(v padView) string {
	switch {
	case v.Paper != nil:
		return "p" + v.Paper.ID
	case v.Screen.Bound():
		return "b" + v.Screen.ID + string(v.Became)
	case v.Waiting:
		return "w" + v.Screen.ID
	}
	return "none"
}

// show is the screen. Without a script it looks again by itself every five
// seconds, but never while somebody reads.
func (p *Pad) show(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	if v.Paper == nil && v.Screen.ID != "" {
		w.Header().Set("Refresh", "5")
	}
	page.Show(w, r, padTemplate(v))
	return nil
}

// news tells a screen with a script whether there is something else to see.
func (p *Pad) news(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	if v.Mark != page.Query(r).Text("at") {
		w.Header().Set("HX-Refresh", "true")
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// answer takes what the person before the screen does.
func (p *Pad) answer(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	paper, err := p.Signing.On(r.Context(), v.Screen, r.PathValue("paper"))
	if err != nil {
		return err
	}
	do := f.OneOf("do", string(signing.Signed), string(signing.Change), string(signing.Refused))
	a := signing.Answer{State: signing.State(do), Say: f.Text("say"), Read: f.Has("read")}
	if a.State == signing.Signed && paper.State == signing.Sent {
		a.Ink, err = frame.ReadInk(r.Context(), f, "signed", paper.Bundle.Signer, p.Files)
	}
	if err == nil {
		paper, err = p.Signing.Answer(r.Context(), v.Screen, paper.ID, a)
	}
	switch kind := fault.Of(err); {
	case err == nil, kind == fault.Conflict: // or pressed twice, or taken back meanwhile
		page.SeeOther(w, r, "/pad")
	case kind == fault.Invalid && v.Paper != nil && v.Paper.ID == paper.ID:
		v.Err, v.Say, v.Read, v.View = err, a.Say, a.Read, v.Faulty(err)
		page.ShowFault(w, r, err, padTemplate(v))
	default:
		return err
	}
	return nil
}

// codeShown is the code in two halves, as it is read out.
func codeShown(code string) string {
	if len(code) != 6 {
		return code
	}
	return code[:3] + " " + code[3:]
}

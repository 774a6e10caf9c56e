// Package relaydesk is where originals change hands (纸质材料交接): windows give,
// bureaus count and take over, and both see what is under way.
package relaydesk

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/relay"
	"tongban/internal/places/frame"
)

// Relaydesk is the place: the services behind its pages.
type Relaydesk struct {
	Relay    *relay.Service
	Agencies *agencies.Service
	Freight  *page.Freight
	Now      func() time.Time
}

// Routes are the addresses of the place.
func (d *Relaydesk) Routes() http.Handler {
	mux := http.NewServeMux()
	for address, do := range map[string]frame.Handler{
		"GET /relay":                 d.list,
		"POST /relay":                d.give,
		"GET /relay/file":            d.file,
		"GET /relay/{slip}":          d.show,
		"POST /relay/{slip}/receive": d.receive,
		"POST /relay/{slip}/agree":   d.agree,
	} {
		mux.Handle(address, door.Staff(do))
	}
	return mux
}

// door lets in those who give, take or watch.
var door = frame.Door{Place: "relaydesk", Roles: identity.Serving, Others: "这里是材料交接，您的岗位不办理交接"}

// bar is the head of the pages.
func bar(by identity.Actor) frame.DeskBar {
	return frame.DeskBar{Place: "材料交接", Home: "/relay", Nav: append([]frame.Link{{Text: "在途", Href: "/relay"}, {Text: "已交接", Href: "/relay?over=1"}}, frame.WayBack(by)...)}
}

type listView struct {
	frame.View
	Bar      frame.DeskBar
	Slips    []relay.Slip
	Agencies *agencies.Directory
	Over     bool
	Next     string
	Today    calendar.Day
	Gives    bool
	Numbers  string
	Find     string
	File     string // address of the same as a table
	Err      error
}

func (d *Relaydesk) list(w http.ResponseWriter, r *http.Request) error {
	v, err := d.listed(r)
	if err == nil {
		v.Numbers = page.Query(r).Text("case")
		page.Show(w, r, listTemplate(v))
	}
	return err
}

const rows = 50

func (d *Relaydesk) listed(r *http.Request) (listView, error) {
	by, q := frame.Actor(r), page.Query(r)
	v := listView{View: frame.Of(r).Named("材料交接"), Bar: bar(by), Over: q.Has("over"), Today: calendar.DayOf(d.Now()), Gives: by.Plays(identity.Window)}
	var err error
	v.File = "/relay/file?" + kept(q).Encode()
	if v.Find = q.Text("q"); v.Find != "" {
		if v.Slips, err = d.Relay.OfNumber(r.Context(), v.Find, by); err == nil {
			v.Agencies, err = d.Agencies.Directory(r.Context())
		}
		return v, err
	}
	if v.Slips, err = d.Relay.List(r.Context(), relay.Filter{Over: v.Over, After: q.Text("after"), Limit: rows}, by); err != nil {
		return v, err
	}
	if len(v.Slips) == rows {
		v.Next = "/relay?after=" + v.Slips[rows-1].Cursor()
		if v.Over {
			v.Next += "&over=1"
		}
	}
	v.Agencies, err = d.Agencies.Directory(r.Context())
	return v, err
}

// kept is what the address asks for, for another address.
func kept(q *page.Form) url.Values {
	v := url.Values{}
	for _, name := range []string{"over", "q"} {
		if text := q.Text(name); text != "" {
			v.Set(name, text)
		}
	}
	return v
}

// give makes a slip of the cases whose numbers were entered, one a line.
func (d *Relaydesk) give(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	slip, err := d.Relay.Give(r.Context(), strings.Fields(f.Text("numbers")), frame.Actor(r))
	if len(fault.Fields(err)) > 0 {
		v, wrong := d.listed(r)
		if wrong != nil {
			return wrong
		}
		v.Numbers, v.Err, v.View = f.Text("numbers"), err, v.Faulty(err)
		page.ShowFault(w, r, err, listTemplate(v))
		return nil
	}
	if err == nil {
		page.SeeOther(w, r, "/relay/"+slip.ID)
	}
	return err
}

type slipView struct {
	frame.View
	Bar frame.DeskBar
	relay.Slip
	Agency string
	Takes  bool
	Agrees bool
	Late   bool
	Say    string
	There  map[int]bool // what was counted
	Err    error
}

func (d *Relaydesk) slip(r *http.Request) (slipView, error) {
	by := frame.Actor(r)
	s, err := d.Relay.Slip(r.Context(), r.PathValue("slip"), by)
	if err != nil {
		return slipView{}, err
	}
	dir, err := d.Agencies.Directory(r.Context())
	if err != nil {
		return slipView{}, err
	}
	return slipView{View: frame.Of(r).Named("交接单 " + s.Number()), Bar: bar(by), Slip: s, Agency: dir.Name(s.Agency), Late: s.Late(calendar.DayOf(d.Now())),
		Takes: s.State == relay.OnItsWay && s.Takes(by), Agrees: s.State == relay.Disputed && by.Plays(identity.Window)}, nil
}

func (d *Relaydesk) show(w http.ResponseWriter, r *http.Request) error {
	v, err := d.slip(r)
	if err == nil {
		page.Show(w, r, slipTemplate(v))
	}
	return err
}

// receive takes the slip over as it was counted.
func (d *Relaydesk) receive(w http.ResponseWriter, r *http.Request) error {
	v, err := d.slip(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	var missing []int
	v.There, v.Say = map[int]bool{}, f.Text("say")
	for i := range v.Pieces {
		if v.There[i] = f.Has(pieceField(i)); !v.There[i] {
			missing = append(missing, i)
		}
	}
	_, err = d.Relay.Receive(r.Context(), v.ID, missing, v.Say, frame.Actor(r))
	if fault.Of(err) == fault.Invalid {
		v.Err, v.View = err, v.Faulty(err)
		page.ShowFault(w, r, err, slipTemplate(v))
		return nil
	}
	if err == nil {
		page.SeeOther(w, r, "/relay/"+v.ID)
	}
	return err
}

// agree confirms what was missing.
func (d *Relaydesk) agree(w http.ResponseWriter, r *http.Request) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	s, err := d.Relay.Agree(r.Context(), r.PathValue("slip"), frame.Actor(r))
	if err == nil {
		page.SeeOther(w, r, "/relay/"+s.ID)
	}
	return err
}

func whenHan(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日 15:04") }

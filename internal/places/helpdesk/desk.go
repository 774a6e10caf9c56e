package helpdesk

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"tongban/internal/ground/sqldb"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/aid"
	"tongban/internal/places/frame"
)

type listView struct {
	frame.View
	Bar    frame.DeskBar
	Tabs   []frame.Link
	Rows   []aid.Matter
	Today  calendar.Day
	Causes []frame.Row
	Window bool   // may take somebody down
	Takes  string // by when a matter is taken up
	Next   string
	Find   string
	File   string // address of the same as a table
}

// perPage is how many matters a page of the list shows.
const perPage = 50

// list is what waits, the earliest due first, or what has ended.
func (h *Helpdesk) list(w http.ResponseWriter, r *http.Request) error {
	q, by := page.Query(r), frame.Actor(r)
	f := chosen(q)
	v := listView{Find: q.Text("q"), File: "/aid/file?" + kept(q).Encode(), View: frame.Of(r).Named("帮办和反映"), Bar: bar(by), Today: calendar.DayOf(h.Now()), Window: by.Plays(identity.Window), Takes: h.Aid.Limits.TakenSay()}
	var err error
	if v.Rows, err = h.Aid.List(r.Context(), f, by); err != nil {
		return err
	}
	v.Tabs = []frame.Link{{Text: "在办", Href: "/aid", Here: !f.Over && f.Kind == "" && !f.Sought()}}
	for _, k := range aid.Kinds {
		v.Tabs = append(v.Tabs, frame.Link{Text: k.Han, Href: "/aid?kind=" + string(k.ID), Here: !f.Over && f.Kind == k.ID && !f.Sought()})
	}
	v.Tabs = append(v.Tabs, frame.Link{Text: "已结束", Href: "/aid?over=1", Here: f.Over && !f.Sought()})
	if len(v.Rows) == perPage {
		more := kept(q)
		more.Set("after", cursor(f, v.Rows[perPage-1]))
		v.Next = "/aid?" + more.Encode()
	}
	if v.Causes, err = h.causes(r.Context(), by); err != nil {
		return err
	}
	page.Show(w, r, listTemplate(v))
	return nil
}

// chosen is what the address asks for.
func chosen(q *page.Form) aid.Filter {
	return aid.Filter{Over: q.Text("over") == "1", Kind: aid.Kind(q.Text("kind")), After: q.Text("after"), Limit: perPage}.Find(q.Text("q"))
}

// kept is what the address asks for, for another address.
func kept(q *page.Form) url.Values {
	v := url.Values{}
	for _, name := range []string{"over", "kind", "q"} {
		if text := q.Text(name); text != "" {
			v.Set(name, text)
		}
	}
	return v
}

// cursor is where the page after m begins.
func cursor(f aid.Filter, m aid.Matter) string {
	if f.Sought() {
		return m.Found()
	}
	return m.Cursor()
}

// causes is why things could not be done in the last thirty days.
func (h *Helpdesk) causes(ctx context.Context, by identity.Actor) ([]frame.Row, error) {
	counts, err := h.Aid.Causes(ctx, calendar.DayOf(h.Now())-30, by)
	var all []frame.Row
	for _, cause := range aid.Causes {
		if n := counts[cause]; n > 0 {
			all = append(all, frame.Row{Key: cause, Value: strconv.Itoa(n) + " 件"})
		}
	}
	return all, err
}

// bar is the head of the pages, with the way back to where one works.
func bar(by identity.Actor) frame.DeskBar {
	b := frame.DeskBar{Place: "帮办和反映", Home: "/aid", Nav: []frame.Link{{Text: "清单", Href: "/aid"}, {Text: "差评整改", Href: "/aid/ratings"}}}
	if by.Plays(identity.Window) {
		b.Nav = append(b.Nav, frame.Link{Text: "登记来访", Href: "/aid/new"})
	}
	b.Nav = append(b.Nav, frame.WayBack(by)...)
	return b
}

// takeDownPage is for somebody who stands at the window.
func (h *Helpdesk) takeDownPage(w http.ResponseWriter, r *http.Request) error {
	if err := atWindow(r); err != nil {
		return err
	}
	page.Show(w, r, takeDownTemplate(newView{View: frame.Of(r).Named("登记来访"), Bar: bar(frame.Actor(r)), Kinds: kindChoices()}))
	return nil
}

func atWindow(r *http.Request) error {
	if !frame.Actor(r).Plays(identity.Window) {
		return fault.New(fault.Forbidden, "helpdesk.window", "来访由窗口登记，您没有窗口岗位")
	}
	return nil
}

func (h *Helpdesk) takeDown(w http.ResponseWriter, r *http.Request) error {
	if err := atWindow(r); err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by, m := frame.Actor(r), h.read(r, f)
	by.Channel = "window"
	for _, p := range by.Posts {
		if p.Role == identity.Window {
			m.Region = p.Region
		}
	}
	kept, err := h.Aid.Register(r.Context(), m, by)
	if fault.Of(err) == fault.Invalid {
		v := newView{View: frame.Of(r).Named("登记来访").Faulty(err), Bar: bar(by), Kinds: kindChoices(), Matter: m, Err: err}
		page.ShowFault(w, r, err, takeDownTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/aid/"+kept.ID)
	return nil
}

func (h *Helpdesk) matterPage(w http.ResponseWriter, r *http.Request) error {
	return h.showMatter(w, r, "", aid.Done{}, nil)
}

func (h *Helpdesk) showMatter(w http.ResponseWriter, r *http.Request, tried aid.Act, d aid.Done, wrong error) error {
	by := frame.Actor(r)
	m, err := h.Aid.Matter(r.Context(), r.PathValue("matter"), by)
	if err != nil {
		return err
	}
	v := oneView{View: frame.Of(r).Named(m.Kind.Han() + " " + m.Number()), Bar: bar(by), Matter: m, Acts: map[aid.Act]bool{}, Rows: rows(m), Tone: tone(m, calendar.DayOf(h.Now())), Err: wrong, Tried: tried, Done: d}
	for _, a := range m.Acts(by) {
		v.Acts[a] = true
	}
	phone, err := h.Aid.Phone(m, by)
	if err != nil {
		return err
	}
	v.Rows = append([]frame.Row{{Key: "姓名", Value: m.Name}}, v.Rows...)
	v.File = h.filing(m, by)
	if phone != "" {
		v.Rows = append(v.Rows, frame.Row{Key: "电话", Value: phone})
	}
	if v.Agencies, err = h.agencies(r.Context(), m); err != nil {
		return err
	}
	if wrong != nil {
		v.View = v.Faulty(wrong)
		page.ShowFault(w, r, wrong, matterTemplate(v))
		return nil
	}
	page.Show(w, r, matterTemplate(v))
	return nil
}

// agencies are those of the place, to whom the matter can be sent.
func (h *Helpdesk) agencies(ctx context.Context, m aid.Matter) ([]frame.Choice, error) {
	dir, err := h.Agencies.Directory(ctx)
	if err != nil {
		return nil, err
	}
	choices := []frame.Choice{{Value: "", Label: "请选择"}}
	for _, a := range dir.List(agencies.Filter{}) {
		if identity.Within(a.Region, m.Region) || a.Region == m.Region {
			choices = append(choices, frame.Choice{Value: a.ID, Label: a.Name})
		}
	}
	return choices, nil
}

// matterAct does what a form of the page says.
func (h *Helpdesk) matterAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	act := aid.Act(f.OneOf("act", string(aid.Take), string(aid.Entrust), string(aid.Assign), string(aid.Note), string(aid.Answer), string(aid.Decline), string(aid.Confirm)))
	d := aid.Done{Say: cmp.Or(f.Text(sayName), f.Text(sayOf(act))), Class: aid.Class(f.Text("class")), Cause: f.Text("cause"), Agency: f.Text("agency"), Solved: f.Text("solved") == "yes", Paper: f.Has("paper")}
	if act == aid.Entrust {
		d.Until = calendar.Parse(f.Date("until"))
	}
	m, err := sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (aid.Matter, error) {
		return h.Aid.Do(ctx, r.PathValue("matter"), act, d, frame.Actor(r))
	})
	switch {
	case fault.Mendable(err):
		return h.showMatter(w, r, act, d, err)
	case err != nil:
		return err
	case !m.Sees(frame.Actor(r)):
		page.SeeOther(w, r, "/aid")
	default:
		page.SeeOther(w, r, "/aid/"+m.ID)
	}
	return nil
}

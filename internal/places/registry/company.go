package registry

import (
	"net/http"
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
	"tongban/internal/register/companies"
)

// companyView is one company, as much of it as the page shows.
type companyView struct {
	frame.View
	Bar      frame.DeskBar
	Company  *companies.Company
	Tone     frame.Tone
	Today    calendar.Day
	Facts    []frame.Row
	Opening  []frame.Task
	Warnings []companies.Warning
	May      []offer
	MayNot   []offer
	Moments  []frame.Moment
	Acts     bool // the visitor acts for the company
	Firm     string
	Objects  bool // one may object to its ending
	Request  string
	Value    string // what was written with an act that was refused
	Pressed  string // the act
	Err      error
}

// offer is an act and where it is asked for.
type offer struct {
	companies.Offer
	Href string // the application; "" it is done here
	Asks string // what has to be said with it
}

// toneOf is the colour of a state.
func toneOf(s companies.State) frame.Tone {
	switch s {
	case companies.Running:
		return frame.Green
	case companies.Resting, companies.Closing:
		return frame.Amber
	case companies.Struck:
		return frame.Red
	}
	return frame.Plain
}

func (s *Registry) view(r *http.Request, c *companies.Company) (companyView, error) {
	v := companyView{View: frame.Of(r).Named(c.Name), Company: c, Tone: toneOf(c.State), Today: calendar.DayOf(s.Now()), Request: sqldb.NewID(), Firm: c.Party}
	v.Facts = facts(c)
	v.Warnings = c.Warnings(v.Today)
	v.Objects = c.May(companies.Object, companies.Want{}, v.Today) == nil
	for _, o := range c.Offers(v.Today) {
		if o.Done {
			continue
		}
		one := offer{Offer: o, Asks: companies.Asks(o.Row.Act)}
		if item := s.Plan.ItemFor(o.Row.Act); item != "" {
			one.Href = "/apply/" + string(item)
		} else if !o.Row.Own {
			continue
		}
		if o.Why == "" {
			v.May = append(v.May, one)
		} else {
			v.MayNot = append(v.MayNot, one)
		}
	}
	v.Opening = s.opening(c)
	history, err := s.Companies.History(r.Context(), c.ID)
	v.Moments = moments(history)
	return v, err
}

// opening are the steps of founding, done and to be done (开办).
func (s *Registry) opening(c *companies.Company) []frame.Task {
	var all []frame.Task
	if _, founded := c.Did(companies.Found); !founded || c.State == companies.Gone {
		return nil
	}
	for _, act := range companies.Opening() {
		t := frame.Task{Text: act.Han(), Tone: frame.Plain, State: "没有办"}
		if step, did := c.Did(act); did {
			t.Tone, t.State, t.Hint = frame.Green, "已办好", step.On.Han()+"，"+step.Agency
		} else if item := s.Plan.ItemFor(act); item != "" {
			t.Href = "/apply/" + string(item)
		}
		all = append(all, t)
	}
	return all
}

func facts(c *companies.Company) []frame.Row {
	rows := []frame.Row{{Key: "统一社会信用代码", Value: c.Code}}
	for _, name := range companies.Entries() {
		if say := c.Entry(name); say != "" {
			rows = append(rows, frame.Row{Key: name, Value: say})
		}
	}
	rows = append(rows, frame.Row{Key: "成立日期", Value: c.Born.Han()})
	if r := c.Rest; r != nil {
		rows = append(rows, frame.Row{Key: "歇业期限", Value: r.From.Han() + "至" + r.Until.Han()})
		if r.Address != "" {
			rows = append(rows, frame.Row{Key: "法律文书送达地址", Value: r.Address})
		}
	}
	if n := c.Notice; n != nil {
		kind := "清算组和债权人公告"
		if n.Simple {
			kind = "简易注销公示"
		}
		rows = append(rows, frame.Row{Key: kind, Value: n.From.Han() + "至" + n.Until.Han() + "，" + n.By})
	}
	if c.Ended != 0 {
		rows = append(rows, frame.Row{Key: "注销日期", Value: c.Ended.Han()})
	}
	return rows
}

// moments are what happened, the latest first.
func moments(history []companies.Moved) []frame.Moment {
	var all []frame.Moment
	for _, m := range slices.Backward(history) {
		one := frame.Moment{When: calendar.DayOf(m.At).Han(), What: m.Act.Han(), Who: m.By}
		var notes []string
		for _, l := range m.Lines {
			notes = append(notes, l.Name+"由“"+l.Was+"”变为“"+l.Say+"”")
		}
		if m.Rest != nil {
			notes = append(notes, "歇业到"+m.Rest.Until.Han())
		}
		if m.Step.Say != "" {
			notes = append(notes, m.Step.Say)
		}
		if m.Step.Number != "" {
			notes = append(notes, "办件编号 "+m.Step.Number)
		}
		one.Note = strings.Join(notes, "；")
		all = append(all, one)
	}
	return all
}

// own is the page of a company for who acts for it, or is its head and may.
func (s *Registry) own(w http.ResponseWriter, r *http.Request) error {
	v, err := s.ownView(r)
	if err != nil {
		return err
	}
	page.Show(w, r, ownTemplate(v))
	return nil
}

func (s *Registry) ownView(r *http.Request) (companyView, error) {
	c, err := s.Companies.Public(r.Context(), r.PathValue("code"))
	if err != nil {
		return companyView{}, err
	}
	by := frame.Citizen(r, "")
	acts := by.Party == c.Party
	if !acts {
		heads, err := s.Parties.Represents(r.Context(), by.Party, c.Party)
		if err != nil || !heads {
			return companyView{}, errOr(err, companies.None())
		}
	}
	v, err := s.view(r, c)
	v.Acts = acts
	v.View = v.View.Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "我的", Href: "/my"}, frame.Link{Text: "我的企业", Href: "/my/company"})
	return v, err
}

func errOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// act does what the company does itself on its page.
func (s *Registry) act(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	_, err = s.Companies.Do(r.Context(), r.PathValue("code"), companies.Act(f.Text("act")), f.Text("say"), frame.Citizen(r, f.Text("request")))
	if fault.Mendable(err) {
		v, failed := s.ownView(r)
		if failed != nil {
			return failed
		}
		v.Err, v.Pressed, v.Value, v.View = err, f.Text("act"), f.Text("say"), v.View.Faulty(err)
		page.ShowFault(w, r, err, ownTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/company/"+r.PathValue("code"))
	return nil
}

type mineView struct {
	frame.View
	Rows []*companies.Company
	Here string // party acted for
}

// mine lists the companies of who is here: the one acted for, and those of
// which they are the head.
func (s *Registry) mine(w http.ResponseWriter, r *http.Request) error {
	by := frame.Citizen(r, "")
	v := mineView{View: frame.Of(r).Named("我的企业").Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "我的", Href: "/my"}), Here: by.Party}
	firms, err := s.Parties.Represented(r.Context(), by.Party)
	if err != nil {
		return err
	}
	for _, firm := range append([]string{by.Party}, firms...) {
		c, err := s.Companies.Of(r.Context(), firm)
		if err != nil {
			return err
		}
		if c != nil {
			v.Rows = append(v.Rows, c)
		}
	}
	page.Show(w, r, mineTemplate(v))
	return nil
}

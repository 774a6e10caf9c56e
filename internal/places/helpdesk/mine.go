package helpdesk

import (
	"cmp"
	"context"
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/aid"
	"tongban/internal/places/frame"
)

type mineView struct {
	frame.View
	Open, Over []aid.Matter
}

// under is the view of a page below 我的.
func under(r *http.Request, title string, more ...frame.Link) frame.View {
	return frame.Of(r).Named(title).Under(append([]frame.Link{{Text: "首页", Href: "/"}, {Text: "我的", Href: "/my"}}, more...)...)
}

var mineCrumb = frame.Link{Text: "帮办和反映", Href: "/my/help"}

// mine lists one's own matters.
func (h *Helpdesk) mine(w http.ResponseWriter, r *http.Request) error {
	v := mineView{View: under(r, "帮办和反映")}
	var err error
	if v.Open, err = h.Aid.Mine(r.Context(), false, frame.Actor(r)); err == nil {
		v.Over, err = h.Aid.Mine(r.Context(), true, frame.Actor(r))
	}
	if err != nil {
		return err
	}
	page.Show(w, r, mineTemplate(v))
	return nil
}

// newView is a matter being written down, by the person or by a clerk.
type newView struct {
	frame.View
	Bar    frame.DeskBar // for staff
	Matter aid.Matter
	Kinds  []frame.Choice
	Takes  string // by when somebody takes it up
	Err    error
}

func (h *Helpdesk) newPage(w http.ResponseWriter, r *http.Request) error {
	q := page.Query(r)
	v := newView{View: under(r, "说说您的事", mineCrumb), Kinds: kindChoices(), Takes: h.Aid.Limits.TakenSay()}
	v.Matter = aid.Matter{Kind: aid.Kind(q.Text("kind")), Case: q.Text("case")}
	v.Matter.Item, v.Matter.ItemName = h.itemNamed(r, q.Text("item"))
	page.Show(w, r, newTemplate(v))
	return nil
}

// register takes down one's own matter.
func (h *Helpdesk) register(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	m := h.read(r, f)
	by := frame.Actor(r)
	by.Posts, by.Channel = nil, frame.ClientOf(r).Channel // here everybody is a citizen
	if by.Party == "" {
		return fault.New(fault.Forbidden, "helpdesk.party", "工作人员账号没有个人办事身份；替来访人登记，请用“登记来访”")
	}
	kept, err := h.Aid.Register(r.Context(), m, by)
	if fault.Of(err) == fault.Invalid {
		v := newView{View: under(r, "说说您的事", mineCrumb).Faulty(err), Kinds: kindChoices(), Takes: h.Aid.Limits.TakenSay(), Matter: m, Err: err}
		page.ShowFault(w, r, err, newTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/help/"+kept.ID)
	return nil
}

// read takes a matter from its form.
func (h *Helpdesk) read(r *http.Request, f *page.Form) aid.Matter {
	m := aid.Matter{Kind: aid.Kind(f.Text("kind")), Text: f.Text("text"), Case: f.Text("case"), Region: h.Region, Name: f.Text("name"), Phone: f.Text("phone")}
	m.Item, m.ItemName = h.itemNamed(r, f.Text("item"))
	if m.Item == "" {
		m.ItemName = f.Text("about")
	}
	return m
}

// oneView is a matter, as the person or the staff see it.
type oneView struct {
	frame.View
	Bar      frame.DeskBar // for staff
	Matter   aid.Matter
	Acts     map[aid.Act]bool
	Rows     []frame.Row
	Tone     frame.Tone
	Agencies []frame.Choice
	File     string   // where the window files for the person, with a mandate
	Tried    aid.Act  // what was refused with Err
	Done     aid.Done // and what its form said
	Err      error
}

// say is the field for words in the form of an act: each form has its own, and what was
// refused keeps what was typed and says what is wrong with it.
func (v oneView) say(act aid.Act, f frame.Field) frame.Field {
	if f.Name = sayName; v.Tried != act {
		f.Name = sayOf(act)
		return f
	}
	f.Value = v.Done.Say
	return f.Faulty(v.Err)
}

// sayName is the field as the faults name it.
const sayName = "say"

func sayOf(act aid.Act) string { return string(act) + "." + sayName }

func (h *Helpdesk) minePage(w http.ResponseWriter, r *http.Request) error {
	return h.showMine(w, r, "", aid.Done{}, nil)
}

// showMine shows the matter as it is now, with what was tried and refused.
func (h *Helpdesk) showMine(w http.ResponseWriter, r *http.Request, tried aid.Act, d aid.Done, wrong error) error {
	m, err := h.Aid.Matter(r.Context(), r.PathValue("matter"), frame.Citizen(r, ""))
	if err != nil {
		return err
	}
	v := h.one(r, m)
	if wrong == nil {
		page.Show(w, r, minePageTemplate(v))
		return nil
	}
	v.Tried, v.Done, v.Err, v.View = tried, d, wrong, v.Faulty(wrong)
	page.ShowFault(w, r, wrong, minePageTemplate(v))
	return nil
}

func (h *Helpdesk) one(r *http.Request, m aid.Matter) oneView {
	v := oneView{View: under(r, m.Kind.Han()+" "+m.Number(), mineCrumb), Matter: m, Tone: tone(m, calendar.DayOf(h.Now())), Acts: map[aid.Act]bool{}}
	for _, a := range m.Acts(frame.Citizen(r, "")) {
		v.Acts[a] = true
	}
	v.Rows = rows(m)
	return v
}

func rows(m aid.Matter) []frame.Row {
	all := []frame.Row{{Key: "编号", Value: m.Number()}, {Key: "登记", Value: calendar.DayOf(m.At).Han()}}
	for _, more := range []frame.Row{{Key: "事项", Value: m.ItemName}, {Key: "办件", Value: m.Case}, {Key: "首问责任人", Value: m.First.Name}, {Key: "现在由谁办", Value: m.Assignee.Name}, {Key: "难易", Value: m.Class.Han()}, {Key: "原因", Value: m.Cause}, {Key: "委托", Value: m.Mandate.Han()}} {
		if more.Value != "" {
			all = append(all, more)
		}
	}
	if m.Due != 0 && !m.State.Over() {
		all = append(all, frame.Row{Key: "最迟", Value: m.Due.Han() + waits[m.State]})
	}
	return all
}

// waits say what comes by the day a matter is due.
var waits = map[aid.State]string{aid.Open: "前有人接办", aid.Taken: "前答复", aid.Answered: "前回访"}

// mineAct is what the person does about their matter.
func (h *Helpdesk) mineAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	act := aid.Act(f.OneOf("act", string(aid.Withdraw), string(aid.Confirm), string(aid.Entrust)))
	d := aid.Done{Solved: f.Text("solved") == "yes", Say: cmp.Or(f.Text(sayName), f.Text(sayOf(act)))}
	if act == aid.Entrust {
		d.Until = calendar.Parse(f.Date("until"))
	}
	m, err := sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (aid.Matter, error) {
		return h.Aid.Do(ctx, r.PathValue("matter"), act, d, frame.Citizen(r, ""))
	})
	if fault.Mendable(err) {
		return h.showMine(w, r, act, d, err)
	}
	if err == nil {
		page.SeeOther(w, r, "/my/help/"+m.ID)
	}
	return err
}

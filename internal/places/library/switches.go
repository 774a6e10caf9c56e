package library

import (
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/switches"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// switchesView is what runs by itself in an item, with its switches.
type switchesView struct {
	frame.View
	Bar     frame.DeskBar
	Find    string
	Found   []frame.Link
	Edition *items.Edition // nil: none is chosen
	Rows    []switchRow
	Past    []frame.Moment
	May     bool
	Done    bool
	Err     error
	Posted  *page.Form
	Request string
}

// switchRow is the whole item, or one rule.
type switchRow struct {
	Rule, Name, When, Basis string
	Off                     bool
	Why                     string
}

// operators are item managers, auditors and administrators: they switch automatic decisions off.
var operators = frame.Door{Place: "library", Roles: []identity.Role{identity.Items, identity.Auditor, identity.Admin}, Others: "这里是自动办理的开关，您没有这个岗位"}

// switchesPage finds an item that has automatic rules.
func (l *Library) switchesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v := switchesView{View: frame.Of(r).Named("自动办理开关"), Bar: switchBar(by), Find: page.Query(r).Text("q")}
	if v.Find != "" {
		found, err := l.Items.Search(r.Context(), v.Find, items.Filter{}, 0)
		if err != nil {
			return err
		}
		for _, hit := range found.Hits[:min(len(found.Hits), perPage)] {
			v.Found = append(v.Found, frame.Link{Text: hit.Name, Href: "/desk/switches/" + string(hit.ID)})
		}
	}
	page.Show(w, r, switchesPage(v))
	return nil
}

// switchPage is one item's switches.
func (l *Library) switchPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.switchesOf(r, by)
	if err != nil {
		return err
	}
	v.Done = page.Query(r).Text("done") != ""
	page.Show(w, r, switchesPage(v))
	return nil
}

func (l *Library) switchesOf(r *http.Request, by identity.Actor) (switchesView, error) {
	e, err := l.Items.Current(r.Context(), items.ID(r.PathValue("item")))
	if err != nil {
		return switchesView{}, err
	}
	off, err := l.Switches.Off(r.Context(), e.Item)
	if err != nil {
		return switchesView{}, err
	}
	history, err := l.Switches.History(r.Context(), e.Item)
	if err != nil {
		return switchesView{}, err
	}
	v := switchesView{View: frame.Of(r).Named("自动办理开关"), Bar: switchBar(by), Edition: e, May: switches.May(e, by), Request: sqldb.NewID()}
	add := func(rule, name, when, basis string) {
		why, is := off[rule]
		v.Rows = append(v.Rows, switchRow{rule, name, when, basis, is, why})
	}
	if e.Automatic.Decides {
		add("", "整个事项的自动办理", "", "规则全部成立时自动准予")
	}
	for _, rule := range e.Automatic.Rules {
		add(rule.ID, rule.Name, rule.When, basisLines(rule.Basis))
	}
	slices.Reverse(history)
	for _, t := range history {
		what := map[bool]string{true: "停用", false: "恢复"}[t.Off] + "：" + ruleName(e, t.Rule)
		v.Past = append(v.Past, frame.Moment{When: calendar.Moment(t.At), What: what, Who: t.Name, Note: t.Reason})
	}
	return v, nil
}

func ruleName(e *items.Edition, id string) string {
	for _, r := range e.Automatic.Rules {
		if r.ID == id {
			return r.Name
		}
	}
	if id == "" {
		return "整个事项的自动办理"
	}
	return id
}

// turn turns a switch.
func (l *Library) turn(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id := items.ID(r.PathValue("item"))
	err = l.Switches.Turn(r.Context(), id, f.Text("rule"), f.Text("off") == "1", f.Text(reasonOf(f.Text("rule"))), by)
	if err == nil {
		page.SeeOther(w, r, "/desk/switches/"+string(id)+"?done=1")
		return nil
	}
	if kind := fault.Of(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	v, failed := l.switchesOf(r, by)
	if failed != nil {
		return failed
	}
	v.Err, v.Posted, v.View = err, f, v.View.Faulty(err)
	page.ShowFault(w, r, err, switchesPage(v))
	return nil
}

// reasonOf names the field of a switch's reason: each switch of the page has its own.
func reasonOf(rule string) string { return "reason-" + rule }

// field is the reason of one switch, with what was sent.
func (v switchesView) field(row switchRow) frame.Field {
	f := frame.Field{Name: "reason", Label: "停用“" + row.Name + "”的理由", Max: 500}
	if row.Off {
		f.Label = "恢复“" + row.Name + "”的理由"
	}
	if v.Posted != nil && v.Posted.Text("rule") == row.Rule {
		f.Value = v.Posted.Text(reasonOf(row.Rule))
		f = f.Faulty(v.Err)
	}
	f.Name = reasonOf(row.Rule)
	return f
}

func switchBar(by identity.Actor) frame.DeskBar {
	if by.Plays(identity.Items) || by.Plays(identity.Auditor) {
		return bar(by)
	}
	return frame.DeskBar{Place: "自动办理开关", Home: "/desk/switches", Nav: []frame.Link{{Text: "系统管理", Href: "/desk/admin"}, {Text: "自动办理开关", Href: "/desk/switches", Here: true}}}
}

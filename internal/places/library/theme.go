package library

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

func themeURL(id themes.ID) string { return "/desk/themes/" + string(id) }

// themeView is the draft of one theme: what it says, what follows from it, and
// what does not fit.
type themeView struct {
	frame.View
	Bar     frame.DeskBar
	Draft   *themes.Draft
	Text    *themes.Theme
	Rest    string // what has no field of its own, as YAML
	Made    *themes.Composed
	Moves   map[themes.Act]bool
	Request string
	Find    finder // of items to add
	Found   []findingRow
	Err     error
}

func (l *Library) themePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.themeView(r, by)
	if err != nil {
		return err
	}
	page.Show(w, r, themePage(v))
	return nil
}

func (l *Library) themeView(r *http.Request, by identity.Actor) (themeView, error) {
	ctx, id := r.Context(), themes.ID(r.PathValue("theme"))
	d, err := l.Themes.Store.Draft(ctx, id)
	if err != nil {
		return themeView{}, err
	}
	v := themeView{View: frame.Of(r), Bar: bar(by), Draft: d, Text: d.Text, Request: sqldb.NewID(), Moves: map[themes.Act]bool{}}
	if v.Text == nil || d.State == themes.Published {
		if v.Text, err = l.Themes.Current(ctx, id); err != nil {
			return v, err
		}
	}
	v.View = v.Named(v.Text.Name).Under(frame.Link{Text: "一件事", Href: "/desk/themes"})
	for _, m := range d.Can(by) {
		v.Moves[m.Act] = true
	}
	if v.Rest, err = restOf(v.Text); err != nil {
		return v, err
	}
	return v, v.compose(r, l)
}

func (v *themeView) compose(r *http.Request, l *Library) (err error) {
	v.Made, err = l.Themes.Compose(r.Context(), v.Text)
	if err != nil {
		return err
	}
	v.Found = nil
	for _, f := range v.Made.Findings {
		v.Found = append(v.Found, findingRow{Error: f.Severity == items.Error, Rule: f.Rule, Say: f.Say, Run: strings.Join(f.Run, " → ")})
	}
	return nil
}

// rest is what the form of the page has no fields for.
type rest struct {
	Synonyms   []string            `json:"synonyms,omitempty"`
	Org        bool                `json:"org,omitempty"`
	Region     string              `json:"region,omitempty"`
	Partners   []themes.Department `json:"partners,omitempty"`
	Conditions []string            `json:"conditions,omitempty"`
	Questions  []forms.Question    `json:"questions,omitempty"`
	Fields     []themes.Joined     `json:"fields,omitempty"`
	People     map[string]string   `json:"people,omitempty"`
	Materials  []items.Material    `json:"materials,omitempty"`
	Carried    []themes.Carried    `json:"carried,omitempty"`
	Generated  []string            `json:"generated,omitempty"`
	Assumed    []string            `json:"assumed,omitempty"`
	Source     string              `json:"source,omitempty"`
	Effective  calendar.Day        `json:"effective,omitzero"`
	Retired    calendar.Day        `json:"retired,omitzero"`
}

// restOf writes the rest as YAML, which reads as a part of a theme.
func restOf(t *themes.Theme) (string, error) {
	text, err := yaml.MarshalWithOptions(rest{
		t.Synonyms, t.Org, t.Region, t.Partners, t.Conditions, t.Questions, t.Fields, t.People, t.Materials, t.Carried, t.Generated, t.Assumed, t.Source,
		t.Effective, t.Retired,
	}, yaml.UseJSONMarshaler())
	return string(text), err
}

// themeOf reads the form over the text as it was.
func themeOf(f *page.Form, was *themes.Theme) (*themes.Theme, error) {
	t, err := themes.Read([]byte(f.Values().Get("rest")))
	if err != nil {
		return was, err
	}
	t.ID, t.Names = was.ID, was.Names
	t.Name, t.Class, t.Stage, t.Plain = f.Text("name"), themes.Class(f.Text("class")), f.Text("stage"), f.Text("plain")
	t.Lead = themes.Department{Name: f.Text("lead"), Agency: f.Text("leadAgency")}
	t.Promised = clock.Limit{N: f.Int("promised"), Unit: clock.WorkingDays}
	t.Components = componentsOf(f, was)
	for i := range mostRows {
		before, after := f.Text(fmt.Sprintf("order.%d.before", i)), f.Text(fmt.Sprintf("order.%d.after", i))
		if before != "" && after != "" {
			t.Order = append(t.Order, themes.Order{Before: items.ID(before), After: items.ID(after), Why: f.Text(fmt.Sprintf("order.%d.why", i))})
		}
	}
	return t, f.Err()
}

// mostRows is how many rows a table of the form may have.
const mostRows = 60

func componentsOf(f *page.Form, was *themes.Theme) []themes.Component {
	var all []themes.Component
	for i := range mostRows {
		at := func(name string) string { return f.Text(fmt.Sprintf("component.%d.%s", i, name)) }
		if at("item") == "" {
			continue
		}
		c, _ := was.Component(items.ID(at("item")))
		c.Item, c.Name, c.When, c.Optional = items.ID(at("item")), at("name"), at("when"), at("optional") != ""
		c.Given = givenOf(at("given"))
		all = append(all, c)
	}
	for _, id := range picked(f, "items") {
		if !slices.ContainsFunc(all, func(c themes.Component) bool { return string(c.Item) == id }) {
			all = append(all, themes.Component{Item: items.ID(id)})
		}
	}
	return all
}

// offerItems shows the draft as it was typed, with the items that were found; the
// ticked ones stand in it already.
func (l *Library) offerItems(w http.ResponseWriter, r *http.Request, f *page.Form, v themeView) (err error) {
	if v.Find, err = l.itemFinder(r, f, "items"); err != nil {
		return err
	}
	v.Rest = f.Values().Get("rest")
	if err := v.compose(r, l); err != nil {
		return err
	}
	page.Show(w, r, themePage(v))
	return nil
}

// itemNames are the names of the items of the draft, as far as they are known.
func (v themeView) itemNames() map[items.ID]string {
	names := map[items.ID]string{}
	for _, p := range v.Made.Parts {
		if p.Edition != nil {
			names[p.Item] = p.Edition.Name
		}
	}
	return names
}

// givenOf reads what the theme answers for an item: 七岁以下=是；监护人代办=是.
func givenOf(text string) forms.Answers {
	given := forms.Answers{}
	for _, pair := range strings.FieldsFunc(text, func(r rune) bool { return r == '；' || r == ';' }) {
		if name, value, ok := strings.Cut(pair, "="); ok {
			given[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	if len(given) == 0 {
		return nil
	}
	return given
}

func givenSay(given forms.Answers) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(given)) {
		all = append(all, name+"="+given[name])
	}
	return strings.Join(all, "；")
}

// moveTheme makes one move of the draft.
func (l *Library) moveTheme(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx, id, version := r.Context(), themes.ID(r.PathValue("theme")), int64(f.Int("version"))
	by.Request = f.Text("request")
	v, err := l.themeView(r, by)
	if err != nil {
		return err
	}
	switch themes.Act(r.PathValue("act")) {
	case themes.Save:
		var text *themes.Theme
		if text, err = themeOf(f, v.Text); err == nil && f.Has("find") {
			v.Text = text
			return l.offerItems(w, r, f, v)
		}
		if err == nil {
			_, err = l.Themes.Save(ctx, id, version, text, by)
		}
		v.Text = text
	case themes.Confirm:
		as := f.Text("as")
		if f.Has("apart") {
			as = ""
		}
		_, err = l.Themes.Judge(ctx, id, version, f.All("names"), as, by)
	case themes.Submit:
		_, err = l.Themes.Submit(ctx, id, version, by)
	case themes.Return:
		_, err = l.Themes.Return(ctx, id, version, f.Text("say"), by)
	case themes.Publish:
		_, err = l.Themes.Publish(ctx, id, version, by)
	default:
		return fault.New(fault.NotFound, "library.theme.act", "没有这种办理，请从页面上的按钮进入")
	}
	if err == nil {
		page.SeeOther(w, r, themeURL(id))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.View.Refused(max(1, len(fault.Fields(err))))
	if f.Values().Has("rest") {
		v.Rest = f.Values().Get("rest")
	}
	page.ShowFault(w, r, err, themePage(v))
	return nil
}

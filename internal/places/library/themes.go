package library

import (
	"net/http"
	"net/url"

	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// themesView is every theme with its draft, if somebody is at one (一件事编排).
type themesView struct {
	frame.View
	Bar     frame.DeskBar
	Find    string
	Rows    []themeRow
	Next    string
	Shelf   []shelfRow
	Request string
	May     bool
	Posted  *page.Form // that was refused
	Err     error
}

// posted is a field of the form that was refused, as it was typed.
func (v themesView) posted(f frame.Field) frame.Field {
	if v.Posted != nil {
		f.Value = v.Posted.Text(f.Name)
	}
	return f.Faulty(v.Err)
}

type themeRow struct {
	ID            themes.ID
	Name          string
	Class, Lead   string
	Number, Parts int
	State         string
	Errors, Warns int

	theme *themes.Theme // in force, or the draft of one that is not yet
}

// edition is the number of the edition in force.
func (row themeRow) edition() string {
	if row.Number == 0 {
		return "未发布"
	}
	return itoa(row.Number)
}

func (l *Library) themesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.themesView(r, by)
	if err != nil {
		return err
	}
	page.Show(w, r, themesPage(v))
	return nil
}

func (l *Library) themesView(r *http.Request, by identity.Actor) (themesView, error) {
	ctx := r.Context()
	v := themesView{View: frame.Of(r).Named("一件事编排"), Bar: bar(by), Request: sqldb.NewID(), May: by.Plays(identity.Items)}
	drafts, err := l.Themes.Store.Drafts(ctx)
	if err != nil {
		return v, err
	}
	all, err := l.Themes.All(ctx)
	if err != nil {
		return v, err
	}
	if v.Shelf, err = l.shelf(r, all); err != nil {
		return v, err
	}
	q := page.Query(r)
	v.Find = q.Text("q")
	rows := themeRows(all, drafts, v.Find)
	from := min(max(q.Int("page"), 0)*perPage, len(rows))
	if v.Rows = rows[from:]; len(v.Rows) > perPage {
		v.Rows = v.Rows[:perPage]
		v.Next = "/desk/themes?" + url.Values{"q": {v.Find}, "page": {itoa(from/perPage + 1)}}.Encode()
	}
	for i := range v.Rows {
		if err := v.Rows[i].compose(r, l); err != nil {
			return v, err
		}
	}
	return v, nil
}

// themeRows are the themes in force and those that are drafts only, if they
// answer what is looked for.
func themeRows(all []*themes.Theme, drafts []*themes.Draft, find string) []themeRow {
	state := map[themes.ID]*themes.Draft{}
	for _, d := range drafts {
		state[d.ID] = d
	}
	var rows []themeRow
	for _, t := range all {
		row := themeRow{ID: t.ID, Name: t.Name, Class: string(t.Class), Lead: t.Lead.Name, Number: t.Number, theme: t}
		if d := state[t.ID]; d != nil {
			row.State = d.State.Han()
			delete(state, t.ID)
		}
		if t.Answers(find) {
			rows = append(rows, row)
		}
	}
	for _, d := range drafts {
		if state[d.ID] != nil && d.Text != nil && d.Text.Answers(find) {
			rows = append(rows, themeRow{ID: d.ID, Name: d.Text.Name, Class: string(d.Text.Class), Lead: d.Text.Lead.Name, State: d.State.Han(), theme: d.Text})
		}
	}
	return rows
}

// compose adds what the check finds in the theme.
func (row *themeRow) compose(r *http.Request, l *Library) error {
	c, err := l.Themes.Compose(r.Context(), row.theme)
	if err != nil {
		return err
	}
	row.Parts = len(c.Parts)
	found, err := l.Themes.Findings(r.Context(), c)
	if row.Number == 0 {
		found = append(themes.Wanting(row.theme), found...)
	}
	row.count(found)
	return err
}

func (row *themeRow) count(found []themes.Finding) {
	for _, f := range found {
		if f.Severity.Blocks() {
			row.Errors++
		} else {
			row.Warns++
		}
	}
}

// beginTheme opens a draft: of a theme in force, or of a new one.
func (l *Library) beginTheme(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	id := themes.ID(f.Text("id"))
	if _, err := l.Themes.Begin(r.Context(), id, f.Text("name"), by); err != nil {
		return l.themesRefused(w, r, f, by, err)
	}
	page.SeeOther(w, r, themeURL(id))
	return nil
}

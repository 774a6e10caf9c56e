package library

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
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
	Sheets  []sheetView
	Made    *themes.Composed
	Moves   map[themes.Act]bool
	Request string
	Shares  bool // may send the edition in force to other installations
	Done    string
	Find    finder                 // of items to add
	Changed []revisions.Difference // from the edition in force
	Mine    []revisions.Difference // where the text saved meanwhile (Was) and the one typed here (Is) differ
	Number  int                    // of the edition in force; 0: there is none
	Found   []findingRow
	Read    []findingRow // of the scheme it was just read from
	Trial   themeTrial
	Err     error
	dir     *agencies.Directory
}

func (l *Library) themePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.themeView(r, by)
	if err != nil {
		return err
	}
	v.Done = themeDone(page.Query(r))
	v.draw(nil)
	page.Show(w, r, themePage(v))
	return nil
}

// themeDone is what was done on the page before.
func themeDone(q *page.Form) string {
	if n := q.Text("shared"); n != "" {
		return "已发往 " + n + " 个协作平台的主题库"
	}
	for _, m := range themes.Life {
		if string(m.Act) == q.Text("done") {
			return "已" + m.Name
		}
	}
	return ""
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
	if v.dir, err = l.Agencies.Directory(ctx); err != nil {
		return v, err
	}
	if err := v.compose(r, l); err != nil {
		return v, err
	}
	if err := v.against(r, l); err != nil {
		return v, err
	}
	v.Shares = by.Plays(identity.Auditor) && (d.Text == nil || d.State == themes.Published)
	v.Trial = trialOfTheme(v.Made, page.Query(r), calendar.DayOf(l.Now()))
	return v, nil
}

func (v *themeView) compose(r *http.Request, l *Library) (err error) {
	v.Made, err = l.Themes.Compose(r.Context(), v.Text)
	if err != nil {
		return err
	}
	found, err := l.Themes.Findings(r.Context(), v.Made)
	if v.Text == v.Draft.Text { // what is in force lacks nothing that could be mended here
		found = append(themes.Wanting(v.Text), found...)
	}
	v.Found = themeFindings(found)
	return err
}

func themeFindings(found []themes.Finding) (rows []findingRow) {
	for _, f := range found {
		rows = append(rows, findingRow{Error: f.Severity.Blocks(), Rule: f.Rule, Say: f.Say, Run: strings.Join(f.Run, " → "), path: f.Path})
	}
	return rows
}

// draw fills the parts of the editor from the text, or from what was posted.
func (v *themeView) draw(posted *page.Form) {
	v.Sheets = sheetsOf(draftOf(v.Text, v.Made, v.dir), posted)
	for i := range v.Sheets {
		v.Sheets[i].faulty(v.Err)
	}
	for i := range v.Found {
		at, where := v.placeOf(v.Found[i].path)
		if v.Found[i].Where = where; at != "" {
			v.Found[i].Href = "#" + frame.FieldID(at)
		}
		if v.asksAbout(v.Found[i]) {
			v.Found[i].Where, v.Found[i].Href = sameMaterials, "#"+frame.FieldID("proposals")
		}
	}
}

// sameMaterials is the card that asks whether materials are one.
const sameMaterials = "可能是同一份材料"

// asksAbout reports whether a finding is answered on that card.
func (v *themeView) asksAbout(f findingRow) bool {
	return f.Rule == "themes.material.names" && v.asks()
}

// asks reports whether the card stands on the page.
func (v *themeView) asks() bool {
	return v.Moves[themes.Confirm] && len(v.Made.Materials.Proposals) > 0
}

func sheetsOf(d *themeDraft, posted *page.Form) (all []sheetView) {
	for _, s := range themeSheets(d) {
		all = append(all, s.rows(d, posted))
	}
	return all
}

// placeOf is where in the editor a finding is mended, and what people call it.
func (v *themeView) placeOf(path string) (at, where string) {
	head, rest, _ := strings.Cut(path, ".")
	switch {
	case head == "components" && rest != "":
		i := slices.IndexFunc(v.Text.Components, func(c themes.Component) bool { return string(c.Item) == rest })
		path = "components[" + itoa(i) + "]"
	case head == "form":
		path = "joined"
	case head == "materials":
		path = "names"
	case head == "plan":
		path = "order"
	}
	for _, s := range v.Sheets {
		if at := s.placeOf(path); at != "" {
			return at, s.called(at)
		}
	}
	return "", ""
}

// themeOf reads the form over the text as it was.
func (v *themeView) themeOf(f *page.Form) (*themes.Theme, error) {
	d := draftOf(v.Text, v.Made, v.dir)
	for _, s := range themeSheets(d) {
		s.read(d, f)
	}
	for _, id := range picked(f, "items") {
		if _, there := d.Component(items.ID(id)); !there {
			d.Components = append(d.Components, themes.Component{Item: items.ID(id)})
		}
	}
	return &d.Theme, f.Err()
}

// offerItems shows the draft as it was typed, with the items that were found; the
// ticked ones stand in it already.
func (l *Library) offerItems(w http.ResponseWriter, r *http.Request, f *page.Form, v themeView) (err error) {
	if v.Find, err = l.itemFinder(r, f, "items"); err != nil {
		return err
	}
	if err := v.compose(r, l); err != nil {
		return err
	}
	v.draw(nil)
	page.Show(w, r, themePage(v))
	return nil
}

// givenOf reads what the theme answers for an item, one a line: 七岁以下=是.
func givenOf(text string) (forms.Answers, error) {
	var given forms.Answers
	for _, pair := range textLines(text) {
		name, value, ok := strings.Cut(strings.ReplaceAll(pair, "＝", "="), "=")
		if name, value = strings.TrimSpace(name), strings.TrimSpace(value); !ok || name == "" || value == "" {
			return nil, fault.New(fault.Invalid, "library.given", "“%.30s”请写成 问题=回答，例如：参保人类别=新生儿，一行一个", pair)
		}
		if given == nil {
			given = forms.Answers{}
		}
		given[name] = value
	}
	return given, nil
}

func givenSay(given forms.Answers) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(given)) {
		all = append(all, name+"="+given[name])
	}
	return strings.Join(all, "\n")
}

// moveTheme makes one move of the draft.
func (l *Library) moveTheme(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	v, err := l.themeView(r, by)
	if err != nil {
		return err
	}
	act := themes.Act(r.PathValue("act"))
	if act == themes.Save {
		return l.saveTheme(w, r, f, v, by)
	}
	if err := l.actOnTheme(r.Context(), v.Draft.ID, act, f, by); err != nil {
		return v.refused(w, r, nil, err)
	}
	page.SeeOther(w, r, themeURL(v.Draft.ID)+"?done="+string(act))
	return nil
}

// saveTheme keeps what was typed; pressed to find items, it only looks.
func (l *Library) saveTheme(w http.ResponseWriter, r *http.Request, f *page.Form, v themeView, by identity.Actor) error {
	text, err := v.themeOf(f)
	if err == nil && f.Has("find") {
		v.Text = text
		return l.offerItems(w, r, f, v)
	}
	if err == nil {
		_, err = l.Themes.Save(r.Context(), v.Draft.ID, int64(f.Int("version")), text, by)
	}
	if fault.Of(err) == fault.Conflict {
		v.Mine = v.differs(v.Made, v.Text, text)
	}
	if err != nil {
		return v.refused(w, r, f, err)
	}
	page.SeeOther(w, r, themeURL(v.Draft.ID)+"?done="+string(themes.Save))
	return nil
}

func (l *Library) actOnTheme(ctx context.Context, id themes.ID, act themes.Act, f *page.Form, by identity.Actor) (err error) {
	version := int64(f.Int("version"))
	switch act {
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
		err = fault.New(fault.NotFound, "library.theme.act", "没有这种办理，请从页面上的按钮进入")
	}
	return err
}

// refused shows the draft again, as it was typed if that is given, with why.
func (v themeView) refused(w http.ResponseWriter, r *http.Request, posted *page.Form, err error) error {
	if kind := fault.Of(err); kind == fault.Internal || kind == fault.NotFound {
		return err
	}
	v.draw(posted)
	err = fault.Retold(err, func(f fault.Field) (fault.Field, bool) {
		if at, _ := v.placeOf(f.Path); at != "" {
			f.Path = at
		}
		return f, true
	})
	v.Err, v.View = err, v.View.Faulty(err)
	v.draw(posted)
	page.ShowFault(w, r, err, themePage(v))
	return nil
}

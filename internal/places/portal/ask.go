package portal

import (
	"maps"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

type askView struct {
	frame.View
	Bar     frame.StepBar
	Screen  forms.Screen
	Hint    string
	Prefix  string // before the names of the fields
	Answers forms.Answers
	Known   map[string]forms.Known
	Regions map[string][]frame.Level
	Action  string
	Files   bool        // the screen asks for a file
	Look    []frame.Row // all that is known of the group: to be looked over, not typed
	From    string      // where that is from
	Err     error
}

// askPage asks one question, or a few that belong together.
func (p *Portal) askPage(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.askView(r, a, a.Answers)
	if err == nil && !r.URL.Query().Has("edit") && v.Bar.Next == "" {
		v.look(a)
	}
	return showOr(w, r, err, askTemplate(v))
}

// look makes one list of a group that is known as a whole: nobody types what we
// know, and 信息不对 leads to the questions.
func (v *askView) look(a *application) {
	fields := a.group(v.Screen.Group)
	if fields[0].ID != v.Screen.ID || !a.asKnown(v.Screen.Group, v.Known) {
		return
	}
	for _, f := range fields {
		known := v.Known[f.ID]
		if v.Look = append(v.Look, frame.Row{Key: f.Label, Value: f.Show(known.Value)}); !strings.Contains(v.From, known.From) {
			v.From = strings.TrimPrefix(v.From+"、"+known.From, "、")
		}
	}
	v.View, v.Bar.Asks = v.Named(v.Screen.Title), 0
}

// asKnown reports whether all that a group asks is known, and nothing else was
// told: whoever comes back to it finds the list again, not one question after another.
func (a *application) asKnown(group string, known map[string]forms.Known) bool {
	fields := a.group(group)
	for _, f := range fields {
		k, ok := known[f.ID]
		if told, has := a.Answers[f.ID]; !ok || has && told != k.Value {
			return false
		}
	}
	return len(fields) > 1
}

// back is where one comes from: of a group that was looked over, its list.
func (v *askView) back(a *application) {
	for _, s := range a.way() {
		if s.Path == v.Bar.Back && s.Section != v.Screen.Group && a.asKnown(s.Section, v.Known) {
			v.Bar.Back = a.ask(a.group(s.Section)[0].ID)
		}
	}
}

// group are the fields of a group that are asked.
func (a *application) group(id string) []forms.Field {
	for _, g := range a.Whole.Visible(a.Answers, a.Today).Groups {
		if g.ID == id {
			return g.Fields
		}
	}
	return nil
}

// looked takes over all that is known of the group of a screen, and goes on
// after it.
func (p *Portal) looked(w http.ResponseWriter, r *http.Request, a *application, screen forms.Screen) error {
	known, err := p.known(r.Context(), a)
	if err != nil {
		return err
	}
	given, filled := maps.Clone(a.Answers), forms.Prefill(a.Whole, known, a.Today)
	if given == nil {
		given = forms.Answers{}
	}
	for _, f := range a.group(screen.Group) {
		if k, ok := filled[f.ID]; ok && given[f.ID] == "" {
			given[f.ID] = k.Value
		}
	}
	if a.Draft, err = p.save(r, a, forms.Normalize(a.Whole, given)); err != nil {
		return err
	}
	page.SeeOther(w, r, a.resumeAt())
	return nil
}

// askView is the screen of the address with these answers in it.
func (p *Portal) askView(r *http.Request, a *application, given forms.Answers) (askView, error) {
	screen, ok := a.screen(r.PathValue("screen"))
	if !ok {
		return askView{}, fault.New(fault.NotFound, "portal.ask.none", "按您现在的回答，这一题不用填了，请回到草稿继续")
	}
	at := a.ask(screen.ID)
	v := askView{Bar: a.bar(at), Screen: screen, Answers: given, Action: at, Hint: screen.Hint, Regions: map[string][]frame.Level{}}
	v.View = frame.Of(r).Named(screen.Title)
	if len(screen.Fields) == 1 {
		v.View = v.Named(screen.Fields[0].Label)
	}
	if r.URL.Query().Get("back") == "check" {
		v.Action += "?back=check"
		v.Bar.Back = a.at("check")
		v.Bar.Next = "保存并返回核对"
	}
	known, err := p.known(r.Context(), a)
	if err != nil {
		return v, err
	}
	v.Known = forms.Prefill(a.Whole, known, a.Today)
	v.back(a)
	for _, f := range screen.Fields {
		v.Files = v.Files || f.Kind == forms.File
		if f.Kind == forms.Region {
			v.Regions[f.ID] = p.levels(v.value(f), a)
		}
	}
	return v, nil
}

// value is the answer to show: what was told, or what is known.
func (v askView) value(f forms.Field) string {
	if given, ok := v.Answers[f.ID]; ok || v.Err != nil {
		return given
	}
	return v.Known[f.ID].Value
}

// from is where a shown value comes from, while it is still as it came.
func (v askView) from(f forms.Field) string {
	k, ok := v.Known[f.ID]
	if !ok || v.value(f) != k.Value {
		return ""
	}
	return k.From + "，" + calendar.DayOf(k.At).Han() + "登记。不对的话直接改，不影响办理"
}

// answer keeps what was told and goes on.
func (p *Portal) answer(w http.ResponseWriter, r *http.Request, a *application) error {
	f, refused := page.ReadUpload(w, r, maxUpload)
	if f == nil {
		return refused
	}
	screen, ok := a.screen(r.PathValue("screen"))
	if !ok {
		page.SeeOther(w, r, a.resumeAt())
		return nil
	}
	if f.Has("looked") {
		return p.looked(w, r, a, screen)
	}
	given := maps.Clone(a.Answers)
	if given == nil {
		given = forms.Answers{}
	}
	for _, field := range screen.Fields {
		if err := p.read(r, f, field, given); err != nil {
			refused = err
		}
	}
	given = forms.Normalize(a.Whole, given)
	auto := r.URL.Query().Has("auto")
	if refused == nil && !f.Has("region-next") {
		refused = a.judge(screen, given, auto)
	}
	if auto {
		return p.saveQuietly(w, r, a, given, refused)
	}
	if refused != nil || f.Has("region-next") {
		v, err := p.askView(r, a, given)
		if err != nil {
			return err
		}
		v.Err, v.View = refused, v.Faulty(refused)
		if refused == nil {
			page.Show(w, r, askTemplate(v))
			return nil
		}
		page.ShowFault(w, r, refused, askTemplate(v))
		return nil
	}
	var err error
	if a.Draft, err = p.save(r, a, given); err != nil {
		return err
	}
	page.SeeOther(w, r, a.next(r, a.ask(screen.ID)))
	return nil
}

// next is where to go from a stop: onward, or back to the check page if that
// is where one came from and nothing new is asked.
func (a *application) next(r *http.Request, at string) string {
	if r.URL.Query().Get("back") != "check" {
		return a.after(at)
	}
	if to := a.resumeAt(); to != a.at("check") && to != a.at("delivery") {
		return to + "?back=check"
	}
	return a.at("check")
}

// judge says what is wrong with the answers of one screen; while somebody is
// still typing, what is missing is not wrong.
func (a *application) judge(screen forms.Screen, given forms.Answers, typing bool) error {
	bad := fault.New(fault.Invalid, "portal.ask.answers", "有内容需要修改")
	for _, wrong := range forms.Check(a.Whole, given, a.Today) {
		if screen.Has(wrong.Path) && !(typing && wrong.Code == "required") {
			bad = bad.At(wrong.Path, wrong.Code, "%s", wrong.Say)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// save keeps what changed on this page, over what another page may have kept
// meanwhile.
func (p *Portal) save(r *http.Request, a *application, given forms.Answers) (*cases.Draft, error) {
	before := a.Answers
	return p.Cases.Saved(r.Context(), a.ID, a.By, func(d *cases.Draft) error {
		d.Answers = forms.Normalize(a.Whole, over(d.Answers, before, given))
		return nil
	})
}

// over is base with what differs between before and after.
func over(base, before, after forms.Answers) forms.Answers {
	merged := maps.Clone(base)
	if merged == nil {
		merged = forms.Answers{}
	}
	for id := range before {
		if _, kept := after[id]; !kept {
			delete(merged, id)
		}
	}
	for id, told := range after {
		if was, had := before[id]; !had || was != told {
			merged[id] = told
		}
	}
	return merged
}

// saveQuietly is for the script that saves while one types.
func (p *Portal) saveQuietly(w http.ResponseWriter, r *http.Request, a *application, given forms.Answers, refused error) error {
	if refused == nil {
		if _, err := p.save(r, a, given); err != nil {
			return err
		}
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// read takes one field out of the form.
func (p *Portal) read(r *http.Request, f *page.Form, field forms.Field, given forms.Answers) error {
	switch field.Kind {
	case forms.Choices:
		given[field.ID] = strings.Join(f.All(field.ID), "\n")
	case forms.Date, forms.Birth:
		delete(given, field.ID)
		for _, part := range []string{".year", ".month", ".day"} {
			given[field.ID+part] = f.Text(field.ID + part)
		}
	case forms.Region:
		given[field.ID] = p.deepest(f, field.ID)
	case forms.File:
		return p.readFiles(r, f, field, given)
	default:
		given[field.ID] = f.Text(field.ID)
	}
	return nil
}

// readFiles keeps files sent as an answer; sending none leaves what is there.
func (p *Portal) readFiles(r *http.Request, f *page.Form, field forms.Field, given forms.Answers) error {
	var hashes []string
	for _, file := range f.Files(field.ID) {
		ref, err := p.keep(r, file, blob.Limit{Loose: true})
		if err != nil {
			return fault.Placed(err, field.ID)
		}
		hashes = append(hashes, ref.Hash)
	}
	if len(hashes) > 0 {
		given[field.ID] = strings.Join(hashes, "\n")
	}
	return nil
}

// deepest is the smallest place chosen in the lists of a region, as far down as
// each lies in the one above.
func (p *Portal) deepest(f *page.Form, field string) string {
	chosen := ""
	for _, level := range levelNames {
		code := f.Text(field + "." + level.name)
		if code == "" || chosen != "" && !p.Regions.Within(code, chosen) {
			break
		}
		chosen = code
	}
	return chosen
}

var levelNames = []struct{ name, label string }{{"county", "县（市、区）"}, {"town", "镇（街道）"}, {"village", "村（社区）"}}

// levels are the lists of a region: one more than has been chosen.
func (p *Portal) levels(value string, a *application) []frame.Level {
	root := string(p.Regions.Home().Code)
	var levels []frame.Level
	for _, name := range levelNames {
		list := p.Regions.Children(root, a.Today)
		if len(list) == 0 {
			break
		}
		level := frame.Level{Name: name.name, Label: name.label, Choices: []frame.Choice{{Value: "", Label: "请选择"}}}
		for _, place := range list {
			level.Choices = append(level.Choices, frame.Choice{Value: string(place.Code), Label: place.Name})
			if p.Regions.Within(value, string(place.Code)) {
				level.Value = string(place.Code)
			}
		}
		levels = append(levels, level)
		if level.Value == "" {
			break
		}
		root = level.Value
	}
	return levels
}

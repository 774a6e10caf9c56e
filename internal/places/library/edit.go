package library

import (
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/engine/flow/draw"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// editView is one tab of the editor.
type editView struct {
	revisionView
	Tab     editTab
	Sheets  []sheetView
	Locked  map[string]bool        // cells that the superior's record fixes
	Mine    []revisions.Difference // where the text saved meanwhile (Was) and the one typed here (Is) differ
	Picture []byte
	Steps   []draw.OutlineItem
	Dropped []flow.Finding // what an imported diagram could not say
	Preview *preview
	Trial   *trial // of the automatic rules
	library *Library
}

// preview is the personal list that the questions lead to.
type preview struct {
	Asked      []frame.Field
	Choices    [][]frame.Choice
	Materials  []string
	Conditions []string
	Whole      bool // every question is answered
}

func (v editView) mayEdit() bool { return v.Can[revisions.Save] }

func (l *Library) editPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.edit(r, by)
	if err != nil {
		return err
	}
	v.draw(nil)
	if err := v.seat(l, r); err != nil {
		return err
	}
	v.Done = doneWords(page.Query(r).Text("done"))
	page.Show(w, r, editPage(v))
	return nil
}

// edit is a tab as it stands before it is drawn.
func (l *Library) edit(r *http.Request, by identity.Actor) (editView, error) {
	tab, ok := tabOf(r.PathValue("tab"))
	if !ok {
		return editView{}, fault.New(fault.NotFound, "library.tab.none", "没有这一页")
	}
	rev, err := l.load(r, by, tab.ID)
	if err != nil {
		return editView{}, err
	}
	v := editView{library: l, revisionView: rev, Tab: tab, Locked: locked(rev.superior)}
	switch tab.ID {
	case "flow":
		v.Picture, v.Steps = draw.SVG(rev.R.Text.Procedure, nil), draw.Outline(rev.R.Text.Procedure)
	case "questions":
		v.Preview = previewOf(rev.R.Text, r)
	case "automatic":
		v.Trial = trialOf(rev.R.Text, r)
	}
	return v, nil
}

// draw fills the sheets from the draft, or from what was posted.
func (v *editView) draw(posted *page.Form) {
	for _, s := range v.Tab.sheets {
		v.Sheets = append(v.Sheets, s.rows(v.R.Text, posted))
	}
	for _, s := range v.Sheets {
		s.faulty(v.Err)
		for i := range s.Rows {
			for k := range s.Rows[i].Cells {
				c := &s.Rows[i].Cells[k]
				if v.Locked[c.Name] {
					c.Fixed, c.From = true, "上级目录，不能改动"
				}
			}
		}
	}
}

// locked are the cells that a superior's record fixes
// (徐政发〔2022〕21号（一）).
func locked(superior *items.Edition) map[string]bool {
	if superior == nil {
		return nil
	}
	cells := map[string]bool{}
	for _, path := range items.Fixed {
		cells[path] = true
	}
	return cells
}

// save keeps what a tab posted. What cannot be read is shown again at its cell;
// if somebody else saved meanwhile, both texts are shown, and nothing is lost.
func (l *Library) save(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := l.edit(r, by)
	if err != nil {
		return err
	}
	pickBases(f)
	if found, err := l.articles(r, f); err != nil || found != nil {
		return v.offered(w, r, f, found, err)
	}
	reseat, err := l.reseated(r, v, f)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	version := int64(f.Int("version"))
	_, err = l.Revisions.Save(r.Context(), v.R.ID, version, func(e *items.Edition) error {
		if err := v.read(e, f); err != nil {
			return err
		}
		return reseat(e)
	}, by)
	if err == nil {
		page.SeeOther(w, r, v.url("/edit/"+v.Tab.ID)+"?done=save")
		return nil
	}
	return v.refused(w, r, f, err)
}

// read puts what was posted into the text; what the superior fixes stays.
func (v editView) read(e *items.Edition, f *page.Form) error {
	for _, s := range v.Tab.sheets {
		s.read(e, f)
	}
	if v.superior != nil {
		e.Inherit(v.superior)
	}
	return f.Err()
}

func (v editView) refused(w http.ResponseWriter, r *http.Request, f *page.Form, err error) error {
	switch fault.Of(err) {
	case fault.Invalid, fault.Forbidden:
	case fault.Conflict:
		mine := revisions.Clone(v.R.Text)
		if v.read(mine, f) == nil {
			v.Mine = revisions.Diff(v.R.Text, mine)
		}
	default:
		return err
	}
	v.Err, v.Posted = err, f
	v.View = v.View.Faulty(err)
	v.draw(f)
	if failed := v.seat(v.library, r); failed != nil {
		return failed
	}
	page.ShowFault(w, r, err, editPage(v))
	return nil
}

// pickBases adds the articles that were picked to the lines of their cell, each
// once.
func pickBases(f *page.Form) {
	values := f.Values()
	for name := range values {
		cell, ok := strings.CutSuffix(name, ".pick")
		if !ok {
			continue
		}
		lines := textLines(f.Text(cell))
		for _, one := range picked(f, cell) {
			if !slices.Contains(lines, one) {
				lines = append(lines, one)
			}
		}
		values.Set(cell, strings.Join(lines, "\n"))
		values.Del(name)
	}
}

// articles are what was looked for in the register of laws, by the cell that
// asked; nil when nothing was.
func (l *Library) articles(r *http.Request, f *page.Form) (map[string]finder, error) {
	var found map[string]finder
	for name := range f.Values() {
		cell, ok := strings.CutSuffix(name, ".find")
		if !ok {
			continue
		}
		one, err := l.lawFinder(r, f, cell)
		if err != nil {
			return nil, err
		}
		if one.Asked && found == nil {
			found = map[string]finder{}
		}
		if one.Asked {
			found[cell] = one
		}
	}
	return found, nil
}

// inShort is the beginning of an article with its days, to choose it by.
func inShort(a laws.Article) string {
	text := a.Text
	if r := []rune(text); len(r) > 80 {
		text = string(r[:80]) + "…"
	}
	if a.Abolished != 0 {
		text = a.Abolished.Han() + "起废止。" + text
	}
	return text
}

// offered shows the tab as it was typed, with the articles found under the cells
// that asked.
func (v editView) offered(w http.ResponseWriter, r *http.Request, f *page.Form, found map[string]finder, err error) error {
	if err != nil {
		return err
	}
	v.Posted = f
	v.draw(f)
	for _, s := range v.Sheets {
		for i := range s.Rows {
			for k := range s.Rows[i].Cells {
				c := &s.Rows[i].Cells[k]
				if one, asked := found[c.Name]; asked {
					c.Find = one
				}
			}
		}
	}
	page.Show(w, r, editPage(v))
	return nil
}

// previewOf is the list that someone with the answers in the address would see.
func previewOf(e *items.Edition, r *http.Request) *preview {
	q := page.Query(r)
	answers := forms.Answers{}
	for _, one := range e.Questions {
		if a := q.Text("a." + one.ID); a != "" {
			answers[one.ID] = a
		}
	}
	p := &preview{Whole: e.Resolved(answers)}
	for _, one := range e.QuestionsFor(answers) {
		p.Asked = append(p.Asked, frame.Field{Name: "a." + one.ID, Label: one.Text, Value: answers[one.ID], Width: "m"})
		p.Choices = append(p.Choices, answerChoices(one))
	}
	for _, m := range e.MaterialsFor(answers) {
		p.Materials = append(p.Materials, m.Name)
	}
	for _, c := range e.ConditionsFor(answers) {
		p.Conditions = append(p.Conditions, c.Text)
	}
	return p
}

func answerChoices(q forms.Question) []frame.Choice {
	all := []frame.Choice{{Value: "", Label: "（未答）"}}
	if len(q.Options) == 0 {
		return append(all, frame.Choice{Value: forms.Yes, Label: forms.Yes}, frame.Choice{Value: forms.No, Label: forms.No})
	}
	for _, o := range q.Options {
		all = append(all, frame.Choice{Value: o.Value, Label: o.Label})
	}
	return all
}

// exportFlow gives the procedure as a BPMN 2.0 file.
func (l *Library) exportFlow(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	rev, err := l.Revisions.Revision(r.Context(), revisions.ID(r.PathValue("revision")), by)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+string(rev.Item)+`.bpmn"`)
	_, err = w.Write(bpmn.Export(laidOut(rev.Text.Procedure)))
	return err
}

// mostDiagram is how large a diagram may be, in bytes.
const mostDiagram = 4 << 20

// importFlow takes a BPMN file in place of the procedure. What lies outside the
// subset is named; what would make it run otherwise is refused.
func (l *Library) importFlow(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	r.SetPathValue("tab", "flow")
	f, err := page.ReadUpload(w, r, mostDiagram)
	if err != nil {
		return err
	}
	v, err := l.edit(r, by)
	if err != nil {
		return err
	}
	body, err := diagram(f)
	var found []flow.Finding
	if err == nil {
		by.Request = f.Text("request")
		found, err = l.drawn(r, v.R.ID, int64(f.Int("version")), body, by)
	}
	v.Dropped = found
	if err != nil {
		return v.refused(w, r, f, err)
	}
	if len(found) == 0 {
		page.SeeOther(w, r, v.url("/edit/flow")+"?done=save")
		return nil
	}
	if v, err = l.edit(r, by); err != nil {
		return err
	}
	v.Dropped, v.Done = found, "已保存"
	page.Show(w, r, editPage(v))
	return nil
}

// diagram reads the file that was sent.
func diagram(f *page.Form) ([]byte, error) {
	files := f.Files("file")
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "library.flow.file", "请选择 BPMN 文件").At("file", "required", "请选择 BPMN 文件")
	}
	return files[0].Read()
}

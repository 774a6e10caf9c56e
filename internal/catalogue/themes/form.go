package themes

import (
	"cmp"
	"slices"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// A Form is the one form of a theme (一表申请): every thing is asked once, with
// the items that use the answer.
type Form struct {
	Questions []Question `json:"questions"` // of the theme and of its items
	Fields    []Field    `json:"fields"`
	Spared    []Spared   `json:"spared,omitempty"` // not asked, and why
	Apart     int        `json:"apart"`            // how many fields the forms of the items have together
	local     map[Ref]string
}

// A Question is asked before the form, to know the situation.
type Question struct {
	forms.Question
	Uses []Use `json:"uses,omitempty"` // none: it chooses the components
}

// A Field is one thing asked once.
type Field struct {
	forms.Field
	Group string `json:"group"`          // whom or what it is about: 申请人, 新生儿
	Held  string `json:"held,omitempty"` // the source it is filled from; the applicant only looks it over
	Uses  []Use  `json:"uses"`
}

// Spared is a field nobody is asked: an item of the theme makes the answer, or
// the theme itself gives it.
type Spared struct {
	Use
	Label string   `json:"label"`
	Why   string   `json:"why"`
	From  items.ID `json:"from,omitempty"` // the component that makes the answer
}

// oneForm merges the questions and the forms of all parts.
func (c *Composed) oneForm(made []result, f *findings) Form {
	m := merging{c: c, f: f, form: Form{local: map[Ref]string{}}, at: map[string]int{}, asked: map[string]int{}, taken: map[string]bool{}}
	for _, q := range c.Theme.Questions {
		m.taken[q.ID] = true
		m.asked[questionKey(q)] = len(m.form.Questions)
		m.form.Questions = append(m.form.Questions, Question{Question: q})
	}
	for i, p := range c.Parts {
		for _, q := range p.Edition.Questions {
			m.question(p, q)
		}
		for g, field := range p.Edition.Form.All() {
			m.form.Apart++
			m.field(made, i, p, g, *field)
		}
	}
	return m.form
}

// merging is the one form while it is made.
type merging struct {
	c     *Composed
	f     *findings
	form  Form
	at    map[string]int // place of a field by what it asks
	asked map[string]int // place of a question by what it asks
	taken map[string]bool
}

// question takes in a question of an item: asked once if another asks the same
// with the same answers to choose from.
func (m *merging) question(p Part, q forms.Question) {
	if v, given := p.Given[q.ID]; given {
		m.form.Spared = append(m.form.Spared, Spared{Use: p.use(q.ID, ""), Label: q.Text, Why: "办这件事时就是“" + v + "”"})
		return
	}
	if p.never(q.When) {
		m.form.Spared = append(m.form.Spared, Spared{Use: p.use(q.ID, ""), Label: q.Text, Why: "办这件事用不着"})
		return
	}
	key := questionKey(q)
	if as, ok := m.joined(p.Item, q.ID); ok {
		key = "as:" + as
	}
	i, known := m.asked[key]
	if !known {
		i = len(m.form.Questions)
		m.asked[key] = i
		own := q
		own.ID, own.When = m.name(q.ID), "" // whether it is asked is for its own item to say
		m.form.Questions = append(m.form.Questions, Question{Question: own})
	}
	m.form.Questions[i].Uses = append(m.form.Questions[i].Uses, p.use(q.ID, ""))
	m.form.local[Ref{p.Item, q.ID}] = m.form.Questions[i].ID
}

// questionKey is what a question asks: its name and what may be answered.
func questionKey(q forms.Question) string {
	key := "q:" + q.ID
	for _, o := range q.Options {
		key += "|" + o.Value
	}
	return key + "|" + strconv.FormatBool(q.Many)
}

// field takes in a field of an item.
func (m *merging) field(made []result, part int, p Part, g *forms.Group, f forms.Field) {
	use := p.use(f.ID, "")
	if v, given := p.Given[f.ID]; given {
		m.form.Spared = append(m.form.Spared, Spared{Use: use, Label: f.Label, Why: "办这件事时就是“" + v + "”"})
		return
	}
	if p.never(g.When) || p.never(f.When) {
		m.form.Spared = append(m.form.Spared, Spared{Use: use, Label: f.Label, Why: "办这件事用不着"})
		return
	}
	if by := m.c.giver(m.c.sure(made, part), part, f); by >= 0 {
		from := m.c.Parts[by]
		m.form.Spared = append(m.form.Spared, Spared{Use: use, Label: f.Label, Why: "由“" + from.Title + "”的结果带出", From: from.Item})
		return
	}
	whose := m.c.Theme.about(g, f)
	key := fieldKey(whose, f)
	as, named := m.joined(p.Item, f.ID)
	if named {
		key = "as:" + as
	}
	if i, known := m.at[key]; known && m.merge(i, p, f) {
		return
	}
	if named {
		f.Label = as
	}
	own := Field{Field: f, Group: cmp.Or(whose, g.Title), Held: f.Prefill, Uses: []Use{use}}
	own.ID, own.When = m.name(f.ID), ""
	m.at[key] = len(m.form.Fields)
	m.form.local[Ref{p.Item, f.ID}] = own.ID
	m.form.Fields = append(m.form.Fields, own)
}

// merge lets the field stand for one more; not if no answer would suit both.
func (m *merging) merge(i int, p Part, f forms.Field) bool {
	have := &m.form.Fields[i]
	both, clash := have.Field.Both(f, m.c.day)
	if clash != "" {
		m.f.wrong("form.clash", "form."+have.ID, []Use{have.Uses[0], p.use(f.ID, "")},
			"“%s”不能只填一次：%s。%s和%s须先统一要求", f.Label, clash, have.Uses[0], p.use(f.ID, ""))
		return false
	}
	if have.Pattern != "" && f.Pattern != "" && have.Pattern != f.Pattern {
		m.f.warn("form.pattern", "form."+have.ID, []Use{have.Uses[0], p.use(f.ID, "")}, "“%s”两处要求的格式不同，填写的内容须同时符合", f.Label)
	}
	if len(both.Options) < len(have.Options) || len(both.Options) < len(f.Options) {
		m.f.warn("form.options", "form."+have.ID, []Use{have.Uses[0], p.use(f.ID, "")}, "“%s”两处的选项不同，只留下共同的选项", f.Label)
	}
	have.Field = both
	if have.Held == "" {
		have.Held = f.Prefill
	}
	have.Uses = append(have.Uses, p.use(f.ID, ""))
	m.form.local[Ref{p.Item, f.ID}] = have.ID
	return true
}

// name is an ID nobody has yet.
func (m *merging) name(id string) string {
	free := id
	for n := 2; m.taken[free]; n++ {
		free = id + "_" + strconv.Itoa(n)
	}
	m.taken[free] = true
	return free
}

// joined is the name under which a person joined this field with others.
func (m *merging) joined(item items.ID, field string) (string, bool) {
	for _, j := range m.c.Theme.Fields {
		if slices.Contains(j.Fields, Ref{item, field}) {
			return j.As, true
		}
	}
	return "", false
}

// madeBy is the component whose certificate carries the answer; -1 for none.
func madeBy(made []result, part int, f forms.Field) int {
	for _, r := range made {
		if r.by == part {
			continue
		}
		if kind, ok := certificateOf(f.Prefill); ok && items.Means(kind).Kind == r.paper {
			return r.by
		}
		if numberOf(ElementOf(f), r.paper) {
			return r.by
		}
	}
	return -1
}

// Local are the answers as the form of one item knows them.
func (c *Composed) Local(item items.ID, answers forms.Answers) forms.Answers {
	p, ok := c.Part(item)
	if !ok {
		return nil
	}
	local := forms.Answers{}
	for _, q := range p.Edition.Questions {
		c.tell(local, item, q.ID, answers)
	}
	for _, f := range p.Edition.Form.All() {
		c.tell(local, item, f.ID, answers)
	}
	for id, v := range p.Given {
		local[id] = v
	}
	return local
}

func (c *Composed) tell(local forms.Answers, item items.ID, id string, answers forms.Answers) {
	if v := answers[c.Form.local[Ref{item, id}]]; v != "" {
		local[id] = v
	}
}

// Asked are the questions and fields that someone with these answers is asked:
// what any of the items asks of them.
func (c *Composed) Asked(answers forms.Answers, today calendar.Day) (questions []Question, fields []Field) {
	asked := map[string]bool{}
	for _, q := range forms.Guide(c.Theme.Questions, answers, today).Asked {
		asked[q.ID] = true
	}
	for _, p := range c.Parts {
		whole := p.Edition.Form.With(p.Edition.Questions)
		for _, f := range whole.Visible(c.Local(p.Item, answers), today).All() {
			asked[c.Form.local[Ref{p.Item, f.ID}]] = true
		}
	}
	for _, q := range c.Form.Questions {
		if asked[q.ID] {
			questions = append(questions, q)
		}
	}
	for _, f := range c.Form.Fields {
		if asked[f.ID] {
			fields = append(fields, f)
		}
	}
	return questions, fields
}

// Check says what is wrong with the answers: every item judges them by its own
// form, and what several find wrong in one field is said once. What is spared is
// not missed.
func (c *Composed) Check(answers forms.Answers, today calendar.Day) []fault.Field {
	return c.CheckOf(answers, today, c)
}

// CheckOf is Check for the components of own only, in the words of c: what c
// asks and own spares is not missed either.
func (c *Composed) CheckOf(answers forms.Answers, today calendar.Day, own *Composed) []fault.Field {
	var bad []fault.Field
	said := map[string]bool{}
	note := func(b fault.Field) {
		if !said[b.Path] {
			said[b.Path] = true
			bad = append(bad, b)
		}
	}
	asked := forms.Answers{}
	for _, q := range c.Theme.Questions {
		if answers[q.ID] != "" {
			asked[q.ID] = answers[q.ID]
		}
	}
	for _, b := range forms.Check(forms.Form{}.With(c.Theme.Questions), asked, today) {
		note(b)
	}
	for _, p := range own.Parts {
		whole := p.Edition.Form.With(p.Edition.Questions)
		for _, b := range forms.Check(whole, c.Local(p.Item, answers), today) {
			as, ok := c.Form.local[Ref{p.Item, b.Path}]
			if _, asked := own.Form.local[Ref{p.Item, b.Path}]; ok && asked {
				b.Path = as
				note(b)
			}
		}
	}
	return bad
}

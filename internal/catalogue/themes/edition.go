package themes

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// Prefix begins the name under which a theme is applied for as if it were one item.
const Prefix = "theme."

// Whole is the theme as one item: what people fill in and hand in is asked of
// them as for any other item. It has no procedure; each component has its own.
// Its number tells when anything it is made of has changed.
func (c *Composed) Whole() *items.Edition {
	t := c.Theme
	e := &items.Edition{
		Item: items.ID(Prefix + string(t.ID)), Number: c.number(), State: items.Published, Name: t.Name + "一件事", Plain: t.Plain, Region: t.Region,
		Agency: t.Lead.Agency, AgencyName: t.Lead.Name, Promised: t.Promised, Kind: items.Promise, Objects: c.objects(), Assumed: t.Assumed, Source: t.Source,
		Effective: t.Effective, Retired: t.Retired,
	}
	for _, p := range c.Parts {
		e.Results = append(e.Results, p.Edition.Results...)
		e.Fees = append(e.Fees, p.Edition.Fees...)
		if e.Phone == "" || p.Edition.Agency == t.Lead.Agency {
			e.Phone, e.Complaint, e.Places, e.Ways, e.Mail = p.Edition.Phone, p.Edition.Complaint, p.Edition.Places, p.Edition.Ways, p.Edition.Mail
		}
	}
	e.Questions = c.wholeQuestions()
	e.Form = c.wholeForm(e.Questions)
	for _, m := range c.Materials.Materials {
		e.Materials = append(e.Materials, c.wholeMaterial(m))
	}
	return e
}

// number rises or falls with every edition and every item that comes or goes.
func (c *Composed) number() int {
	n := c.Theme.Number*100_000 + len(c.Parts)*1000
	for _, p := range c.Parts {
		n += p.Edition.Number
	}
	return n
}

// objects are who may apply for every component.
func (c *Composed) objects() []items.Object {
	var all []items.Object
	for i, p := range c.Parts {
		if i == 0 {
			all = slices.Clone(p.Edition.Objects)
			continue
		}
		all = slices.DeleteFunc(all, func(o items.Object) bool { return !slices.Contains(p.Edition.Objects, o) })
	}
	return all
}

// said is a condition of an item in the words of the whole form, under the
// condition of the component itself. What this theme answers stands as a value.
func (c *Composed) said(p Part, whens ...string) string {
	all := []string{p.When}
	for _, w := range whens {
		if text, err := condition.Rename(w, c.wordsOf(p)); err == nil {
			all = append(all, text)
		}
	}
	return allOf(all)
}

// wordsOf are the words of the whole form for those of an item.
func (c *Composed) wordsOf(p Part) func(name string) (string, bool) {
	whole := p.Edition.Form.With(p.Edition.Questions)
	return func(name string) (string, bool) {
		if v, given := p.Given[name]; given {
			return literal(whole.Field(name), v), true
		}
		as, ok := c.Form.local[Ref{p.Item, name}]
		return as, ok && as != name
	}
}

// inWords is a material of an item whose holder is told by the whole form. Where
// the form does not ask for the number it is nobody's to fetch.
func (c *Composed) inWords(p Part, m items.Material) items.Material {
	if m.Holder == "" {
		return m
	}
	words, asked := c.wordsOf(p), true
	m.Holder = items.HolderAs(m.Holder, func(name string) (string, bool) {
		_, given := p.Given[name]
		asked = asked && (given || name == items.AskerNumber || c.Form.local[Ref{p.Item, name}] != "")
		return words(name)
	})
	if !asked || m.Holder == "" {
		m.Holder, m.Certificate = "", ""
	}
	return m
}

// literal is an answer as conditions write it.
func literal(f *forms.Field, v string) string {
	switch {
	case f != nil && f.Kind == forms.YesNo && v == forms.Yes:
		return "true"
	case f != nil && f.Kind == forms.YesNo:
		return "false"
	case f != nil && f.Kind == forms.Number:
		return v
	}
	return `"` + strings.ReplaceAll(v, `"`, "") + `"`
}

// allOf is the condition that all hold; anyOf that any does. An empty one always holds.
func allOf(whens []string) string {
	whens = slices.DeleteFunc(whens, func(w string) bool { return w == "" })
	if len(whens) < 2 {
		return strings.Join(whens, "")
	}
	return "(" + strings.Join(whens, ") and (") + ")"
}

func anyOf(whens []string) string {
	if slices.Contains(whens, "") || len(whens) == 0 {
		return ""
	}
	slices.Sort(whens)
	if whens = slices.Compact(whens); len(whens) == 1 {
		return whens[0]
	}
	return "(" + strings.Join(whens, ") or (") + ")"
}

// wholeQuestions are all questions, each asked when any of its items asks it.
func (c *Composed) wholeQuestions() []forms.Question {
	var all []forms.Question
	for _, q := range c.Form.Questions {
		one := q.Question
		if len(q.Uses) > 0 {
			var whens []string
			for _, u := range q.Uses {
				p, _ := c.Part(u.Item)
				i := slices.IndexFunc(p.Edition.Questions, func(own forms.Question) bool { return own.ID == u.ID })
				whens = append(whens, c.said(p, p.Edition.Questions[i].When))
			}
			one.When = anyOf(whens)
		}
		all = append(all, one)
	}
	return all
}

// wholeForm is the one form, its fields gathered by whom they are about. A
// field is asked when any of its items asks it; it is obligatory where every
// item that may ask it obliges. One that hangs on a field of a later group comes
// at the end, where that is known.
func (c *Composed) wholeForm(questions []forms.Question) forms.Form {
	b := building{at: map[string]int{}, seen: map[string]bool{}}
	for _, q := range questions {
		b.seen[q.ID] = true
	}
	var later []forms.Field
	for _, f := range c.Form.Fields {
		b.group(f.Group) // in the order in which they first come
	}
	for _, group := range slices.Clone(b.form.Groups) {
		for _, f := range c.Form.Fields {
			if f.Group != group.Title {
				continue
			}
			one := f.Field
			one.When, one.Required = c.whenAsked(f)
			if !standsAfter(one.When, b.seen) {
				later = append(later, one)
				continue
			}
			b.put(group.Title, one)
		}
	}
	b.atTheEnd(later)
	b.form.Groups = slices.DeleteFunc(b.form.Groups, func(g forms.Group) bool { return len(g.Fields) == 0 })
	return b.form
}

// building is the one form while it is made.
type building struct {
	form forms.Form
	at   map[string]int // place of a group by its title
	seen map[string]bool
}

// atTheEnd puts fields that hang on others, each as soon as those are known.
func (b *building) atTheEnd(later []forms.Field) {
	for again := true; again; {
		again = false
		later = slices.DeleteFunc(later, func(f forms.Field) bool {
			if !standsAfter(f.When, b.seen) {
				return false
			}
			b.put("其他", f)
			again = true
			return true
		})
	}
	for _, f := range later { // they hang on each other: better to ask once too often
		f.When, f.Required = "", false
		b.put("其他", f)
	}
}

func (b *building) group(title string) *forms.Group {
	i, known := b.at[title]
	if !known {
		i = len(b.form.Groups)
		b.at[title] = i
		b.form.Groups = append(b.form.Groups, forms.Group{ID: "g" + string(rune('a'+i%26)) + strings.Repeat("x", i/26), Title: title})
	}
	return &b.form.Groups[i]
}

func (b *building) put(title string, f forms.Field) {
	g := b.group(title)
	g.Fields = append(g.Fields, f)
	b.seen[f.ID] = true
}

func standsAfter(when string, seen map[string]bool) bool {
	p, err := condition.Compile(when, nil)
	return err == nil && !slices.ContainsFunc(p.Names(), func(name string) bool { return !seen[name] && name != forms.Today })
}

// whenAsked joins the conditions of all uses of a field.
func (c *Composed) whenAsked(f Field) (when string, required bool) {
	var whens []string
	required = true
	always := false
	for _, u := range f.Uses {
		p, _ := c.Part(u.Item)
		for g, own := range p.Edition.Form.All() {
			if own.ID != u.ID {
				continue
			}
			w := c.said(p, g.When, own.When)
			whens = append(whens, w)
			required = required && own.Required
			always = always || own.Required && w == ""
		}
	}
	return anyOf(whens), required || always
}

// wholeMaterial is a material as the whole demands it: asked when any of its
// items asks for it.
func (c *Composed) wholeMaterial(m Material) items.Material {
	one := m.Material
	var whens []string
	for _, d := range m.Demands {
		when := ""
		if p, ok := c.Part(d.Item); ok {
			when = c.said(p, d.Material.When)
		}
		whens = append(whens, when)
	}
	one.When, one.Proves = anyOf(whens), nil
	return one
}

// Demand finds, among the materials of the whole, the one by which a material
// of an item is handed in; "" for one that nobody hands in.
func (c *Composed) Demand(item items.ID, material string) string {
	for _, m := range c.Materials.Materials {
		for _, d := range m.Demands {
			if d.Item == item && d.ID == material {
				return m.ID
			}
		}
	}
	return ""
}

// WholeFor is Whole for someone who has given these answers so far: what any of
// their items obliges them to answer now, they are obliged to.
func (c *Composed) WholeFor(answers forms.Answers) *items.Edition {
	e := c.Whole()
	obliged := map[string]bool{}
	for _, p := range Recompose(c, answers).Parts {
		whole := p.Edition.Form.With(p.Edition.Questions)
		for _, f := range whole.Visible(c.Local(p.Item, answers), 0).All() {
			if f.Required {
				obliged[c.Form.local[Ref{p.Item, f.ID}]] = true
			}
		}
	}
	for _, f := range e.Form.All() {
		f.Required = f.Required || obliged[f.ID]
	}
	return e
}

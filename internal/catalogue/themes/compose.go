package themes

import (
	"fmt"
	"maps"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// A Part is a component with the edition it stands for.
type Part struct {
	Component
	Edition *items.Edition `json:"-"`
	Title   string         `json:"title"`
	Agency  string         `json:"agency"` // as papers show it
}

func (p Part) use(id, say string) Use { return Use{p.Item, p.Title, p.Agency, id, say} }

// sure are the results that are there whenever the part needs them: given to
// everybody, of components that everybody has or that are chosen by the same
// condition.
func (c *Composed) sure(made []result, part int) []result {
	return slices.DeleteFunc(slices.Clone(made), func(r result) bool {
		when := c.Parts[r.by].When
		return r.when != "" || when != "" && (part < 0 || when != c.Parts[part].When)
	})
}

// never reports whether what the theme answers for the item makes a condition
// false whatever else is answered.
func (p Part) never(when string) bool {
	if len(p.Given) == 0 || when == "" {
		return false
	}
	return known(when, forms.Facts(p.Edition.Form.With(p.Edition.Questions), p.Given, 0), false)
}

// Composed is everything that follows from a theme and the editions of its items.
type Composed struct {
	Theme     *Theme    `json:"-"`
	Parts     []Part    `json:"parts"`
	Form      Form      `json:"form"`
	Materials List      `json:"materials"`
	Plan      Plan      `json:"plan"`
	Saved     Saved     `json:"saved"`
	Findings  []Finding `json:"findings"`

	day      calendar.Day
	days     clock.Days
	editions map[items.ID]*items.Edition
}

// Compose puts the items of a theme together, as of an application accepted on
// day. It never fails: an item nobody knows, or anything else that does not fit,
// is a finding, and the rest is computed without it.
func Compose(t *Theme, editions map[items.ID]*items.Edition, days clock.Days, day calendar.Day) *Composed {
	c := &Composed{Theme: t, day: day, days: days, editions: editions}
	var f findings
	c.Parts = parts(t, editions, &f)
	made := c.made()
	c.Form = c.oneForm(made, &f)
	c.choices(&f)
	c.Materials = c.oneList(made, &f)
	c.Plan = c.onePlan(made, days, &f)
	c.Saved = c.saved()
	c.Findings = f.all
	return c
}

// Recompose is a composition for someone who gave these answers to the
// questionnaire and leaves out these optional components.
func Recompose(c *Composed, answers forms.Answers, without ...items.ID) *Composed {
	return Compose(c.Theme.For(answers, without...), c.settled(answers), c.days, c.day)
}

// settled are the editions with what these answers say of results that are given
// only in some situations: they are given, or they are not.
func (c *Composed) settled(answers forms.Answers) map[items.ID]*items.Edition {
	all := c.editions
	for _, p := range c.Parts {
		if !slices.ContainsFunc(p.Edition.Results, func(r items.Result) bool { return r.When != "" }) {
			continue
		}
		facts := forms.Facts(p.Edition.Form.With(p.Edition.Questions), c.Local(p.Item, answers), 0)
		e := *p.Edition
		e.Results = slices.DeleteFunc(slices.Clone(e.Results), func(r items.Result) bool { return known(r.When, facts, false) })
		for i, r := range e.Results {
			if known(r.When, facts, true) {
				e.Results[i].When = ""
			}
		}
		all = maps.Clone(all)
		all[p.Item] = &e
	}
	return all
}

// known reports whether the facts settle a condition, and as said.
func known(when string, facts condition.Env, said bool) bool {
	program, err := condition.Compile(when, nil)
	if err != nil || when == "" || !program.Known(facts) {
		return false
	}
	holds, err := program.Eval(facts)
	return err == nil && holds == said
}

// choices names components whose condition hangs on something that nobody is
// asked: they would be for everyone.
func (c *Composed) choices(f *findings) {
	asked := forms.Form{}.With(c.Theme.Questions).Vars()
	for _, p := range c.Parts {
		if _, err := condition.Compile(p.When, asked); err != nil {
			f.wrong("when", "components."+string(p.Item), []Use{p.use("", "")}, "“%s”的情形“%s”没有相应的问题，或者读不懂：%s", p.Title, p.When, fault.Say(err))
		}
	}
}

func parts(t *Theme, editions map[items.ID]*items.Edition, f *findings) []Part {
	var all []Part
	seen := map[items.ID]bool{}
	for i, component := range t.Components {
		e := editions[component.Item]
		path := fmt.Sprintf("components[%d]", i)
		switch {
		case e == nil:
			f.wrong("item.none", path, nil, "清单中没有事项“%s”，这一部分没有计入", component.label())
			continue
		case seen[component.Item]:
			f.wrong("item.twice", path, nil, "事项“%s”列了两次，只计一次", component.label())
			continue
		}
		seen[component.Item] = true
		p := Part{Component: component, Edition: e, Title: component.Name, Agency: e.AgencyName}
		if p.Title == "" {
			p.Title = e.Name
		}
		p.strangers(f, path+".given")
		all = append(all, p)
	}
	return all
}

// strangers names what the theme answers that the item does not ask: it would answer
// nothing.
func (p Part) strangers(f *findings, path string) {
	asks := p.Edition.Form.With(p.Edition.Questions)
	for _, name := range slices.Sorted(maps.Keys(p.Given)) {
		if asks.Field(name) == nil {
			f.wrong("given.none", path, []Use{p.use(name, "")}, "“%s”不问“%s”，请按它的问题和填写项的名字写", p.Title, name)
		}
	}
}

func (c Component) label() string {
	if c.Name != "" {
		return c.Name
	}
	return string(c.Item)
}

// Part finds a component by its item.
func (c *Composed) Part(id items.ID) (Part, bool) {
	for _, p := range c.Parts {
		if p.Item == id {
			return p, true
		}
	}
	return Part{}, false
}

// A result is what one component gives that another may need.
type result struct {
	by    int    // part
	name  string // 结婚证
	paper string // what kind of paper the name means
	when  string // it is given only then
}

// made are the results of all components, without those of a component that
// needs the same paper itself: it writes a paper on, and does not make it.
func (c *Composed) made() []result {
	var all []result
	for i, p := range c.Parts {
		for _, r := range p.Edition.Results {
			if p.never(r.When) {
				continue
			}
			paper := items.Means(r.Name).Kind
			if r.CertificateType != "" {
				paper = items.Means(r.CertificateType).Kind
			}
			if paper != "" && r.Kind != items.NoResult && !generic(paper) && !needs(p.Edition, paper) {
				all = append(all, result{i, r.Name, paper, r.When})
			}
		}
	}
	return all
}

// needs reports whether an item itself needs the paper that it makes. What only
// some hand in, and of somebody else, does not count: a firm among the founders
// shows its own business licence, and the new company's is made all the same.
func needs(e *items.Edition, paper string) bool {
	for _, m := range e.Materials {
		named := items.Means(m.Name)
		others := named.Kind != paper || named.Whose != "" && named.Whose != "申请人"
		if isPaper(m, paper) && !(others && m.When != "") {
			return true
		}
	}
	return false
}

// isPaper reports whether a material is a paper of that kind, by its name or by
// the certificate that is fetched for it.
func isPaper(m items.Material, kind string) bool {
	return items.Means(m.Name).Kind == kind || m.Certificate != "" && items.Means(m.Certificate).Kind == kind
}

// standing are kinds of paper that people have before and that an item makes
// anew. A name that says whose it is means the one they have.
var standing = []string{"居民户口簿", "居民身份证", "社会保障卡", "不动产权证书", "营业执照"}

// maker is the first other component that makes the material; -1 for none.
func maker(made []result, part int, m items.Material) int {
	for _, r := range made {
		if r.by != part && isPaper(m, r.paper) && !(slices.Contains(standing, r.paper) && items.Means(m.Name).Whose != "") {
			return r.by
		}
	}
	return -1
}

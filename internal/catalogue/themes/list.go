package themes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
)

// A List is the one set of materials of a theme (一套材料).
type List struct {
	Materials []Material `json:"materials"`
	Spared    []Without  `json:"spared,omitempty"` // not asked, and why
	Proposals []Proposal `json:"proposals,omitempty"`
}

// Parted are the materials that must be handed in, those that may be, and those that
// nobody hands in because they are fetched.
func (l List) Parted() (must, may, fetched []Material) {
	for _, m := range l.Materials {
		switch {
		case m.Fetched():
			fetched = append(fetched, m)
		case mustHand(m.Material):
			must = append(must, m)
		default:
			may = append(may, m)
		}
	}
	return must, may, fetched
}

// mustHand reports whether a material must be handed in.
func mustHand(m items.Material) bool { return need[m.Necessity] > 1 && !m.Fetched() }

// A Material is one paper handed in once, for all items that need it. What is
// demanded is the strictest that any of them demands.
type Material struct {
	items.Material
	Demands []Demand `json:"demands"`
	Why     string   `json:"why,omitempty"` // which demand is the strictest, where they differ
}

// A Demand is what one item says of a material.
type Demand struct {
	Use
	Material items.Material `json:"-"`
}

// Without is a material nobody hands in, and why.
type Without struct {
	Demand
	Why  string   `json:"why"`
	From items.ID `json:"from,omitempty"` // the component that makes it
}

// A Proposal is two or more names that seem to mean one paper. Until a person
// has said so (Theme.Names) each is asked for.
type Proposal struct {
	Names   []string `json:"names"`
	As      string   `json:"as"`
	Sure    bool     `json:"sure"` // the names are known to mean this kind of paper
	Demands []Demand `json:"demands"`
}

// oneList merges the materials of all parts, and those of the theme itself.
func (c *Composed) oneList(made []result, f *findings) List {
	g := gathering{c: c, f: f, at: map[string]int{}}
	for i, p := range c.Parts {
		for _, m := range p.Edition.Materials {
			d := Demand{p.use(m.ID, demanded(m)), m}
			switch by := maker(c.sure(made, i), i, m); {
			case p.never(m.When):
				g.spare(d, "办这件事用不着", "")
			case c.Theme.generates(m.Name):
				g.spare(d, "由系统生成，不用提交", "")
			case by >= 0:
				g.spare(d, "由“"+c.Parts[by].Title+"”办出，不用提交", c.Parts[by].Item)
			case asksForForm(m.Name) && m.Certificate == "":
				g.spare(d, "由申请表一并生成，不用提交", "")
			default:
				g.take(Demand{d.Use, c.inWords(p, m)})
			}
		}
	}
	for _, m := range c.Theme.Materials {
		g.whole(made, m)
	}
	g.list.Proposals = proposals(c.Theme, g.list.Materials)
	for _, p := range g.list.Proposals {
		kind, _ := items.Brackets(p.As)
		f.warn("material.names", "materials."+kind, usesOf(p.Demands), "“%s”可能是同一份材料，请确认是否合并", strings.Join(p.Names, "”、“"))
	}
	return g.list
}

// whole takes in what the scheme demands of the whole theme.
func (g *gathering) whole(made []result, m items.Material) {
	d := Demand{Use{Name: g.c.Theme.Name, ID: m.ID, Say: demanded(m)}, m}
	by := maker(g.c.sure(made, -1), -1, m)
	switch {
	case g.c.Theme.generates(m.Name):
		g.spare(d, "由系统生成，不用提交", "")
		return
	case asksForForm(m.Name) && !m.Fetched():
		g.spare(d, "由申请表一并生成，不用提交", "")
		return
	case by < 0 || m.Fetched():
		g.either(made, d)
		g.take(d)
		return
	}
	from := g.c.Parts[by]
	sources := []Use{d.Use, from.use("", "的办理结果")}
	if slices.Contains(standing, items.Means(m.Name).Kind) {
		g.f.warn("material.made", "materials."+m.Name, sources, "方案要求提交“%s”，“%s”又办出同一种证件，请写明要的是谁的、是不是原有的", m.Name, from.Title)
		g.take(d)
		return
	}
	g.f.warn("material.made", "materials."+m.Name, sources, "方案要求提交“%s”，但它是“%s”的办理结果，不应再要", m.Name, from.Title)
	g.spare(d, "由“"+from.Title+"”办出，不用提交", from.Item)
}

// either names a paper of which one may bring one of several kinds, and a
// component makes one of them: 死亡医学证明或非正常死亡证明.
func (g *gathering) either(made []result, d Demand) {
	kinds := strings.Split(d.Material.Name, "或")
	if len(kinds) < 2 {
		return
	}
	for _, kind := range kinds {
		if by := maker(made, -1, items.Material{Name: strings.TrimPrefix(kind, "者")}); by >= 0 {
			from := g.c.Parts[by]
			g.f.warn("material.either", "materials."+d.Material.Name, []Use{d.Use, from.use("", "的办理结果")}, "方案要求提交“%s”，其中“%s”由“%s”办出，办这一项的人不用再交，请分开写", d.Material.Name, kind, from.Title)
		}
	}
}

func (t *Theme) generates(name string) bool {
	return slices.ContainsFunc(t.Generated, func(n string) bool { return items.Tidy(n) == items.Tidy(name) })
}

// gathering is the one list while it is made.
type gathering struct {
	c    *Composed
	f    *findings
	list List
	at   map[string]int // place by what paper it is
}

func (g *gathering) spare(d Demand, why string, from items.ID) {
	g.list.Spared = append(g.list.Spared, Without{d, why, from})
}

// take takes in a demand: as one more of a paper already on the list if the
// name is the same, or a person said the names mean the same.
func (g *gathering) take(d Demand) {
	name := d.Material.Name
	key := "n:" + items.Tidy(name)
	if as, ok := g.c.Theme.saidSame(name); ok {
		key = "as:" + as
		name = as
	} else if generic(items.Means(name).Kind) {
		key = fmt.Sprintf("%s|%s|%s", key, d.Item, d.ID) // 承诺书 of one item is not that of another
	}
	i, known := g.at[key]
	if !known {
		g.at[key] = len(g.list.Materials)
		m := Material{Material: called(d.Material, fmt.Sprintf("m%d", len(g.list.Materials)+1), name), Demands: []Demand{d}}
		g.list.Materials = append(g.list.Materials, m)
		return
	}
	g.merge(&g.list.Materials[i], d)
}

func (g *gathering) merge(have *Material, d Demand) {
	strict, clash := stricter(have.Material, d.Material)
	path := "materials." + have.Name
	before := have.Demands[0].Use
	if clash != "" {
		g.f.warn("material.clash", path, []Use{before, d.Use}, "“%s”的要求矛盾：%s（%s，%s），按纸质收取后扫描", have.Name, clash, before, d.Use)
	}
	if have.Material.Fetched() != d.Material.Fetched() || have.Material.Holder != d.Material.Holder {
		g.f.warn("material.fetched", path, []Use{before, d.Use}, "“%s”一处要求提交，一处免于提交（%s，%s），请核实；先按要求提交的办", have.Name, before, d.Use)
	}
	if have.Demands[0].Say != d.Say {
		have.Why = explained(have.Demands, d, strict)
	}
	have.Material = called(strict, have.ID, have.Name)
	have.Demands = append(have.Demands, d)
}

// explained says what the strictest demand is and where it comes from.
func explained(before []Demand, d Demand, strict items.Material) string {
	want := demanded(strict)
	for _, one := range append(slices.Clip(before), d) {
		if one.Say == want {
			return "各处要求不同，按最严的收取，即" + one.Use.String()
		}
	}
	return "各处要求不同，合并后" + want
}

// demanded is what is demanded of a material, in words.
func demanded(m items.Material) string {
	parts := []string{string(m.Necessity)}
	if m.Kind != "" {
		parts = append(parts, string(m.Kind))
	}
	if m.Form != "" {
		parts = append(parts, string(m.Form))
	}
	if m.Copies > 0 {
		parts = append(parts, fmt.Sprintf("%d份", m.Copies))
	}
	if m.Fetched() {
		parts = append(parts, "免提交")
	}
	if own := ifOwn(m); own != "" {
		parts = append(parts, own)
	}
	return "：" + strings.Join(parts, "、")
}

// saidSame is the name that a person gave this one and others.
func (t *Theme) saidSame(name string) (string, bool) {
	for _, s := range t.Names {
		if !s.Apart && slices.ContainsFunc(s.Names, func(n string) bool { return items.Tidy(n) == items.Tidy(name) }) {
			return cmp.Or(s.As, s.Names[0]), true
		}
	}
	return "", false
}

// For is the list of someone who gave these answers: of each material the
// strictest of the demands that concern them, and none that concerns nobody.
func (c *Composed) For(answers forms.Answers) []Material {
	mine := map[items.ID]map[string]bool{}
	for _, p := range c.Parts {
		mine[p.Item] = map[string]bool{}
		for _, m := range p.Edition.MaterialsFor(c.Local(p.Item, answers)) {
			mine[p.Item][m.ID] = true
		}
	}
	var all []Material
	for _, m := range c.Materials.Materials {
		if own := m.demandedBy(mine); own.Demands != nil {
			all = append(all, own)
		}
	}
	return all
}

// demandedBy is the material as strict as those demand it who do, by their items and
// what these call it; without demands if nobody does.
func (m Material) demandedBy(mine map[items.ID]map[string]bool) (own Material) {
	for _, d := range m.Demands {
		if d.Item != "" && !mine[d.Item][d.ID] {
			continue
		}
		if own.Demands == nil {
			own = Material{Material: d.Material, Why: m.Why}
		}
		own.Material, _ = stricter(own.Material, d.Material)
		own.Demands = append(own.Demands, d)
	}
	own.Material = called(own.Material, m.ID, m.Name)
	own.When = ""
	if len(own.Demands) == 1 {
		own.Why = ""
	}
	return own
}

func usesOf(demands []Demand) []Use {
	all := make([]Use, len(demands))
	for i, d := range demands {
		all[i] = d.Use
	}
	return all
}

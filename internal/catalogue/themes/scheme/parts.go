package scheme

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
	"tongban/internal/catalogue/themes"
	"tongban/internal/engine/condition"
)

// items reads what items the theme has, and what is said of each.
func (r *reading) items() {
	v := r.take(r.f, "items")
	if n, ok := number(v); ok && len(list(v)) == 1 && textOf(v) == fmt.Sprint(n) {
		r.s.Claims = append(r.s.Claims, Claim{"items", true, n})
		v = nil
	}
	for i, f := range list(listed(v)) {
		heads, headed := f.sorted()
		for _, head := range heads {
			org := head
			if numbered.MatchString(head) {
				org = "" // a heading that only counts is no department
			}
			for j, one := range list(listed(f[head])) {
				r.item(one, fmt.Sprintf("items.%s[%d]", head, j), org)
			}
		}
		if !headed {
			r.item(f, fmt.Sprintf("items[%d]", i), "")
		}
	}
	r.stages()
	if len(r.t.Components) == 0 && r.f.missing("assignments") {
		r.warn("items", "items", "方案没有列出事项，只能读出名称和部门")
	}
}

// building is what some schemes count among the stages of approval.
var building = []string{"项目施工", "施工", "工程施工", "项目建设", "建设实施"}

// stages are steps of a long matter, one behind the other; what is said to run
// beside them (并联、并行) waits for nobody.
func (r *reading) stages() {
	before := items.ID("")
	v := r.take(r.f, "stages")
	if many, ok := r.f["阶段"].([]any); ok && v == nil {
		v = many
	}
	for i, f := range list(v) {
		at := len(r.t.Components)
		if nested, n := f.find("items"); n != "" && !f.missing("name") {
			r.staged(f, nested, fmt.Sprintf("stages[%d]", i))
			before = ""
			continue
		}
		r.item(f, fmt.Sprintf("stages[%d]", i), "")
		if len(r.t.Components) == at {
			continue
		}
		c := r.t.Components[at]
		if slices.Contains(building, c.Name) {
			r.warn("stage", fmt.Sprintf("stages[%d]", i), "“%s”由建设单位自己进行，不是审批阶段；推算时仍计入，请确认是否剔除", c.Name)
		}
		if strings.Contains(c.Name, "并联") || strings.Contains(c.Name, "并行") {
			continue
		}
		if before != "" {
			r.t.Order = append(r.t.Order, themes.Order{Before: before, After: c.Item, Why: "方案按阶段先后列出"})
		}
		before = c.Item
	}
}

// staged are the items of one stage that lists them; which of them come first is
// for the scheme's order to say.
func (r *reading) staged(f fields, nested any, path string) {
	lead, _ := f.find("lead")
	for j, one := range list(listed(nested)) {
		r.item(one, fmt.Sprintf("%s.items[%d]", path, j), textOf(lead))
	}
	name, _ := f.find("name")
	if v, n := f.find("promise"); n != "" {
		r.warn("stage.limit", path+"."+n, "“%s”一个阶段的时限（%s）不是哪一个事项的，没有计入，请核对", textOf(name), short(textOf(v)))
	}
	for _, n := range slices.Sorted(maps.Keys(f)) {
		known := slices.ContainsFunc([]string{"name", "items", "lead", "promise"}, func(key string) bool { return slices.Contains(names[key], n) })
		if !known && f[n] != nil {
			r.warn("field", path+"."+n, "“%s”的“%s”（%s）没有读懂，没有计入", textOf(name), n, short(textOf(f[n])))
		}
	}
}

// assignments are items listed by the department that has them.
func (r *reading) assignments() {
	for i, f := range list(r.take(r.f, "assignments")) {
		org := textOf(first(f["org"], first(f["部门"], f["name"])))
		v, _ := f.find("items")
		for j, one := range list(v) {
			r.item(one, fmt.Sprintf("assignments[%d].items[%d]", i, j), org)
		}
	}
}

// item reads one item: its place in the theme, and what is said of it as of an
// item of another system.
func (r *reading) item(f fields, path, org string) {
	name, n := f.title()
	record := f.without(n)
	record["name"] = textOf(name)
	if record["name"] == "" {
		r.warn("item.name", path, "这个事项没有名称，没有计入")
		return
	}
	result, n := f.find("result")
	record = record.without(n)
	if texts(result) != nil {
		record["results"] = values(texts(result))
	}
	if o, n := f.find("org"); n != "" {
		record = record.without(n)
		org = textOf(o)
	}
	promised, n := f.find("promise")
	component, record := r.component(f, record.without(n), path, textOf(name))
	d := foreign.Of(record)
	e := d.Edition
	e.Item, e.Name, e.AgencyName = component.Item, component.Name, org
	e.Promised = r.limit(path, e.Name, promised)
	e.Materials = append(e.Materials, r.itemMaterials(f, path)...)
	r.unplaced(path, d)
	r.t.Components = append(r.t.Components, component)
	r.longer(path, e.Name, e.Promised, e.Statutory)
	r.once(path, e)
}

// component reads the place of an item in the theme; rest is what else is said of it.
func (r *reading) component(f, record fields, path, name string) (c themes.Component, rest fields) {
	c = themes.Component{Item: items.ID(name), Name: name}
	if before, n := f.find("prior"); n != "" {
		record = record.without(n)
		r.prior = append(r.prior, fields{"before": before, "after": name, "path": path + "." + n})
	}
	for _, key := range []string{"optional", "when", "note", "materials"} {
		v, n := f.find(key)
		record = record.without(n)
		switch key {
		case "optional":
			c.Optional, _ = truth(v)
		case "when":
			c.When = r.condition(path+".when", textOf(v))
		}
	}
	return c, record
}

// itemMaterials reads the materials that stand under an item.
func (r *reading) itemMaterials(f fields, path string) (all []items.Material) {
	v, _ := f.find("materials")
	if v == nil {
		return nil
	}
	for j, m := range list(listed(v)) {
		if read, ok := r.material(m, fmt.Sprintf("%s.materials[%d]", path, j), j); ok {
			all = append(all, read)
		}
	}
	return all
}

// unplaced tells of the fields of an item that an edition has no place for.
func (r *reading) unplaced(path string, d *foreign.Draft) {
	for _, found := range d.Findings {
		if found.Rule == "foreign.field" {
			r.s.Findings = append(r.s.Findings, themes.Finding{Rule: "scheme.field", Severity: items.Warning, Path: path + "." + found.Path, Say: found.Say})
		}
	}
}

// once keeps an item as it is said first; a limit that differs where it is said
// again is told.
func (r *reading) once(path string, e *items.Edition) {
	if before := r.s.Editions[e.Item]; before == nil {
		r.s.Editions[e.Item] = e
	} else if before.Promised != e.Promised {
		r.warn("limit.twice", path, "“%s”列了两次，时限一处是%s、一处是%s，按先写的计，请核实", e.Name, orNone(before.Promised), orNone(e.Promised))
	}
}

// condition keeps a condition that can be read; one in plain words is named.
func (r *reading) condition(path, text string) string {
	if _, err := condition.Compile(text, nil); err != nil {
		r.warn("when", path, "情形“%s”是文字，不能自动判断，请改成问题和选项", short(text))
		return ""
	}
	return text
}

package scheme

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
)

// A reading is one theme on its way.
type reading struct {
	f     fields
	s     *Scheme
	t     *themes.Theme
	taken map[string]bool
	prior []fields // items with what they say has to be done first
	unit  string   // that the scheme says of all its limits
}

// of reads one theme; around is what the file says of all its themes.
func of(f, around fields) *Scheme {
	r := reading{f: f, taken: map[string]bool{}, t: &themes.Theme{Number: 1}}
	r.s = &Scheme{Theme: r.t, Editions: map[items.ID]*items.Edition{}}
	r.who(around)
	r.unit = textOf(r.take(f, "unit"))
	r.t.Promised = r.limit("promised", r.t.Name, r.take(f, "promise"))
	r.longer("promised", r.t.Name, r.t.Promised, r.limit("statutory", r.t.Name, r.take(f, "statutory")))
	r.items()
	r.assignments()
	r.order(around)
	r.questions()
	r.materials()
	r.claims()
	r.t.Conditions = sentences(r.take(f, "conditions"))
	for _, key := range []string{"code", "region", "document", "stage", "subject", "online", "steps", "note", "source", "id"} {
		r.take(f, key)
	}
	r.t.Stage, r.t.Source = lifeStage(f), r.text(f, "source")
	r.exclusive()
	r.contradictions()
	r.fee()
	r.rest()
	return r.s
}

func (r *reading) warn(rule, path, say string, args ...any) {
	r.s.Findings = append(r.s.Findings, themes.Finding{Rule: "scheme." + rule, Severity: items.Warning, Path: path, Say: fmt.Sprintf(say, args...)})
}

func (r *reading) who(around fields) {
	r.name(around)
	r.departments()
	r.t.Org = strings.Contains(r.t.Name, "企业") || strings.Contains(r.t.Name, "店") || strings.Contains(r.t.Name, "项目")
}

// name reads what the theme is called and known by, and its class.
func (r *reading) name(around fields) {
	r.t.Name = r.text(r.f, "name")
	if r.t.Name == "" {
		v, _ := around.find("name")
		place, _ := r.f.find("region")
		r.t.Name = strings.TrimSpace(textOf(v) + " " + textOf(place))
	}
	if r.t.Name == "" {
		r.t.Name = "未命名的一件事"
		r.warn("name", "name", "方案没有写名称")
	}
	id := r.text(r.f, "id")
	if id == "" {
		id = r.t.Name
	}
	r.t.ID = themes.ID(id)
	r.t.Class = themes.Local
	if c := themes.Class(r.text(r.f, "class")); slices.Contains(themes.Classes(), c) {
		r.t.Class = c
	}
}

// departments reads who leads and who takes part.
func (r *reading) departments() {
	for i, name := range texts(r.take(r.f, "lead")) {
		if i == 0 {
			r.t.Lead.Name = name
		} else {
			r.t.Partners = append(r.t.Partners, themes.Department{Name: name})
			r.warn("lead.several", "lead", "方案有几个牵头部门，以“%s”为牵头，“%s”列为配合，请确认", r.t.Lead.Name, name)
		}
	}
	if r.t.Lead.Name == "" {
		r.warn("lead", "lead", "方案没有写牵头部门")
	}
	for _, name := range texts(r.take(r.f, "partners")) {
		r.t.Partners = append(r.t.Partners, themes.Department{Name: name})
	}
}

// rest names what nobody took.
func (r *reading) rest() {
	for _, n := range slices.Sorted(maps.Keys(r.f)) {
		if r.f[n] != nil && !r.taken[n] && !slices.Contains(aside, n) {
			r.warn("field", n, "方案的“%s”（%s）没有读懂，没有计入", n, short(textOf(r.f[n])))
		}
	}
}

// lifeStage is the stage of a life that the theme belongs to, which is a word; a
// list of stages is something else.
func lifeStage(f fields) string {
	for _, n := range names["stage"] {
		if text, ok := f[n].(string); ok {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

func short(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}

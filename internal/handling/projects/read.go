package projects

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// Read reads flows as cities write them down: a list of schemes with stages,
// limits, items and what must come before what. It takes what it understands and
// names the rest, with the place where it stands; only a text that is no YAML,
// or says nothing of stages, is a fault (projects.read).
func Read(text []byte) ([]Type, []Finding, error) {
	if err := items.Plain(text); err != nil {
		return nil, nil, err
	}
	var all map[string]any
	if err := yaml.Unmarshal(text, &all); err != nil {
		return nil, nil, legible.Unread(fault.New(fault.Invalid, "projects.read", "项目流程的文字读不懂，请检查缩进和引号"), err)
	}
	r := reading{}
	schemes := r.list(all, "schemes", "")
	if len(schemes) == 0 {
		return nil, nil, fault.New(fault.Invalid, "projects.read", "没有找到项目流程（schemes）")
	}
	var types []Type
	for i, s := range schemes {
		path := fmt.Sprintf("schemes[%d]", i)
		m, ok := s.(map[string]any)
		if !ok {
			r.odd(path, "不是一个流程")
			continue
		}
		types = append(types, r.scheme(m, path))
	}
	for i, c := range r.list(all, "constraints", "") {
		r.constraint(types, c, fmt.Sprintf("constraints[%d]", i))
	}
	r.rest(all, "", "kind", "schemes", "constraints")
	return types, r.found, nil
}

// reading collects what was not understood.
type reading struct{ found []Finding }

func (r *reading) odd(path, say string, args ...any) {
	r.found = append(r.found, Finding{path, fmt.Sprintf(say, args...)})
}

// rest names the keys that nobody reads.
func (r *reading) rest(m map[string]any, path string, known ...string) {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if !slices.Contains(known, k) {
			r.odd(strings.TrimPrefix(path+"."+k, "."), "不认识“%s”，没有采用", k)
		}
	}
}

func (r *reading) text(m map[string]any, key, path string) string {
	switch v := m[key].(type) {
	case nil:
		return ""
	case string:
		return strings.TrimSpace(v)
	case uint64, int64, int, float64:
		return fmt.Sprint(v)
	}
	r.odd(path+"."+key, "应是文字")
	return ""
}

func (r *reading) yes(m map[string]any, key, path string) bool {
	v, ok := m[key].(bool)
	if !ok && m[key] != nil {
		r.odd(path+"."+key, "应是 true 或者 false")
	}
	return v
}

func (r *reading) list(m map[string]any, key, path string) []any {
	v, ok := m[key].([]any)
	if !ok && m[key] != nil {
		r.odd(strings.TrimPrefix(path+"."+key, "."), "应是列表")
	}
	return v
}

func (r *reading) texts(m map[string]any, key, path string) []string {
	var all []string
	for i, v := range r.list(m, key, path) {
		s, ok := v.(string)
		if !ok {
			r.odd(fmt.Sprintf("%s.%s[%d]", path, key, i), "应是文字")
			continue
		}
		all = append(all, s)
	}
	return all
}

// maps are the entries of a list that are mappings; do is told where each stands.
func (r *reading) maps(m map[string]any, key, path string, do func(map[string]any, string)) {
	for i, v := range r.list(m, key, path) {
		at := fmt.Sprintf("%s.%s[%d]", path, key, i)
		if one, ok := v.(map[string]any); ok {
			do(one, at)
		} else {
			r.odd(at, "应写明各项内容")
		}
	}
}

func (r *reading) scheme(m map[string]any, path string) Type {
	t := Type{
		ID: r.text(m, "id", path), Name: r.text(m, "name", path), Plain: r.text(m, "plain", path), Region: r.text(m, "region", path), Scope: r.text(m, "scope", path),
		Basis: r.texts(m, "basis", path), Source: r.text(m, "source", path), Assumed: r.texts(m, "assumed", path), Version: 1,
	}
	if doc := r.text(m, "document", path); doc != "" {
		t.Basis = append(t.Basis, doc)
	}
	if v := r.text(m, "version", path); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			r.odd(path+".version", "版本应是正整数")
			n = 1
		}
		t.Version = n
	}
	unit := r.unit(m, path)
	t.Total = r.limit(m["total"], unit, path+".total")
	r.maps(m, "questions", path, func(q map[string]any, at string) { t.Questions = append(t.Questions, r.question(q, at)) })
	r.maps(m, "stages", path, func(s map[string]any, at string) { r.stage(&t, s, unit, at) })
	slices.SortStableFunc(t.Stages, func(a, b Stage) int { return a.No - b.No })
	if n := r.text(m, "item_count", path); n != "" {
		r.count(t, n, path+".item_count")
	}
	r.rest(m, path, "id", "version", "name", "plain", "region", "date", "document", "scope", "basis", "source", "assumed", "total", "unit", "questions", "stages", "item_count", "quirks")
	for no := 1; no < Parallel; no++ {
		merged := slices.ContainsFunc(t.Stages, func(s Stage) bool { return slices.Contains(s.Merges, stageNames[no]) })
		if _, ok := t.Stage(no); !ok && !merged && len(t.Stages) > 0 {
			r.odd(path+".stages", "缺少“%s”阶段", stageNames[no])
		}
	}
	return t
}

func (r *reading) count(t Type, said, path string) {
	n := 0
	for _, s := range t.Stages {
		n += len(s.Items)
	}
	if strconv.Itoa(n) != said {
		r.odd(path, "写明%s个事项，读到%d个", said, n)
	}
}

// unit is what bare numbers of the scheme are counted in; "" if it does not say.
func (r *reading) unit(m map[string]any, path string) clock.Unit {
	text := r.text(m, "unit", path)
	if text == "" {
		return ""
	}
	bare, note, _ := strings.Cut(text, "（")
	u, err := clock.ParseUnit(bare)
	if err != nil {
		r.odd(path+".unit", "%s", fault.Say(err))
	} else if note != "" {
		r.odd(path+".unit", "单位附有说明“%s”，请核实", strings.TrimSuffix(note, "）"))
	}
	return u
}

var limitText = regexp.MustCompile(`^(\d+)\s*个?(\D+)$`)

// limit reads 7, 即办, 20个工作日. A bare number takes the unit of the scheme; a
// limit whose unit nobody says is none, and is named.
func (r *reading) limit(v any, unit clock.Unit, path string) clock.Limit {
	text := strings.TrimSpace(fmt.Sprint(v))
	switch {
	case v == nil:
		return clock.Limit{}
	case text == "即办" || text == "即时办结" || text == "当场办结":
		return clock.Immediate
	}
	if n, err := strconv.Atoi(text); err == nil {
		if unit == "" || n < 0 {
			r.odd(path, "时限“%s”没有写单位，不能计算", text)
			return clock.Limit{}
		}
		return clock.Limit{N: n, Unit: unit}
	}
	if found := limitText.FindStringSubmatch(text); found != nil {
		n, err := strconv.Atoi(found[1])
		u, wrong := clock.ParseUnit(found[2])
		if err == nil && wrong == nil {
			return clock.Limit{N: n, Unit: u}
		}
		if wrong != nil {
			r.odd(path, "%s", fault.Say(wrong))
			return clock.Limit{}
		}
	}
	r.odd(path, "时限“%.40s”读不懂", text)
	return clock.Limit{}
}

// stageNo is which of the stages a name means; 0 if none.
func stageNo(name string) int {
	bare := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(name), "阶段"), "（并联）")
	for no, known := range stageNames {
		if no > 0 && (bare == known || bare == known+"许可" || bare == known+"事项") {
			return no
		}
	}
	return 0
}

func (r *reading) stage(t *Type, m map[string]any, unit clock.Unit, path string) {
	name := r.text(m, "name", path)
	no := stageNo(name)
	if no == 0 {
		r.odd(path+".name", "“%s”不是四个审批阶段或者并行推进，没有采用", name)
		return
	}
	if _, twice := t.Stage(no); twice {
		r.odd(path+".name", "“%s”写了两次，只采用第一次", name)
		return
	}
	s := Stage{No: no, Name: stageNames[no], Lead: r.text(m, "lead", path), LeadName: r.text(m, "lead_name", path), Limit: r.limit(m["limit"], unit, path+".limit"), Merges: r.texts(m, "merges", path)}
	r.maps(m, "items", path, func(one map[string]any, at string) {
		e := Entry{Item: items.ID(r.text(one, "item", at)), Name: r.text(one, "name", at), When: r.text(one, "when", at), Optional: r.yes(one, "optional", at)}
		r.rest(one, at, "item", "name", "when", "optional")
		if known, _ := t.entry(e.Item); known.Item != "" || e.Item == "" {
			r.odd(at, "没有写事项，或者事项重复，没有采用")
			return
		}
		s.Items = append(s.Items, e)
	})
	r.maps(m, "meetings", path, func(one map[string]any, at string) { r.gathering(&s, one, at) })
	r.maps(m, "services", path, func(one map[string]any, at string) {
		o := Offered{ID: r.text(one, "id", at), Name: r.text(one, "name", at), Kind: r.text(one, "kind", at), Agency: r.text(one, "agency", at), By: r.text(one, "by", at)}
		r.rest(one, at, "id", "name", "kind", "agency", "by")
		s.Services = append(s.Services, o)
	})
	r.rest(m, path, "name", "lead", "lead_name", "limit", "items", "meetings", "services", "merges")
	t.Stages = append(t.Stages, s)
}

func (r *reading) gathering(s *Stage, m map[string]any, path string) {
	g := Gathering{Kind: r.text(m, "kind", path), Must: r.yes(m, "must", path), When: r.text(m, "when", path)}
	r.maps(m, "parties", path, func(one map[string]any, at string) {
		g.Parties = append(g.Parties, Bidden{r.text(one, "agency", at), r.text(one, "name", at)})
		r.rest(one, at, "agency", "name")
	})
	r.rest(m, path, "kind", "must", "when", "parties")
	if g.Kind != Visit && g.Kind != Drawings && g.Kind != Acceptance {
		r.odd(path+".kind", "“%s”不是联合踏勘、联合审图、联合验收，没有采用", g.Kind)
		return
	}
	if g.Must && s.No == Parallel {
		r.odd(path+".must", "并行推进的事项不影响各阶段，“必须”没有采用")
		g.Must = false
	}
	s.Gathering = append(s.Gathering, g)
}

func (r *reading) question(m map[string]any, path string) forms.Question {
	q := forms.Question{ID: r.text(m, "id", path), Text: r.text(m, "text", path), Hint: r.text(m, "hint", path)}
	for _, o := range r.texts(m, "options", path) {
		q.Options = append(q.Options, forms.Option{Value: o, Label: o})
	}
	r.rest(m, path, "id", "text", "hint", "options")
	return q
}

// constraint reads what must come before what, in every flow that has both.
func (r *reading) constraint(types []Type, v any, path string) {
	m, ok := v.(map[string]any)
	if !ok {
		r.odd(path, "应写明前后两个事项")
		return
	}
	before, after, why := r.text(m, "item", path), r.text(m, "before", path), r.text(m, "source", path)
	r.rest(m, path, "item", "before", "source", "stage")
	used := false
	for i := range types {
		t := &types[i]
		a, first := t.named(before)
		b, then := t.named(after)
		switch {
		case first == 0 || then == 0:
			continue
		case first == Parallel && then != Parallel:
			r.odd(path, "“%s”在并行推进里，不能挡住“%s”，没有采用", before, after)
		default:
			t.Order = append(t.Order, Order{a.Item, b.Item, why})
		}
		used = true
	}
	if !used {
		r.odd(path, "没有哪个流程同时有“%s”和“%s”", before, after)
	}
}

// named finds an item by its identifier or its name.
func (t *Type) named(name string) (Entry, int) {
	for _, s := range t.Stages {
		for _, e := range s.Items {
			if string(e.Item) == name || e.Name == name {
				return e, s.No
			}
		}
	}
	return Entry{}, 0
}

package scheme

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
	"tongban/internal/catalogue/themes"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
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
	r.t.Conditions = texts2(r.take(f, "conditions"))
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
	r.t.Org = strings.Contains(r.t.Name, "企业") || strings.Contains(r.t.Name, "店") || strings.Contains(r.t.Name, "项目")
}

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
		record["results"] = list2(texts(result))
	}
	if o, n := f.find("org"); n != "" {
		record = record.without(n)
		org = textOf(o)
	}
	promised, n := f.find("promise")
	record = record.without(n)
	component := themes.Component{Item: items.ID(textOf(name)), Name: textOf(name)}
	if before, n := f.find("prior"); n != "" {
		record = record.without(n)
		r.prior = append(r.prior, fields{"before": before, "after": textOf(name), "path": path + "." + n})
	}
	for _, key := range []string{"optional", "when", "note", "materials"} {
		v, n := f.find(key)
		record = record.without(n)
		switch key {
		case "optional":
			component.Optional, _ = truth(v)
		case "when":
			component.When = r.condition(path+".when", textOf(v))
		}
	}
	d := foreign.Of(record)
	e := d.Edition
	e.Item, e.Name, e.AgencyName = component.Item, component.Name, org
	e.Promised = r.limit(path, e.Name, promised)
	if v, _ := f.find("materials"); v != nil {
		for j, m := range list(listed(v)) {
			if read, ok := r.material(m, fmt.Sprintf("%s.materials[%d]", path, j), j); ok {
				e.Materials = append(e.Materials, read)
			}
		}
	}
	for _, found := range d.Findings {
		if found.Rule == "foreign.field" {
			r.s.Findings = append(r.s.Findings, themes.Finding{Rule: "scheme.field", Severity: items.Warning, Path: path + "." + found.Path, Say: found.Say})
		}
	}
	r.t.Components = append(r.t.Components, component)
	r.longer(path, e.Name, e.Promised, e.Statutory)
	if before := r.s.Editions[component.Item]; before == nil {
		r.s.Editions[component.Item] = e
	} else if before.Promised != e.Promised {
		r.warn("limit.twice", path, "“%s”列了两次，时限一处是%s、一处是%s，按先写的计，请核实", e.Name, orNone(before.Promised), orNone(e.Promised))
	}
}

func list2(texts []string) []any {
	all := make([]any, len(texts))
	for i, t := range texts {
		all[i] = t
	}
	return all
}

// condition keeps a condition that can be read; one in plain words is named.
func (r *reading) condition(path, text string) string {
	if _, err := condition.Compile(text, nil); err != nil {
		r.warn("when", path, "情形“%s”是文字，不能自动判断，请改成问题和选项", short(text))
		return ""
	}
	return text
}

// limit reads how long something may take: 5, "5个工作日", {value: 5, unit: 工作日}.
func (r *reading) limit(path, what string, v any) clock.Limit {
	value, unit := v, ""
	if m, ok := v.(map[string]any); ok {
		f := fields(m)
		if value, _ = f.find("value"); value == nil {
			if value, _ = f.find("most"); value != nil {
				r.warn("limit.range", path, "“%s”的时限“%s”是一个范围，按最长的计，请核实", what, short(textOf(v)))
			}
		}
		u, _ := f.find("unit")
		unit = textOf(u)
		for _, n := range slices.Sorted(maps.Keys(f)) {
			if n == "raw_unit_code" {
				r.warn("limit.code", path, "“%s”的时限单位是代码“%s”，含义未知", what, textOf(f[n]))
			}
		}
	}
	said := textOf(value) + unit
	if said == "" {
		return clock.Limit{}
	}
	if m := remark.FindStringSubmatch(said); m != nil && m[1] != "" {
		said = remark.ReplaceAllString(said, "")
		r.warn("limit.remark", path, "“%s”的时限附有说明“%s”，推算没有考虑，请核实", what, short(m[1]))
	}
	if vague.MatchString(said) {
		r.warn("limit.vague", path, "“%s”的时限“%s”是约数，按写明的数计，请核实", what, short(said))
	}
	if m := twofold.FindStringSubmatch(said); m != nil {
		said = m[1]
		r.warn("limit.two", path, "“%s”的时限里写了法定和承诺两个，按承诺的“%s”计，请核实", what, short(said))
	}
	text, ranged := plainly(said)
	if m := part.FindStringSubmatch(text); m != nil {
		whole, _ := number(m[1])
		text = fmt.Sprint(whole+1) + m[2]
		r.warn("limit.part", path, "“%s”的时限“%s”不是整数，按%s计，请核实", what, short(said), text)
	}
	if ranged {
		r.warn("limit.range", path, "“%s”的时限“%s”是一个范围，按最长的计，请核实", what, short(said))
	}
	l, err := clock.ParseLimit(text)
	if err == nil && l.N >= 0 && l.N < 10000 && !strings.HasPrefix(text, "-") {
		return l
	}
	n, ok := number(text)
	if !ok || strings.HasPrefix(text, "-") || n > 10000 {
		say := "请写成“20个工作日”的样子"
		if err != nil && !onlyDigits.MatchString(text) {
			say = fault.Say(err)
		}
		r.warn("limit", path, "“%s”的时限“%s”读不懂：%s", what, short(said), say)
		return clock.Limit{}
	}
	given := clock.WorkingDays
	if strings.HasPrefix(r.unit, "自然日") || strings.HasPrefix(r.unit, "日历") {
		given = clock.CalendarDays
	}
	r.warn("limit.unit", path, "“%s”的时限“%s”没有写清单位，推算时按%s计，请核实", what, short(said), given)
	return clock.Limit{N: n, Unit: given}
}

func (r *reading) questions() {
	for i, f := range list(r.take(r.f, "questions")) {
		say, _ := f.find("text")
		choices, _ := f.find("options")
		q := forms.Question{ID: textOf(first(f["id"], say)), Text: textOf(say)}
		q.ID = strings.TrimRight(q.ID, "？?")
		if text, ok := choices.(string); ok {
			choices = strings.NewReplacer("/", "、", "|", "、", "／", "、").Replace(text)
		}
		for _, o := range texts(choices) {
			q.Options = append(q.Options, forms.Option{Value: o, Label: o})
		}
		if faults := forms.CheckQuestions([]forms.Question{q}); len(faults) > 0 {
			r.warn("question", fmt.Sprintf("questions[%d]", i), "问题“%s”不能用：%s", short(q.Text), faults[0].Say)
			continue
		}
		r.t.Questions = append(r.t.Questions, q)
	}
}

// exclusive names items that look like one or the other, so that a question
// should choose between them.
func (r *reading) exclusive() {
	for i, a := range r.t.Components {
		for _, b := range r.t.Components[i+1:] {
			if a.When == "" && b.When == "" && oneOrOther(a.Name, b.Name) {
				r.warn("exclusive", "items", "“%s”和“%s”可能二选一，请用一个问题区分；推算时两项都计", a.Name, b.Name)
			}
		}
	}
}

func oneOrOther(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if b == a+"备案" {
		return true
	}
	for _, pair := range [][2]string{{"正常", "非正常"}, {"简易", "普通"}, {"简易", "一般"}, {"城乡居民", "职工"}, {"城乡居民", "灵活就业"}} {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			without := strings.ReplaceAll(a, "非"+p[0], "")
			other := strings.ReplaceAll(b, "非"+p[1], "")
			if strings.Contains(without, p[0]) && strings.Contains(other, p[1]) || p[1] == "非"+p[0] && strings.Contains(without, p[0]) && strings.Contains(b, p[1]) {
				return true
			}
		}
	}
	return false
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

func texts2(v any) []string {
	if _, ok := v.([]any); ok {
		return texts(v)
	}
	if s := textOf(v); s != "" {
		return []string{s}
	}
	return nil
}

func short(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}

package foreign

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/engine/forms"
)

// situation is the question that a source asks by listing its papers by situations.
const situation = "办理情形"

// innerPapers are under what a heading lists its papers.
var innerPapers = []string{"options", "可选材料", "任选材料", "materials", "申请材料", "材料", "材料清单", "材料列表", "所需材料", "提交材料"}

// situationWords are under what a record says for whom its papers are.
var situationWords = []string{"情形名称", "情形", "办理情形", "适用情形", "申请情形", "situation"}

// materials reads the papers, and the question that is asked by listing them by
// situations (情形).
func (r *reading) materials() {
	papers, of := together(r.papers())
	for i, m := range papers {
		r.e.Materials = append(r.e.Materials, r.material(i, m))
	}
	r.situations(of)
}

// papers are the records of the materials, those too that stand under a heading.
func (r *reading) papers() []fields {
	v, _, _ := r.f.take(names["materials"]...)
	all := r.recordsOf(v, "")
	if v, name, found := r.f.take(names["situations"]...); found {
		if text, only := v.(string); only {
			r.f[name] = text // no papers: named among what nobody took
			return all
		}
		all = append(all, r.recordsOf(v, "")...)
	}
	return all
}

// recordsOf are papers without the headings over them.
func (r *reading) recordsOf(v any, heading string) []fields {
	switch v := v.(type) {
	case []any:
		var all []fields
		for _, one := range v {
			all = append(all, r.recordsOf(one, heading)...)
		}
		return all
	case map[string]any:
		return r.under(spelt(v), heading)
	}
	all := fields{"name": v}.maps("name", "name")
	for _, m := range all {
		m.situated(heading)
	}
	return all
}

// under are the papers of a record, which may be one itself.
func (r *reading) under(m fields, heading string) []fields {
	inner, key, grouped := m.take(innerPapers...)
	list, several := inner.([]any)
	switch {
	case grouped && several && m.peek(situationWords...) != nil:
		all := r.recordsOf(list, m.text(situationWords...))
		r.leftOf("questions", m)
		return all
	case grouped && several:
		return []fields{r.choice(m, list).situated(heading)}
	case grouped:
		m[key] = inner
	}
	if m.peek("name", "名称") != nil || m.heads("materials.name") || slices.ContainsFunc(m.left(), func(k string) bool { return groups[k] == "materials" }) {
		return []fields{m.situated(heading)}
	}
	return r.byHeading(m)
}

// byHeading are the papers of a record of which the keys are situations, or the papers'
// names.
func (r *reading) byHeading(m fields) []fields {
	var all []fields
	for _, key := range m.left() {
		switch v := m[key].(type) {
		case []any:
			all = append(all, r.recordsOf(v, key)...)
		case map[string]any:
			paper := spelt(v)
			paper["name"] = key
			all = append(all, paper)
		default:
			all = append(all, fields{"name": key, "note": v})
		}
	}
	return all
}

// situated is the record with the situation it is for, unless it says one itself.
func (f fields) situated(in string) fields {
	if in != "" && f.peek(partOf["materials.situation"]...) == nil {
		f["情形"] = in
	}
	return f
}

// choice is one paper for a group of which some are enough (任选其一): the group is what
// is asked for, and what it holds stands in the note.
func (r *reading) choice(m fields, of []any) fields {
	var held []string
	for _, one := range r.recordsOf(of, "") {
		held = append(held, textOf(one.peek(append([]string{"name", "名称"}, partOf["materials.name"]...)...)))
	}
	enough := m.text("at_least", "min", "至少", "任选", "任选份数")
	if enough == "" {
		enough = "其中"
	}
	name := m.text("group", "组名", "材料组", "分组", "组", "name", "名称")
	m["name"] = firstOf(name, strings.Join(held, "或者"))
	m["note"] = joined(m.text("note", "说明", "备注"), fmt.Sprintf("任选%s份：%s", enough, strings.Join(held, "；")))
	m["任选材料"] = of
	return m
}

// everyone are words for papers that all situations ask.
var everyone = []string{"全部", "所有", "所有情形", "全部情形", "通用", "共同", "公共", "不限", "无"}

// together are the papers, one that several situations ask once; and of each for which
// situations it is asked, none for everyone.
func together(papers []fields) (all []fields, of [][]string) {
	said := map[string]int{}
	for _, m := range papers {
		in := slices.DeleteFunc(m.choices(partOf["materials.situation"]...), func(s string) bool { return slices.Contains(everyone, s) })
		key := told(m)
		if at, twice := said[key]; twice && len(in) > 0 && len(of[at]) > 0 {
			of[at] = append(of[at], in...)
			continue
		}
		said[key] = len(all)
		all, of = append(all, m), append(of, in)
	}
	return all, of
}

// situations makes one question of the situations by which papers are listed.
func (r *reading) situations(of [][]string) {
	var all []string
	for _, s := range slices.Concat(of...) {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if len(all) == 1 {
		r.keep(situation, all[0])
		r.warn("materials", "field", "来源的材料都是“%s”这一种情形的，没有设问题，请确认其余情形是否另有材料", short(all[0]))
	}
	if len(all) < 2 {
		return
	}
	q := forms.Question{ID: situation, Text: "您要办的是哪一种情形？"}
	for _, s := range all {
		q.Options = append(q.Options, forms.Option{Value: s, Label: s})
	}
	r.e.Questions = append(r.e.Questions, q)
	for i, in := range of {
		r.e.Materials[i].When = when(in, all)
	}
	r.warn("questions", "situations", "来源按%d种情形（%s）列材料，已设“%s”一个问题，请核对；一个人可能同时属于几种情形的，请拆成几个问题", len(all), short(strings.Join(all, "、")), situation)
}

// when is the condition on which a paper is asked; empty where all ask it.
func when(in, all []string) string {
	if len(in) >= len(all) {
		return ""
	}
	var any []string
	for _, s := range in {
		any = append(any, situation+" == "+strconv.Quote(s))
	}
	return strings.Join(any, " or ")
}

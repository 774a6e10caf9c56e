package library

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

func effectiveOf(e *items.Edition) *calendar.Day { return &e.Effective }

// table is a sheet over the draft itself as a list of one.
func (s selfOf[E]) table(e *E) table[E, E] {
	list, none := []E{*e}, func(*E) string { return "" }
	return table[E, E]{
		title: s.title, note: s.note, fixed: true, list: func(*E) *[]E { return &list },
		key: none, name: none, columns: func(*E) []column[E] { return s.columns },
	}
}

func (s selfOf[E]) rows(e *E, posted *page.Form) sheetView { return s.table(e).rows(e, posted) }

func (s selfOf[E]) read(e *E, f *page.Form) {
	g := s.table(e)
	g.read(e, f)
	if list := *g.list(e); len(list) == 1 {
		*e = list[0]
	}
}

// A formField is a field of the form with the group it stands in.
type formField struct {
	forms.Field
	Group string
}

// formFields is the form's fields as one list; folding them back puts each into
// its group.
type formFields struct{}

var fields = formFields{}

func (formFields) grid(e *items.Edition) grid[formField] {
	var list []formField
	for g, f := range e.Form.All() {
		list = append(list, formField{*f, g.ID})
	}
	ids, groups, titles := []string{}, []string{}, map[string]string{}
	for _, g := range e.Form.Groups {
		titles[g.ID] = cmp.Or(g.Title, g.ID)
		ids, groups = append(ids, g.ID), append(groups, g.ID+"\t"+titles[g.ID])
	}
	return grid[formField]{
		path: "fields", title: "字段", noun: "个字段", note: "写明数据元的字段可以预填和共享。",
		list: func(*items.Edition) *[]formField { return &list },
		key:  func(f *formField) string { return f.ID }, name: func(f *formField) string { return f.Label },
		fresh: func(*items.Edition, int) formField {
			return formField{forms.Field{Kind: forms.Text}, lastOf(ids)}
		},
		sum: func(f *formField) string {
			return facts(titles[f.Group], wordOf(fieldKinds, f.Kind), f.Element, f.When)
		},
		fixed:   len(ids) == 0,
		columns: func(*items.Edition) []column[formField] { return fieldColumns(groups) },
	}
}

func lastOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

func fieldColumns(groups []string) []column[formField] {
	return []column[formField]{
		textColumn("label", "名称", "", func(f *formField) *string { return &f.Label }),
		textColumn("id", "名字", "情形条件里用的名字", func(f *formField) *string { return &f.ID }),
		chooseColumn("group", "所在分组", groups, func(f *formField) *string { return &f.Group }),
		wordColumn("kind", "种类", fieldKinds, func(f *formField) *forms.Kind { return &f.Kind }),
		textColumn("element", "数据元", "国家数据元名称", func(f *formField) *string { return &f.Element }),
		tickColumn("required", "必填", func(f *formField) *bool { return &f.Required }),
		textColumn("when", "何时填写", "条件；人人都填留空", func(f *formField) *string { return &f.When }),
		optionsColumn(func(f *formField) *[]forms.Option { return &f.Options }),
		textColumn("min", "最小", "数、日期或者选几项", func(f *formField) *string { return &f.Min }),
		textColumn("max", "最大", "", func(f *formField) *string { return &f.Max }),
		numberColumn("maxLen", "最多字数（0 为不限）", func(f *formField) *int { return &f.MaxLen }),
		wordColumn("pattern", "格式", patternWords(), func(f *formField) *string { return &f.Pattern }),
		textColumn("unit", "单位", "", func(f *formField) *string { return &f.Unit }),
		textColumn("prefill", "预填来源", "例如：person.name、org.uscc、certificate:营业执照.名称", func(f *formField) *string { return &f.Prefill }),
		tickColumn("sensitive", "敏感信息：加密保存、遮盖显示", func(f *formField) *bool { return &f.Sensitive }),
		textColumn("hint", "提示", "", func(f *formField) *string { return &f.Hint }),
	}
}

func (s formFields) rows(e *items.Edition, posted *page.Form) sheetView {
	return s.grid(e).rows(e, posted)
}

func (s formFields) read(e *items.Edition, f *page.Form) {
	g := s.grid(e)
	g.read(e, f)
	e.Form.Groups = slices.Clone(e.Form.Groups)
	for i := range e.Form.Groups {
		e.Form.Groups[i].Fields = nil
	}
	for i, field := range *g.list(e) {
		at := slices.IndexFunc(e.Form.Groups, func(g forms.Group) bool { return g.ID == field.Group })
		if at < 0 {
			f.Refuse(g.cellName(i, "group"), "library.group", "“%s”所在的分组已经没有了，请另选分组", field.Label)
			continue
		}
		e.Form.Groups[at].Fields = append(e.Form.Groups[at].Fields, field.Field)
	}
}

// steps is the procedure in its table face.
type steps struct{}

func (steps) grid(e *items.Edition) (grid[flow.Step], error) {
	list, err := e.Procedure.Steps()
	g := stepGrid
	g.list = func(*items.Edition) *[]flow.Step { return &list }
	g.fresh = func(_ *items.Edition, n int) flow.Step {
		return flow.Step{ID: freshID("s", n, list, func(s *flow.Step) string { return s.ID }), Post: "审查岗", Role: identity.Reviewer}
	}
	return g, err
}

// rows shows the table; a procedure that says more than a table can is shown as
// a diagram only.
func (s steps) rows(e *items.Edition, posted *page.Form) sheetView {
	g, err := s.grid(e)
	if err != nil {
		return sheetView{Path: "steps", Title: "环节", Note: fault.Say(err)}
	}
	return g.rows(e, posted)
}

func (s steps) read(e *items.Edition, f *page.Form) {
	g, err := s.grid(e)
	if err != nil {
		f.Refuse("steps", fault.Code(err), "%s", fault.Say(err))
		return
	}
	g.read(e, f)
	list := *g.list(e)
	for i := range list {
		list[i].No = i + 1
	}
	e.Procedure = flow.FromSteps(e.Procedure.ID, e.Procedure.Name, list)
}

// anchorOf is the field of a finding as the editor names it.
func anchorOf(e *items.Edition, path string) string {
	switch tabOfPath(path) {
	case "steps":
		return stepAnchor(e, path)
	case "form":
		return fieldAnchor(e, path)
	case "basics", "guide":
		if head, _, listed := strings.Cut(path, "["); listed && !strings.HasPrefix(path, "places") && !strings.HasPrefix(path, "faq") {
			return head
		}
	}
	return path
}

func stepAnchor(e *items.Edition, path string) string {
	list, err := e.Procedure.Steps()
	if err != nil {
		return ""
	}
	for i, s := range list {
		if path == "procedure."+s.ID {
			return "steps[" + strconv.Itoa(i) + "].name"
		}
	}
	return ""
}

// fieldAnchor turns form.groups[1].fields[2].when into fields[7].when; what is said of
// the form, or of the fields of a group that has none, stands at the list of fields.
func fieldAnchor(e *items.Edition, path string) string {
	if path == "form" || strings.HasSuffix(path, ".fields") {
		return "fields"
	}
	n := 0
	for i, g := range e.Form.Groups {
		head := "form.groups[" + strconv.Itoa(i) + "]"
		for j := range g.Fields {
			if rest, ok := cutPath(path, head+".fields["+strconv.Itoa(j)+"]"); ok {
				return "fields[" + strconv.Itoa(n) + "]" + rest
			}
			n++
		}
		if rest, ok := cutPath(path, head); ok {
			return "groups[" + strconv.Itoa(i) + "]" + rest
		}
	}
	return path
}

// cutPath is what follows head in a path: ".label" if it ends there.
func cutPath(path, head string) (string, bool) {
	if path == head {
		return ".label", true
	}
	if len(path) > len(head) && path[:len(head)] == head && path[len(head)] == '.' {
		return path[len(head):], true
	}
	return "", false
}

package revisions

import (
	"cmp"
	"strings"

	"tongban/internal/engine/forms"
)

func options(all []forms.Option) string {
	var words []string
	for _, o := range all {
		w := o.Value
		if o.Label != o.Value {
			w += "（" + o.Label + "）"
		}
		words = append(words, w)
	}
	return strings.Join(words, "、")
}

var questions = listing[forms.Question]{
	"questions", "情形问题", func(q forms.Question) string { return q.ID }, func(q forms.Question) string { return cmp.Or(q.Text, q.ID) },
	[]aspect[forms.Question]{
		{"text", "问法", func(q forms.Question) string { return q.Text }},
		{"hint", "提示", func(q forms.Question) string { return q.Hint }},
		{"options", "选项", func(q forms.Question) string { return options(q.Options) }},
		{"many", "可多选", func(q forms.Question) string { return yes(q.Many) }},
		{"when", "何时提问", func(q forms.Question) string { return q.When }},
	},
}

var groups = listing[forms.Group]{
	"form.groups", "表单分组", func(g forms.Group) string { return g.ID }, func(g forms.Group) string { return cmp.Or(g.Title, g.ID) },
	[]aspect[forms.Group]{
		{"title", "标题", func(g forms.Group) string { return g.Title }},
		{"hint", "提示", func(g forms.Group) string { return g.Hint }},
		{"when", "何时填写", func(g forms.Group) string { return g.When }},
	},
}

// A placedField is a field with the group it stands in.
type placedField struct {
	forms.Field
	group string
}

func placed(f forms.Form) []placedField {
	var all []placedField
	for g, field := range f.All() {
		all = append(all, placedField{*field, cmp.Or(g.Title, g.ID)})
	}
	return all
}

var fields = listing[placedField]{
	"form.fields", "表单字段", func(f placedField) string { return f.ID }, func(f placedField) string { return cmp.Or(f.Label, f.ID) },
	[]aspect[placedField]{
		{"label", "名称", func(f placedField) string { return f.Label }},
		{"group", "所在分组", func(f placedField) string { return f.group }},
		{"hint", "提示", func(f placedField) string { return f.Hint }},
		{"kind", "类型", func(f placedField) string { return f.Kind.Han() }},
		{"element", "数据元", func(f placedField) string { return f.Element }},
		{"required", "必填", func(f placedField) string { return yes(f.Required) }},
		{"when", "何时填写", func(f placedField) string { return f.When }},
		{"options", "选项", func(f placedField) string { return options(f.Options) }},
		{"min", "最小", func(f placedField) string { return f.Min }},
		{"max", "最大", func(f placedField) string { return f.Max }},
		{"maxLen", "最多字数", func(f placedField) string { return number(f.MaxLen) }},
		{"pattern", "格式", func(f placedField) string { return f.Pattern }},
		{"unit", "单位", func(f placedField) string { return f.Unit }},
		{"prefill", "预填来源", func(f placedField) string { return f.Prefill }},
		{"sensitive", "敏感信息", func(f placedField) string { return yes(f.Sensitive) }},
	},
}

package library

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/condition"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// automatic is what the program may do with an application by itself.
var automatic = self{"自动审查和自动办理", "规则全部成立才自动准予；有一条不成立或者不明，就转人工并写明原因，从不自动不予。", []column[items.Edition]{
	tickColumn("automatic.decides", "规则全部成立时自动准予", func(e *items.Edition) *bool { return &e.Automatic.Decides }),
	numberColumn("automatic.sample", "自动办理的，每千件抽查几件", func(e *items.Edition) *int { return &e.Automatic.Sample }),
}}

var autoRules = grid[items.AutoRule]{
	path: "automatic.rules", title: "审查规则", noun: "条规则",
	note: "条件里可以写申请表和情形的名字、材料.标识、证照.营业执照、申请人.名称、申请人.类型、申请人.周岁、信用.等级、今天；敏感内容不能写。",
	list: func(e *items.Edition) *[]items.AutoRule { return &e.Automatic.Rules }, sum: func(r *items.AutoRule) string { return facts(r.ID, r.When) },
	key: func(r *items.AutoRule) string { return r.ID }, name: func(r *items.AutoRule) string { return cmp.Or(r.Name, r.ID) },
	fresh: func(e *items.Edition, n int) items.AutoRule {
		return items.AutoRule{ID: freshID("r", n, e.Automatic.Rules, func(r *items.AutoRule) string { return r.ID })}
	},
	columns: func(*items.Edition) []column[items.AutoRule] {
		return []column[items.AutoRule]{
			textColumn("name", "规则名称", "说清查什么，例如：持有有效的营业执照", func(r *items.AutoRule) *string { return &r.Name }),
			textColumn("when", "成立的条件", "例如：证照.营业执照 and 相隔天数(成立日期, 今天) <= 30", func(r *items.AutoRule) *string { return &r.When }),
			basisColumn(func(r *items.AutoRule) *[]items.Basis { return &r.Basis }),
			textColumn("id", "标识", "停用规则和留痕时用它", func(r *items.AutoRule) *string { return &r.ID }),
		}
	},
}

// trial is the rules of a draft tried on a sample.
type trial struct {
	Fields []frame.Field
	Out    *cases.Reckoned
}

// trialOf tries the saved rules on what the address gives: one field for each
// fact that a rule speaks of. What was left empty is not known.
func trialOf(e *items.Edition, r *http.Request) *trial {
	q := page.Query(r)
	t, vars := &trial{}, e.AutoVars()
	given := []cases.Input{{Name: "材料齐全", Value: true}, {Name: "无待办程序", Value: true}, {Name: "无人着手", Value: true}}
	for _, name := range namesOf(e) {
		f := frame.Field{Name: "t." + name, Label: name, Value: q.Text("t." + name), Width: "m", Opt: true, Hint: trialHints[vars[name]]}
		t.Fields = append(t.Fields, f)
		if v, ok := sampled(vars[name], f.Value); ok {
			given = append(given, cases.Input{Name: name, Value: v, Source: "样本"})
		}
	}
	if q.Text("try") != "" {
		out := cases.Reckon(e, cases.Reckoned{Number: "样本", Inputs: given})
		t.Out = &out
	}
	return t
}

var trialHints = map[condition.Kind]string{condition.Truth: "是或者否", condition.Day: "2026-12-01", condition.List: "几项用顿号隔开", condition.Number: "数字"}

func namesOf(e *items.Edition) []string {
	var all []string
	for _, r := range e.Automatic.Rules {
		all = append(all, r.Names()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// sampled reads a value of the sample; false when there is none.
func sampled(kind condition.Kind, text string) (any, bool) {
	switch {
	case text == "":
		return nil, false
	case kind == condition.Truth:
		return text == "是", text == "是" || text == "否"
	case kind == condition.List:
		return words(text), true
	case kind == condition.Number:
		n, err := strconv.ParseFloat(text, 64)
		return n, err == nil
	}
	return text, true
}

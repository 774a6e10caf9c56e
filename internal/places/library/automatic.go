package library

import (
	"cmp"

	"tongban/internal/catalogue/items"
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

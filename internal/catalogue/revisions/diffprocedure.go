package revisions

import (
	"cmp"
	"fmt"
	"strings"

	"tongban/internal/civic/staff"
	"tongban/internal/engine/flow"
)

// kindNames are the kinds of node as people call them.
var kindNames = map[flow.Kind]string{
	flow.Start: "开始", flow.End: "结束", flow.Terminate: "终止", flow.Task: "人工环节", flow.Rule: "自动环节", flow.Exclusive: "选择", flow.Inclusive: "多选",
	flow.Parallel: "并行", flow.Multi: "会签", flow.Sub: "子流程", flow.Timer: "定时", flow.Message: "等候消息",
}

func called(n flow.Node) string { return cmp.Or(n.Name, kindNames[n.Kind]+n.ID) }

// nodes compares the nodes of two procedures; where one names another it is called as
// people call it.
func nodes(old, new flow.Definition) listing[flow.Node] {
	names := func(ids ...string) string {
		var all []string
		for _, id := range ids {
			all = append(all, nameOf(id, new, old))
		}
		return list(all)
	}
	return listing[flow.Node]{
		"procedure", "环节", func(n flow.Node) string { return n.ID }, called,
		[]aspect[flow.Node]{
			{"name", "名称", func(n flow.Node) string { return n.Name }},
			{"kind", "种类", func(n flow.Node) string { return kindNames[n.Kind] }},
			{"in", "所属子流程", func(n flow.Node) string { return names(n.In) }},
			{"post", "岗位", func(n flow.Node) string { return n.Post }},
			{"role", "角色", func(n flow.Node) string { return staff.RoleCalled(n.Role) }},
			{"agency", "办理部门", func(n flow.Node) string { return n.Agency }},
			{"limit", "时限", func(n flow.Node) string { return n.Limit.Written() }},
			{"authority", "权限", func(n flow.Node) string { return n.Authority }},
			{"standard", "审查标准", func(n flow.Node) string { return n.Standard }},
			{"substantive", "实质审查（两人）", func(n flow.Node) string { return yes(n.Substantive) }},
			{"decides", "作出决定", func(n flow.Node) string { return yes(n.Decides) }},
			{"apart", "须由不同的人办理", func(n flow.Node) string { return names(n.Apart...) }},
			{"rule", "规则", func(n flow.Node) string { return slots("条件", n.Rule, "结论", n.Result, "自动", n.Automatic) }},
			{"among", "会签人", func(n flow.Node) string {
				var seats []string
				for _, s := range n.Among {
					seats = append(seats, strings.TrimSpace(s.Agency+" "+s.Post+" "+staff.RoleCalled(s.Role)))
				}
				return slots("人员", list(seats), "名单", n.Over)
			}},
			{"quorum", "会签规则", func(n flow.Node) string { return fmt.Sprint(string(n.Quorum), number(n.Count), n.Agree) }},
			{"on", "附着于", func(n flow.Node) string {
				return slots("环节", names(n.On), "等候", n.Awaits) + map[bool]string{true: "，不中断"}[n.Beside]
			}},
		},
	}
}

// nameOf is what the node of that identifier is called in the first procedure that has
// it.
func nameOf(id string, in ...flow.Definition) string {
	for _, d := range in {
		if n, there := d.Node(id); there {
			return called(n)
		}
	}
	return id
}

// routes is where a procedure leads, an arrow a line; where it is drawn is not
// told.
func routes(d flow.Definition) string {
	var b strings.Builder
	for _, e := range d.Edges {
		from, _ := d.Node(e.From)
		to, _ := d.Node(e.To)
		fmt.Fprintf(&b, "%s → %s", called(from), called(to))
		if e.When != "" {
			b.WriteString("，当" + e.When)
		}
		if e.Default {
			b.WriteString("，其他情况")
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

package flow

import (
	"fmt"
	"slices"
)

var kinds = []Kind{Start, End, Terminate, Task, Rule, Exclusive, Inclusive, Parallel, Multi, Sub, Timer, Message}

// most nodes and edges of one definition; a diagram beyond it is no procedure
// but an attack or an accident.
const most = 2000

// malformed lists why d is no diagram that could run.
func malformed(d Definition) []Finding {
	if tooLarge(d) {
		return []Finding{{ID: "flow.size", Severity: Refused, Say: fmt.Sprintf("流程过大：最多 %d 个节点、%d 条连线", most, 2*most)}}
	}
	f := flaws{nodes: map[string]Node{}, in: map[string]int{}, out: map[string]int{}, starts: map[string]int{}}
	f.readNodes(d)
	f.readEdges(d)
	if len(f.found) == 0 {
		f.readPlaces(d)
	}
	return f.found
}

func tooLarge(d Definition) bool { return len(d.Nodes) > most || len(d.Edges) > 2*most }

type flaws struct {
	nodes   map[string]Node
	in, out map[string]int
	starts  map[string]int
	found   []Finding
}

func (f *flaws) say(id, node, say string, args ...any) {
	f.found = append(f.found, Finding{ID: id, Severity: Refused, Node: node, Say: fmt.Sprintf(say, args...)})
}

func (f *flaws) readNodes(d Definition) {
	for i, n := range d.Nodes {
		if n.ID == "" {
			f.say("flow.node.id", "", "第 %d 个节点没有编号", i+1)
			continue
		}
		if _, twice := f.nodes[n.ID]; twice {
			f.say("flow.node.twice", n.ID, "有两个节点同用编号 %s", n.ID)
		}
		if !slices.Contains(kinds, n.Kind) {
			f.say("flow.node.kind", n.ID, "%s的类型“%s”不认识", called(n), n.Kind)
		}
		f.nodes[n.ID] = n
	}
	for _, n := range d.Nodes {
		f.readHome(n)
		if n.Kind == Start {
			f.starts[n.In]++
		}
	}
}

// readHome checks where a node lives: in which sub-procedure, attached to what.
func (f *flaws) readHome(n Node) {
	in := n.In
	for depth := 0; in != ""; depth++ {
		around, ok := f.nodes[in]
		if !ok || around.Kind != Sub || depth > 20 {
			f.say("flow.node.in", n.ID, "%s所在的子流程 %s 不存在或嵌套有误", called(n), n.In)
			return
		}
		in = around.In
	}
	if n.On == "" {
		return
	}
	host, ok := f.nodes[n.On]
	switch {
	case n.Kind != Timer && n.Kind != Message:
		f.say("flow.attached.kind", n.ID, "只有定时和消息可以附着于环节，%s不可以", called(n))
	case !ok || host.In != n.In || !host.Kind.Staffed() && host.Kind != Sub:
		f.say("flow.attached.on", n.ID, "%s须附着于同一流程中的人工环节、会签或子流程", called(n))
	}
}

func (f *flaws) readEdges(d Definition) {
	seen := map[string]bool{}
	for i, e := range d.Edges {
		from, okFrom := f.nodes[e.From]
		to, okTo := f.nodes[e.To]
		switch {
		case e.ID == "" || seen[e.ID] || f.nodes[e.ID].ID != "":
			f.say("flow.edge.id", e.ID, "第 %d 条连线没有自己的编号", i+1)
		case !okFrom || !okTo:
			f.say("flow.edge.ends", e.ID, "连线 %s 的一端没有节点", e.ID)
		case from.In != to.In:
			f.say("flow.edge.crosses", e.ID, "连线从%s到%s穿过了子流程的边界", called(from), called(to))
		case to.Kind == Start || to.On != "":
			f.say("flow.edge.into", e.ID, "连线不能指向%s", called(to))
		case from.Kind == End || from.Kind == Terminate:
			f.say("flow.edge.out", e.ID, "%s之后不能再有连线", called(from))
		}
		seen[e.ID] = true
		f.out[e.From]++
		f.in[e.To]++
	}
}

// readPlaces checks that there is one start for each (sub-)procedure and that
// every node has a way in and a way out.
func (f *flaws) readPlaces(d Definition) {
	if f.starts[""] != 1 {
		f.say("flow.start", "", "流程须有且只有一个开始，现有 %d 个", f.starts[""])
	}
	for _, n := range d.Nodes {
		if n.Kind == Sub && f.starts[n.ID] != 1 {
			f.say("flow.start", n.ID, "%s须有且只有一个开始，现有 %d 个", called(n), f.starts[n.ID])
		}
		if n.Kind != Start && n.On == "" && f.in[n.ID] == 0 {
			f.say("flow.node.entry", n.ID, "没有连线通到%s，它永远办不到", called(n))
		}
		if n.Kind != End && n.Kind != Terminate && f.out[n.ID] == 0 {
			f.say("flow.node.exit", n.ID, "%s办完后没有去处", called(n))
		}
	}
}

var kindNames = map[Kind]string{
	Start: "开始", End: "结束", Terminate: "终止结束", Task: "环节", Rule: "自动环节", Exclusive: "排他网关",
	Inclusive: "包容网关", Parallel: "并行网关", Multi: "会签", Sub: "子流程", Timer: "定时", Message: "等候消息",
}

// called is how a sentence speaks of a node.
func called(n Node) string {
	kind := kindNames[n.Kind]
	if kind == "" {
		kind = "节点"
	}
	if n.Name == "" {
		return kind + "“" + n.ID + "”"
	}
	return kind + "“" + n.Name + "”"
}

package flow

import (
	"fmt"
	"slices"

	"tongban/internal/engine/condition"
	"tongban/internal/ground/fault"
)

// findings collects what is found at nodes and edges.
type findings []Finding

func (f *findings) refuse(id, node, say string, args ...any) {
	*f = append(*f, Finding{ID: id, Severity: Refused, Node: node, Say: fmt.Sprintf(say, args...)})
}

func (f *findings) warn(id, node, say string, args ...any) {
	*f = append(*f, Finding{ID: id, Severity: Warned, Node: node, Say: fmt.Sprintf(say, args...)})
}

// checkNodes checks what each node says of itself: who does it, how long it may
// take, what it judges.
func checkNodes(d Definition) []Finding {
	var f findings
	for _, n := range d.Nodes {
		f.staffed(n)
		f.condition(n.ID, called(n), n.Rule)
		f.condition(n.ID, called(n), n.Agree)
		if err := n.Limit.Check(); err != nil {
			f.refuse("flow.limit", n.ID, "%s：%s", called(n), fault.Say(err))
		}
		for _, other := range n.Apart {
			if _, ok := d.Node(other); !ok {
				f.refuse("flow.apart", n.ID, "%s要求与环节 %s 由不同的人办理，但没有这个环节", called(n), other)
			}
		}
		switch {
		case n.Kind == Timer && n.Limit.None():
			f.refuse("flow.timer", n.ID, "%s没有写明时长", called(n))
		case n.Kind == Message && n.Awaits == "" && n.Name == "":
			f.refuse("flow.message", n.ID, "%s没有写明等候什么消息", called(n))
		}
	}
	f.overwritten(d)
	for _, e := range d.Edges {
		f.condition(e.ID, "连线“"+e.ID+"”", e.When)
	}
	return f
}

// overwritten finds countersigns whose outcome another one keeps under the same name.
func (f *findings) overwritten(d Definition) {
	first := map[string]Node{}
	for _, n := range d.Nodes {
		if n.Kind != Multi {
			continue
		}
		if other, taken := first[n.outcome()]; taken {
			f.warn("flow.multi.result", n.ID, "%s和%s的结论都叫“%s”，后办的会盖掉先办的；请各起一个名字", called(other), called(n), n.outcome())
		}
		first[n.outcome()] = n
	}
}

// staffed checks that somebody is there to do the work.
func (f *findings) staffed(n Node) {
	someone := n.Post != "" || n.Role != ""
	if n.Kind == Task && !someone {
		f.refuse("flow.staff", n.ID, "%s没有写明由哪个岗位办理", called(n))
	}
	if n.Kind != Multi {
		return
	}
	for i, s := range n.Among {
		if !someone && s.Post == "" && s.Role == "" {
			f.refuse("flow.staff", n.ID, "%s的第 %d 个会签人没有写明岗位", called(n), i+1)
		}
	}
	switch {
	case len(n.Among) == 0 && n.Over == "":
		f.refuse("flow.multi.among", n.ID, "%s没有写明由哪些岗位会签", called(n))
	case len(n.Among) == 0 && !someone:
		f.refuse("flow.staff", n.ID, "%s没有写明各部门由哪个岗位会签", called(n))
	case n.Quorum != All && n.Quorum != Any && n.Quorum != N:
		f.refuse("flow.multi.quorum", n.ID, "%s没有写明须全部同意、一人同意还是几人同意", called(n))
	case n.Quorum == N && (n.Count < 1 || len(n.Among) > 0 && n.Count > len(n.Among)):
		f.refuse("flow.multi.count", n.ID, "%s须 %d 人同意，与会签人数 %d 不符", called(n), n.Count, len(n.Among))
	case n.Agree == "":
		f.warn("flow.multi.agree", n.ID, "%s没有写明怎样算同意，答“不同意”的也算同意，只能用来征求意见；要计票的请填写，例如 %s == \"同意\"", called(n), Opinion)
	}
}

func (f *findings) condition(at, where, text string) {
	if _, err := condition.Compile(text, nil); err != nil {
		f.refuse("flow.condition", at, "%s的条件“%s”读不懂：%s", where, text, fault.Say(err))
	}
}

// A Condition is one text that is judged while the procedure runs.
type Condition struct {
	At   string // node or edge
	Text string
}

// Conditions lists every condition of d, so that an item's check can compare
// their names with what its form and materials provide, besides Kept.
func (d Definition) Conditions() []Condition {
	var all []Condition
	add := func(at, text string) {
		if text != "" {
			all = append(all, Condition{at, text})
		}
	}
	for _, n := range d.Nodes {
		add(n.ID, n.Rule)
		add(n.ID, n.Agree)
	}
	for _, e := range d.Edges {
		add(e.ID, e.When)
	}
	return all
}

// Kept lists the names under which the procedure itself keeps outcomes, and those
// by which every review and every decision is answered. Other answers that people
// give are kept as well, by their own names.
func (d Definition) Kept() []string {
	var all []string
	for _, n := range d.Nodes {
		switch {
		case n.Kind == Multi:
			all = append(all, n.outcome())
		case n.Result != "":
			all = append(all, n.Result)
		}
		if n.Kind.Staffed() && !slices.Contains(all, Opinion) {
			all = append(all, Opinion, Ruling)
		}
	}
	return all
}

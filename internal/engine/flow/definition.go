package flow

import (
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
)

// A Definition is one arrangement of steps (流程定义). It is immutable once its
// edition is published.
type Definition struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Nodes []Node `json:"nodes"`
	Edges []Edge `json:"edges"`
	Notes []Note `json:"notes,omitempty"` // remarks beside the diagram; they run nothing
}

// A Kind says what a node does with the token that reaches it.
type Kind string

// The kinds of node: the subset of BPMN 2.0 that procedures are made of.
const (
	Start     Kind = "start"     // 开始
	End       Kind = "end"       // 结束
	Terminate Kind = "terminate" // 终止结束：其余工作一并关闭
	Task      Kind = "task"      // 人工环节
	Rule      Kind = "rule"      // 自动环节：由规则判断，不需人办
	Exclusive Kind = "exclusive" // 排他网关：走一条
	Inclusive Kind = "inclusive" // 包容网关：走条件成立的各条
	Parallel  Kind = "parallel"  // 并行网关：各条都走
	Multi     Kind = "multi"     // 会签
	Sub       Kind = "sub"       // 子流程
	Timer     Kind = "timer"     // 定时：在路上等候，或附着于环节
	Message   Kind = "message"   // 等候消息：在路上等候，或附着于环节
)

// A Node is one shape of a definition.
type Node struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	Name string `json:"name,omitempty"`
	In   string `json:"in,omitempty"` // the sub-procedure it belongs to; "" for the procedure itself

	// Who does it, and how well.
	Post      string        `json:"post,omitempty"`      // title of the post: 审查岗、审批岗、首席代表
	Role      identity.Role `json:"role,omitempty"`      //
	Agency    string        `json:"agency,omitempty"`    // agencies.ID; "" is the case's own agency
	Limit     clock.Limit   `json:"limit,omitzero"`      // how long the step, or the timer, may take
	Authority string        `json:"authority,omitempty"` // 权限
	Standard  string        `json:"standard,omitempty"`  // 审查标准

	Substantive bool     `json:"substantive,omitempty"` // two people do it (行政许可法第三十四条)
	Decides     bool     `json:"decides,omitempty"`     // 决定环节
	Apart       []string `json:"apart,omitempty"`       // nodes whose doers may not do this one (审核分离)

	// Rule: the condition judged, and the name under which its outcome is kept.
	// For Multi, Result names the outcome of the countersign; "" is Passed.
	Rule   string `json:"rule,omitempty"`
	Result string `json:"result,omitempty"`

	// Multi: who countersigns and how many must agree (会签).
	Among  []Seat `json:"among,omitempty"`  // the m; empty: Over
	Over   string `json:"over,omitempty"`   // name of a list of agencies in the case's values
	Quorum Quorum `json:"quorum,omitempty"` // all, any, n
	Count  int    `json:"count,omitempty"`  // the n of "n of m"
	Agree  string `json:"agree,omitempty"`  // which answers count as agreeing; "": every one does

	// Timer, Message: attached to a task, multi or sub (边界事件).
	On        string `json:"on,omitempty"`        // the node it is attached to; "": it stands in the way itself
	Beside    bool   `json:"beside,omitempty"`    // attached and not interrupting: the work goes on
	Awaits    string `json:"awaits,omitempty"`    // name of the message
	Automatic string `json:"automatic,omitempty"` // original BPMN kind of a Rule: "service", "script"; "" is businessRule

	Box *Box `json:"box,omitempty"` // where it is drawn; nil: laid out by the program
}

// A Seat is one of those who countersign.
type Seat struct {
	Post   string        `json:"post,omitempty"`
	Role   identity.Role `json:"role,omitempty"`
	Agency string        `json:"agency,omitempty"`
}

// A Quorum says how many must countersign.
type Quorum string

// The quorums of a countersign.
const (
	All Quorum = "all" // 全部同意
	Any Quorum = "any" // 一人同意即可
	N   Quorum = "n"   // m 人中 n 人同意
)

// Passed is the name under which the outcome of a countersign is kept when the
// node does not name it.
const Passed = "会签通过"

// The names by which those who do the work answer: a review with an opinion, a
// decision with a ruling. Conditions may speak of them.
const (
	Opinion = "意见" // 同意, 附条件同意, 不同意
	Ruling  = "决定" // 准予, 不予
)

// An Edge leads from one node to another of the same (sub-)procedure.
type Edge struct {
	ID      string  `json:"id"`
	Name    string  `json:"name,omitempty"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	When    string  `json:"when,omitempty"`    // condition in the language of engine/condition
	Default bool    `json:"default,omitempty"` // taken when no other condition holds
	Points  []Point `json:"points,omitempty"`  // how it is drawn
}

// A Note is a remark in the diagram (文本注释).
type Note struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	On   string `json:"on,omitempty"` // node or edge it speaks of
	Box  *Box   `json:"box,omitempty"`
}

// A Box is a place in a diagram, in points, from its upper left corner.
type Box struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	W float64 `json:"w"`
	H float64 `json:"h"`
}

// A Point is a bend of an edge.
type Point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// Node returns the node with id, and whether there is one.
func (d Definition) Node(id string) (Node, bool) {
	for _, n := range d.Nodes {
		if n.ID == id {
			return n, true
		}
	}
	return Node{}, false
}

// Staffed reports whether the node is work that someone must do.
func (k Kind) Staffed() bool { return k == Task || k == Multi }

package items

import "tongban/internal/engine/clock"

// A JointWay is how several agencies carry an item out together (行政许可法
// 第二十六条); the law then gives 45 working days, and 15 more at the most
// (行政许可法第四十二条).
type JointWay string

// The ways of joint handling.
const (
	Unified      JointWay = "统一办理"
	Together     JointWay = "联合办理"
	Concentrated JointWay = "集中办理"
)

// JointWays are the ways in the order of the law.
func JointWays() []JointWay { return []JointWay{Unified, Together, Concentrated} }

// Legal is the limit that the law sets for deciding: the item's own, or for what
// is handled jointly and has none of its own, forty-five working days.
func (e *Edition) Legal() clock.Limit {
	if e.Joint != "" && e.Statutory.None() {
		return clock.JointDecision.Limit
	}
	return e.Statutory
}

// jointRules hold joint handling to its article.
var jointRules = []Rule{
	{"items.joint.way", Error, "并联办理的方式只有统一办理、联合办理、集中办理", "行政许可法第二十六条", unknownJoint},
	{"items.joint.partners", Error, "统一、联合、集中办理的，须写明联办机构", "行政许可法第二十六条", jointAlone},
	{"items.joint.limit", Error, "统一、联合、集中办理的，法定时限不得超过45个工作日", "行政许可法第四十二条", jointTooLong},
}

func unknownJoint(e *Edition, say report) {
	if e.Joint != "" && e.Joint != Unified && e.Joint != Together && e.Joint != Concentrated {
		say("joint", "没有“%s”这种方式，请选择统一办理、联合办理或者集中办理", brief(string(e.Joint), 20))
	}
}

func jointAlone(e *Edition, say report) {
	if e.Joint != "" && len(e.Partners) == 0 {
		say("partners", "%s的事项，请写明联办机构", e.Joint)
	}
}

func jointTooLong(e *Edition, say report) {
	if e.Joint != "" && Longer(e.Legal(), clock.JointDecision.Limit) {
		say("statutory", "%s的法定时限（%s）超过了%s", e.Joint, e.Statutory, clock.JointDecision.Limit)
	}
}

// reviewedFilings finds filings that are reviewed like permits: more than one
// step, a special procedure, or a promise instead of doing it at once.
func reviewedFilings(e *Edition, say report) {
	if !e.Filing {
		return
	}
	steps := 0
	for _, n := range e.Procedure.Nodes {
		if n.Kind.Staffed() {
			steps++
		}
	}
	if steps > 1 {
		say("procedure", "备案只核对材料是否齐全、是否符合法定形式，不能有%d个审查环节", steps)
	}
	if len(e.Special) > 0 {
		say("special[0]", "备案不能设置特别程序“%s”", e.Special[0].Name)
	}
	if e.Kind != Immediate {
		say("kind", "备案应当场办结，办件类型应为即办件")
	}
}

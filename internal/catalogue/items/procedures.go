package items

import (
	"slices"
	"strings"

	"tongban/internal/engine/condition"
	"tongban/internal/engine/flow"
)

// procedureRules look at the procedure as part of its item. That it can run at
// all, within the promise, is the flow room's to say.
var procedureRules = []Rule{
	{"items.procedure.special", Error, "流程中的现场勘验、专家评审等须列为特别程序并写明时限", "徐政发〔2022〕21号（六）：审批辅助性程序清单", undeclaredSpecial},
	{"items.procedure.apart", Error, "审查与决定须由不同的人办理", "审查与决定相分离", samePerson},
	{"items.procedure.partner", Error, "办理环节的部门须是实施主体或者联办机构", "实施清单联办机构", strangers},
	{"items.procedure.names", Warning, "流程条件所用的名称须是问题、字段或者环节中填写的结论", "情形引导", unknownNames},
	{"items.filing.review", Error, "备案事项须当场备案，不得设置实质审查和特别程序", "优化营商环境条例第三十九条", reviewedFilings},
	{"items.procedure.short", Warning, "环节时限之和应等于承诺时限", "政务服务事项数据质量规则", shortProcedure},
}

// auxiliary are the words by which a step shows that it is a special procedure.
var auxiliary = []struct {
	word string
	kind SpecialKind
}{
	{"现场", Inspection}, {"勘验", Inspection}, {"勘查", Inspection}, {"踏勘", Inspection}, {"评审", Experts}, {"听证", Hearing},
	{"检验检测", Testing}, {"鉴定", Appraisal}, {"拍卖", Auction}, {"考试", Exam}, {"公示", Posting},
}

func undeclaredSpecial(e *Edition, say report) {
	for _, n := range e.Procedure.Nodes {
		for _, a := range auxiliary {
			if strings.Contains(n.Name, a.word) && !e.declares(a.kind) {
				say("procedure."+n.ID, "环节“%s”属于%s，请列入特别程序并写明时限", n.Name, a.kind)
				break
			}
		}
	}
}

func (e *Edition) declares(kind SpecialKind) bool {
	return slices.ContainsFunc(e.Special, func(s Special) bool { return s.Kind == kind && s.Limit.N > 0 })
}

// samePerson finds a decision that whoever reviewed may take alone.
func samePerson(e *Edition, say report) {
	staffed := 0
	for _, n := range e.Procedure.Nodes {
		if n.Kind.Staffed() {
			staffed++
		}
	}
	for _, n := range e.Procedure.Nodes {
		if n.Decides && staffed > 1 && len(n.Apart) == 0 && n.Kind != flow.Multi {
			say("procedure."+n.ID, "环节“%s”作出决定，请写明与哪个审查环节由不同的人办理", n.Name)
		}
	}
}

func strangers(e *Edition, say report) {
	for _, n := range e.Procedure.Nodes {
		agencies := []string{n.Agency}
		for _, seat := range n.Among {
			agencies = append(agencies, seat.Agency)
		}
		if lower, _, on := e.Lower(); on && lower.ID == n.ID {
			continue // named as the lower agency that reviews first
		}
		for _, a := range agencies {
			if a != "" && a != e.Agency && !slices.Contains(e.Partners, a) {
				say("procedure."+n.ID, "环节“%s”由“%s”办理，但它不是实施主体，也不在联办机构中", n.Name, a)
			}
		}
	}
}

// unknownNames finds conditions over names that neither the form nor the
// procedure knows. What officials answer in a step goes by names that are known
// only there, so these are for a person to confirm.
func unknownNames(e *Edition, say report) {
	vars := e.Form.With(e.Questions).Vars()
	for _, kept := range e.Procedure.Kept() {
		vars[kept] = condition.Any
	}
	for _, c := range e.Procedure.Conditions() {
		if _, err := condition.Compile(c.Text, vars); err != nil {
			say("procedure."+c.At, "条件“%.100s”：%s；如系环节中填写的结论请确认", c.Text, sayOf(err))
		}
	}
}

func shortProcedure(e *Edition, say report) {
	p, err := flow.Compile(e.ownTime())
	if err != nil {
		return // said by the flow room
	}
	total := p.LongestPath().Total
	if !total.None() && total.Unit == e.Promised.Unit && total.N < e.Promised.N {
		say("promised", "最长的一条办理路线只需%s，承诺时限%s还可以压缩", total, e.Promised)
	}
}

// flowFindings are what the flow room finds in the procedure.
func (e *Edition) flowFindings() []Finding {
	if len(e.Procedure.Nodes) == 0 {
		return nil // said by items.element.missing
	}
	var found []Finding
	for _, f := range flow.Check(e.ownTime(), e.Promised) {
		found = append(found, Drawn(f))
	}
	return found
}

// Drawn is what the flow room found in a procedure as a finding of the item, at
// the step where it stands.
func Drawn(f flow.Finding) Finding {
	one := Finding{Rule: f.ID, Severity: Error, Path: "procedure", Say: f.Say, Run: f.Run}
	if f.Severity == flow.Warned {
		one.Severity = Warning
	}
	if f.Node != "" {
		one.Path += "." + f.Node
	}
	return one
}

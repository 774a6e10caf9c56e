package items

import (
	"cmp"
	"slices"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// A FirstReview is the review by a lower agency before the upper one decides
// (先经下级机关审查, 行政许可法第四十三条): which step of the procedure it is, and
// how long it may take.
type FirstReview struct {
	Step       string      `json:"step"`                 // flow.Node.ID; its agency is the lower one. "": no lower agency reviews first
	AgencyName string      `json:"agencyName,omitempty"` // of the lower agency, as papers show it
	Limit      clock.Limit `json:"limit,omitzero"`       // none: the twenty working days of the licensing law
	Basis      []Basis     `json:"basis,omitempty"`
	Phone      string      `json:"phone,omitempty"`   // 咨询电话 of the lower agency; "" the upper one's
	Remedies   Remedies    `json:"remedies,omitzero"` // against what the lower agency does by itself, such as not to accept
}

// A Giver is an agency as its papers name it.
type Giver struct {
	Name, Phone string
	Remedies    Remedies
}

// Giver is who gives papers in the name of agency: the lower agency that reviews
// first, and for every other the one whose item it is.
func (e *Edition) Giver(agency string) Giver {
	g, r := Giver{e.AgencyName, e.Phone, e.Remedies}, e.FirstReview
	if n, _, on := e.Lower(); !on || n.Agency != agency {
		return g
	}
	g.Name, g.Phone = r.AgencyName, cmp.Or(r.Phone, g.Phone)
	if r.Remedies != (Remedies{}) {
		g.Remedies = r.Remedies
	}
	return g
}

// Lower is the step in which a lower agency reviews first, and its term.
func (e *Edition) Lower() (step flow.Node, limit clock.Limit, on bool) {
	i := slices.IndexFunc(e.Procedure.Nodes, func(n flow.Node) bool { return e.FirstReview.Step != "" && n.ID == e.FirstReview.Step })
	if i < 0 {
		return flow.Node{}, clock.Limit{}, false
	}
	if limit = e.FirstReview.Limit; limit.None() {
		limit = clock.FirstReview.Limit
	}
	return e.Procedure.Nodes[i], limit, true
}

// ownTime is the procedure as the promise counts it: a lower agency that reviews
// first has time of its own (行政许可法第四十三条).
func (e *Edition) ownTime() flow.Definition {
	d := e.Procedure
	lower, _, on := e.Lower()
	if !on {
		return d
	}
	d.Nodes = slices.Clone(d.Nodes)
	for i := range d.Nodes {
		if d.Nodes[i].ID == lower.ID {
			d.Nodes[i].Limit = clock.Immediate
		}
	}
	return d
}

// firstReviewRules hold it to its article.
var firstReviewRules = []Rule{
	{"items.firstReview.step", Error, "先经下级机关审查的，须是流程的第一个环节，由下级机关办理", "行政许可法第四十三条", lowerElsewhere},
	{"items.firstReview.agency", Error, "先经下级机关审查的，须写明下级机关的名称", "行政许可法第四十三条", lowerNameless},
	{"items.firstReview.remedies", Error, "先经下级机关审查的，须写明对下级机关的决定不服的，向谁申请复议、提起诉讼", "行政许可法第三十八条", lowerFinal},
	{"items.firstReview.atOnce", Error, "先经下级机关审查的，不能凭承诺当场决定，也不能自动办理", "行政许可法第四十三条", lowerSkipped},
	{"items.firstReview.limit", Error, "下级机关的审查期限超过20个工作日的，须有法律、法规依据", "行政许可法第四十三条", lowerTooLong},
}

func lowerElsewhere(e *Edition, say report) {
	n, _, on := e.Lower()
	switch {
	case e.FirstReview.Step == "":
		if !e.FirstReview.Limit.None() || len(e.FirstReview.Basis) > 0 {
			say("firstReview.step", "请写明下级机关审查的是哪个环节；不经下级机关审查的，期限和依据都留空")
		}
	case !on:
		say("firstReview.step", "流程里没有“%s”这个环节", brief(e.FirstReview.Step, 20))
	case n.Agency == "" || n.Agency == e.Agency || n.Decides:
		say("firstReview.step", "“%s”应由实施主体的下级机关办理，并且不是决定环节", n.Name)
	case e.before(n.ID):
		say("firstReview.step", "“%s”前面还有别的环节：下级机关审查后，再把审查意见和全部材料报送上级机关", n.Name)
	}
}

// before reports whether anybody works in the procedure before the step: the way
// from its start leads there at once.
func (e *Edition) before(step string) bool {
	for _, edge := range e.Procedure.Edges {
		from := slices.IndexFunc(e.Procedure.Nodes, func(n flow.Node) bool { return n.ID == edge.From })
		if edge.To == step && from >= 0 && e.Procedure.Nodes[from].Kind == flow.Start {
			return false
		}
	}
	return true
}

func lowerNameless(e *Edition, say report) {
	if e.FirstReview.Step != "" && e.FirstReview.AgencyName == "" {
		say("firstReview.agencyName", "请写明下级机关的名称，受理、不予受理和报送上级机关的文书以它的名义出具")
	}
}

func lowerFinal(e *Edition, say report) {
	for _, r := range []struct{ path, body, what string }{{"review", e.FirstReview.Remedies.Review.Body, "行政复议机关"}, {"suit", e.FirstReview.Remedies.Suit.Body, "行政诉讼管辖法院"}} {
		if e.FirstReview.Step != "" && r.body == "" {
			say("firstReview.remedies."+r.path+".body", "请写明不服下级机关不予受理的%s", r.what)
		}
	}
}

func lowerSkipped(e *Edition, say report) {
	e.notAtOnce(e.FirstReview.Step != "", "下级机关审查以后才能决定", say)
}

func lowerTooLong(e *Edition, say report) {
	if Longer(e.FirstReview.Limit, clock.FirstReview.Limit) && len(e.FirstReview.Basis) == 0 {
		say("firstReview.limit", "下级机关的审查期限（%s）超过了%s，请写明法律、法规依据", e.FirstReview.Limit, clock.FirstReview.Limit)
	}
}

package library

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/page"
)

// fromDraft is a sheet over the elements of the edition itself, some of which are
// chosen from what else stands in it.
type fromDraft func(e *items.Edition) self

func (d fromDraft) rows(e *items.Edition, posted *page.Form) sheetView { return d(e).rows(e, posted) }

func (d fromDraft) read(e *items.Edition, f *page.Form) { d(e).read(e, f) }

// firstReview is the review by a lower agency before this one decides.
var firstReview = fromDraft(func(e *items.Edition) self {
	steps := []string{""}
	for _, n := range e.Procedure.Nodes {
		if n.Kind.Staffed() && !n.Decides {
			steps = append(steps, n.ID+"\t"+n.Name)
		}
	}
	step := chooseColumn("firstReview.step", "审查的环节", steps, func(e *items.Edition) *string { return &e.FirstReview.Step })
	step.hint = "上面的第一个环节，它的办理部门就是下级机关；不经下级机关审查的不填"
	return self{"先经下级机关审查", "依法先经下级机关审查后报上级机关决定的填写：下级机关自受理之日起20个工作日内审查完毕（法律、法规另有规定的依照其规定），审查意见和全部材料直接报送上级机关，上级机关不得要求申请人重复提供（行政许可法第四十三条）。", []column[items.Edition]{
		step,
		textColumn("firstReview.agencyName", "下级机关名称", "以它的名义受理、不予受理、报送上级机关，例如某某县应急管理局", func(e *items.Edition) *string { return &e.FirstReview.AgencyName }),
		textColumn("firstReview.phone", "下级机关咨询电话", "留空则写本事项的咨询电话", func(e *items.Edition) *string { return &e.FirstReview.Phone }),
		textColumn("firstReview.remedies.review.body", "下级机关的行政复议机关", "不服下级机关不予受理的，向它申请行政复议", func(e *items.Edition) *string { return &e.FirstReview.Remedies.Review.Body }),
		textColumn("firstReview.remedies.suit.body", "下级机关的行政诉讼管辖法院", "", func(e *items.Edition) *string { return &e.FirstReview.Remedies.Suit.Body }),
		limitColumn("firstReview.limit", "审查期限", func(e *items.Edition) *clock.Limit { return &e.FirstReview.Limit }),
		basesColumn("firstReview.basis", "依据", "", func(e *items.Edition) *[]items.Basis { return &e.FirstReview.Basis }),
	}}
})

package openapi

import (
	"time"

	"tongban/internal/handling/cases"
)

// firstReviewView is the review of a lower agency before the upper one decides.
type firstReviewView struct {
	Agency string    `json:"agency" doc:"下级机关"`
	Name   string    `json:"name" doc:"下级机关的名称"`
	Step   string    `json:"step" doc:"审查的环节"`
	Due    dueView   `json:"due" doc:"审查期限"`
	Up     time.Time `json:"up,omitzero" doc:"审查意见和全部材料报送上级机关的时间，上级机关的期限从这时起算；还没有报送的没有"`
	Said   string    `json:"said,omitempty" doc:"审查意见"`
	Reason string    `json:"reason,omitempty" doc:"理由"`
	By     string    `json:"by,omitempty" doc:"审查人"`
	Files  []string  `json:"files" doc:"随意见报送的材料"`
}

func (a *API) firstReview(r *cases.FirstReview) *firstReviewView {
	if r == nil {
		return nil
	}
	return &firstReviewView{r.Agency, r.AgencyName, r.Name, a.due(r.Clock), r.Up, r.Said, r.Reason, r.By, some(r.Files)}
}

package openapi

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// placeView is where a case stands among those that compete for a limited number.
type placeView struct {
	Of     string      `json:"of,omitempty" doc:"哪个期间、哪个区域的名额"`
	Total  int         `json:"total" doc:"名额总数"`
	Unit   string      `json:"unit" doc:"单位"`
	Left   int         `json:"left" doc:"剩余名额"`
	Order  items.Order `json:"order" doc:"条件均符合时按什么顺序"`
	Since  time.Time   `json:"since" doc:"受理的时间，精确到毫秒"`
	Before int         `json:"before" doc:"受理在先、还没有决定的有几件"`
	No     int         `json:"no,omitempty" doc:"准予以后占用的名额序号"`
	Say    string      `json:"say" doc:"一句话说明"`
}

func placeOf(n *cases.Standings) *placeView {
	if n == nil {
		return nil
	}
	return &placeView{n.Of, n.Quantity.N, n.Quantity.Unit, n.Left(n.Quantity), n.Quantity.First(), n.Since, n.Before, n.No, n.Says()}
}

// vacanciesView is how much of a limited number is left.
type vacanciesView struct {
	Limited bool   `json:"limited" doc:"是不是限制数量"`
	Total   int    `json:"total,omitempty" doc:"名额总数"`
	Unit    string `json:"unit,omitempty" doc:"单位"`
	Period  string `json:"period,omitempty" doc:"期间：总量、每年、每季度、每月"`
	Per     string `json:"per,omitempty" doc:"按哪一道题分别计算；分别计算的没有合计的剩余名额"`
	Left    *int   `json:"left,omitempty" doc:"现在的剩余名额"`
	Before  *int   `json:"before,omitempty" doc:"已经受理、还没有决定的有几件"`
}

func (a *API) vacancies(ctx context.Context, _ identity.Actor, in *OfItem) (vacanciesView, error) {
	e, err := a.Items.Current(ctx, items.ID(in.Item))
	if err != nil {
		return vacanciesView{}, err
	}
	q := e.Quantity
	v := vacanciesView{q.Counted(), q.N, q.Unit, string(q.Period), q.Per, nil, nil}
	now, err := a.Cases.Vacancies(ctx, e)
	if now != nil && err == nil {
		left := now.Left(q)
		v.Left, v.Before = &left, &now.Before
	}
	return v, err
}

package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/oversight/rating"
)

// routeRatings names the operations of ratings.
func (a *API) routeRatings(b *book) {
	created(b, "POST /cases/{case}/ratings", "rateCase", "好差评", "评价（办结后，仅申请人）", a.rate)
	signed(b, "GET /cases/{case}/ratings", "caseRatings", "好差评", "一个办件的评价", a.caseRatings)
	signed(b, "POST /cases/{case}/ratings/{seq}/answer", "answerRating", "好差评", "差评整改答复", a.answerRating)
	signed(b, "GET /ratings/waiting", "waitingRatings", "好差评", "等我评价的办件", a.waitingRatings)
	signed(b, "GET /ratings", "listRatings", "好差评", "部门或者区域收到的评价", a.listRatings)
}

type ratingView struct {
	Case     string       `json:"case" doc:"办件标识"`
	Seq      int          `json:"seq" doc:"1 评价，2 追评，0 系统默认"`
	ItemName string       `json:"itemName" doc:"事项名称"`
	Agency   string       `json:"agency" doc:"部门"`
	Name     string       `json:"name,omitempty" doc:"评价人；匿名则没有"`
	Grade    int          `json:"grade" doc:"满意度：5 非常满意 … 1 非常不满意"`
	Word     string       `json:"word" doc:"满意度的名称"`
	Tags     []string     `json:"tags" doc:"评价选项的代码"`
	Text     string       `json:"text,omitempty" doc:"说的话"`
	At       time.Time    `json:"at" doc:"评价时间"`
	Rectify  calendar.Day `json:"rectify" doc:"差评：应在这一天以前整改答复"`
	Answer   string       `json:"answer,omitempty" doc:"整改答复"`
}

func ratingOf(r rating.Rating) ratingView {
	return ratingView{string(r.Case), r.Seq, r.ItemName, r.Agency, r.Name, int(r.Grade), r.Grade.Han(), some(r.Tags), r.Text, r.At, r.Rectify, r.Answer}
}

func ratingsOf(all []rating.Rating) []ratingView {
	list := make([]ratingView, len(all))
	for i, r := range all {
		list[i] = ratingOf(r)
	}
	return list
}

type rateInput struct {
	OnCase
	Body struct {
		Grade     int      `json:"grade" minimum:"1" maximum:"5" doc:"满意度：5 非常满意 … 1 非常不满意"`
		Tags      []string `json:"tags,omitempty" maxItems:"20" doc:"评价选项的代码"`
		Text      string   `json:"text,omitempty" maxLength:"500" doc:"想说的话"`
		Anonymous bool     `json:"anonymous,omitempty" doc:"匿名"`
	}
}

func (a *API) rate(ctx context.Context, by identity.Actor, in *rateInput) (ratingView, error) {
	id, err := a.id(ctx, in.Case, by)
	if err != nil {
		return ratingView{}, err
	}
	r, err := a.Ratings.Rate(ctx, id, rating.Rating{Grade: rating.Grade(in.Body.Grade), Tags: in.Body.Tags, Text: in.Body.Text, Anonymous: in.Body.Anonymous}, by)
	return ratingOf(r), err
}

func (a *API) caseRatings(ctx context.Context, by identity.Actor, in *OfCase) (list[ratingView], error) {
	id, err := a.id(ctx, in.Case, by)
	if err != nil {
		return list[ratingView]{}, err
	}
	all, err := a.Ratings.Of(ctx, id, by)
	return list[ratingView]{Items: ratingsOf(all)}, err
}

type answerRatingInput struct {
	OfCase
	Seq  int `path:"seq" minimum:"1" maximum:"2" doc:"哪一条评价"`
	Body struct {
		Text string `json:"text" maxLength:"2000" doc:"核实情况和整改结果"`
	}
}

func (a *API) answerRating(ctx context.Context, by identity.Actor, in *answerRatingInput) (done, error) {
	id, err := a.id(ctx, in.Case, by)
	if err != nil {
		return done{}, err
	}
	if _, err := a.Cases.Case(ctx, id, by); err != nil {
		return done{}, err
	}
	return done{true}, a.Ratings.Answer(ctx, id, in.Seq, in.Body.Text, by)
}

type waitingView struct {
	Case     string       `json:"case" doc:"办件标识"`
	Number   string       `json:"number" doc:"办件编号"`
	ItemName string       `json:"itemName" doc:"事项名称"`
	Closed   time.Time    `json:"closed" doc:"办结时间"`
	Until    calendar.Day `json:"until" doc:"最迟在这一天评价"`
}

func (a *API) waitingRatings(ctx context.Context, by identity.Actor, _ *nothing) (list[waitingView], error) {
	all, err := a.Ratings.Waiting(ctx, by)
	return listed(all, func(w rating.Invite) waitingView {
		return waitingView{string(w.Case), w.Number, w.ItemName, w.Closed, w.Until}
	}), err
}

type listRatingsInput struct {
	Paged
	Agency string `query:"agency" maxLength:"64" doc:"部门；不写部门和区划则为本人的部门"`
	Region string `query:"region" maxLength:"12" doc:"区划和它的下级；督查岗用"`
	Poor   bool   `query:"poor" doc:"只要差评"`
	Open   bool   `query:"open" doc:"只要还没有答复的差评"`
}

func (a *API) listRatings(ctx context.Context, by identity.Actor, in *listRatingsInput) (list[ratingView], error) {
	if in.Agency == "" && in.Region == "" && len(by.Posts) > 0 {
		in.Agency = by.Posts[0].Agency
	}
	all, err := a.Ratings.List(ctx, rating.Filter{Agency: in.Agency, Region: in.Region, Poor: in.Poor, Open: in.Open, After: in.After, Limit: in.Limit}, by)
	l := list[ratingView]{Items: ratingsOf(all)}
	if len(all) == in.Limit {
		l.Next = all[len(all)-1].Cursor()
	}
	return l, err
}

package openapi

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
)

// routeDemands names the operations of those concerned who demand a hearing.
func (a *API) routeDemands(b *book) {
	signed(b, "GET /hearing-demands", "listHearingDemands", "听证公告", "本人作为利害关系人的听证要求", a.listDemands)
	signed(b, "POST /hearing-demands", "demandHearing", "听证公告", "利害关系人要求听证：本人，或者窗口代来访人登记（行政许可法第四十七条）", a.demandHearing)
	signed(b, "POST /hearing-demands/objection", "objectAsConcerned", "听证公告", "申请主持人回避：本人，或者窗口代来访人登记（行政许可法第四十八条）", a.objectAsConcerned)
	signed(b, "GET /cases/{case}/hearing/others", "listConcerned", "听证公告", "一个办件的利害关系人（办理的部门）", a.listConcerned)
	signed(b, "POST /cases/{case}/hearing/others", "tellConcerned", "听证公告", "告知利害关系人可以要求听证（办理的部门）", a.tellConcerned)
}

// Visitor is a person whose document an official has in hand.
type Visitor struct {
	Name   string `json:"name,omitempty" maxLength:"100" doc:"姓名或者单位名称；窗口、部门代为登记的填写"`
	Number string `json:"number,omitempty" maxLength:"30" doc:"证件号码；窗口、部门代为登记的填写"`
	Phone  string `json:"phone,omitempty" maxLength:"20" doc:"手机号码"`
}

func (v Visitor) of() hearings.Visitor {
	return hearings.Visitor{Name: v.Name, Number: v.Number, Phone: v.Phone}
}

type demandView struct {
	ID       string       `json:"id" doc:"标识"`
	Case     string       `json:"case" doc:"办件编号"`
	ItemName string       `json:"itemName" doc:"事项名称"`
	Name     string       `json:"name" doc:"利害关系人"`
	Phone    string       `json:"phone,omitempty" doc:"手机号码；只给办理的部门"`
	Relation string       `json:"relation,omitempty" doc:"关系到什么利益"`
	Until    calendar.Day `json:"until,omitempty" doc:"可以要求听证到哪一天；没有告知过的为空"`
	Asked    calendar.Day `json:"asked,omitempty" doc:"要求听证的日期"`
	Wish     string       `json:"wish,omitempty" doc:"希望就什么听证"`
	Refused  string       `json:"refused,omitempty" doc:"没有同意的理由"`
	Stage    string       `json:"stage" doc:"进展"`
}

func (a *API) demandOf(s hearings.Standing) demandView {
	return demandView{s.Stake.ID, s.Number, s.ItemName, s.Stake.Name, "", s.Relation, s.Until, s.Asked, s.Wish, s.Refused, s.Stage(calendar.DayOf(a.Now()))}
}

func (a *API) listDemands(ctx context.Context, by identity.Actor, _ *struct{}) (list[demandView], error) {
	all, err := a.Hearings.Mine(ctx, by)
	out := list[demandView]{Items: []demandView{}}
	for _, s := range all {
		out.Items = append(out.Items, a.demandOf(s))
	}
	return out, err
}

type demandInput struct {
	Body struct {
		Case     string `json:"case" maxLength:"60" doc:"办件编号"`
		Relation string `json:"relation,omitempty" maxLength:"500" doc:"关系到什么重大利益；部门没有告知过的必填"`
		Wish     string `json:"wish" maxLength:"2000" doc:"希望就什么听证"`
		Visitor
	}
}

func (a *API) demandHearing(ctx context.Context, by identity.Actor, in *demandInput) (done, error) {
	b := in.Body
	d := hearings.Demand{Relation: b.Relation, Wish: b.Wish, Phone: b.Phone}
	if b.Number != "" {
		return done{true}, a.Hearings.AskAt(ctx, b.Case, b.of(), d, by)
	}
	return done{true}, a.Hearings.Ask(ctx, b.Case, d, by)
}

type objectAsInput struct {
	Body struct {
		Case   string `json:"case" maxLength:"60" doc:"办件编号"`
		Reason string `json:"reason" maxLength:"2000" doc:"主持人与这件许可有什么直接利害关系"`
		Visitor
	}
}

func (a *API) objectAsConcerned(ctx context.Context, by identity.Actor, in *objectAsInput) (done, error) {
	if b := in.Body; b.Number != "" {
		return done{true}, a.Hearings.ObjectAt(ctx, b.Case, b.of(), b.Reason, by)
	}
	return done{true}, a.Hearings.Object(ctx, in.Body.Case, in.Body.Reason, by)
}

func (a *API) listConcerned(ctx context.Context, by identity.Actor, in *OfCase) (list[demandView], error) {
	out := list[demandView]{Items: []demandView{}}
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return out, err
	}
	all, err := a.Hearings.InCase(ctx, c, by)
	for _, s := range all {
		v := a.demandOf(s)
		v.Phone = s.Phone
		out.Items = append(out.Items, v)
	}
	return out, err
}

type tellConcernedInput struct {
	OfCase
	Body struct {
		Relation string `json:"relation" maxLength:"500" doc:"关系到他的什么利益；写进听证告知书"`
		Visitor
	}
}

func (a *API) tellConcerned(ctx context.Context, by identity.Actor, in *tellConcernedInput) (done, error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return done{}, err
	}
	return done{true}, a.Hearings.Tell(ctx, c.ID, in.Body.of(), in.Body.Relation, by)
}

type judgeDemandInput struct {
	OnCase
	Other string `path:"other" maxLength:"40" doc:"利害关系人的标识"`
	Body  struct {
		Admit bool   `json:"admit" doc:"直接关系到他的重大利益，组织听证"`
		Why   string `json:"why,omitempty" maxLength:"2000" doc:"不同意的理由"`
	}
}

func (a *API) judgeDemand(ctx context.Context, by identity.Actor, in *judgeDemandInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.JudgeDemand(ctx, id, in.Other, in.Body.Admit, in.Body.Why, by)
	})
}

type objectHostInput struct {
	OnCase
	Body struct {
		Reason string `json:"reason" maxLength:"2000" doc:"主持人与这件许可有什么直接利害关系"`
	}
}

func (a *API) objectHost(ctx context.Context, by identity.Actor, in *objectHostInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.ObjectHost(ctx, id, in.Body.Reason, by)
	})
}

type settleHostInput struct {
	OnCase
	Body struct {
		Uphold bool   `json:"uphold" doc:"同意回避"`
		Next   string `json:"next,omitempty" maxLength:"50" doc:"改由谁主持；同意的必填"`
		Why    string `json:"why,omitempty" maxLength:"2000" doc:"不同意的理由"`
	}
}

func (a *API) settleHost(ctx context.Context, by identity.Actor, in *settleHostInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.SettleHost(ctx, id, in.Body.Uphold, in.Body.Next, in.Body.Why, by)
	})
}

type takeDownInput struct {
	OfHearing
	Body struct {
		Relation hearings.Relation `json:"relation" enum:"concerned,public,expert" doc:"和这件许可的关系"`
		Interest string            `json:"interest,omitempty" maxLength:"500" doc:"关系到什么利益；利害关系人必填"`
		Speak    bool              `json:"speak,omitempty" doc:"要发言；不写即旁听"`
		View     string            `json:"view,omitempty" maxLength:"2000" doc:"想说的主要意见；要发言的必填"`
		Visitor
	}
}

func (a *API) takeDownSignup(ctx context.Context, by identity.Actor, in *takeDownInput) (signupView, error) {
	b := in.Body
	u, err := a.Hearings.TakeDown(ctx, hearings.ID(in.Hearing), b.of(), hearings.Signup{Relation: b.Relation, Interest: b.Interest, Speak: b.Speak, View: b.View}, by)
	if err != nil {
		return signupView{}, err
	}
	return signupOf(u), nil
}

type removeSignupInput struct {
	OfHearing
	Signup string `path:"signup" maxLength:"40" doc:"报名的标识"`
	Body   struct {
		Why string `json:"why" maxLength:"500" doc:"理由；本人会看到"`
	}
}

func (a *API) removeSignup(ctx context.Context, by identity.Actor, in *removeSignupInput) (done, error) {
	return done{true}, a.Hearings.Remove(ctx, hearings.ID(in.Hearing), in.Signup, in.Body.Why, by)
}

package openapi

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// routeElsewhere names the operations of matters of other places.
func (a *API) routeElsewhere(b *book) {
	created(b, "POST /parcels", "takeElsewhere", "异地办理", "代收：窗口为外地收件，或者本人全程网办", a.takeElsewhere)
	signed(b, "GET /parcels", "listElsewhere", "异地办理", "本人的，或者本窗口代收、外地代收由本地办的", a.parcels)
	signed(b, "GET /parcels/{parcel}", "getElsewhere", "异地办理", "一件代收件：两个地方、两个时限、现在由谁负责", a.parcel)
	signed(b, "POST /parcels/{parcel}/acts", "actElsewhere", "异地办理", "转送、代收补正材料、发放结果、撤回", a.actElsewhere)
}

type parcelView struct {
	ID        string          `json:"id" doc:"标识"`
	Number    string          `json:"number" doc:"代收编号"`
	Mode      elsewhere.Mode  `json:"mode" doc:"online 全程网办，counter 异地代收代办，several 多地联办"`
	State     elsewhere.State `json:"state" doc:"taken 待转送，sent 转送中，there 异地办理中，returned 被退回，settled 待发放结果，over 已结束"`
	Word      string          `json:"stateName" doc:"状态的名称"`
	ItemName  string          `json:"itemName" doc:"事项"`
	Applicant string          `json:"applicant" doc:"申请人"`
	Here      string          `json:"here" doc:"收件地"`
	There     string          `json:"there" doc:"办理地"`
	ForwardBy calendar.Day    `json:"forwardBy" doc:"转送期限"`
	Case      string          `json:"caseNumber,omitempty" doc:"办理地的办件编号"`
	Received  calendar.Day    `json:"received,omitempty" doc:"办理地收件日，法定时限由此起算"`
	Promised  calendar.Day    `json:"promised,omitempty" doc:"承诺办结的最后一天"`
	Statutory calendar.Day    `json:"statutory,omitempty" doc:"法定时限的最后一天"`
	Answers   string          `json:"answers" doc:"现在由谁负责，负责什么"`
	Until     calendar.Day    `json:"until,omitempty" doc:"负责到哪一天"`
}

func parcelOf(p *elsewhere.Parcel) parcelView {
	if p == nil {
		return parcelView{}
	}
	a := p.Answers()
	return parcelView{p.ID, p.Number(), p.Mode, p.State, p.Word(), p.ItemName, p.Applicant.Name, p.Here.Name, p.There.Name, p.ForwardBy,
		p.Status.Number, p.Status.Received, p.Status.Promised, p.Status.Statutory, a.Place.Name + " " + a.Place.Agency + "：" + a.What, a.Until}
}

type takeInput struct {
	Body struct {
		Item      items.ID      `json:"item" maxLength:"60" doc:"事项的标识"`
		Party     string        `json:"party,omitempty" maxLength:"40" doc:"申请人（窗口代收时）；不写为本人"`
		Partner   string        `json:"partner,omitempty" maxLength:"40" doc:"协作平台的代码；不写为本平台的其他地方"`
		Region    string        `json:"region,omitempty" maxLength:"12" doc:"协作平台的区划"`
		With      string        `json:"with,omitempty" maxLength:"40" doc:"多地联办时，同时代收的另一件"`
		Answers   forms.Answers `json:"answers" doc:"申请表"`
		Materials []string      `json:"materials,omitempty" maxItems:"100" doc:"当场收到纸质原件的材料"`
		Way       string        `json:"way,omitempty" enum:"window,post,electronic" doc:"结果怎样送达"`
	}
}

func (a *API) takeElsewhere(ctx context.Context, by identity.Actor, in *takeInput) (parcelView, error) {
	b := in.Body
	id := orOwn(b.Party, by)
	who, err := a.Parties.View(ctx, id, by)
	if err != nil {
		return parcelView{}, err
	}
	app := cases.Application{Item: b.Item, Answers: b.Answers, Delivery: cases.Delivery{Way: b.Way},
		Applicant: cases.Applicant{Party: id, Name: who.Name, Org: who.Kind == "organisation"}}
	for _, m := range b.Materials {
		app.Materials = append(app.Materials, cases.Handed{Material: m, Paper: true})
	}
	p, err := a.Elsewhere.Take(ctx, elsewhere.Taking{Application: app, Partner: b.Partner, Region: b.Region, With: b.With}, by)
	return parcelOf(p), err
}

func orOwn(party string, by identity.Actor) string {
	if party != "" {
		return party
	}
	return by.Party
}

type parcelsInput struct {
	Came  bool   `query:"came" doc:"外地代收、由本地办理的"`
	Over  bool   `query:"over" doc:"已经结束的"`
	After string `query:"after" maxLength:"40" doc:"上一页的 next"`
}

func (a *API) parcels(ctx context.Context, by identity.Actor, in *parcelsInput) (list[parcelView], error) {
	f := elsewhere.Filter{Over: in.Over, After: in.After, Limit: perPage}
	if in.Came {
		f.There = "own"
	}
	all, err := a.Elsewhere.List(ctx, f, by)
	return paged(all, parcelOf, perPage, func(p *elsewhere.Parcel) string { return p.ID }), err
}

type ofParcel struct {
	Parcel string `path:"parcel" maxLength:"40" doc:"标识"`
}

func (a *API) parcel(ctx context.Context, by identity.Actor, in *ofParcel) (parcelView, error) {
	p, err := a.Elsewhere.Parcel(ctx, in.Parcel, by)
	return parcelOf(p), err
}

type parcelActInput struct {
	Parcel string `path:"parcel" maxLength:"40" doc:"标识"`
	Body   struct {
		Act       string        `json:"act" enum:"forward,answer,issue,drop" doc:"转送、代收补正材料、发放结果、撤回"`
		Materials []string      `json:"materials,omitempty" maxItems:"100" doc:"收到的补正材料"`
		Answers   forms.Answers `json:"answers,omitempty" doc:"代收补正时申请表里要更正的答案；没有写的不变，写空的删去"`
		Way       string        `json:"way,omitempty" enum:"window,post" doc:"怎样发放"`
		Receiver  string        `json:"receiver,omitempty" maxLength:"50" doc:"签收人"`
		Waybill   string        `json:"waybill,omitempty" maxLength:"40" doc:"运单号"`
		Reason    string        `json:"reason,omitempty" maxLength:"200" doc:"撤回的原因"`
	}
}

func (a *API) actElsewhere(ctx context.Context, by identity.Actor, in *parcelActInput) (parcelView, error) {
	var p *elsewhere.Parcel
	var err error
	switch b := in.Body; b.Act {
	case "forward":
		p, err = a.Elsewhere.Forward(ctx, in.Parcel, by)
	case "answer":
		x := cases.Correction{Answers: b.Answers}
		for _, m := range b.Materials {
			x.Handed = append(x.Handed, cases.Handed{Material: m, Paper: true})
		}
		p, err = a.Elsewhere.Answer(ctx, in.Parcel, x, by)
	case "issue":
		p, err = a.Elsewhere.Issue(ctx, in.Parcel, cases.Delivered{Way: b.Way, Receiver: b.Receiver, Waybill: b.Waybill}, by)
	default:
		p, err = a.Elsewhere.Drop(ctx, in.Parcel, b.Reason, by)
	}
	return parcelOf(p), err
}

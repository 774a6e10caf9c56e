package openapi

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// routeLater names the operations of the acts on what was granted.
func (a *API) routeLater(b *book) {
	act(b, "POST /cases/{case}/later/change", cases.AskChange, a.ask(cases.Changing))
	act(b, "POST /cases/{case}/later/renewal", cases.AskRenewal, a.ask(cases.Renewing))
	act(b, "POST /cases/{case}/later/cancellation", cases.AskCancel, a.ask(cases.Cancelling))
	act(b, "POST /cases/{case}/later/vet", cases.VetLater, a.vetLater)
	act(b, "POST /cases/{case}/later/propose", cases.ProposeLater, a.proposeLater)
	act(b, "POST /cases/{case}/later/plea", cases.PleadLater, a.pleadLater)
	act(b, "POST /cases/{case}/later/amend", cases.Amend, a.conclude(cases.Changing, true))
	act(b, "POST /cases/{case}/later/renew", cases.Renew, a.conclude(cases.Renewing, true))
	act(b, "POST /cases/{case}/later/cancel", cases.Cancel, a.conclude(cases.Cancelling, true))
	act(b, "POST /cases/{case}/later/annul", cases.Annul, a.conclude(cases.Annulling, true))
	act(b, "POST /cases/{case}/later/recall", cases.Recall, a.conclude(cases.Recalling, true))
	act(b, "POST /cases/{case}/later/strip", cases.Strip, a.conclude(cases.Stripping, true))
	act(b, "POST /cases/{case}/later/dismiss", cases.DismissLater, a.conclude("", false))
	act(b, "POST /cases/{case}/later/serve", cases.ServeLater, a.serveLater)
}

type askInput struct {
	OnCase
	Body struct {
		Reason  string `json:"reason" maxLength:"2000" doc:"理由"`
		Changes []struct {
			Name string `json:"name" maxLength:"100" doc:"证照上的登载项"`
			Say  string `json:"say" maxLength:"200" doc:"变更成什么"`
		} `json:"changes,omitempty" maxItems:"40" doc:"申请变更的内容；变更时必填"`
	}
}

// ask is the operation by which the holder asks for something of the kind.
func (a *API) ask(kind cases.LaterKind) handler[askInput, *cases.Case] {
	return func(ctx context.Context, by identity.Actor, in *askInput) (*cases.Case, error) {
		l := cases.Later{Kind: kind, Reason: in.Body.Reason}
		for _, x := range in.Body.Changes {
			l.Changes = append(l.Changes, cases.Line{Name: x.Name, Say: x.Say})
		}
		return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Ask(ctx, id, l, by) })
	}
}

type vetInput struct {
	OnCase
	Body struct {
		Opinion string `json:"opinion" maxLength:"2000" doc:"审查意见"`
	}
}

func (a *API) vetLater(ctx context.Context, by identity.Actor, in *vetInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Vet(ctx, id, in.Body.Opinion, by) })
}

type proposeInput struct {
	OnCase
	Body struct {
		Kind   cases.LaterKind `json:"kind" enum:"annul,recall,strip,cancel" doc:"撤销、撤回、吊销或者注销"`
		Ground string          `json:"ground" maxLength:"500" doc:"法律规定的情形，照原文填写；行政许可以外的事项不能吊销" example:"违反法定程序作出准予决定"`
		Reason string          `json:"reason" maxLength:"2000" doc:"事实和理由"`
		Basis  string          `json:"basis,omitempty" maxLength:"2000" doc:"依据；不填即为这类决定的法条，行政许可以外的事项没有这样的法条的必填"`
	}
}

func (a *API) proposeLater(ctx context.Context, by identity.Actor, in *proposeInput) (*cases.Case, error) {
	l := cases.Later{Kind: in.Body.Kind, Ground: in.Body.Ground, Reason: in.Body.Reason, Basis: in.Body.Basis}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Propose(ctx, id, l, by) })
}

type pleaInput struct {
	OnCase
	Body struct {
		Text    string `json:"text" maxLength:"2000" doc:"陈述、申辩意见"`
		Hearing bool   `json:"hearing,omitempty" doc:"是否要求听证"`
	}
}

func (a *API) pleadLater(ctx context.Context, by identity.Actor, in *pleaInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.PleadLater(ctx, id, in.Body.Text, in.Body.Hearing, by)
	})
}

type concludeInput struct {
	OnCase
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"2000" doc:"理由；不予的必填"`
		Answer string `json:"answer,omitempty" maxLength:"2000" doc:"对陈述、申辩意见的答复；有意见的必填"`
	}
}

// conclude is the operation that grants what waits, of the kind, or refuses it.
func (a *API) conclude(kind cases.LaterKind, grant bool) handler[concludeInput, *cases.Case] {
	return func(ctx context.Context, by identity.Actor, in *concludeInput) (*cases.Case, error) {
		r := cases.LaterRuling{Kind: kind, Grant: grant, Reason: in.Body.Reason, Answer: in.Body.Answer}
		return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Conclude(ctx, id, r, by) })
	}
}

func (a *API) serveLater(ctx context.Context, by identity.Actor, in *ServiceInput) (*cases.Case, error) {
	d, err := a.service(ctx, in)
	if err != nil {
		return nil, err
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.ServeLater(ctx, id, d, by) })
}

func (a *API) fileNow(ctx context.Context, by identity.Actor, in *OnCase) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.FileNow(ctx, id, by) })
}

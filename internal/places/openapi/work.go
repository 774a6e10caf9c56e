package openapi

import (
	"context"
	"fmt"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// routeWork names the operations of the acts on the work of a post.
func (a *API) routeWork(b *book) {
	act(b, "POST /cases/{case}/work/{work}/claim", cases.Claim, a.claim)
	act(b, "POST /cases/{case}/work/{work}/release", cases.Release, a.release)
	act(b, "POST /cases/{case}/work/{work}/review", cases.Review, a.review)
	act(b, "POST /cases/{case}/work/{work}/send-back", cases.SendBack, a.sendBack)
	act(b, "POST /cases/{case}/work/{work}/transfer", cases.Transfer, a.transfer)
	act(b, "POST /cases/{case}/work/{work}/add-signer", cases.AddSigner, a.addSigner)
	act(b, "POST /cases/{case}/work/{work}/drop-signer", cases.DropSigner, a.dropSigner)
	act(b, "POST /cases/{case}/work/{work}/delegate", cases.Delegate, a.delegate)
	act(b, "POST /cases/{case}/work/{work}/take-back", cases.TakeBack, a.takeBack)
	act(b, "POST /cases/{case}/work/{work}/reassign", cases.Reassign, a.reassign)
	act(b, "POST /cases/{case}/work/{work}/decide", cases.Decide, a.decide)
}

// OnWork is an act on one piece of work of a case.
type OnWork struct {
	OnCase
	Work string `path:"work" maxLength:"64" doc:"工作项" example:"w1"`
}

func (a *API) claim(ctx context.Context, by identity.Actor, in *OnWork) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Claim(ctx, id, in.Work, by) })
}

func (a *API) release(ctx context.Context, by identity.Actor, in *OnWork) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Release(ctx, id, in.Work, by) })
}

type reviewInput struct {
	OnWork
	Body struct {
		Opinion string `json:"opinion" enum:"同意,附条件同意,不同意" doc:"意见"`
		Reason  string `json:"reason,omitempty" maxLength:"2000" doc:"理由；不同意或者附条件同意的必填"`

		Evidence []evidence `json:"evidence,omitempty" maxItems:"20" doc:"现场照片、视频等证据"`
	}
}

func (a *API) review(ctx context.Context, by identity.Actor, in *reviewInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		all, err := a.seen(ctx, in.Body.Evidence)
		if err != nil {
			return nil, err
		}
		return a.Cases.Review(ctx, id, in.Work, in.Body.Opinion, in.Body.Reason, by, all...)
	})
}

type sendBackInput struct {
	OnWork
	Body struct {
		To     string `json:"to" maxLength:"64" doc:"退回到哪个环节"`
		Reason string `json:"reason" maxLength:"2000" doc:"理由"`
	}
}

func (a *API) sendBack(ctx context.Context, by identity.Actor, in *sendBackInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.SendBack(ctx, id, in.Work, in.Body.To, in.Body.Reason, by)
	})
}

type handOverInput struct {
	OnWork
	Body struct {
		To     string `json:"to" maxLength:"64" doc:"接办人的账号：须与这项工作同岗位"`
		Reason string `json:"reason" maxLength:"2000" doc:"理由"`
	}
}

func (a *API) transfer(ctx context.Context, by identity.Actor, in *handOverInput) (*cases.Case, error) {
	return a.handOver(ctx, by, in, a.Cases.Transfer)
}

func (a *API) delegate(ctx context.Context, by identity.Actor, in *handOverInput) (*cases.Case, error) {
	return a.handOver(ctx, by, in, a.Cases.Delegate)
}

// addSigner asks somebody of an agency that has to do with the case.
func (a *API) addSigner(ctx context.Context, by identity.Actor, in *handOverInput) (*cases.Case, error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return nil, err
	}
	to, err := a.Staff.Signer(ctx, in.Body.To)
	if err != nil {
		_, also := c.AddSigner(in.Work, to, in.Body.Reason, by, a.Now())
		return nil, fault.Together(err, also)
	}
	return a.Cases.AddSigner(ctx, c.ID, in.Work, to, in.Body.Reason, by)
}

// dropSigner takes off somebody who was asked and has not signed.
func (a *API) dropSigner(ctx context.Context, by identity.Actor, in *handOverInput) (*cases.Case, error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return nil, err
	}
	return a.Cases.DropSigner(ctx, c.ID, in.Work, in.Body.To, in.Body.Reason, by)
}

type takeBackInput struct {
	OnWork
	Body struct {
		Reason string `json:"reason" maxLength:"2000" doc:"理由"`
	}
}

// takeBack ends that a colleague does the work in the caller's name.
func (a *API) takeBack(ctx context.Context, by identity.Actor, in *takeBackInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.TakeBack(ctx, id, in.Work, in.Body.Reason, by)
	})
}

func (a *API) reassign(ctx context.Context, by identity.Actor, in *handOverInput) (*cases.Case, error) {
	return a.handOver(ctx, by, in, a.Cases.Reassign)
}

// handOver gives the work to somebody whom the list of holders knows.
func (a *API) handOver(ctx context.Context, by identity.Actor, in *handOverInput, do func(context.Context, cases.ID, string, identity.Actor, string, identity.Actor) (*cases.Case, error)) (*cases.Case, error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return nil, err
	}
	w, _ := c.Flow.Find(in.Work) // work that is gone is refused by the rule
	holders, err := a.Staff.Holders(ctx, w.Agency, w.Role)
	if err != nil {
		return nil, err
	}
	to := identity.Actor{Name: "所选人员"}
	for _, h := range holders {
		if h.Account == in.Body.To {
			to = identity.Actor{Account: h.Account, Name: h.Name, Posts: append(to.Posts, h.Post)}
		}
	}
	return do(ctx, c.ID, in.Work, to, in.Body.Reason, by)
}

type decideInput struct {
	OnWork
	Body struct {
		Grant      bool   `json:"grant" doc:"准予或者不予"`
		Reason     string `json:"reason,omitempty" maxLength:"2000" doc:"理由；不予许可的必填"`
		Basis      string `json:"basis,omitempty" maxLength:"2000" doc:"法律依据；不予许可的必填"`
		Conditions string `json:"conditions,omitempty" maxLength:"2000" doc:"附带条件"`
		Heard      string `json:"heard,omitempty" maxLength:"2000" doc:"听证意见采纳情况；举行过听证的必填"`
		False      bool   `json:"false,omitempty" doc:"因申请人隐瞒情况或者提供虚假材料而不予许可（行政许可法第七十八条）"`
	}
}

func (a *API) decide(ctx context.Context, by identity.Actor, in *decideInput) (*cases.Case, error) {
	r := cases.Ruling{Grant: in.Body.Grant, Reason: in.Body.Reason, Basis: in.Body.Basis, Conditions: in.Body.Conditions, Heard: in.Body.Heard, False: in.Body.False}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Decide(ctx, id, in.Work, r, by) })
}

// notADay refuses a date that is none.
func notADay(list string, i int, field string) error {
	at := field
	if list != "" {
		at = fmt.Sprintf("%s[%d].%s", list, i, field)
	}
	return fault.New(fault.Invalid, "api.fields", "请求内容不符合接口说明，请按提示修改").At(strings.TrimPrefix(at, "."), "date", "应为真实的日期，例如 2026-09-24")
}

package openapi

import (
	"context"
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// ServiceInput says how something was served.
type ServiceInput struct {
	OnCase
	Body struct {
		Way      string `json:"way" enum:"electronic,window,post,direct,left,agent,notice" doc:"送达方式；电子送达须申请人已同意"`
		Receiver string `json:"receiver,omitempty" maxLength:"50" doc:"签收人；公告送达不填"`
		Waybill  string `json:"waybill,omitempty" maxLength:"50" doc:"运单号；邮寄必填"`
		Place    string `json:"place,omitempty" maxLength:"200" doc:"送达地点，或者在哪里公告"`
		Witness  string `json:"witness,omitempty" maxLength:"50" doc:"见证人；留置送达"`
		Relation string `json:"relation,omitempty" maxLength:"50" doc:"代收人与申请人的关系"`
		Refusal  string `json:"refusal,omitempty" maxLength:"200" doc:"拒收事由；留置送达必填"`

		On calendar.Day `json:"on,omitempty" format:"date" doc:"签收、留置、到达或者公告的日期；不写为今天" example:"2026-09-30"`

		Proof []FileRef `json:"proof,omitempty" maxItems:"20" doc:"送达证明：签收后的回证、回执照片、拍照录像；先用 POST /files 上传"`
	}
}

// service is what the request says of how something was served.
func (a *API) service(ctx context.Context, in *ServiceInput) (cases.Delivered, error) {
	b := in.Body
	d := cases.Delivered{Way: b.Way, Receiver: b.Receiver, Waybill: b.Waybill, Place: b.Place, Witness: b.Witness, Relation: b.Relation, Refusal: b.Refusal, On: b.On}
	for i, f := range b.Proof {
		file, err := a.sent(ctx, f, "证据", fmt.Sprintf("proof[%d].hash", i))
		if err != nil {
			return d, err
		}
		d.Proof = append(d.Proof, file)
	}
	return d, nil
}

func (a *API) deliver(ctx context.Context, by identity.Actor, in *ServiceInput) (*cases.Case, error) {
	d, err := a.service(ctx, in)
	if err != nil {
		return nil, err
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Deliver(ctx, id, d, by) })
}

type servePaperInput struct {
	Kind cases.PaperKind `path:"kind" maxLength:"20" doc:"文书种类" example:"refusal"`
	Seq  int64           `path:"seq" minimum:"1" doc:"由第几条记录出具"`
	ServiceInput
}

func (a *API) servePaper(ctx context.Context, by identity.Actor, in *servePaperInput) (*cases.Case, error) {
	d, err := a.service(ctx, &in.ServiceInput)
	if err != nil {
		return nil, err
	}
	which := cases.PaperRef{Kind: in.Kind, Seq: in.Seq}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.ServePaper(ctx, id, which, d, by) })
}

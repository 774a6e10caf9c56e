package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// routeHearing names the operations of the acts of a hearing on a case.
func (a *API) routeHearing(b *book) {
	act(b, "POST /cases/{case}/hearing/tell", cases.TellHearing, a.tellHearing)
	act(b, "POST /cases/{case}/hearing/call", cases.CallHearing, a.callHearing)
	act(b, "POST /cases/{case}/hearing/ask", cases.AskHearing, a.askHearing)
	act(b, "POST /cases/{case}/hearing/minutes", cases.NoteHearing, a.noteHearing)
	act(b, "POST /cases/{case}/hearing/demands/{other}", cases.JudgeDemand, a.judgeDemand)
	act(b, "POST /cases/{case}/hearing/objection", cases.ObjectHost, a.objectHost)
	act(b, "POST /cases/{case}/hearing/objection/settle", cases.SettleHost, a.settleHost)
}

type askHearingInput struct {
	OnCase
	Body struct {
		Wish string `json:"wish" maxLength:"2000" doc:"希望就什么听证"`
	}
}

func (a *API) askHearing(ctx context.Context, by identity.Actor, in *askHearingInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.AskHearing(ctx, id, in.Body.Wish, by) })
}

type minutesInput struct {
	OnCase
	Body struct {
		Held     bool     `json:"held" doc:"听证已经举行；没有举行的写明原因"`
		Text     string   `json:"text" maxLength:"20000" doc:"听证的经过"`
		Attended []string `json:"attended,omitempty" maxItems:"100" doc:"参加人"`
		Signed   []string `json:"signed,omitempty" maxItems:"100" doc:"已在纸质笔录上签字的人"`
		Unsigned string   `json:"unsigned,omitempty" maxLength:"500" doc:"未签字的情况"`
	}
}

func (a *API) noteHearing(ctx context.Context, by identity.Actor, in *minutesInput) (*cases.Case, error) {
	n := cases.Minutes{Held: in.Body.Held, Text: in.Body.Text, Attended: in.Body.Attended, Unsigned: in.Body.Unsigned}
	for _, name := range in.Body.Signed {
		n.Signed = append(n.Signed, ink.Signature{Name: name})
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.NoteHearing(ctx, id, n, by) })
}

type checkDecisionInput struct {
	OnCase
	Body struct {
		Right  bool   `json:"right" doc:"自动作出的决定是否无误"`
		Say    string `json:"say,omitempty" maxLength:"2000" doc:"错在哪里；有误的必填"`
		Rule   string `json:"rule,omitempty" maxLength:"64" doc:"是哪条规则的问题"`
		Ground string `json:"ground,omitempty" maxLength:"500" doc:"应当撤销的，法律规定的情形；随之出具事先告知书"`
	}
}

func (a *API) checkDecision(ctx context.Context, by identity.Actor, in *checkDecisionInput) (*cases.Case, error) {
	b := in.Body
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.CheckDecision(ctx, id, b.Right, b.Say, b.Rule, b.Ground, by)
	})
}

type mendDecisionInput struct {
	OnCase
	Body struct {
		How string `json:"how" maxLength:"2000" doc:"不撤销的，怎样更正的"`
	}
}

func (a *API) mendDecision(ctx context.Context, by identity.Actor, in *mendDecisionInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.MendDecision(ctx, id, in.Body.How, by) })
}

type tellHearingInput struct {
	OnCase
	Body struct {
		About  string `json:"about" maxLength:"500" doc:"拟作出的决定"`
		Reason string `json:"reason" maxLength:"2000" doc:"涉及哪些重大利益"`
	}
}

func (a *API) tellHearing(ctx context.Context, by identity.Actor, in *tellHearingInput) (*cases.Case, error) {
	h := cases.Hearing{About: in.Body.About, Reason: in.Body.Reason}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.TellHearing(ctx, id, h, by) })
}

type callHearingInput struct {
	OnCase
	Body struct {
		Asked string    `json:"asked,omitempty" format:"date" maxLength:"10" doc:"要求听证的日期；依职权举行的不填" example:"2026-09-24"`
		At    time.Time `json:"at" doc:"举行听证的时间"`
		Place string    `json:"place" maxLength:"200" doc:"地点"`
		Host  string    `json:"host" maxLength:"50" doc:"主持人；审查本办件的工作人员以外的人"`
		Shut  bool      `json:"shut,omitempty" doc:"不公开举行"`

		About  string        `json:"about,omitempty" maxLength:"500" doc:"拟作出的决定；没有告知过听证权利而公告的必填"`
		Reason string        `json:"reason,omitempty" maxLength:"2000" doc:"涉及哪些利益"`
		Public *announcement `json:"public,omitempty" doc:"向社会公告并接受报名；不写即不公告"`
	}
}

func (a *API) callHearing(ctx context.Context, by identity.Actor, in *callHearingInput) (*cases.Case, error) {
	b := in.Body
	h := cases.Hearing{Asked: calendar.Parse(b.Asked), At: b.At, Place: b.Place, Host: b.Host, Shut: b.Shut, About: b.About, Reason: b.Reason, Public: b.Public.of()}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.CallHearing(ctx, id, h, by) })
}

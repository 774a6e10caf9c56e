package openapi

import (
	"context"
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// word is what an applicant pledges instead of proving it.
type word struct {
	Licence   bool     `json:"licence,omitempty" doc:"承诺符合许可的全部条件（涉企经营许可事项告知承诺）"`
	Later     bool     `json:"later,omitempty" doc:"和 licence 一起写：条件还没有全部达到，承诺以后、在经营以前达到；实施清单规定了期限的才可以"`
	Materials []string `json:"materials,omitempty" maxItems:"50" doc:"以承诺代替的证明材料（证明事项告知承诺）"`
	Signed    struct {
		Name    string `json:"name" maxLength:"50" doc:"承诺人签名"`
		Free    bool   `json:"free" doc:"已阅知告知内容，自愿承诺；必须为 true"`
		Strokes string `json:"strokes,omitempty" maxLength:"60000" doc:"手写签名的笔画：点 x,y 以空格隔开，笔画以分号隔开，在 600×200 的框内；不写则以姓名签署"`
	} `json:"signed" doc:"签署"`
}

// word keeps the strokes of the signature.
func (a *API) word(ctx context.Context, w *word) (cases.Word, error) {
	if w == nil {
		return cases.Word{}, nil
	}
	given := cases.Word{Licence: w.Licence, Later: w.Later, Materials: w.Materials}
	signed, err := ink.Sign(ctx, a.Files, w.Signed.Name, w.Signed.Strokes, w.Signed.Name)
	if err != nil {
		return given, err
	}
	given.Signed = cases.Signature{Signature: signed, Free: w.Signed.Free}
	return given, nil
}

type pledgeInput struct {
	OnCase
	Body word
}

func (a *API) pledge(ctx context.Context, by identity.Actor, in *pledgeInput) (*cases.Case, error) {
	w, err := a.word(ctx, &in.Body)
	if err != nil {
		return nil, err
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Pledge(ctx, id, w, by) })
}

func (a *API) settle(ctx context.Context, by identity.Actor, in *OnCase) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Settle(ctx, id, by) })
}

func (a *API) receiveLink(ctx context.Context, by identity.Actor, in *OnCase) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.ReceiveLink(ctx, id, by) })
}

type showMetInput struct {
	OnCase
	Body struct {
		Say   string    `json:"say" maxLength:"2000" doc:"条件怎样达到了"`
		Files []FileRef `json:"files,omitempty" maxItems:"20" doc:"证明达到条件的照片、证明等，先用 POST /files 上传"`
		Paper bool      `json:"paper,omitempty" doc:"证明是纸质的，由窗口留存；只有窗口可以写"`
	}
}

func (a *API) showMet(ctx context.Context, by identity.Actor, in *showMetInput) (*cases.Case, error) {
	x := cases.Shown{Say: in.Body.Say, Paper: in.Body.Paper}
	for i, f := range in.Body.Files {
		file, err := a.sent(ctx, f, "证据", fmt.Sprintf("files[%d].hash", i))
		if err != nil {
			return nil, err
		}
		x.Files = append(x.Files, file)
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.ShowMet(ctx, id, x, by) })
}

type checkPledgeInput struct {
	OnCase
	Body struct {
		Result   cases.CheckResult `json:"result" enum:"true,unmet,broken" doc:"true 符合承诺；unmet 与承诺不符，限期整改；broken 承诺不实，建议撤销决定"`
		Reason   string            `json:"reason" maxLength:"2000" doc:"怎样核查、查到了什么"`
		Basis    string            `json:"basis,omitempty" maxLength:"2000" doc:"建议撤销的法律依据"`
		Fraud    bool              `json:"fraud,omitempty" doc:"明知不符合而承诺，以欺骗手段取得（行政许可法第七十九条）"`
		Evidence []FileRef         `json:"evidence,omitempty" maxItems:"20" doc:"证据，先用 POST /files 上传"`
	}
}

func (a *API) checkPledge(ctx context.Context, by identity.Actor, in *checkPledgeInput) (*cases.Case, error) {
	found := cases.Found{Result: in.Body.Result, Reason: in.Body.Reason, Basis: in.Body.Basis, Fraud: in.Body.Fraud}
	for i, f := range in.Body.Evidence {
		file, err := a.sent(ctx, f, "证据", fmt.Sprintf("evidence[%d].hash", i))
		if err != nil {
			return nil, err
		}
		found.Evidence = append(found.Evidence, file)
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.CheckPledge(ctx, id, found, by) })
}

type postponeInput struct {
	OnCase
	Body struct {
		Material string       `json:"material" minLength:"1" maxLength:"64" doc:"容缺的材料"`
		By       calendar.Day `json:"by" format:"date" doc:"改到这一天以前补交" example:"2026-09-30"`
		Reason   string       `json:"reason" maxLength:"2000" doc:"不可抗力等理由"`
	}
}

func (a *API) postpone(ctx context.Context, by identity.Actor, in *postponeInput) (*cases.Case, error) {
	if in.Body.By == 0 {
		return nil, notADay("", -1, "by")
	}
	p := cases.Postponement{Material: in.Body.Material, By: in.Body.By, Reason: in.Body.Reason}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Postpone(ctx, id, p, by) })
}

type owedInput struct {
	Paged
	Agency string `query:"agency" maxLength:"64" doc:"部门；不写部门和区划则为本人的部门"`
	Region string `query:"region" maxLength:"12" doc:"区划和它的下级；窗口、督查岗用"`
	Checks bool   `query:"checks" doc:"true：待核查的承诺；false：待补交的容缺材料"`
}

type owedView struct {
	Case      string       `json:"case" doc:"办件标识"`
	Number    string       `json:"number" doc:"办件编号"`
	ItemName  string       `json:"itemName" doc:"事项名称"`
	Applicant string       `json:"applicant" doc:"申请人"`
	Agency    string       `json:"agency" doc:"部门"`
	Debt      cases.Debt   `json:"debt" doc:"material 待补交，check 待核查，mending 待复核整改"`
	Name      string       `json:"name" doc:"材料，或者核查方式"`
	Due       calendar.Day `json:"due" doc:"在这一天以前"`
	Late      bool         `json:"late" doc:"是不是已经逾期"`
}

func (a *API) listOwed(ctx context.Context, by identity.Actor, in *owedInput) (list[owedView], error) {
	if in.Agency == "" && in.Region == "" && len(by.Posts) > 0 {
		in.Agency = by.Posts[0].Agency
	}
	all, err := a.Cases.Owed(ctx, cases.OwedFilter{Agency: in.Agency, Region: in.Region, Checks: in.Checks, After: in.After, Limit: in.Limit}, by)
	return paged(all, func(o cases.Owed) owedView {
		return owedView{string(o.Case), o.Number, o.ItemName, o.Applicant, o.Agency, o.Debt, o.Name, o.Due, o.Late}
	}, in.Limit, func(o cases.Owed) string { return o.Cursor }), err
}

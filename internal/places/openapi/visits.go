package openapi

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/visits"
)

// routeVisits names the operations of joint visits.
func (a *API) routeVisits(b *book) {
	signed(b, "GET /visits", "listVisits", "联合踏勘", "本部门的联合踏勘", a.listVisits)
	signed(b, "GET /visits/{visit}", "getVisit", "联合踏勘", "一次联合踏勘：哪一天、看什么、各部门的结论", a.visit)
	signed(b, "POST /visits/{visit}", "actOnVisit", "联合踏勘", "同意时间、请求改期、改期（召集人）、作出本部门的结论", a.actOnVisit)
}

// visitView is a joint visit (联合踏勘): one day, one list, and for each department
// its own conclusion.
type visitView struct {
	ID     string       `json:"id" doc:"标识"`
	Number string       `json:"number" doc:"联办编号"`
	Name   string       `json:"name" doc:"哪一件事"`
	Round  int          `json:"round" doc:"第几次踏勘"`
	Day    calendar.Day `json:"day" doc:"哪一天"`
	Where  string       `json:"where" doc:"地点"`
	Agreed bool         `json:"agreed" doc:"各部门是否都同意这一天"`
	Ended  bool         `json:"ended" doc:"各部门是否都有结论"`
	Points []pointView  `json:"points" doc:"看什么，每一条只列一次"`
	Parts  []visitPart  `json:"parts" doc:"各部门"`
	Merged []string     `json:"merged" doc:"合成一份的整改要求"`
}

type pointView struct {
	ID   string   `json:"id" doc:"标识"`
	Text string   `json:"text" doc:"看什么"`
	For  []string `json:"for" doc:"哪些部门看"`
}

type visitPart struct {
	Agency  string       `json:"agency" doc:"部门"`
	Name    string       `json:"name" doc:"名称"`
	Titles  []string     `json:"titles" doc:"事项"`
	Agreed  bool         `json:"agreed" doc:"同意时间"`
	Rather  calendar.Day `json:"rather,omitzero" doc:"请求改到哪一天"`
	Absent  bool         `json:"absent" doc:"当天没有到场"`
	Verdict string       `json:"verdict,omitempty" doc:"结论；没有就是还没有作出"`
	Say     string       `json:"say,omitempty" doc:"说明"`

	Evidence []evidenceView `json:"evidence" doc:"现场照片、视频等证据；只给办理的人看"`
}

func visitOf(v *visits.Visit, by identity.Actor) visitView {
	out := visitView{string(v.ID), v.Number, v.Name, v.Round, v.Day, v.Where, v.Agreed(), !v.Ended.IsZero(), []pointView{}, []visitPart{}, some(v.Merged())}
	for _, p := range v.Points {
		out.Points = append(out.Points, pointView{p.ID, p.Text, some(p.For)})
	}
	for _, p := range v.Parts {
		out.Parts = append(out.Parts, visitPart{p.Agency, p.Name, some(p.Titles), p.Agreed, p.Rather, p.Absent, p.Verdict, p.Say, evidenceOf(p.Evidence, by)})
	}
	return out
}

// listVisits are the visits of the caller's departments.
func (a *API) listVisits(ctx context.Context, by identity.Actor, _ *nothing) (list[visitView], error) {
	all, err := a.Visits.Mine(ctx, by)
	return listed(all, func(v *visits.Visit) visitView { return visitOf(v, by) }), err
}

// OfVisit names the visit that an operation is about.
type OfVisit struct {
	Visit string `path:"visit" maxLength:"40" doc:"标识"`
}

func (a *API) visit(ctx context.Context, by identity.Actor, in *OfVisit) (visitView, error) {
	v, err := a.Visits.Visit(ctx, visits.ID(in.Visit), by)
	if err != nil {
		return visitView{}, err
	}
	return visitOf(v, by), nil
}

type visitActInput struct {
	OfVisit
	Body struct {
		Act      string       `json:"act" enum:"agree,ask,move,conclude" doc:"同意时间、请求改期、改期（召集人）、作出结论"`
		Day      calendar.Day `json:"day,omitzero" doc:"改到哪一天"`
		Say      string       `json:"say,omitempty" maxLength:"2000" doc:"请求改期的原因；结论的说明"`
		Verdict  string       `json:"verdict,omitempty" maxLength:"20" doc:"结论：通过、整改后再看、不符合"`
		Findings []pointFound `json:"findings,omitempty" maxItems:"200" doc:"本部门看的每一条符合不符合"`
		Evidence []evidence   `json:"evidence,omitempty" maxItems:"20" doc:"现场照片、视频等证据"`
		Signed   struct {
			Name    string `json:"name" maxLength:"50" doc:"作出结论的人签名"`
			Strokes string `json:"strokes,omitempty" maxLength:"60000" doc:"手写签名的笔画；不写则以姓名签署"`
		} `json:"signed,omitzero" doc:"签署；作出结论必填"`
	}
}

type pointFound struct {
	Point string `json:"point" maxLength:"64" doc:"points 里的 id"`
	Meets bool   `json:"meets" doc:"符合"`
	Say   string `json:"say,omitempty" maxLength:"500" doc:"哪里不符合"`
}

// actOnVisit agrees to the day, asks for another, sets another, or concludes for
// the caller's own department.
func (a *API) actOnVisit(ctx context.Context, by identity.Actor, in *visitActInput) (visitView, error) {
	v, err := a.Visits.Visit(ctx, visits.ID(in.Visit), by)
	if err != nil {
		return visitView{}, err
	}
	switch in.Body.Act {
	case "agree":
		v, err = a.Visits.Agree(ctx, v.ID, by)
	case "ask":
		v, err = a.Visits.AskFor(ctx, v.ID, in.Body.Day, in.Body.Say, by)
	case "move":
		v, err = a.Visits.MoveTo(ctx, v.ID, in.Body.Day, by)
	case "conclude":
		v, err = a.concludeVisit(ctx, v.ID, in, by)
	default:
		err = fault.New(fault.Invalid, "api.visit.act", "没有这种办理").At("act", "option", "请从所列的办理中选择")
	}
	if err != nil {
		return visitView{}, err
	}
	return visitOf(v, by), nil
}

func (a *API) concludeVisit(ctx context.Context, id visits.ID, in *visitActInput, by identity.Actor) (*visits.Visit, error) {
	c := visits.Conclusion{Verdict: in.Body.Verdict, Say: in.Body.Say}
	for _, f := range in.Body.Findings {
		c.Findings = append(c.Findings, visits.Finding{Point: f.Point, Meets: f.Meets, Say: f.Say})
	}
	var err error
	if c.Evidence, err = a.seen(ctx, in.Body.Evidence); err != nil {
		return nil, err
	}
	if c.Signed, err = ink.Sign(ctx, a.Files, by.Name, in.Body.Signed.Strokes, in.Body.Signed.Name); err != nil {
		return nil, err
	}
	return a.Visits.Conclude(ctx, id, c, by)
}

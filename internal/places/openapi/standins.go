package openapi

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
)

// routeStandins names the operations of stand-ins.
func (a *API) routeStandins(b *book) {
	signed(b, "GET /standins", "listStandIns", "AB岗", "谁不在岗、由谁代岗：与本人有关的，负责人看本部门的", a.listStandIns)
	created(b, "POST /standins", "arrangeStandIn", "AB岗", "安排代岗（本人、本部门负责人、系统管理员）", a.arrangeStandIn)
	signed(b, "POST /standins/{standin}/end", "endStandIn", "AB岗", "已回岗，结束代岗（本人、本部门负责人、系统管理员）", a.endStandIn)
}

type standInView struct {
	ID         string       `json:"id" doc:"标识"`
	Absent     string       `json:"absent" doc:"不在岗的人的账号"`
	AbsentName string       `json:"absentName" doc:"不在岗的人"`
	By         string       `json:"by" doc:"代岗人的账号"`
	ByName     string       `json:"byName" doc:"代岗人"`
	From       calendar.Day `json:"from" doc:"从哪天起"`
	Through    calendar.Day `json:"through" doc:"到哪天止（含当日）"`
}

func standInOf(s staff.StandIn) standInView { return standInView(s) }

// listStandIns is who does whose work while they are away (AB岗), as far as it concerns
// the reader, and to a head what concerns the agency.
func (a *API) listStandIns(ctx context.Context, by identity.Actor, _ *nothing) (list[standInView], error) {
	all, err := a.Staff.StandIns(ctx, by)
	return listed(all, standInOf), err
}

type standInInput struct {
	Body struct {
		Absent  string       `json:"absent" maxLength:"64" doc:"不在岗的人的账号"`
		By      string       `json:"by" maxLength:"64" doc:"代岗人的账号：同部门的工作人员"`
		From    calendar.Day `json:"from" format:"date" doc:"从哪天起" example:"2026-09-21"`
		Through calendar.Day `json:"through" format:"date" doc:"到哪天止，最长半年" example:"2026-09-25"`
	}
}

func (a *API) arrangeStandIn(ctx context.Context, by identity.Actor, in *standInInput) (standInView, error) {
	b := in.Body
	one, err := a.Staff.StandIn(ctx, b.Absent, b.By, b.From, b.Through, by)
	return standInOf(one), err
}

type endStandInInput struct {
	StandIn string `path:"standin" maxLength:"64" doc:"代岗的标识"`
}

func (a *API) endStandIn(ctx context.Context, by identity.Actor, in *endStandInInput) (done, error) {
	err := a.Staff.Back(ctx, in.StandIn, by)
	return done{err == nil}, err
}

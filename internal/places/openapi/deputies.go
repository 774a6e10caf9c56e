package openapi

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
)

// routeDeputies names the operations of chief representatives.
func (a *API) routeDeputies(b *book) {
	signed(b, "GET /agencies/{agency}/deputies", "listDeputies", "首席代表", "一个部门授权首席代表在窗口办理的事项（本部门工作人员）", a.listDeputies)
	created(b, "POST /agencies/{agency}/deputies", "depute", "首席代表", "授权首席代表在窗口审查、决定（本部门负责人）", a.depute)
	signed(b, "DELETE /deputies/{deputation}", "recallDeputation", "首席代表", "收回授权（本部门负责人）", a.recallDeputation)
}

type deputationView struct {
	ID      string       `json:"id" doc:"标识"`
	Account string       `json:"account" doc:"首席代表的账号"`
	Name    string       `json:"name" doc:"首席代表"`
	Agency  string       `json:"agency" doc:"授权的部门"`
	Item    string       `json:"item" doc:"事项"`
	Title   string       `json:"itemName" doc:"事项名称"`
	From    calendar.Day `json:"from" doc:"从哪天起"`
	Through calendar.Day `json:"through" doc:"到哪天止（含当日）"`
	Giver   string       `json:"giver" doc:"授权的负责人"`
}

func deputationOf(d staff.Deputation) deputationView {
	return deputationView{d.ID, d.Account, d.Holder, d.Agency, d.Item, d.Name, d.From, d.Through, d.Giver}
}

// OfAgency names the department that an operation is about.
type OfAgency struct {
	Agency string `path:"agency" maxLength:"64" doc:"部门"`
}

// listDeputies is what an agency's chief representatives may decide (首席代表授权).
func (a *API) listDeputies(ctx context.Context, by identity.Actor, in *OfAgency) (list[deputationView], error) {
	return a.deputations(ctx, in.Agency, by)
}

func (a *API) deputations(ctx context.Context, agency string, by identity.Actor) (list[deputationView], error) {
	all, err := a.Staff.Deputations(ctx, agency, by)
	return listed(all, deputationOf), err
}

type deputeInput struct {
	OfAgency
	Body struct {
		Account string       `json:"account" maxLength:"64" doc:"首席代表的账号：本部门的工作人员，并且有窗口岗位"`
		Items   []string     `json:"items" minItems:"1" maxItems:"500" doc:"授权的事项，由本部门实施"`
		From    calendar.Day `json:"from" format:"date" doc:"从哪天起" example:"2026-09-21"`
		Through calendar.Day `json:"through" format:"date" doc:"到哪天止，最长一年" example:"2027-03-20"`
	}
}

func (a *API) depute(ctx context.Context, by identity.Actor, in *deputeInput) (list[deputationView], error) {
	b := in.Body
	if err := a.Staff.Depute(ctx, in.Agency, b.Account, b.Items, b.From, b.Through, by); err != nil {
		return list[deputationView]{}, err
	}
	return a.deputations(ctx, in.Agency, by)
}

type recallInput struct {
	Deputation string `path:"deputation" maxLength:"64" doc:"授权的标识"`
}

func (a *API) recallDeputation(ctx context.Context, by identity.Actor, in *recallInput) (done, error) {
	err := a.Staff.Recall(ctx, in.Deputation, by)
	return done{err == nil}, err
}

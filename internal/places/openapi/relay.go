package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/relay"
)

// routeRelay names the operations of originals that travel.
func (a *API) routeRelay(b *book) {
	signed(b, "GET /relay", "listSlips", "材料交接", "纸质原件的交接单：本区域窗口移交的，或者移交本部门的", a.slips)
	created(b, "POST /relay", "giveOriginals", "材料交接", "把办件在窗口的纸质原件开一份交接单移交部门（窗口）", a.giveOriginals)
	signed(b, "GET /relay/{slip}", "getSlip", "材料交接", "一份交接单", a.slip)
	signed(b, "POST /relay/{slip}/receive", "receiveOriginals", "材料交接", "点清接收，缺件写明（接收部门）", a.receiveOriginals)
	signed(b, "POST /relay/{slip}/agree", "agreeMissing", "材料交接", "确认缺件（移交的窗口）", a.agreeMissing)
}

type slipView struct {
	ID     string       `json:"id" doc:"标识"`
	Number string       `json:"number" doc:"交接单编号"`
	State  relay.State  `json:"state" doc:"on-its-way 在途，disputed 有缺件待确认，taken 已交接"`
	Word   string       `json:"stateName" doc:"状态的名称"`
	Agency string       `json:"agency" doc:"接收部门"`
	From   string       `json:"from" doc:"从哪个窗口"`
	Giver  string       `json:"giver" doc:"移交人"`
	Given  time.Time    `json:"given" doc:"移交时间"`
	Due    calendar.Day `json:"due" doc:"最迟哪一天接收"`
	Late   bool         `json:"late" doc:"逾期没有接收"`
	Taker  string       `json:"taker,omitempty" doc:"接收人"`
	At     time.Time    `json:"at,omitzero" doc:"接收时间"`
	Say    string       `json:"say,omitempty" doc:"情况说明"`
	Pieces []pieceView  `json:"pieces" doc:"原件"`
	Next   string       `json:"next" doc:"取下一页时写在 after"`
}

type pieceView struct {
	Case     string `json:"case" doc:"办件编号"`
	Material string `json:"material" doc:"材料"`
	Name     string `json:"name" doc:"名称"`
	Missing  bool   `json:"missing" doc:"接收时不在"`
}

func (a *API) slipOf(s relay.Slip) slipView {
	v := slipView{s.ID, s.Number(), s.State, s.State.Han(), s.Agency, s.From, s.Giver.Name, s.Given, s.Due, s.Late(calendar.DayOf(a.Now())), s.Taker.Name, s.At, s.Say, []pieceView{}, s.Cursor()}
	for _, p := range s.Pieces {
		v.Pieces = append(v.Pieces, pieceView{p.Number, p.Material, p.Name, p.Missing})
	}
	return v
}

type slipsInput struct {
	Over  bool   `query:"over" doc:"已经交接完的"`
	After string `query:"after" maxLength:"80" doc:"上一页最后一份的 next"`
}

func (a *API) slips(ctx context.Context, by identity.Actor, in *slipsInput) (list[slipView], error) {
	all, err := a.Relay.List(ctx, relay.Filter{Over: in.Over, After: in.After, Limit: perPage}, by)
	return paged(all, a.slipOf, perPage, relay.Slip.Cursor), err
}

// slipDone is a slip as an act left it.
func (a *API) slipDone(s relay.Slip, err error) (slipView, error) {
	if err != nil {
		return slipView{}, err
	}
	return a.slipOf(s), nil
}

type giveInput struct {
	Body struct {
		Cases []string `json:"cases" minItems:"1" maxItems:"100" doc:"办件编号；都由同一个部门办"`
	}
}

func (a *API) giveOriginals(ctx context.Context, by identity.Actor, in *giveInput) (slipView, error) {
	return a.slipDone(a.Relay.Give(ctx, in.Body.Cases, by))
}

// OfSlip names the slip that an operation is about.
type OfSlip struct {
	Slip string `path:"slip" maxLength:"40" doc:"标识"`
}

func (a *API) slip(ctx context.Context, by identity.Actor, in *OfSlip) (slipView, error) {
	return a.slipDone(a.Relay.Slip(ctx, in.Slip, by))
}

type receiveInput struct {
	OfSlip
	Body struct {
		Missing []int  `json:"missing,omitempty" maxItems:"500" doc:"不在的原件在 pieces 里的序号，从 0 起"`
		Say     string `json:"say,omitempty" maxLength:"500" doc:"有缺件的必填"`
	}
}

func (a *API) receiveOriginals(ctx context.Context, by identity.Actor, in *receiveInput) (slipView, error) {
	return a.slipDone(a.Relay.Receive(ctx, in.Slip, in.Body.Missing, in.Body.Say, by))
}

func (a *API) agreeMissing(ctx context.Context, by identity.Actor, in *OfSlip) (slipView, error) {
	return a.slipDone(a.Relay.Agree(ctx, in.Slip, by))
}

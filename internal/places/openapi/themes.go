package openapi

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// routeThemes names the operations of one-matter themes.
func (a *API) routeThemes(b *book) {
	public(b, "GET /themes", "listThemes", "一件事", "主题库：在用的一件事，全文和版本，供上级同步", a.listThemes)
	public(b, "GET /themes/{theme}", "getTheme", "一件事", "一件事和由各事项推算的表单、材料、安排", a.theme)
	public(b, "POST /themes/{theme}/personal-list", "themePersonalList", "一件事", "按自己的情形列出要办的事项和材料", a.themePersonal)
	public(b, "POST /themes/{theme}/form", "themeForm", "一件事", "按自己的情形给出一张申请表：还要回答的问题、字段、材料", a.themeForm)
}

// listThemes gives out the whole library of themes (主题库): every theme in force
// with its edition, so that the level above can take it over.
func (a *API) listThemes(ctx context.Context, _ identity.Actor, _ *nothing) (list[*themes.Theme], error) {
	all, err := a.Themes.All(ctx)
	return list[*themes.Theme]{Items: some(all)}, err
}

// OfTheme names the theme that an operation is about.
type OfTheme struct {
	Theme string `path:"theme" maxLength:"64" doc:"一件事" example:"birth"`
}

type themeView struct {
	Theme    *themes.Theme    `json:"theme" doc:"一件事：事项、问题、先后、牵头和配合部门"`
	Composed *themes.Composed `json:"composed" doc:"由各事项推算：一张表、一套材料、办理安排、减少的环节、体检发现"`
}

func (a *API) theme(ctx context.Context, _ identity.Actor, in *OfTheme) (themeView, error) {
	t, err := a.Themes.Current(ctx, themes.ID(in.Theme))
	if err != nil {
		return themeView{}, err
	}
	c, err := a.Themes.Compose(ctx, t)
	return themeView{t, c}, err
}

type themeAnswersInput struct {
	OfTheme
	Body struct {
		Answers forms.Answers `json:"answers" maxProperties:"200" doc:"问卷和情形问题的回答"`
	}
}

type themePersonalView struct {
	Items     []string          `json:"items" doc:"要办的事项，按先后"`
	Materials []themes.Material `json:"materials" doc:"要准备的材料"`
	Days      int               `json:"days" doc:"最长的一路，工作日"`
	Left      []string          `json:"left" doc:"还没有回答的问题"`
}

// themePersonal lists what someone in this situation has to do and to bring.
func (a *API) themePersonal(ctx context.Context, _ identity.Actor, in *themeAnswersInput) (themePersonalView, error) {
	t, err := a.Themes.Current(ctx, themes.ID(in.Theme))
	if err != nil {
		return themePersonalView{}, err
	}
	c, err := a.Themes.Compose(ctx, t)
	if err != nil {
		return themePersonalView{}, err
	}
	own := themes.Recompose(c, in.Body.Answers)
	v := themePersonalView{Items: []string{}, Materials: some(own.For(in.Body.Answers)), Days: own.Plan.Days, Left: []string{}}
	for _, s := range own.Plan.Steps {
		v.Items = append(v.Items, s.Title)
	}
	questions, _ := own.Asked(in.Body.Answers, calendar.DayOf(a.Now()))
	for _, q := range questions {
		if in.Body.Answers[q.ID] == "" {
			v.Left = append(v.Left, q.ID)
		}
	}
	return v, nil
}

type jointView struct {
	Number   string          `json:"number" doc:"联办编号"`
	Theme    themes.ID       `json:"theme" doc:"一件事"`
	Name     string          `json:"name" doc:"一件事的名称"`
	Opened   time.Time       `json:"opened" doc:"提交时间"`
	Closed   time.Time       `json:"closed,omitzero" doc:"全部办结的时间"`
	Promised string          `json:"promised" doc:"整件事承诺时限"`
	Parts    []jointPartView `json:"parts" doc:"各项"`
	Notices  []joint.Notice  `json:"notices" doc:"联合一次性告知"`
}

type jointPartView struct {
	Item   items.ID    `json:"item" doc:"事项"`
	Title  string      `json:"title" doc:"名称"`
	Agency string      `json:"agency" doc:"部门"`
	State  joint.State `json:"state" doc:"状态"`
	Say    string      `json:"say" doc:"状态的名称"`
	Case   cases.ID    `json:"case,omitempty" doc:"办件"`
	Number string      `json:"number,omitempty" doc:"办件编号"`
	After  []items.ID  `json:"after" doc:"等哪几项办好"`
	Why    string      `json:"why,omitempty" doc:"没有办成或者没有开始的原因"`
}

func jointOf(j *joint.Joint) jointView {
	v := jointView{j.Number, j.Theme, j.Name, j.Opened, j.Closed, j.Promised.String(), []jointPartView{}, some(j.Notices)}
	for _, p := range j.Parts {
		v.Parts = append(v.Parts, jointPartView{p.Item, p.Title, p.Agency, p.State, p.State.Han(), p.Case, p.Number, some(p.After), p.Why})
	}
	return v
}

// listJoint lists one's own matters, or for a window those of its region.
func (a *API) listJoint(ctx context.Context, by identity.Actor, _ *nothing) (list[jointView], error) {
	find := a.Joint.In
	if by.Party != "" {
		find = a.Joint.Mine
	}
	all, err := find(ctx, by)
	return listed(all, jointOf), err
}

// OfJoint names the matter that an operation is about.
type OfJoint struct {
	Number string `path:"number" maxLength:"40" doc:"联办编号"`
}

func (a *API) getJoint(ctx context.Context, by identity.Actor, in *OfJoint) (jointView, error) {
	j, err := a.Joint.Find(ctx, in.Number, by)
	if err != nil {
		return jointView{}, err
	}
	return jointOf(j), nil
}

type jointActInput struct {
	OfJoint
	Body struct {
		Act      string                          `json:"act" enum:"accept,ask-once,withdraw,deliver" doc:"一并受理、联合一次性告知、撤回、统一出件"`
		Item     items.ID                        `json:"item,omitempty" maxLength:"64" doc:"撤回哪一项；不写为全部"`
		Reason   string                          `json:"reason,omitempty" maxLength:"500" doc:"撤回的原因"`
		Missing  map[items.ID][]cases.Deficiency `json:"missing,omitempty" doc:"各事项要补正的内容"`
		Until    calendar.Day                    `json:"until,omitzero" format:"date" doc:"补正期限"`
		Receiver string                          `json:"receiver,omitempty" maxLength:"50" doc:"领取人"`
	}
}

// actJoint makes one act on all parts of a matter at once.
func (a *API) actJoint(ctx context.Context, by identity.Actor, in *jointActInput) (jointView, error) {
	j, err := a.Joint.Find(ctx, in.Number, by)
	if err != nil {
		return jointView{}, err
	}
	switch in.Body.Act {
	case "accept":
		j, err = a.Joint.Accept(ctx, j.ID, by)
	case "ask-once":
		j, err = a.Joint.Notify(ctx, j.ID, in.Body.Missing, in.Body.Until, by)
	case "withdraw":
		j, err = a.Joint.Withdraw(ctx, j.ID, in.Body.Item, in.Body.Reason, by)
	case "deliver":
		j, err = a.Joint.Deliver(ctx, j.ID, cases.Delivered{Way: "window", Receiver: in.Body.Receiver, At: a.Now()}, by)
	default:
		err = fault.New(fault.Invalid, "api.joint.act", "没有这种办理").At("act", "option", "请从所列的办理中选择")
	}
	if err != nil {
		return jointView{}, err
	}
	return jointOf(j), nil
}

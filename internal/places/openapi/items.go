package openapi

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strconv"

	"tongban/internal/catalogue/guides"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// routeItems names the operations of the catalogue.
func (a *API) routeItems(b *book) {
	public(b, "GET /items", "listItems", "事项", "查找事项，或者按部门、类型、区域列出", a.listItems)
	public(b, "GET /items/{item}", "getItem", "事项", "事项的现行实施清单", a.item)
	public(b, "GET /items/{item}/guide", "getGuide", "事项", "办事指南（GB/T 36114）", a.guide)
	public(b, "GET /items/{item}/vacancies", "getVacancies", "事项", "有数量限制的事项现在还剩多少名额", a.vacancies)
	public(b, "POST /items/{item}/personal-list", "personalList", "事项", "按自己的情形列出材料、时限和费用", a.personal)
}

// Paged is where a list goes on, and how many it shows.
type Paged struct {
	After string `query:"after" maxLength:"400" doc:"上一页返回的 next"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"每页多少条"`
}

type listItemsInput struct {
	Paged
	Query  string `query:"q" maxLength:"100" doc:"要找的话：名称、俗称、拼音、首字母或者编码；不写则按名称列出" example:"开饭店"`
	Agency string `query:"agency" maxLength:"64" doc:"实施部门"`
	Type   string `query:"type" maxLength:"20" doc:"事项类型" example:"行政许可"`
	Level  string `query:"level" maxLength:"20" doc:"行使层级" example:"市级"`
	Region string `query:"region" maxLength:"12" doc:"12 位区划代码"`
	Topic  string `query:"topic" maxLength:"30" doc:"主题：person:040、firm:010、life:出生"`
}

func (in *listItemsInput) filter() items.Filter {
	return items.Filter{Agency: in.Agency, Type: items.Type(in.Type), Level: items.Level(in.Level), Region: in.Region, Topic: in.Topic}
}

func (a *API) listItems(ctx context.Context, _ identity.Actor, in *listItemsInput) (list[items.Entry], error) {
	if in.Query != "" {
		return a.searchItems(ctx, in)
	}
	var after items.Cursor
	if err := uncursor(in.After, &after); err != nil {
		return list[items.Entry]{}, err
	}
	all, next, err := a.Items.List(ctx, in.filter(), after, in.Limit)
	l := list[items.Entry]{Items: some(all)}
	if next != (items.Cursor{}) {
		l.Next = cursor(next)
	}
	return l, err
}

// searchItems goes on by page, for hits are in order of fitness.
func (a *API) searchItems(ctx context.Context, in *listItemsInput) (list[items.Entry], error) {
	n := 0
	if in.After != "" {
		var err error
		if n, err = strconv.Atoi(in.After); err != nil || n < 1 || n > 1000 {
			return list[items.Entry]{}, badCursor()
		}
	}
	found, err := a.Items.Search(ctx, in.Query, in.filter(), n)
	l := list[items.Entry]{Items: some(found.Hits)}
	if found.More {
		l.Next = strconv.Itoa(n + 1)
	}
	return l, err
}

// cursor writes where a list goes on; what it holds is nobody's business.
func cursor(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "" // cursors are made of texts and always marshal
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func uncursor(text string, v any) error {
	if text == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(raw, v)
	}
	if err != nil {
		return badCursor()
	}
	return nil
}

func badCursor() error {
	return fault.New(fault.Invalid, "api.cursor", "游标无效，请从第一页重新列出").At("after", "value", "请填写上一页返回的 next")
}

// some is all, and never null.
func some[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// OfItem names the item that an operation is about.
type OfItem struct {
	Item string `path:"item" maxLength:"64" doc:"事项" example:"food-permit"`
}

func (a *API) item(ctx context.Context, _ identity.Actor, in *OfItem) (*items.Edition, error) {
	return a.Items.Current(ctx, items.ID(in.Item))
}

type guideInput struct {
	OfItem
	Short bool `query:"short" doc:"只要多数人需要的部分"`
}

func (a *API) guide(ctx context.Context, _ identity.Actor, in *guideInput) (guides.Guide, error) {
	e, err := a.Items.Current(ctx, items.ID(in.Item))
	if err != nil {
		return guides.Guide{}, err
	}
	d, err := a.Agencies.Directory(ctx)
	if err != nil {
		return guides.Guide{}, err
	}
	g := guides.Of(e, d.Name)
	if in.Short {
		g = g.Short()
	}
	return g, nil
}

type personalInput struct {
	OfItem
	Body struct {
		Answers forms.Answers `json:"answers" maxProperties:"200" doc:"情形问题的回答"`
	}
}

func (a *API) personal(ctx context.Context, _ identity.Actor, in *personalInput) (guides.Personal, error) {
	e, err := a.Items.Open(ctx, items.ID(in.Item), calendar.DayOf(a.Now()))
	if err != nil {
		return guides.Personal{}, err
	}
	return guides.For(e, in.Body.Answers), nil
}

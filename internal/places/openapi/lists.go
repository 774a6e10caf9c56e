package openapi

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
)

// routeLists names the operations of the published lists.
func (a *API) routeLists(b *book) {
	public(b, "GET /lists", "listLists", "事项", "公布的清单：容缺受理、告知承诺、中介服务等", a.listLists)
	public(b, "GET /lists/{list}", "getList", "事项", "一份公布的清单：每个事项和清单写明的内容（容缺受理的写明主要申请材料、可容缺的材料）", a.onList)
}

// publishedList is a list the government publishes of its items.
type publishedList struct {
	ID     string   `json:"id" doc:"清单，例如 deferrable 容缺受理事项清单"`
	Name   string   `json:"name"`
	Note   string   `json:"note"`
	Source string   `json:"source" doc:"要求公布的文件"`
	Count  int      `json:"count" doc:"现在有多少项"`
	Head   []string `json:"head" doc:"清单对每个事项写明什么"`
}

func (a *API) listLists(ctx context.Context, _ identity.Actor, _ *struct{}) (list[publishedList], error) {
	counts, err := a.Items.Counts(ctx)
	if err != nil {
		return list[publishedList]{}, err
	}
	var all list[publishedList]
	for _, l := range items.Lists() {
		all.Items = append(all.Items, publishedList{l.ID, l.Name, l.Note, l.Source, counts.Topics[l.Topic()], l.Head()})
	}
	return all, nil
}

type ofList struct {
	Paged
	List string `path:"list" maxLength:"30" doc:"清单" example:"deferrable"`
}

// listedItem is an item on a published list.
type listedItem struct {
	Item   items.ID          `json:"item"`
	Number int               `json:"number" doc:"实施清单的版本"`
	Name   string            `json:"name"`
	Agency string            `json:"agency" doc:"实施机关"`
	Says   map[string]string `json:"says" doc:"清单写明的内容，例如主要申请材料、可容缺的材料"`
}

func (a *API) onList(ctx context.Context, _ identity.Actor, in *ofList) (list[listedItem], error) {
	l, err := items.ListOf(in.List)
	if err != nil {
		return list[listedItem]{}, err
	}
	var after items.Cursor
	if err := uncursor(in.After, &after); err != nil {
		return list[listedItem]{}, err
	}
	entries, next, err := a.Items.List(ctx, items.Filter{Topic: l.Topic()}, after, in.Limit)
	if err != nil {
		return list[listedItem]{}, err
	}
	editions, err := a.Items.Editions(ctx, entries)
	if err != nil {
		return list[listedItem]{}, err
	}
	all := list[listedItem]{Items: []listedItem{}}
	for i, e := range entries {
		one := listedItem{Item: e.ID, Number: e.Number, Name: e.Name, Agency: e.AgencyName, Says: map[string]string{}}
		if editions[i] != nil {
			cells := l.Cells(editions[i])
			for n, name := range l.Head() {
				one.Says[name] = cells[n]
			}
		}
		all.Items = append(all.Items, one)
	}
	if next != (items.Cursor{}) {
		all.Next = cursor(next)
	}
	return all, nil
}

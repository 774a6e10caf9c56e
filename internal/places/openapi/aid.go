package openapi

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/aid"
)

// routeAid names the operations of help and what will not go through.
func (a *API) routeAid(b *book) {
	created(b, "POST /matters", "registerMatter", "帮办和反映", "反映办不成的事，请人帮办、代办；窗口可替来访人登记", a.registerMatter)
	signed(b, "GET /matters", "listMatters", "帮办和反映", "本人的，或者本窗口、本部门要办的", a.matters)
	signed(b, "GET /matters/{matter}", "getMatter", "帮办和反映", "一件事和它的办理记录", a.matter)
	signed(b, "POST /matters/{matter}/acts", "actOnMatter", "帮办和反映", "接办、转交、登记委托、记录、答复、不受理、回访、撤回", a.actOnMatter)
}

type matterView struct {
	ID       string       `json:"id" doc:"标识"`
	Number   string       `json:"number" doc:"编号"`
	Kind     aid.Kind     `json:"kind" doc:"stuck 办不成事，helped 帮办，agent 代办"`
	Name     string       `json:"name" doc:"谁的事"`
	ItemName string       `json:"itemName,omitempty" doc:"什么事"`
	Case     string       `json:"case,omitempty" doc:"办件编号"`
	Text     string       `json:"text" doc:"遇到的困难"`
	Agency   string       `json:"agency,omitempty" doc:"由哪个部门办"`
	First    string       `json:"first,omitempty" doc:"首问责任人"`
	Assignee string       `json:"assignee,omitempty" doc:"现在由谁办"`
	State    aid.State    `json:"state" doc:"open 已登记，taken 办理中，answered 已答复，closed 已办结，declined 不受理，withdrawn 已撤回"`
	Word     string       `json:"stateName" doc:"状态的名称"`
	Due      calendar.Day `json:"due" doc:"最迟哪一天走到下一步"`
	Reply    string       `json:"reply,omitempty" doc:"答复"`
	Cause    string       `json:"cause,omitempty" doc:"办不成的原因"`
	Solved   bool         `json:"solved" doc:"本人说解决了没有"`
	Log      []entryView  `json:"log" doc:"办理记录"`
	Acts     []aid.Act    `json:"acts" doc:"您现在可以做的"`
}

type entryView struct {
	At  time.Time `json:"at" doc:"什么时候"`
	Act string    `json:"act" doc:"做了什么"`
	By  string    `json:"by,omitempty" doc:"谁"`
	Say string    `json:"say,omitempty" doc:"说明"`
}

func matterOf(m aid.Matter, by identity.Actor) matterView {
	v := matterView{m.ID, m.Number(), m.Kind, m.Name, m.ItemName, m.Case, m.Text, m.Agency, m.First.Name, m.Assignee.Name, m.State, m.State.Han(), m.Due,
		m.Reply, m.Cause, m.Solved, []entryView{}, some(m.Acts(by))}
	for _, e := range m.Log {
		v.Log = append(v.Log, entryView{e.At, e.Act, e.By.Name, e.Say})
	}
	return v
}

type registerMatterInput struct {
	Body struct {
		Kind  aid.Kind `json:"kind" enum:"stuck,helped,agent" doc:"需要哪种帮助"`
		Text  string   `json:"text" maxLength:"2000" doc:"遇到的困难"`
		Item  string   `json:"item,omitempty" maxLength:"60" doc:"事项的标识"`
		About string   `json:"about,omitempty" maxLength:"60" doc:"什么事，没有事项标识时写"`
		Case  string   `json:"case,omitempty" maxLength:"40" doc:"办件编号"`
		Name  string   `json:"name,omitempty" maxLength:"40" doc:"来访人姓名（仅窗口登记时）"`
		Phone string   `json:"phone,omitempty" maxLength:"20" doc:"来访人电话（仅窗口登记时）"`
	}
}

func (a *API) registerMatter(ctx context.Context, by identity.Actor, in *registerMatterInput) (matterView, error) {
	b := in.Body
	about, err := a.about(ctx, b.Item, b.About)
	if err != nil {
		return matterView{}, err
	}
	m, err := a.Aid.Register(ctx, aid.Matter{Kind: b.Kind, Text: b.Text, Item: b.Item, ItemName: about, Case: b.Case, Name: b.Name, Phone: b.Phone, Region: a.Regions.Home().Code.Long()}, by)
	return matterOf(m, by), err
}

// about is what a matter is about: the item that is named, or else what they say.
func (a *API) about(ctx context.Context, item, say string) (string, error) {
	if item == "" {
		return say, nil
	}
	e, err := a.Items.Open(ctx, items.ID(item), calendar.DayOf(a.Now()))
	if err != nil {
		return "", pointed(err, "api.matter.item", "没有这个事项；不知道事项标识的，写 about", "item")
	}
	return e.Name, nil
}

type mattersInput struct {
	Mine  bool   `query:"mine" doc:"只看本人的"`
	Over  bool   `query:"over" doc:"已经结束的"`
	Q     string `query:"q" maxLength:"60" doc:"编号、办件编号或者姓名的开头；在办的和结束的都找"`
	After string `query:"after" maxLength:"80" doc:"上一页的 next"`
}

func (a *API) matters(ctx context.Context, by identity.Actor, in *mattersInput) (list[matterView], error) {
	view := func(m aid.Matter) matterView { return matterOf(m, by) }
	if in.Mine || !by.Staff() {
		all, err := a.Aid.Mine(ctx, in.Over, by)
		return listed(all, view), err
	}
	f := aid.Filter{Over: in.Over, After: in.After, Limit: perPage}.Find(in.Q)
	next := aid.Matter.Cursor
	if f.Sought() {
		next = aid.Matter.Found
	}
	all, err := a.Aid.List(ctx, f, by)
	return paged(all, view, perPage, next), err
}

type ofMatter struct {
	Matter string `path:"matter" maxLength:"40" doc:"标识"`
}

func (a *API) matter(ctx context.Context, by identity.Actor, in *ofMatter) (matterView, error) {
	m, err := a.Aid.Matter(ctx, in.Matter, by)
	return matterOf(m, by), err
}

type matterActInput struct {
	Matter string `path:"matter" maxLength:"40" doc:"标识"`
	Body   struct {
		Act    aid.Act   `json:"act" enum:"take,assign,entrust,note,answer,decline,confirm,withdraw" doc:"接办、转交、登记委托（仅代办）、记录、答复、不受理、回访、撤回"`
		Say    string    `json:"say,omitempty" maxLength:"2000" doc:"说明，本人会看到"`
		Class  aid.Class `json:"class,omitempty" doc:"难易：spot 当场，policy 政策原因，several 几个部门，hard 特别复杂"`
		Cause  string    `json:"cause,omitempty" maxLength:"40" doc:"办不成的原因"`
		Agency string    `json:"agency,omitempty" maxLength:"40" doc:"转给哪个部门"`
		Solved bool      `json:"solved,omitempty" doc:"解决了没有"`
		Until  string    `json:"until,omitempty" format:"date" doc:"委托到哪一天为止"`
		Paper  bool      `json:"paper,omitempty" doc:"本人签名的授权委托书已留存（窗口登记委托时）"`
	}
}

func (a *API) actOnMatter(ctx context.Context, by identity.Actor, in *matterActInput) (matterView, error) {
	b := in.Body
	m, err := a.Aid.Do(ctx, in.Matter, b.Act, aid.Done{Say: b.Say, Class: b.Class, Cause: b.Cause, Agency: b.Agency, Solved: b.Solved, Until: calendar.Parse(b.Until), Paper: b.Paper}, by)
	return matterOf(m, by), err
}

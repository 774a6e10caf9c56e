// Package casestest makes editions and people for tests of rooms that handle
// cases: small, invented, and complete enough to go through a whole life.
package casestest

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// The place where everything happens.
const (
	Region = "320300000000"
	Agency = "scjg"
)

// Permit is a licence with three parallel reviews and a decision by two people.
func Permit() *items.Edition {
	return &items.Edition{
		Item: "food-permit", Number: 1, State: items.Published, Name: "食品经营许可", Type: items.Licence, Kind: "承诺件", Objects: []items.Object{items.Person, items.Firm},
		Region: Region, Agency: Agency, AgencyName: "徐州市市场监督管理局", Phone: "12315",
		Codes:     items.Codes{Implementation: "11320300MB0000001X3000131023000"},
		Statutory: clock.Limit{N: 20, Unit: clock.WorkingDays}, Promised: clock.Limit{N: 5, Unit: clock.WorkingDays},
		Conditions: []items.Condition{{ID: "site", Text: "有与经营的食品相适应的场所"}},
		Materials: []items.Material{
			{ID: "id", Name: "身份证明", Necessity: items.Must},
			{ID: "plan", Name: "场所平面图", Necessity: items.Must, Deferrable: true},
		},
		Form: forms.Form{Groups: []forms.Group{{ID: "shop", Title: "经营场所", Fields: []forms.Field{
			{ID: "店名", Label: "店名", Kind: forms.Text, Required: true, MaxLen: 50},
			{ID: "手机", Label: "手机号码", Kind: forms.Mobile, Required: true, Sensitive: true},
		}}}},
		Special:   []items.Special{{Name: "现场核查", Limit: clock.Limit{N: 10, Unit: clock.WorkingDays}}},
		Procedure: Parallel(), Results: []items.Result{{Kind: "证照", Name: "食品经营许可证"}},
		Remedies: items.Remedies{Review: items.Remedy{Body: "徐州市人民政府"}, Suit: items.Remedy{Body: "徐州铁路运输法院"}},
	}
}

// Parallel is three reviews side by side and then the decision.
func Parallel() flow.Definition {
	d := flow.Definition{ID: "p", Name: "三并联", Nodes: []flow.Node{
		{ID: "s", Kind: flow.Start}, {ID: "fork", Kind: flow.Parallel}, {ID: "join", Kind: flow.Parallel},
		{ID: "decide", Kind: flow.Task, Name: "决定", Post: "审批岗", Role: identity.Approver, Substantive: true, Decides: true},
		{ID: "e", Kind: flow.End},
	}, Edges: []flow.Edge{{ID: "e0", From: "s", To: "fork"}, {ID: "e7", From: "join", To: "decide"}, {ID: "e8", From: "decide", To: "e"}}}
	for _, name := range []string{"选址审查", "卫生审查", "消防审查"} {
		d.Nodes = append(d.Nodes, flow.Node{ID: name, Kind: flow.Task, Name: name, Post: "审查岗", Role: identity.Reviewer, Limit: clock.Limit{N: 2, Unit: clock.WorkingDays}})
		d.Edges = append(d.Edges, flow.Edge{ID: "in" + name, From: "fork", To: name}, flow.Edge{ID: "out" + name, From: name, To: "join"})
	}
	return d
}

// The people.
var (
	LiMin      = identity.Actor{Account: "limin", Name: "李敏", Party: "p-limin", Channel: "mobile"}
	ZhangSan   = identity.Actor{Account: "zhangsan", Name: "张三", Party: "p-zhangsan", Channel: "pc"}
	WangFang   = staff("wangfang", "王芳", identity.Window, "zwzx", "综合窗口")
	ZhouHai    = staff("zhouhai", "周海", identity.Reviewer, Agency, "审查岗")
	LiQian     = staff("liqian", "李倩", identity.Reviewer, Agency, "审查岗")
	ZhaoGang   = staff("zhaogang", "赵刚", identity.Approver, Agency, "审批岗")
	HeJing     = staff("hejing", "何静", identity.Approver, Agency, "审批岗")
	SunLi      = staff("sunli", "孙立", identity.Head, Agency, "局长")
	ZhangMing  = staff("zhangming", "张明", identity.Supervisor, "zwb", "效能监督岗")
	Standing   = standing("standing", "代岗", "zhouhai", identity.Reviewer)
	ElseBureau = staff("else", "外局人", identity.Reviewer, "other", "审查岗")
)

// standing is somebody who stands in for another (AB岗).
func standing(account, name, away string, role identity.Role) identity.Actor {
	return identity.Actor{Account: account, Name: name, Posts: []identity.Post{{Agency: Agency, Region: Region, Role: role, Title: "审查岗", For: away}}}
}

func staff(account, name string, role identity.Role, agency, title string) identity.Actor {
	return identity.Actor{Account: account, Name: name, Posts: []identity.Post{{Agency: agency, Region: Region, Role: role, Title: title}}}
}

// Editions is a catalogue of given editions.
type Editions map[items.ID]*items.Edition

// Edition finds an edition by item.
func (e Editions) Edition(_ context.Context, item items.ID, _ int) (*items.Edition, error) {
	if found := e[item]; found != nil {
		return found, nil
	}
	return nil, fault.New(fault.NotFound, "items.none", "没有这个事项")
}

// Open is Edition for what is in force.
func (e Editions) Open(ctx context.Context, item items.ID, _ calendar.Day) (*items.Edition, error) {
	return e.Edition(ctx, item, 0)
}

// Vault hides a text by turning it round: enough for tests to see that it was hidden.
type Vault struct{}

// Seal turns the text round behind a mark.
func (Vault) Seal(plain, _ string) (string, error) { return "sealed:" + turn(plain), nil }

// Open turns it back.
func (Vault) Open(sealed, _ string) (string, error) { return turn(sealed[len("sealed:"):]), nil }

// Mark turns the text round, too.
func (Vault) Mark(_ int, value, _ string) string { return turn(value) }

// Marking is the first key.
func (Vault) Marking() int { return 1 }

func turn(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

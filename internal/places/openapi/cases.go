package openapi

import (
	"context"
	"net/http"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// routeCases names the operations of cases and what is known of them.
func (a *API) routeCases(b *book) {
	created(b, "POST /cases", "submitCase", "办件", "提交申请（收件）", a.submit)
	signed(b, "GET /cases", "listCases", "办件", "办件清单：本人、窗口、出证、部门、督查", a.listCases)
	signed(b, "GET /cases/{case}", "getCase", "办件", "办件详情（敏感信息已遮盖）", a.getCase)
	signed(b, "GET /cases/{case}/history", "getHistory", "办件", "办件的全部记录和记录链", a.history)
	signed(b, "GET /cases/{case}/clock", "getClock", "办件", "时限怎样算出：每一段计入与不计入的时间", a.clock)
	signed(b, "GET /cases/{case}/papers", "listPapers", "办件", "已经出具的文书", a.papers)
	signed(b, "GET /cases/{case}/papers/{kind}/{seq}", "getPaper", "办件", "文书的内容", a.paper)
	signed(b, "GET /inbox", "getInbox", "办件", "岗位的待办", a.inbox)
}

// OfCase names a case, by its ID or by the number people know.
type OfCase struct {
	Case string `path:"case" maxLength:"64" doc:"办件的标识（id）或者编号（number）"`
}

// idLength is how long an ID is; a number is longer.
const idLength = 16

// find finds the case for whoever may see it.
func (a *API) find(ctx context.Context, name string, by identity.Actor) (*cases.Case, error) {
	if len(name) == idLength {
		return a.Cases.Case(ctx, cases.ID(name), by)
	}
	return a.Cases.ByNumber(ctx, name, by)
}

// id is the ID of the case that is called so.
func (a *API) id(ctx context.Context, name string, by identity.Actor) (cases.ID, error) {
	if len(name) == idLength {
		return cases.ID(name), nil
	}
	c, err := a.Cases.ByNumber(ctx, name, by)
	if err != nil {
		return "", err
	}
	return c.ID, nil
}

func (a *API) getCase(ctx context.Context, by identity.Actor, in *OfCase) (caseView, error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return caseView{}, err
	}
	answers, err := a.Cases.Answers(ctx, c, by)
	if err != nil {
		return caseView{}, err
	}
	f, err := a.Cases.Frame(ctx, c)
	if err != nil {
		return caseView{}, err
	}
	v := a.view(c, f.Edition, answers, by)
	for i, w := range c.Flow.Open {
		for _, n := range f.Procedure.Earlier(c.Flow, w.ID) {
			v.Work[i].Earlier = append(v.Work[i].Earlier, nodeView{n.ID, n.Name})
		}
	}
	for _, t := range f.Procedure.Tallies(c.Flow) {
		v.Tallies = append(v.Tallies, tallyOf(t))
	}
	standings, err := a.Cases.Standings(ctx, c, f.Edition)
	v.Place = placeOf(standings)
	if err != nil {
		return caseView{}, err
	}
	events, err := a.Cases.HistoryOf(ctx, c, by)
	for _, r := range cases.ExchangeOf(events) {
		v.Exchange, v.States = r.State, append(v.States, stateOf(r))
	}
	return v, err
}

type listCasesInput struct {
	Paged
	List   string       `query:"list" enum:"mine,queue,issue,agency,watch" default:"mine" doc:"mine 本人的；queue 窗口待收件受理；issue 窗口待出证；agency 部门的；watch 督查在办的"`
	Region string       `query:"region" maxLength:"12" doc:"queue、issue、watch 用：12 位区划代码；不写则为本人岗位的区划"`
	Agency string       `query:"agency" maxLength:"64" doc:"agency 用：部门；不写则为本人的部门"`
	State  cases.State  `query:"state" enum:"received,correcting,accepted,granted,denied,not-needed,refused,withdrawn,terminated" doc:"只要这个状态的"`
	Name   string       `query:"name" maxLength:"50" doc:"申请人名称以此开头"`
	DueBy  calendar.Day `query:"due-by" doc:"watch 用：应在这一天以前办结的" example:"2026-09-30"`
}

func (a *API) listCases(ctx context.Context, by identity.Actor, in *listCasesInput) (list[rowView], error) {
	f := cases.Filter{State: in.State, Name: in.Name, DueBy: in.DueBy, After: in.After, Limit: in.Limit}
	switch in.List {
	case "queue":
		f.Queue = place(in.Region, by, identity.Window)
	case "issue":
		f.Issue = place(in.Region, by, identity.Window)
	case "agency":
		f.Agency = in.Agency
		if f.Agency == "" && len(by.Posts) > 0 {
			f.Agency = by.Posts[0].Agency
		}
	case "watch":
		f.Watch = place(in.Region, by, identity.Supervisor)
	default:
		f.Party = by.Party
	}
	rows, err := a.Cases.List(ctx, f, by)
	return paged(rows, func(r cases.Row) rowView {
		return rowView{string(r.ID), r.Number, r.ItemName, r.Agency, r.Applicant, r.State, r.StateHan(), r.Received, r.Due, r.LegalDue, r.Paused, r.Opened, ifSet(r.Closed), r.Archived}
	}, in.Limit, func(r cases.Row) string { return r.Cursor }), err
}

// place is the region that was asked for, or that of the actor's own post.
func place(asked string, by identity.Actor, role identity.Role) string {
	if asked != "" {
		return asked
	}
	for _, p := range by.Posts {
		if p.Role == role {
			return p.Region
		}
	}
	return ""
}

type eventView struct {
	Seq    int64             `json:"seq" doc:"第几条记录，从 1 起"`
	Act    cases.Act         `json:"act" doc:"办理动作"`
	Name   string            `json:"name" doc:"动作的名称"`
	From   cases.State       `json:"from" doc:"办理前的状态"`
	To     cases.State       `json:"to" doc:"办理后的状态"`
	By     cases.Doer        `json:"by" doc:"谁办的"`
	At     time.Time         `json:"at" doc:"什么时候"`
	Paper  cases.PaperKind   `json:"paper,omitempty" doc:"出具的文书"`
	Work   string            `json:"work,omitempty" doc:"哪个环节"`
	Said   string            `json:"said,omitempty" doc:"意见"`
	Reason string            `json:"reason,omitempty" doc:"理由"`
	Basis  string            `json:"basis,omitempty" doc:"依据"`
	Given  map[string]string `json:"given,omitempty" doc:"签署的内容"`
	Served *cases.Delivered  `json:"served,omitempty" doc:"送达：方式、时间、签收人、证明"`
	Serves *cases.PaperRef   `json:"serves,omitempty" doc:"送达的是哪份文书；没有即决定"`

	Changes   []cases.Change   `json:"changes,omitempty" doc:"补正、当场更正时改了申请表的哪些答案：原来的和改后的（敏感信息已遮盖）"`
	Confirmed *cases.Confirmed `json:"confirmed,omitempty" doc:"当场更正：申请人怎样确认"`

	Hash string `json:"hash" doc:"记录链的散列（SM3）：含上一条的散列和本条的内容"`
}

func (a *API) history(ctx context.Context, by identity.Actor, in *OfCase) (list[eventView], error) {
	id, err := a.id(ctx, in.Case, by)
	if err != nil {
		return list[eventView]{}, err
	}
	events, err := a.Cases.History(ctx, id, by)
	l := list[eventView]{Items: make([]eventView, len(events))}
	for i, e := range events {
		v := eventView{Seq: e.Seq, Act: e.Act, Name: cases.MoveOf(e.Act).Name, From: e.From, To: e.To, By: e.By, At: e.At,
			Paper: e.Paper, Reason: e.Reason, Basis: e.Basis, Served: e.Delivered, Serves: e.Serves, Hash: e.Hash,
			Changes: e.Changes, Confirmed: e.Confirmed}
		if e.Work != nil {
			v.Work, v.Said, v.Given = e.Work.Name, e.Work.Opinion, texts(e.Work.Answers)
		}
		l.Items[i] = v
	}
	return l, err
}

func texts(answers map[string]any) map[string]string {
	said := map[string]string{}
	for name, v := range answers {
		if text, ok := v.(string); ok {
			said[name] = text
		}
	}
	return said
}

type clockView struct {
	Promised  timeView `json:"promised" doc:"承诺时限"`
	Statutory timeView `json:"statutory" doc:"法定时限"`

	FirstReview *timeView `json:"firstReview,omitempty" doc:"先经下级机关审查的，下级机关的期限；上级机关的期限从报送之日起算"`
	Testers     *timeView `json:"testers,omitempty" doc:"按技术标准检验、检测、检疫的，指派人员的期限"`

	Clocks []cases.Told `json:"clocks" doc:"全部时限：法定、承诺、受理、特别程序、环节、送达等，名称、依据和每一段时间；与办件页面和 tongban clock 一致"`
}

type timeView struct {
	Say    string             `json:"say" doc:"现在怎样，例如：还剩3个工作日"`
	Colour clock.Colour       `json:"colour" doc:"红黄绿灯"`
	Paused bool               `json:"paused" doc:"是否停表"`
	How    *clock.Explanation `json:"how,omitempty" doc:"到期日和它的算法；还没有开始计时则没有"`
}

func (a *API) clock(ctx context.Context, by identity.Actor, in *OfCase) (clockView, error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return clockView{}, err
	}
	times, err := a.Cases.Times(ctx, c, a.Now(), by)
	if err != nil {
		return clockView{}, err
	}
	return clockView{a.time(c.Promised), a.time(c.Statutory), a.timeIf(c.LowerTime()), a.timeIf(c.TestersTime()), times.Clocks}, nil
}

// timeIf is the time of a clock that only some cases have.
func (a *API) timeIf(k clock.Clock) *timeView {
	if k.Started == 0 {
		return nil
	}
	v := a.time(k)
	return &v
}

func (a *API) time(k clock.Clock) timeView {
	now, days := a.Now(), a.Cases.Days
	v := timeView{k.Say(now, days), k.Colour(now, days, clock.Usual), k.Paused(), nil}
	if k.Started != 0 {
		how := k.Explain(days, now)
		v.How = &how
	}
	return v
}

type paperView struct {
	Kind  cases.PaperKind `json:"kind" doc:"种类"`
	Title string          `json:"title" doc:"名称"`
	Seq   int64           `json:"seq" doc:"由第几条记录出具"`

	Served *cases.Delivered `json:"served,omitempty" doc:"告知书、通知书怎样送达的；决定的送达见办件的 delivered"`
}

func (a *API) papers(ctx context.Context, by identity.Actor, in *OfCase) (list[paperView], error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return list[paperView]{}, err
	}
	return list[paperView]{Items: papersOf(c)}, nil
}

func papersOf(c *cases.Case) []paperView {
	all := make([]paperView, len(c.Papers))
	for i, p := range c.Papers {
		all[i] = paperView{p.Kind, p.Title, p.Seq, p.Served}
	}
	return all
}

type paperInput struct {
	OfCase
	Kind string `path:"kind" maxLength:"20" doc:"文书种类" example:"acceptance"`
	Seq  int64  `path:"seq" minimum:"1" doc:"由第几条记录出具"`
}

func (a *API) paper(ctx context.Context, by identity.Actor, in *paperInput) (cases.Sheet, error) {
	id, err := a.id(ctx, in.Case, by)
	if err != nil {
		return cases.Sheet{}, err
	}
	return a.Cases.PaperOf(ctx, id, cases.PaperKind(in.Kind), in.Seq, by)
}

func (a *API) paperFile(ctx context.Context, by identity.Actor, in *paperInput) (func(http.ResponseWriter, *http.Request), error) {
	sheet, err := a.paper(ctx, by, in)
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if err := a.Press.Send(w, r, sheet); err != nil {
			page.Fail(w, r, err)
		}
	}, nil
}

type inboxInput struct {
	Paged
	Agency string        `query:"agency" maxLength:"64" doc:"部门；不写则为本人的第一个岗位"`
	Role   identity.Role `query:"role" enum:"reviewer,approver,head" doc:"岗位角色；不写则为本人的第一个岗位"`
	Mine   bool          `query:"mine" doc:"true：我已签收的；false：岗位上还没有人签收的"`
	Find   string        `query:"find" maxLength:"50" doc:"事项名称包含，或者申请人、编号以此开头"`
}

func (a *API) inbox(ctx context.Context, by identity.Actor, in *inboxInput) (list[workRowView], error) {
	post, err := inboxPost(in, by)
	if err != nil {
		return list[workRowView]{}, err
	}
	rows, err := a.Cases.SearchInbox(ctx, post, in.Mine, in.Find, in.After, in.Limit, by)
	return paged(rows, func(r cases.WorkRow) workRowView {
		return workRowView{string(r.Case), r.Number, r.ItemName, r.Applicant, workOf(r.Work), r.Opened, r.Due, r.CaseDue, r.Paused, r.Clock.Say(a.Now(), a.Cases.Days)}
	}, in.Limit, func(r cases.WorkRow) string { return r.Cursor }), err
}

// inboxPost is the post whose inbox is asked for.
func inboxPost(in *inboxInput, by identity.Actor) (identity.Post, error) {
	for _, p := range by.Posts {
		if (in.Agency == "" || p.Agency == in.Agency) && (in.Role == "" || p.Role == in.Role) {
			return p, nil
		}
	}
	return identity.Post{}, fault.New(fault.Forbidden, "cases.inbox.post", "您没有这个岗位")
}

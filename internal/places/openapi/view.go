package openapi

import (
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
	"tongban/internal/register/credit"
)

// Brief is how a case stands after an act.
type Brief struct {
	ID        string      `json:"id" doc:"办件标识"`
	Number    string      `json:"number" doc:"办件编号"`
	State     cases.State `json:"state" doc:"状态"`
	StateName string      `json:"stateName" doc:"状态的名称"`
	Version   int64       `json:"version" doc:"已有多少条记录"`
	Work      []workView  `json:"work" doc:"现在等人办的工作"`
}

func briefly(c *cases.Case) Brief {
	return Brief{string(c.ID), c.Number, c.State, c.StateHan(), c.Head.Seq, workIn(c)}
}

type workView struct {
	ID      string        `json:"id" doc:"工作项，在办件里唯一" example:"w1"`
	Node    string        `json:"node" doc:"环节"`
	Name    string        `json:"name" doc:"环节名称"`
	Post    string        `json:"post,omitempty" doc:"岗位"`
	Role    identity.Role `json:"role,omitempty" doc:"岗位角色"`
	Agency  string        `json:"agency,omitempty" doc:"部门"`
	Limit   string        `json:"limit,omitempty" doc:"环节时限"`
	Claimed string        `json:"claimed,omitempty" doc:"签收的账号"`
	Decides bool          `json:"decides" doc:"是不是决定环节"`
	Signed  int           `json:"signed" doc:"已有几人签署"`
	Need    int           `json:"need" doc:"须几人签署"`
	Signers []string      `json:"signers,omitempty" doc:"请了谁加签（账号）；都签署了才算办完"`
	Earlier []nodeView    `json:"earlier,omitempty" doc:"可以退回到哪些办过的环节；只在查一个办件时给出"`
}

type nodeView struct {
	Node string `json:"node" doc:"环节"`
	Name string `json:"name" doc:"环节名称"`
}

// tallyView is how a countersign stands, or what it came to.
type tallyView struct {
	Node    string `json:"node" doc:"环节"`
	Name    string `json:"name" doc:"环节名称"`
	Of      int    `json:"of,omitempty" doc:"共有几个部门会签；会签结束以后不再给出"`
	Need    int    `json:"need,omitempty" doc:"几个同意即通过"`
	Agreed  int    `json:"agreed,omitempty" doc:"已有几个同意"`
	Against int    `json:"against,omitempty" doc:"已有几个不同意"`
	Over    bool   `json:"over" doc:"会签是不是已经结束"`
	Passed  bool   `json:"passed" doc:"结束的：会签是不是通过"`
}

func tallyOf(t flow.Tally) tallyView {
	return tallyView{t.Node, t.Name, t.Of, t.Need, t.Agreed, t.Against, t.Over, t.Passed}
}

func workOf(w flow.Work) workView {
	v := workView{w.ID, w.Node, w.Name, w.Post, w.Role, w.Agency, "", w.Claimed, w.Decides, len(w.Signed), max(1, w.Need), w.Signers, nil}
	if !w.Limit.None() {
		v.Limit = w.Limit.String()
	}
	return v
}

func workIn(c *cases.Case) []workView {
	all := make([]workView, len(c.Flow.Open))
	for i, w := range c.Flow.Open {
		all[i] = workOf(w)
	}
	return all
}

type applicantView struct {
	Party string `json:"party" doc:"当事人编号"`
	Name  string `json:"name" doc:"名称"`
	Org   bool   `json:"org" doc:"是不是法人或者其他组织"`
	Agent string `json:"agent,omitempty" doc:"经办人"`
}

type moveView struct {
	Act   cases.Act `json:"act" doc:"办理动作"`
	Name  string    `json:"name" doc:"名称"`
	Basis string    `json:"basis,omitempty" doc:"依据；这类事项没有统一法条的没有"`
}

// caseView is all that may be known of a case.
type caseView struct {
	Brief
	Item        string             `json:"item" doc:"事项"`
	Edition     int                `json:"edition" doc:"按第几版实施清单办理"`
	ItemName    string             `json:"itemName" doc:"事项名称"`
	Agency      string             `json:"agency" doc:"决定的部门"`
	Region      string             `json:"region" doc:"区划"`
	Applicant   applicantView      `json:"applicant" doc:"申请人"`
	Channel     string             `json:"channel" doc:"怎样提交的"`
	Deemed      bool               `json:"deemed" doc:"是不是逾期视为受理"`
	Received    calendar.Day       `json:"received" doc:"收到申请之日"`
	Opened      time.Time          `json:"opened" doc:"提交的时间"`
	Closed      *time.Time         `json:"closed,omitempty" doc:"办结的时间"`
	Promised    dueView            `json:"promised" doc:"承诺时限"`
	Statutory   dueView            `json:"statutory" doc:"法定时限"`
	Answers     forms.Answers      `json:"answers" doc:"申请表；除申请人本人外，敏感信息已遮盖"`
	Materials   []cases.Handed     `json:"materials" doc:"材料和核对结果"`
	Notices     []cases.Notice     `json:"notices" doc:"一次性告知"`
	Promises    []cases.Promise    `json:"promises" doc:"容缺承诺"`
	Offers      []cases.Promise    `json:"offers" doc:"申请人申请时选择稍后补交的材料；窗口同意受理后成为容缺承诺"`
	Pledges     []cases.Pledge     `json:"pledges" doc:"告知承诺"`
	Check       *cases.PledgeCheck `json:"check,omitempty" doc:"承诺的核查：方式、期限和结果"`
	Specials    []specialView      `json:"specials" doc:"特别程序"`
	Evidence    []evidenceView     `json:"evidence,omitempty" doc:"审查意见、现场核查结果所依据的照片、视频等证据；只给办理的人看"`
	FirstReview *firstReviewView   `json:"firstReview,omitempty" doc:"先经下级机关审查：期限、意见和随意见报送的材料"`
	Testers     *cases.Testers     `json:"testers,omitempty" doc:"按技术标准检验、检测、检疫：指派的人员和结果"`
	Place       *placeView         `json:"place,omitempty" doc:"有数量限制的事项：受理先后的位次和剩余名额"`
	Tallies     []tallyView        `json:"countersigns,omitempty" doc:"会签：进行到哪里，结论是什么"`
	Decision    *cases.Decision    `json:"decision,omitempty" doc:"决定"`
	Papers      []paperView        `json:"papers" doc:"文书"`
	Certificate string             `json:"certificate,omitempty" doc:"发出的证照的电子证照标识"`
	Delivery    cases.Delivery     `json:"delivery" doc:"送达方式"`
	Delivered   *cases.Delivered   `json:"delivered,omitempty" doc:"送达回证"`
	Until       calendar.Day       `json:"until,omitempty" doc:"证照的有效期到哪天；没有即长期"`
	Credit      *credit.Path       `json:"credit,omitempty" doc:"办理方式因申请人的信用等级有什么不同：名称、承诺时限缩短到百分之几、是否须先现场核查；没有即一般程序"`
	Later       *cases.Later       `json:"later,omitempty" doc:"决定以后的变更、延续、注销、撤销、撤回、吊销"`
	Urged       int                `json:"urged" doc:"督办过几次"`
	Exchange    cases.Exchange     `json:"exchange" minimum:"1" maximum:"15" doc:"现在的状态代码，即 states 的最后一条"`
	States      []stateRow         `json:"states" doc:"经过的状态，按办件状态代码 1—15（工程建设项目审批管理系统数据共享交换标准）"`
	Archived    *cases.Archived    `json:"archived,omitempty" doc:"归档：档号、第几版、信息包的摘要、时间"`
	May         []moveView         `json:"may" doc:"我现在可以对办件做什么"`
}

type dueView struct {
	Limit  string       `json:"limit" doc:"时限"`
	Due    calendar.Day `json:"due" doc:"应在这一天以前办结；停表时没有"`
	Paused bool         `json:"paused" doc:"是否停表"`
}

// stateRow is a state as the exchange standard numbers it.
type stateRow struct {
	State cases.Exchange `json:"state" minimum:"1" maximum:"15" doc:"状态代码：1 已接件，2 已撤件，3 已受理，4 不受理，5 不予受理，6 补正（开始），7 补正（结束），8 部门开始办理，9 特别程序（开始），10 特别程序（结束），11 办结（通过），12 办结（容缺通过），13 办结（不通过），14 撤回，15 撤销"`
	Name  string         `json:"name" doc:"状态名称"`
	By    string         `json:"by" doc:"谁"`
	At    time.Time      `json:"at" doc:"什么时候"`
	Say   string         `json:"opinion,omitempty" doc:"意见"`
}

func stateOf(r cases.ExchangeRow) stateRow { return stateRow{r.State, r.Name, r.By, r.At, r.Reason} }

type specialView struct {
	ID     string       `json:"id" doc:"特别程序的编号"`
	Kind   string       `json:"kind" doc:"种类"`
	Reason string       `json:"reason" doc:"理由"`
	Limit  string       `json:"limit" doc:"时限"`
	From   calendar.Day `json:"from" doc:"从哪天起"`
	Until  calendar.Day `json:"until" doc:"到哪天；没有即还在进行"`
	Result string       `json:"result,omitempty" doc:"结果"`

	Type     items.SpecialKind `json:"type,omitempty" doc:"类型"`
	Basis    string            `json:"basis,omitempty" doc:"依据"`
	Asker    string            `json:"asker,omitempty" doc:"申请人（申请启动的人）"`
	Approver string            `json:"approver,omitempty" doc:"批准人"`
	Handler  string            `json:"handler,omitempty" doc:"办理人"`
	Opinion  string            `json:"opinion,omitempty" doc:"办理意见"`
	By       string            `json:"agency,omitempty" doc:"办理部门"`
	USCC     string            `json:"uscc,omitempty" doc:"办理部门的统一社会信用代码"`
	Counted  bool              `json:"counted,omitempty" doc:"所需时间计入办理时限，启动以后不停表"`
}

func (a *API) view(c *cases.Case, e *items.Edition, answers forms.Answers, by identity.Actor) caseView {
	v := caseView{Brief: briefly(c), Item: string(c.Item), Edition: c.Edition, ItemName: c.ItemName, Agency: c.Agency, Region: c.Region,
		Applicant: applicantView{c.Applicant.Party, c.Applicant.Name, c.Applicant.Org, c.Applicant.Agent}, Channel: c.Channel, Deemed: c.Deemed,
		Received: c.Received, Opened: c.Opened, Closed: ifSet(c.Closed), Promised: a.due(c.Promised), Statutory: a.due(c.Statutory), Answers: answers,
		Materials: some(c.Materials), Notices: some(c.Notices), Promises: some(c.Promises), Offers: some(c.Offers), Pledges: some(c.Pledges), Check: c.Check, FirstReview: a.firstReview(c.FirstReview), Testers: c.Testers, Specials: []specialView{}, Decision: c.Decision,
		Papers: papersOf(c), Certificate: c.Certificate, Delivery: c.Delivery, Delivered: c.Delivered, Until: c.Until, Credit: c.Credit, Later: c.Later, Urged: c.Urged, Archived: c.Archived, May: []moveView{}}
	for _, s := range c.Specials {
		v.Specials = append(v.Specials, specialView{s.ID, s.Kind, s.Reason, s.Limit.String(), s.From, s.Until, s.Result,
			s.Type, s.Basis, s.Asker, s.Approver, s.Handler, s.Opinion, s.SpecialRecord.Agency, s.USCC, s.Counted})
	}
	v.Evidence = evidenceOf(c.Evidence, by)
	for _, m := range c.May(by) {
		v.May = append(v.May, moveView{m.Act, m.Name, m.Rests(e)})
	}
	return v
}

func (a *API) due(k clock.Clock) dueView {
	return dueView{k.Allowed(), k.Due(a.Cases.Days).Day, k.Paused()}
}

// ifSet is t, or nothing for the zero time.
func ifSet(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type rowView struct {
	ID        string       `json:"id" doc:"办件标识"`
	Number    string       `json:"number" doc:"办件编号"`
	ItemName  string       `json:"itemName" doc:"事项名称"`
	Agency    string       `json:"agency" doc:"决定的部门"`
	Applicant string       `json:"applicant" doc:"申请人"`
	State     cases.State  `json:"state" doc:"状态"`
	StateName string       `json:"stateName" doc:"状态的名称"`
	Received  calendar.Day `json:"received" doc:"收到申请之日"`
	Due       calendar.Day `json:"due" doc:"应办结之日"`
	LegalDue  calendar.Day `json:"legalDue" doc:"法定应办结之日"`
	Paused    bool         `json:"paused" doc:"是否停表"`
	Opened    time.Time    `json:"opened" doc:"提交的时间"`
	Closed    *time.Time   `json:"closed,omitempty" doc:"办结的时间"`
	Archived  bool         `json:"archived" doc:"是不是已经归档"`
}

type workRowView struct {
	Case      string       `json:"case" doc:"办件标识"`
	Number    string       `json:"number" doc:"办件编号"`
	ItemName  string       `json:"itemName" doc:"事项名称"`
	Applicant string       `json:"applicant" doc:"申请人"`
	Work      workView     `json:"work" doc:"工作"`
	Opened    time.Time    `json:"opened" doc:"到岗的时间"`
	Due       calendar.Day `json:"due" doc:"环节应办结之日"`
	CaseDue   calendar.Day `json:"caseDue" doc:"办件应办结之日"`
	Paused    bool         `json:"paused" doc:"是否停表"`
	Say       string       `json:"say" doc:"环节时限现在怎样"`
}

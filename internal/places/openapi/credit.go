package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
	"tongban/internal/register/credit"
)

// routeCredit names the operations of promises and credit.
func (a *API) routeCredit(b *book) {
	signed(b, "GET /owed", "listOwed", "信用", "待补交的容缺材料、待核查的承诺", a.listOwed)
	signed(b, "GET /credit", "myCredit", "信用", "我的信用等级和记录", a.myCredit)
	signed(b, "POST /credit/grades", "bringGrades", "信用", "导入公共信用综合评价的等级：A 守信、B 正常、C 一般失信、D 严重失信（效能监督岗）", a.bringGrades)
	signed(b, "GET /credit/records", "listCredit", "信用", "部门或者区域的信用记录（已遮盖）", a.listCredit)
	signed(b, "GET /credit/records/{record}", "getCredit", "信用", "一条信用记录", a.creditRecord)
	signed(b, "POST /credit/records/{record}/pleas", "plead", "信用", "提出异议，或者申请信用修复（仅本人）", a.plead)
	signed(b, "POST /credit/records/{record}/answer", "answerPlea", "信用", "答复异议和修复申请", a.answerPlea)
}

type creditView struct {
	ID       string       `json:"id" doc:"记录的标识"`
	Name     string       `json:"name" doc:"谁的记录；他人的姓名已遮盖"`
	Kind     credit.Kind  `json:"kind" doc:"lapsed-promise 容缺承诺逾期未补交，broken-pledge 告知承诺不实或者逾期没有整改，false-material 申请时隐瞒情况、提供虚假材料，fraud 以欺骗、贿赂等不正当手段取得，graded 从公共信用综合评价导入的等级（不是失信记录）"`
	KindName string       `json:"kindName" doc:"种类的名称"`
	Number   string       `json:"number" doc:"来自哪个办件"`
	ItemName string       `json:"itemName" doc:"事项名称"`
	Promise  string       `json:"promise" doc:"承诺了什么"`
	Article  string       `json:"article" doc:"依据"`
	Say      string       `json:"say" doc:"事实"`
	Agency   string       `json:"agency" doc:"认定单位"`
	On       calendar.Day `json:"on" doc:"哪天记录的"`
	Until    calendar.Day `json:"until" doc:"有效到哪天"`
	Repair   calendar.Day `json:"repair" doc:"哪天起可以申请修复"`
	State    credit.State `json:"state" doc:"状态"`
	Word     string       `json:"stateName" doc:"状态的名称"`
	Pleas    []pleaView   `json:"pleas" doc:"异议和修复申请"`
}

type pleaView struct {
	Kind     credit.PleaKind `json:"kind" doc:"objection 异议，repair 信用修复"`
	Text     string          `json:"text" doc:"事实和理由"`
	At       time.Time       `json:"at" doc:"什么时候提出"`
	Due      calendar.Day    `json:"due" doc:"在这一天以前答复"`
	Granted  bool            `json:"granted" doc:"是不是同意"`
	Answer   string          `json:"answer,omitempty" doc:"答复"`
	Answered *time.Time      `json:"answered,omitempty" doc:"什么时候答复"`
}

func creditOf(r credit.Record) creditView {
	v := creditView{r.ID, r.Name, r.Kind, r.Kind.Han(), r.Number, r.ItemName, r.Promise, r.Article, r.Say, r.Agency, r.On, r.Until, r.Repair, r.State, r.State.Han(), []pleaView{}}
	for _, p := range r.Pleas {
		v.Pleas = append(v.Pleas, pleaView{p.Kind, p.Text, p.At, p.Due, p.Granted, p.Answer, ifSet(p.Answered)})
	}
	return v
}

func creditsOf(all []credit.Record) []creditView {
	list := make([]creditView, len(all))
	for i, r := range all {
		list[i] = creditOf(r)
	}
	return list
}

type standingView struct {
	Grade   credit.Grade `json:"grade" doc:"信用等级"`
	Word    string       `json:"gradeName" doc:"等级的名称"`
	Defer   string       `json:"defer,omitempty" doc:"为什么不能容缺受理；没有即可以"`
	Pledge  string       `json:"pledge,omitempty" doc:"为什么不能告知承诺；没有即可以"`
	Records []creditView `json:"records" doc:"信用记录"`
}

func (a *API) myCredit(ctx context.Context, by identity.Actor, _ *nothing) (standingView, error) {
	own, err := a.Credit.Own(ctx, by)
	if err != nil {
		return standingView{}, err
	}
	v := standingView{Grade: own.Grade, Word: own.Grade.Han(), Records: creditsOf(own.Records)}
	if own.Defer != nil {
		v.Defer = fault.Say(own.Defer)
	}
	if own.Pledge != nil {
		v.Pledge = fault.Say(own.Pledge)
	}
	return v, nil
}

type listCreditInput struct {
	Paged
	Agency string       `query:"agency" maxLength:"64" doc:"认定单位；负责人和决定岗用"`
	Region string       `query:"region" maxLength:"12" doc:"区划和它的下级；督查岗用，不写则为本人岗位的区划"`
	State  credit.State `query:"state" enum:"valid,objected,repairing,repaired,removed" doc:"只要这个状态的"`
	Name   string       `query:"name" maxLength:"50" doc:"名称以此开头"`
	Number string       `query:"number" maxLength:"20" doc:"完整的证件号码"`
}

func (a *API) listCredit(ctx context.Context, by identity.Actor, in *listCreditInput) (list[creditView], error) {
	f := credit.Filter{Agency: in.Agency, Region: in.Region, State: in.State, Name: in.Name, After: in.After, Limit: in.Limit}
	if f.Agency == "" && f.Region == "" {
		if f.Region = place("", by, identity.Supervisor); f.Region == "" && len(by.Posts) > 0 {
			f.Agency = by.Posts[0].Agency
		}
	}
	all, err := a.Credit.List(ctx, f, in.Number, by)
	l := list[creditView]{Items: creditsOf(all)}
	if len(all) == in.Limit {
		l.Next = all[len(all)-1].Cursor()
	}
	return l, err
}

// OfRecord names a credit record.
type OfRecord struct {
	Record string `path:"record" maxLength:"64" doc:"信用记录的标识"`
}

func (a *API) creditRecord(ctx context.Context, by identity.Actor, in *OfRecord) (creditView, error) {
	r, err := a.Credit.Record(ctx, in.Record, by)
	return creditOf(r), err
}

type pleadInput struct {
	OfRecord
	Keyed
	Body struct {
		Kind credit.PleaKind `json:"kind" enum:"objection,repair" doc:"objection 异议，repair 信用修复"`
		Text string          `json:"text" maxLength:"2000" doc:"事实和理由"`
	}
}

func (a *API) plead(ctx context.Context, by identity.Actor, in *pleadInput) (creditView, error) {
	r, err := a.Credit.Plead(ctx, in.Record, in.Body.Kind, in.Body.Text, by)
	if err != nil {
		return creditView{}, err
	}
	return creditOf(r), nil
}

type answerPleaInput struct {
	OfRecord
	Keyed
	Body struct {
		Grant bool   `json:"grant" doc:"是不是同意"`
		Text  string `json:"text" maxLength:"2000" doc:"核实情况和理由"`
	}
}

func (a *API) answerPlea(ctx context.Context, by identity.Actor, in *answerPleaInput) (done, error) {
	_, err := a.Credit.Answer(ctx, in.Record, in.Body.Grant, in.Body.Text, by)
	return done{err == nil}, err
}

type gradesInput struct {
	Body struct {
		Try    bool `json:"try,omitempty" doc:"只检查，不导入"`
		Grades []struct {
			Number string       `json:"number" maxLength:"18" doc:"公民身份号码，或者统一社会信用代码"`
			Name   string       `json:"name" maxLength:"100" doc:"姓名或者单位名称"`
			Grade  credit.Grade `json:"grade" enum:"A,B,C,D" doc:"A 守信：容缺受理、告知承诺、绿色通道（承诺时限缩短）；B 正常：一般程序，可以容缺受理、告知承诺；C 一般失信：不适用容缺受理；D 严重失信：不适用容缺受理和告知承诺，准予以前须现场核查。各等级的效果由本地信用规则（credit.yaml）确定"`
			Until  calendar.Day `json:"until" format:"date" doc:"有效期至哪一天" example:"2027-06-30"`
		} `json:"grades" minItems:"1" maxItems:"2000" doc:"公共信用综合评价的等级，全部正确才导入"`
	}
}

type gradesView struct {
	New  int `json:"new" doc:"新的等级有几个"`
	Same int `json:"same" doc:"与现有的相同的有几个"`
}

func (a *API) bringGrades(ctx context.Context, by identity.Actor, in *gradesInput) (gradesView, error) {
	var rows [][]string
	for _, g := range in.Body.Grades {
		rows = append(rows, []string{g.Number, g.Name, string(g.Grade), g.Until.String()})
	}
	table, err := sheet.List("grades", []string{"number", "name", "grade", "until"}, rows, credit.GradeHeadings...)
	if err != nil {
		return gradesView{}, err
	}
	done, err := a.Credit.BringGrades(ctx, table, in.Body.Try, by)
	return gradesView{done.New, done.Same}, err
}

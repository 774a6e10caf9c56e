package openapi

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/oversight/supervision"
)

// routeSupervision names the operations of supervision.
func (a *API) routeSupervision(b *book) {
	signed(b, "GET /indicators", "getIndicators", "效能监督", "一个区域近30天的效能指标，附分子分母", a.indicators)
	signed(b, "GET /alarms", "listAlarms", "效能监督", "现在的预警：规则、等级、原因", a.alarms)
	signed(b, "GET /alarm-rules", "listAlarmRules", "效能监督", "预警纠错规则：看什么、何时告诉谁", a.alarmRules)
	signed(b, "GET /notices", "listNotices", "效能监督", "发给我的提醒", a.notices)
	signed(b, "DELETE /notices/{notice}", "putAwayNotice", "效能监督", "处理完的提醒收起来", a.putAway)
}

// Within says whose cases are asked about.
type Within struct {
	Region string `query:"region" maxLength:"12" doc:"区划和它的下级；不写为本人岗位的区划"`
	Agency string `query:"agency" maxLength:"64" doc:"只要这个部门的"`
}

// scope is what is asked for, or the division of the actor's own post.
func (in Within) scope(by identity.Actor) supervision.Scope {
	if in.Region == "" && len(by.Posts) > 0 {
		in.Region = by.Posts[0].Region
	}
	return supervision.Scope{Region: in.Region, Agency: in.Agency}
}

// rateView is a share with what it was made of.
type rateView struct {
	Part  int64   `json:"part" doc:"分子"`
	Whole int64   `json:"whole" doc:"分母"`
	Rate  float64 `json:"rate" doc:"比率，0 到 1；分母为 0 时为 1"`
}

func rateOf(part, whole int64) rateView {
	if whole == 0 {
		return rateView{part, whole, 1}
	}
	return rateView{part, whole, float64(part) / float64(whole)}
}

type indicatorsView struct {
	Region    string           `json:"region" doc:"区划"`
	Agency    string           `json:"agency,omitempty" doc:"部门"`
	Days      int              `json:"days" doc:"统计近多少天"`
	Open      int64            `json:"open" doc:"在办件数"`
	Late      int64            `json:"late" doc:"超期在办件数"`
	DueToday  int64            `json:"dueToday" doc:"今天到期"`
	InPromise rateView         `json:"inPromise" doc:"按时办结率（承诺时限）"`
	InLaw     rateView         `json:"inLaw" doc:"按时办结率（法定时限）"`
	AskedOnce rateView         `json:"askedOnce" doc:"一次性告知合规率：补正告知不超过一次的"`
	Counts    map[string]int64 `json:"counts" doc:"各项计数"`
	Agencies  []agencyFigures  `json:"agencies" doc:"按部门"`
}

type agencyFigures struct {
	Agency    string   `json:"agency" doc:"部门"`
	Decided   int64    `json:"decided" doc:"办结件数"`
	InPromise rateView `json:"inPromise" doc:"按时办结率（承诺时限）"`
}

func (a *API) indicators(ctx context.Context, by identity.Actor, in *Within) (indicatorsView, error) {
	scope := in.scope(by)
	board, err := a.Supervision.Board(ctx, scope, by)
	if err != nil {
		return indicatorsView{}, err
	}
	w := board.Whole
	v := indicatorsView{
		Region: scope.Region, Agency: scope.Agency, Days: len(board.Days), Open: board.Open, Late: board.Late, DueToday: board.Today,
		InPromise: rateOf(w[supervision.InPromise], w[supervision.Decided]), InLaw: rateOf(w[supervision.InLaw], w[supervision.Decided]),
		AskedOnce: rateOf(w[supervision.Asked]-w[supervision.AskedTwice], w[supervision.Asked]), Counts: map[string]int64{}, Agencies: []agencyFigures{},
	}
	for i, name := range supervision.Names {
		v.Counts[name] = w[i]
	}
	for _, t := range board.Agencies {
		v.Agencies = append(v.Agencies, agencyFigures{t.Agency, t.Counts[supervision.Decided], rateOf(t.Counts[supervision.InPromise], t.Counts[supervision.Decided])})
	}
	return v, nil
}

type alarmsInput struct {
	Within
	After string `query:"after" maxLength:"100" doc:"上一页的 next"`
}

type alarmView struct {
	Serial   string            `json:"serial" doc:"监察编号"`
	Rule     string            `json:"rule" doc:"预警规则"`
	Level    supervision.Level `json:"level" doc:"等级：黄牌、红牌"`
	Say      string            `json:"say" doc:"一句话原因"`
	Case     string            `json:"case" doc:"办件标识；不是办件的，是来源和标识：aid/… 帮办和反映，credit/… 信用记录"`
	Number   string            `json:"number" doc:"办件编号，或者反映编号"`
	ItemName string            `json:"itemName" doc:"事项名称"`
	Agency   string            `json:"agency" doc:"部门"`
	Raised   time.Time         `json:"raised" doc:"发现的时间"`
	Told     int               `json:"told" doc:"已经告诉到第几级"`
}

func (a *API) alarms(ctx context.Context, by identity.Actor, in *alarmsInput) (list[alarmView], error) {
	all, err := a.Supervision.Alarmed(ctx, in.scope(by), in.After, by)
	l := list[alarmView]{Items: make([]alarmView, len(all))}
	for i, r := range all {
		l.Items[i] = alarmView{r.Serial(), r.Rule, r.Level, r.Say, string(r.Case), r.Number, r.ItemName, r.Agency, r.Raised, r.Told}
	}
	if n := len(all); n == supervision.AlarmPage {
		l.Next = fmt.Sprintf("%d-%s", all[n-1].Raised.UnixMilli(), all[n-1].Case)
	}
	return l, err
}

type alarmRuleView struct {
	ID    string            `json:"id" doc:"规则的标识"`
	Name  string            `json:"name" doc:"名称"`
	Level supervision.Level `json:"level" doc:"等级：黄牌、红牌"`
	Watch supervision.What  `json:"watch" doc:"看什么"`
	Tell  []tellingView     `json:"tell" doc:"何时告诉谁"`
}

type tellingView struct {
	After string           `json:"after" doc:"发现以后多久"`
	To    supervision.Whom `json:"to" doc:"告诉谁：holder 经办人，window 窗口，head 负责人，supervisor 效能监督岗"`
}

func (a *API) alarmRules(_ context.Context, by identity.Actor, _ *nothing) (list[alarmRuleView], error) {
	l := list[alarmRuleView]{Items: []alarmRuleView{}}
	for _, r := range a.Supervision.Alarms {
		v := alarmRuleView{r.ID, r.Name, r.Level, r.Watch, []tellingView{}}
		for _, t := range r.Tell {
			v.Tell = append(v.Tell, tellingView{afterHan(t.After), t.To})
		}
		l.Items = append(l.Items, v)
	}
	return l, supervision.Staff(by)
}

type noticeView struct {
	ID       string            `json:"id" doc:"提醒的标识"`
	Case     string            `json:"case" doc:"办件标识；不是办件的，是来源和标识：aid/… 帮办和反映，credit/… 信用记录"`
	Number   string            `json:"number" doc:"办件编号，或者反映编号"`
	ItemName string            `json:"itemName" doc:"事项名称"`
	Rule     string            `json:"rule" doc:"预警规则"`
	Level    supervision.Level `json:"level" doc:"等级"`
	Say      string            `json:"say" doc:"一句话原因"`
	At       time.Time         `json:"at" doc:"时间"`
}

func (a *API) notices(ctx context.Context, by identity.Actor, _ *nothing) (list[noticeView], error) {
	all, err := a.Supervision.Notices(ctx, by)
	return listed(all, func(n supervision.Notice) noticeView {
		return noticeView{n.ID, string(n.Case), n.Number, n.ItemName, n.Rule, n.Level, n.Say, n.At}
	}), err
}

type ofNotice struct {
	Notice string `path:"notice" maxLength:"64" doc:"提醒的标识"`
}

func (a *API) putAway(ctx context.Context, by identity.Actor, in *ofNotice) (done, error) {
	return done{true}, a.Supervision.PutAway(ctx, in.Notice, by)
}

// afterHan is how long after an alarm somebody is told: at once where no time is
// to pass.
func afterHan(l clock.Limit) string {
	if l.None() {
		return "立即"
	}
	return l.String()
}

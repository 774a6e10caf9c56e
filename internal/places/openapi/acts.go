package openapi

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// routeActs names the operations of the acts on a case up to its decision and after, but for those named elsewhere.
func (a *API) routeActs(b *book) {
	act(b, "POST /cases/{case}/judge", cases.Judge, a.judge)
	act(b, "POST /cases/{case}/accept", cases.Accept, a.accept)
	act(b, "POST /cases/{case}/ask-once", cases.AskOnce, a.askOnce)
	act(b, "POST /cases/{case}/rectify", cases.Rectify, a.rectify)
	act(b, "POST /cases/{case}/correct", cases.Correct, a.correct)
	act(b, "POST /cases/{case}/cure", cases.Cure, a.cure)
	act(b, "POST /cases/{case}/refuse", cases.Refuse, a.refuse)
	act(b, "POST /cases/{case}/say-not-needed", cases.SayNotNeeded, a.sayNotNeeded)
	act(b, "POST /cases/{case}/withdraw", cases.Withdraw, a.withdraw)
	act(b, "POST /cases/{case}/terminate", cases.Terminate, a.terminate)
	act(b, "POST /cases/{case}/deliver", cases.Deliver, a.deliver)
	act(b, "POST /cases/{case}/papers/{kind}/{seq}/serve", cases.ServePaper, a.servePaper)
	act(b, "POST /cases/{case}/urge", cases.Urge, a.urge)
	act(b, "POST /cases/{case}/answer-urge", cases.AnswerUrge, a.answerUrge)
	act(b, "POST /cases/{case}/extend", cases.Extend, a.extend)
	act(b, "POST /cases/{case}/check", cases.Check, a.checkDecision)
	act(b, "POST /cases/{case}/mend", cases.Mend, a.mendDecision)
	act(b, "POST /cases/{case}/specials", cases.OpenSpecial, a.openSpecial)
	act(b, "POST /cases/{case}/specials/{special}/close", cases.CloseSpecial, a.closeSpecial)
	act(b, "POST /cases/{case}/pledge", cases.TakePledge, a.pledge)
	act(b, "POST /cases/{case}/settle", cases.Settle, a.settle)
	act(b, "POST /cases/{case}/receive-link", cases.ReceiveLink, a.receiveLink)
	act(b, "POST /cases/{case}/show-met", cases.ShowMet, a.showMet)
	act(b, "POST /cases/{case}/check-pledge", cases.CheckPledge, a.checkPledge)
	act(b, "POST /cases/{case}/postpone", cases.Postpone, a.postpone)
	act(b, "POST /cases/{case}/file-now", cases.FileNow, a.fileNow)
}

// OnCase is an act on a case.
type OnCase struct {
	OfCase
	Keyed
}

type reasonInput struct {
	OnCase
	Body struct {
		Reason string `json:"reason" maxLength:"2000" doc:"理由"`
		Basis  string `json:"basis,omitempty" maxLength:"2000" doc:"依据；不予受理必须写明，不属于本机关职权的写应当向哪个机关申请"`
	}
}

type verdict struct {
	Material string        `json:"material" minLength:"1" maxLength:"64" doc:"材料"`
	Finding  cases.Finding `json:"finding" enum:"complete,missing,defective,exempt,promised,on-word" doc:"核对结果：齐全、缺失、不符合要求、免提交、容缺、承诺代替"`
	Say      string        `json:"say,omitempty" maxLength:"500" doc:"哪里不符合、怎样改"`
}

func verdicts(all []verdict) []cases.Verdict {
	given := make([]cases.Verdict, len(all))
	for i, v := range all {
		given[i] = cases.Verdict{Material: v.Material, Finding: v.Finding, Say: v.Say}
	}
	return given
}

type judgeInput struct {
	OnCase
	Body struct {
		Verdicts []verdict `json:"verdicts" minItems:"1" maxItems:"100" doc:"逐份材料的核对结果"`
	}
}

func (a *API) judge(ctx context.Context, by identity.Actor, in *judgeInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Judge(ctx, id, verdicts(in.Body.Verdicts), by) })
}

// on finds the ID of the case and does something to it.
func (a *API) on(ctx context.Context, name string, by identity.Actor, do func(cases.ID) (*cases.Case, error)) (*cases.Case, error) {
	id, err := a.id(ctx, name, by)
	if err != nil {
		return nil, err
	}
	return do(id)
}

type promise struct {
	Material string       `json:"material" minLength:"1" maxLength:"64" doc:"容缺的材料"`
	By       calendar.Day `json:"by" format:"date" doc:"承诺在这一天以前补交" example:"2026-09-30"`
}

type acceptInput struct {
	OnCase
	Body struct {
		Verdicts []verdict `json:"verdicts,omitempty" maxItems:"100" doc:"逐份材料的核对结果"`
		Promises []promise `json:"promises,omitempty" maxItems:"50" doc:"容缺承诺"`
		Letter   letter    `json:"letter,omitempty" doc:"容缺受理承诺书：由申请人自愿签署；申请时已经签署、补交日期不变的不用再签"`
	}
}

// letter is how the letter of the promises was signed.
type letter struct {
	Signed   *inked `json:"signed,omitempty" doc:"电子签署；与 onPaper 写其一"`
	OnPaper  bool   `json:"onPaper,omitempty" doc:"申请人在纸质承诺书上签署，原件由窗口留存"`
	Attorney bool   `json:"attorney,omitempty" doc:"经办人代签的：已核对并留存申请人的授权委托书"`
}

// under puts the letter under the promises.
func (a *API) under(ctx context.Context, l letter, promises []cases.Promise) error {
	var signed *ink.Signature
	if l.Signed != nil && len(promises) > 0 {
		s, err := ink.Sign(ctx, a.Files, l.Signed.Name, l.Signed.Strokes, l.Signed.Name)
		if err != nil {
			return fault.Placed(err, "letter.signed")
		}
		signed = &s
	}
	for i := range promises {
		promises[i].Signed, promises[i].OnPaper, promises[i].Attorney = signed, l.OnPaper, l.Attorney
	}
	return nil
}

func (a *API) accept(ctx context.Context, by identity.Actor, in *acceptInput) (*cases.Case, error) {
	var promises []cases.Promise
	for i, p := range in.Body.Promises {
		if p.By == 0 {
			return nil, notADay("promises", i, "by")
		}
		promises = append(promises, cases.Promise{Material: p.Material, By: p.By})
	}
	if err := a.under(ctx, in.Body.Letter, promises); err != nil {
		return nil, err
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.Accept(ctx, id, verdicts(in.Body.Verdicts), promises, by)
	})
}

// outside is something that happened outside the case.
type outside struct {
	What   string       `json:"what" maxLength:"500" doc:"发生了什么、为什么因此这样办"`
	Source string       `json:"source" maxLength:"500" doc:"出处：文件名称和文号，或者作出认定的机关和文书"`
	On     calendar.Day `json:"on" format:"date" doc:"发生的日期；作为再次告知理由的，不得早于上一次告知" example:"2026-10-08"`
}

type askOnceInput struct {
	OnCase
	Body struct {
		Items []struct {
			Material  string        `json:"material,omitempty" maxLength:"64" doc:"要补正的材料；与 condition、field 写其一"`
			Condition string        `json:"condition,omitempty" maxLength:"64" doc:"不符合的条件"`
			Field     string        `json:"field,omitempty" maxLength:"64" doc:"申请表里要更正的字段"`
			Finding   cases.Finding `json:"finding" enum:"missing,defective" doc:"缺失或者不符合要求"`
			Say       string        `json:"say" maxLength:"500" doc:"哪里不符合、怎样改"`
			Outside   *outside      `json:"outside,omitempty" doc:"再次告知时：上一次告知以后发生的外部情况（法律法规变化、其他机关的认定等）；新提交的材料不符合要求的，不用写"`
			Change    string        `json:"change,omitempty" maxLength:"64" doc:"再次告知时：申请人补正时改了申请表的哪个字段，使这一项不再一致；只因新答案才需要的材料和条件，不用写"`
		} `json:"items" minItems:"1" maxItems:"100" doc:"需要补正的全部内容，只能告知这一次"`
		Until calendar.Day `json:"until" format:"date" doc:"请在这一天以前补正" example:"2026-10-15"`
	}
}

func (a *API) askOnce(ctx context.Context, by identity.Actor, in *askOnceInput) (*cases.Case, error) {
	if in.Body.Until == 0 {
		return nil, notADay("", -1, "until")
	}
	var all []cases.Deficiency
	for _, d := range in.Body.Items {
		all = append(all, cases.Deficiency{Material: d.Material, Condition: d.Condition, Finding: d.Finding, Say: d.Say, Outside: (*cases.Outside)(d.Outside), Field: d.Field, Change: d.Change})
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.AskOnce(ctx, id, all, in.Body.Until, by) })
}

// arrival is how material came by post.
type arrival struct {
	On      calendar.Day `json:"on" format:"date" doc:"行政机关签收的日期，以这一天为收到之日" example:"2026-09-30"`
	Posted  calendar.Day `json:"posted,omitempty" format:"date" doc:"邮戳上的寄出日期" example:"2026-09-28"`
	Waybill string       `json:"waybill,omitempty" maxLength:"100" doc:"运单号"`
}

func (a *arrival) on() *cases.Arrival {
	if a == nil {
		return nil
	}
	return &cases.Arrival{On: a.On, Posted: a.Posted, Waybill: a.Waybill}
}

type handInput struct {
	OnCase
	Body struct {
		Materials []handed `json:"materials" minItems:"1" maxItems:"100" doc:"补交的材料"`
		Came      *arrival `json:"came,omitempty" doc:"邮寄来的：怎样到达；只有窗口可以写"`
	}
}

type correctInput struct {
	OnCase
	Body struct {
		Materials []handed      `json:"materials,omitempty" maxItems:"100" doc:"补正的材料"`
		Answers   forms.Answers `json:"answers,omitempty" doc:"申请表里要更正的答案：告知要求更正的，或者申请人自己发现写错的；没有写的不变，写空的删去"`
		Came      *arrival      `json:"came,omitempty" doc:"邮寄来的：怎样到达；只有窗口可以写"`
	}
}

func (a *API) correct(ctx context.Context, by identity.Actor, in *correctInput) (*cases.Case, error) {
	given, err := a.materials(ctx, in.Body.Materials, by)
	if err != nil {
		return nil, err
	}
	x := cases.Correction{Handed: given, Answers: in.Body.Answers, Came: in.Body.Came.on()}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Correct(ctx, id, x, by) })
}

func (a *API) cure(ctx context.Context, by identity.Actor, in *handInput) (*cases.Case, error) {
	given, err := a.materials(ctx, in.Body.Materials, by)
	if err != nil {
		return nil, err
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Cure(ctx, id, given, in.Body.Came.on(), by) })
}

func (a *API) refuse(ctx context.Context, by identity.Actor, in *reasonInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.Refuse(ctx, id, in.Body.Reason, in.Body.Basis, by)
	})
}

func (a *API) sayNotNeeded(ctx context.Context, by identity.Actor, in *reasonInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.SayNotNeeded(ctx, id, in.Body.Reason, by) })
}

func (a *API) withdraw(ctx context.Context, by identity.Actor, in *reasonInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Withdraw(ctx, id, in.Body.Reason, by) })
}

type terminateInput struct {
	OnCase
	Body struct {
		Ground cases.Ground `json:"ground" enum:"uncorrected,uncured,unpaid,perished,vanished,overtaken" doc:"情形：逾期未补正、容缺逾期未补交、逾期未缴费、主体消灭或者丧失资格、对象消失、依据变化或者生效裁判；情形不成立的不能终止"`
		Event  *outside     `json:"event,omitempty" doc:"后四种情形必填：发生了什么、凭据、日期（未缴费的填缴费期限的最后一日）；由审批部门认定"`
		Say    string       `json:"say,omitempty" maxLength:"500" doc:"还要告诉申请人的话"`
	}
}

func (a *API) terminate(ctx context.Context, by identity.Actor, in *terminateInput) (*cases.Case, error) {
	x := cases.Ending{Ground: in.Body.Ground, Event: (*cases.Outside)(in.Body.Event), Say: in.Body.Say}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Terminate(ctx, id, x, by) })
}

type urgeInput struct {
	OnCase
	Body struct {
		Text  string       `json:"text" maxLength:"2000" doc:"督办事由和要求"`
		Until calendar.Day `json:"until,omitempty" format:"date" doc:"要求答复的日期；不写为下一个工作日" example:"2026-09-24"`
	}
}

func (a *API) urge(ctx context.Context, by identity.Actor, in *urgeInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Urge(ctx, id, in.Body.Text, by, in.Body.Until) })
}

type answerUrgeInput struct {
	OnCase
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000" doc:"办理情况，或者没有办结的原因"`
	}
}

func (a *API) answerUrge(ctx context.Context, by identity.Actor, in *answerUrgeInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.AnswerUrge(ctx, id, in.Body.Text, by) })
}

type extendInput struct {
	OnCase
	Body struct {
		Days   int    `json:"days" minimum:"1" maximum:"60" doc:"延长多少日：时限以工作小时计的，每日按8小时折算；以自然日、月、年计的，延长自然日；法律另有上限"`
		Reason string `json:"reason" maxLength:"2000" doc:"延长的理由，将告知申请人"`

		Approver string `json:"approver,omitempty" maxLength:"100" doc:"统一、联合、集中办理的，批准延期的本级人民政府负责人"`
	}
}

func (a *API) extend(ctx context.Context, by identity.Actor, in *extendInput) (*cases.Case, error) {
	x := cases.Extension{Limit: clock.Limit{N: in.Body.Days, Unit: clock.WorkingDays}, Reason: in.Body.Reason, Approver: in.Body.Approver}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Extend(ctx, id, x, by) })
}

type openSpecialInput struct {
	OnCase
	Body struct {
		Name   string `json:"name" maxLength:"100" doc:"实施清单列出的特别程序" example:"现场核查"`
		Reason string `json:"reason" maxLength:"2000" doc:"理由"`

		Asker    string `json:"asker,omitempty" maxLength:"50" doc:"谁申请启动的；不写即经办人"`
		Approver string `json:"approver,omitempty" maxLength:"50" doc:"谁批准的；不写即经办人"`
	}
}

func (a *API) openSpecial(ctx context.Context, by identity.Actor, in *openSpecialInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.OpenSpecial(ctx, id, in.Body.Name, in.Body.Reason, by, cases.SpecialRecord{Asker: in.Body.Asker, Approver: in.Body.Approver})
	})
}

type closeSpecialInput struct {
	OnCase
	Special string `path:"special" maxLength:"64" doc:"特别程序的编号"`
	Body    struct {
		Result string `json:"result" maxLength:"2000" doc:"结果"`

		Opinion string `json:"opinion,omitempty" maxLength:"2000" doc:"经办人对结果的意见"`

		Evidence []evidence `json:"evidence,omitempty" maxItems:"20" doc:"现场照片、视频等证据"`
	}
}

func (a *API) closeSpecial(ctx context.Context, by identity.Actor, in *closeSpecialInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		all, err := a.seen(ctx, in.Body.Evidence)
		if err != nil {
			return nil, err
		}
		return a.Cases.CloseSpecial(ctx, id, in.Special, cases.SpecialEnd{Result: in.Body.Result, Opinion: in.Body.Opinion, Evidence: all}, by)
	})
}

type rectifyInput struct {
	OnCase
	Body struct {
		Materials []handed      `json:"materials,omitempty" maxItems:"100" doc:"当场改好、重新收下的材料"`
		Answers   forms.Answers `json:"answers,omitempty" doc:"当场更正的答案；没有写的不变，写空的删去"`
		Reason    string        `json:"reason,omitempty" maxLength:"2000" doc:"材料错在哪里、怎样改的；更正材料的必填"`
		Confirmed struct {
			Signed *inked `json:"signed,omitempty" doc:"申请人签署；与 self 写其一"`
			Self   bool   `json:"self,omitempty" doc:"由申请人当面自行更正"`
		} `json:"confirmed" doc:"申请人怎样确认更正的内容"`
	}
}

func (a *API) rectify(ctx context.Context, by identity.Actor, in *rectifyInput) (*cases.Case, error) {
	given, err := a.materials(ctx, in.Body.Materials, by)
	if err != nil {
		return nil, err
	}
	x := cases.Rectification{Handed: given, Answers: in.Body.Answers, Say: in.Body.Reason, Confirmed: cases.Confirmed{Self: in.Body.Confirmed.Self}}
	if s := in.Body.Confirmed.Signed; s != nil {
		signed, err := ink.Sign(ctx, a.Files, s.Name, s.Strokes, s.Name)
		if err != nil {
			return nil, fault.Placed(err, "confirmed.signed")
		}
		x.Confirmed.Signed = &signed
	}
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) { return a.Cases.Rectify(ctx, id, x, by) })
}

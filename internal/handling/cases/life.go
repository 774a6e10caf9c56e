package cases

import (
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// State is where a case stands. Whether time is standing still, and what work
// is open, are facts of their own and not states.
type State string

// The states of a case.
const (
	Unfiled    State = "draft"      // 草稿
	Received   State = "received"   // 已收件
	Correcting State = "correcting" // 待补正
	Accepted   State = "accepted"   // 已受理
	Granted    State = "granted"    // 准予
	Denied     State = "denied"     // 不予许可、不予给付、不予确认……
	NotNeeded  State = "not-needed" // 不受理：无需办理
	Refused    State = "refused"    // 不予受理
	Withdrawn  State = "withdrawn"  // 已撤回
	Terminated State = "terminated" // 已终止
)

// Han is the state in the words of the field; see also Case.StateHan.
func (s State) Han() string { return stateNames[s] }

// StateHan is the state of a case in the words of its kind: a refused benefit is 不予给付.
func (c *Case) StateHan() string {
	return c.Row().StateHan()
}

// Row is a case as a list shows it, without its clock.
func (c *Case) Row() Row {
	r := Row{ID: c.ID, Number: c.Number, Item: c.Item, Edition: c.Edition, ItemName: c.ItemName, Agency: c.Agency,
		Applicant: c.Applicant.Name, State: c.State, Opened: c.Opened, Closed: c.Closed, Archived: c.Archived != nil}
	if c.Decision != nil {
		r.Kind = c.Decision.Kind
	}
	return r
}

// StateHan is the state of a case in a list in the words of its kind.
func (r Row) StateHan() string {
	if r.State == Denied && r.Kind != "" {
		return r.Kind.Refused()
	}
	return r.State.Han()
}

var stateNames = map[State]string{
	Unfiled: "草稿", Received: "已收件", Correcting: "待补正", Accepted: "已受理", Granted: "准予", Denied: "不予办理",
	NotNeeded: "不受理", Refused: "不予受理", Withdrawn: "已撤回", Terminated: "已终止",
}

// Open reports whether the case still waits for a decision.
func (s State) Open() bool { return s == Received || s == Correcting || s == Accepted }

// Act names a move.
type Act string

// The acts. Each is a method of the Service and a row of Life.
const (
	Submit       Act = "submit"
	Judge        Act = "judge"
	Rectify      Act = "rectify"
	AskOnce      Act = "ask-once"
	Correct      Act = "correct"
	Accept       Act = "accept"
	DeemAccept   Act = "deem-accept"
	SayNotNeeded Act = "say-not-needed"
	Refuse       Act = "refuse"
	Cure         Act = "cure"
	Claim        Act = "claim"
	Release      Act = "release"
	Review       Act = "review"
	SendBack     Act = "send-back"
	Transfer     Act = "transfer"
	OpenSpecial  Act = "open-special"
	CloseSpecial Act = "close-special"
	TellHearing  Act = "tell-hearing"
	CallHearing  Act = "call-hearing"
	AskHearing   Act = "ask-hearing"
	NoteHearing  Act = "note-hearing"
	JudgeDemand  Act = "judge-demand"
	ObjectHost   Act = "object-host"
	SettleHost   Act = "settle-host"
	CallExperts  Act = "call-experts"
	HearExpert   Act = "hear-expert"
	Extend       Act = "extend"
	Fire         Act = "fire"
	Decide       Act = "decide"
	Withdraw     Act = "withdraw"
	Terminate    Act = "terminate"
	Certify      Act = "certify"
	Deliver      Act = "deliver"
	Urge         Act = "urge"
	Reassign     Act = "reassign"
	Weigh        Act = "weigh"
	TakePledge   Act = "pledge"
	Settle       Act = "settle"
	CheckPledge  Act = "check-pledge"
	MissCheck    Act = "miss-check"
	ReceiveLink  Act = "receive-link"
	ShowMet      Act = "show-met"
	RemindMet    Act = "remind-met"
	MissMet      Act = "miss-met"
	Postpone     Act = "postpone"
	Remind       Act = "remind"
	Lapse        Act = "lapse"
	AnswerUrge   Act = "answer-urge"
	AddSigner    Act = "add-signer"
	DropSigner   Act = "drop-signer"
	Delegate     Act = "delegate"
	TakeBack     Act = "take-back"
	Prejudge     Act = "prejudge"
	GrantByRule  Act = "grant-by-rule"
	Check        Act = "check"
	Mend         Act = "mend"
	AskChange    Act = "ask-change"
	AskRenewal   Act = "ask-renewal"
	AskCancel    Act = "ask-cancel"
	VetLater     Act = "vet-later"
	ProposeLater Act = "propose-later"
	PleadLater   Act = "plead-later"
	Amend        Act = "amend"
	Renew        Act = "renew"
	DeemRenew    Act = "deem-renew"
	Cancel       Act = "cancel"
	Annul        Act = "annul"
	Recall       Act = "recall"
	Strip        Act = "strip"
	DismissLater Act = "dismiss-later"
	ServeLater   Act = "serve-later"
	RemindExpiry Act = "remind-expiry"
	FileNow      Act = "file-now"
	Archive      Act = "archive"
	ServePaper   Act = "serve-paper"
)

// The acts of a test by technical standards.
const (
	AssignTesters Act = "assign-testers"
	NoteTest      Act = "note-test"
)

// A Move is one thing that may happen to a case: the states it leaves, the one
// it leads to (To "" stays; a decision leads to Granted or Denied), who makes
// it, what it does to the clocks, the paper handed over, and the article. Acts
// on a piece of work are made by whoever holds the post that the work asks for.
type Move struct {
	Act   Act
	Name  string
	From  []State
	To    State
	By    []identity.Role
	Clock clock.Effect
	Paper PaperKind
	Basis string
}

// Who makes a move.
var (
	applicant  = []identity.Role{identity.Applicant}
	window     = []identity.Role{identity.Window}
	handsIn    = []identity.Role{identity.Applicant, identity.Window}                  // online, or on paper to the window
	hears      = []identity.Role{identity.Applicant, identity.Window, identity.System} // and others who are concerned, for whom the program acts
	bureau     = identity.Deciding
	approver   = []identity.Role{identity.Approver, identity.Head}
	head       = []identity.Role{identity.Head}
	either     = []identity.Role{identity.Window, identity.Reviewer, identity.Approver, identity.System}
	desks      = []identity.Role{identity.Window, identity.Reviewer, identity.Approver}
	answers    = []identity.Role{identity.Window, identity.Reviewer, identity.Approver, identity.Head}
	supervisor = []identity.Role{identity.Supervisor}
	system     = []identity.Role{identity.System}
	filers     = []identity.Role{identity.Window, identity.Approver}
	experts    = []identity.Role{identity.Reviewer, identity.Approver, identity.Head, identity.System} // the bureau takes down, or the expert signs online
	keeper     = []identity.Role{identity.Items, identity.System}
)

// Life is everything that can happen to a case. To ask what the law allows,
// read this table; to change it, change this table.
var Life = []Move{
	{Submit, "提交申请", []State{Unfiled}, Received, applicant, clock.Keeps, Receipt, "行政许可法第二十九条"},
	{Judge, "核对材料", []State{Received}, "", window, clock.Keeps, "", "行政许可法第三十二条"},
	{Rectify, "当场更正", []State{Received}, "", window, clock.Keeps, Receipt, "行政许可法第三十二条"},
	{AskOnce, "一次性告知补正", []State{Received}, Correcting, window, clock.Keeps, CorrectionNotice, "行政许可法第三十二条"},
	{Correct, "提交补正材料", []State{Correcting}, Received, handsIn, clock.Keeps, Receipt, "行政许可法第三十二条"},
	{Accept, "受理", []State{Received}, Accepted, window, clock.Starts, AcceptanceNotice, "行政许可法第三十二条"},
	{DeemAccept, "视为受理", []State{Received}, Accepted, system, clock.Starts, AcceptanceNotice, "行政许可法第三十二条"},
	{FileNow, "当场备案", []State{Received}, Granted, filers, clock.Keeps, RecordReceipt, "优化营商环境条例第三十六条"},
	{SayNotNeeded, "告知无需办理", []State{Received}, NotNeeded, window, clock.Keeps, NotNeededNotice, "行政许可法第三十二条"},
	{Refuse, "不予受理", []State{Received, Correcting}, Refused, window, clock.Keeps, RefusalNotice, "行政许可法第三十二条"},
	{Cure, "补交容缺材料", []State{Accepted}, "", handsIn, clock.Keeps, Receipt, "徐政发〔2022〕21号（七）"},
	{TakePledge, "作出告知承诺", []State{Received, Correcting}, "", handsIn, clock.Keeps, PledgeLetter, "国办发〔2020〕42号"},
	{Postpone, "延长容缺补交期限", []State{Accepted}, "", desks, clock.Keeps, PostponementNotice, "徐政发〔2022〕21号（七）"},
	{Remind, "提醒补交容缺材料", []State{Accepted}, "", system, clock.Keeps, "", "徐政发〔2022〕21号（七）"},
	{Lapse, "容缺逾期未补交", []State{Accepted}, "", system, clock.Keeps, LapseNotice, "徐政发〔2022〕21号（七）"},
	{Claim, "签收", []State{Accepted, Granted, Denied}, "", bureau, clock.Keeps, "", "行政许可法第三十四条"},
	{Release, "退回待签收", []State{Accepted, Granted, Denied}, "", bureau, clock.Keeps, "", "行政许可法第三十四条"},
	{Review, "出具审查意见", []State{Accepted, Granted, Denied}, "", bureau, clock.Keeps, "", "行政许可法第三十四条"},
	{SendBack, "退回前面环节", []State{Accepted}, "", bureau, clock.Keeps, "", "行政许可法第三十四条"},
	{Transfer, "转办", []State{Accepted, Granted, Denied}, "", bureau, clock.Keeps, "", "徐政发〔2022〕21号（六）"},
	{AddSigner, "加签", []State{Accepted}, "", bureau, clock.Keeps, "", "徐政发〔2022〕21号（六）"},
	{DropSigner, "撤回加签", []State{Accepted}, "", bureau, clock.Keeps, "", "徐政发〔2022〕21号（六）"},
	{Delegate, "委托办理", []State{Accepted, Granted, Denied}, "", bureau, clock.Keeps, "", "徐政发〔2022〕21号（六）"},
	{TakeBack, "收回委托", []State{Accepted, Granted, Denied}, "", bureau, clock.Keeps, "", "徐政发〔2022〕21号（六）"},
	{OpenSpecial, "启动特别程序", []State{Accepted}, "", bureau, clock.Pauses, SpecialNotice, "行政许可法第四十五条"},
	{CloseSpecial, "结束特别程序", []State{Accepted}, "", bureau, clock.Resumes, "", "行政许可法第四十五条"},
	{TellHearing, "告知听证权利", []State{Accepted, Granted}, "", bureau, clock.Pauses, HearingRight, "行政许可法第四十七条"},
	{AskHearing, "要求听证", []State{Accepted, Granted}, "", hears, clock.Pauses, SpecialNotice, "行政许可法第四十七条"},
	{JudgeDemand, "答复利害关系人的听证要求", []State{Accepted, Granted}, "", bureau, clock.Pauses, SpecialNotice, "行政许可法第四十七条"},
	{CallHearing, "通知举行听证", []State{Accepted, Granted}, "", bureau, clock.Pauses, HearingCall, "行政许可法第四十八条"},
	{ObjectHost, "申请听证主持人回避", []State{Accepted, Granted}, "", hears, clock.Keeps, "", "行政许可法第四十八条"},
	{SettleHost, "决定听证主持人的回避", []State{Accepted, Granted}, "", head, clock.Keeps, HearingReply, "行政许可法第四十八条"},
	{NoteHearing, "制作听证笔录", []State{Accepted, Granted}, "", bureau, clock.Resumes, HearingMinutes, "行政许可法第四十八条"},
	{CallExperts, "通知专家评审", []State{Accepted}, "", bureau, clock.Keeps, ExpertsNotice, "行政许可法第四十五条"},
	{HearExpert, "出具专家意见", []State{Accepted}, "", experts, clock.Keeps, "", "行政许可法第四十五条"},
	{AssignTesters, "指派检验人员", []State{Accepted}, "", bureau, clock.Keeps, "", "行政许可法第五十五条"},
	{NoteTest, "记录检验结果", []State{Accepted}, "", bureau, clock.Resumes, "", "行政许可法第五十五条"},
	{Extend, "延长办理期限", []State{Accepted}, "", head, clock.Extends, ExtensionNotice, "行政许可法第四十二条"},
	{Fire, "流程时限届满", []State{Accepted, Granted, Denied}, "", system, clock.Keeps, "", "徐政发〔2022〕21号（六）"},
	{Decide, "作出决定", []State{Accepted}, "", approver, clock.Stops, DecisionPaper, "行政许可法第三十八条"},
	{Settle, "当场决定", []State{Accepted}, Granted, approver, clock.Stops, DecisionPaper, "国办发〔2020〕42号"},
	{CheckPledge, "核查承诺", []State{Granted}, "", bureau, clock.Keeps, CheckNotice, "国办发〔2020〕42号"},
	{ReceiveLink, "签收审管联动信息", []State{Granted}, "", bureau, clock.Keeps, "", "徐政发〔2022〕21号（八）"},
	{ShowMet, "提交达到条件的证明", []State{Granted}, "", handsIn, clock.Keeps, "", "国办发〔2020〕42号"},
	{RemindMet, "提醒达到承诺的条件", []State{Granted}, "", system, clock.Keeps, "", "国办发〔2020〕42号"},
	{MissMet, "逾期没有达到承诺的条件", []State{Granted}, "", system, clock.Keeps, "", "国办发〔2020〕42号"},
	{MissCheck, "承诺核查逾期", []State{Granted}, "", system, clock.Keeps, "", "国办发〔2020〕42号"},
	{Withdraw, "撤回申请", []State{Received, Correcting, Accepted}, Withdrawn, applicant, clock.Stops, WithdrawalNotice, "徐政发〔2022〕21号（二十八）"},
	{Terminate, "终止办理", []State{Correcting, Accepted}, Terminated, either, clock.Stops, TerminationNotice, "徐政发〔2022〕21号（七）"},
	{Certify, "制发证照", []State{Granted}, "", system, clock.Keeps, "", "行政许可法第四十四条"},
	{Deliver, "送达", []State{Granted, Denied}, "", either, clock.Keeps, ServiceRecord, "行政许可法第四十四条"},
	{ServePaper, "送达文书", []State{Received, Correcting, Accepted, Granted, Denied, NotNeeded, Refused, Withdrawn, Terminated}, "", desks, clock.Keeps, ServiceRecord, "民事诉讼法第八十七条"},
	{Urge, "督办", []State{Received, Correcting, Accepted}, "", supervisor, clock.Keeps, "", "徐政发〔2022〕21号（十九）"},
	{AnswerUrge, "答复督办", []State{Received, Correcting, Accepted, Granted, Denied}, "", answers, clock.Keeps, "", "徐政发〔2022〕21号（十九）"},
	{Reassign, "改派", []State{Accepted, Granted, Denied}, "", supervisor, clock.Keeps, "", "徐政发〔2022〕21号（十九）"},
	{Prejudge, "自动预审", []State{Received, Accepted}, "", system, clock.Keeps, "", "徐政发〔2022〕21号（二十四）"},
	{GrantByRule, "自动作出准予决定", []State{Received, Accepted}, Granted, system, clock.Stops, DecisionPaper, "行政许可法第三十四条"},
	{Check, "抽查自动决定", []State{Granted}, "", approver, clock.Keeps, "", "徐政发〔2022〕21号（二十四）"},
	{Mend, "纠正自动决定", []State{Granted}, "", approver, clock.Keeps, "", "行政许可法第六十九条"},
	{AskChange, "申请变更", []State{Granted}, "", handsIn, clock.Keeps, LaterReceipt, "行政许可法第四十九条"},
	{AskRenewal, "申请延续", []State{Granted}, "", handsIn, clock.Keeps, LaterReceipt, "行政许可法第五十条"},
	{AskCancel, "申请注销", []State{Granted}, "", handsIn, clock.Keeps, LaterReceipt, "行政许可法第七十条"},
	{VetLater, "审查变动申请", []State{Granted}, "", bureau, clock.Keeps, "", "行政许可法第三十四条"},
	{ProposeLater, "提出撤销、撤回、吊销、注销", []State{Granted}, "", bureau, clock.Keeps, LaterNotice, "行政许可法第七条"},
	{PleadLater, "陈述、申辩", []State{Granted}, "", handsIn, clock.Keeps, "", "行政许可法第七条"},
	{Amend, "准予变更", []State{Granted}, "", approver, clock.Keeps, LaterDecision, "行政许可法第四十九条"},
	{Renew, "准予延续", []State{Granted}, "", approver, clock.Keeps, LaterDecision, "行政许可法第五十条"},
	{DeemRenew, "视为准予延续", []State{Granted}, "", system, clock.Keeps, LaterDecision, "行政许可法第五十条"},
	{Cancel, "注销", []State{Granted}, "", approver, clock.Keeps, LaterDecision, "行政许可法第七十条"},
	{Annul, "撤销", []State{Granted}, "", approver, clock.Keeps, LaterDecision, "行政许可法第六十九条"},
	{Recall, "撤回准予决定", []State{Granted}, "", approver, clock.Keeps, LaterDecision, "行政许可法第八条"},
	{Strip, "吊销", []State{Granted}, "", approver, clock.Keeps, LaterDecision, "行政处罚法第九条"},
	{DismissLater, "决定不予变动", []State{Granted}, "", approver, clock.Keeps, LaterRefusal, "行政许可法第三十八条"},
	{ServeLater, "送达变动决定", []State{Granted}, "", either, clock.Keeps, ServiceRecord, "行政许可法第四十四条"},
	{RemindExpiry, "提醒有效期届满", []State{Granted}, "", system, clock.Keeps, "", "行政许可法第五十条"},
	{Archive, "归档", []State{Granted, Denied, NotNeeded, Refused, Withdrawn, Terminated}, "", system, clock.Keeps, "", "国务院关于在线政务服务的若干规定第十二条"},
	{Weigh, "对照新版清单", []State{Received, Correcting, Accepted}, "", keeper, clock.Keeps, "", "徐政发〔2022〕21号（三）"},
}

// MoveOf is the row of Life for act.
func MoveOf(act Act) Move { return Life[rowOf[act]] }

// rowOf is where in Life each act stands: several are looked up for every move.
var rowOf = func() map[Act]int {
	at := make(map[Act]int, len(Life))
	for i, m := range Life {
		at[m.Act] = i
	}
	return at
}()

// Final reports whether nothing can follow s any more but service of papers.
func (s State) Final() bool { return s != Unfiled && !s.Open() }

// may reports, as a fault, why act cannot be done to the case as it stands.
func (c *Case) may(act Act) error {
	if slices.Contains(MoveOf(act).From, c.State) {
		return c.mayOnShelf(act)
	}
	if err := c.askedAbove(act); err != nil {
		return err
	}
	return fault.New(fault.Conflict, "cases."+string(act)+".state", "办件当前为“%s”，不能%s。请刷新后查看最新状态", c.State.Han(), MoveOf(act).Name)
}

// OnWork reports whether the move is made on one piece of work.
func (m Move) OnWork() bool {
	return slices.Contains([]Act{Claim, Release, Review, SendBack, Transfer, AddSigner, DropSigner, Delegate, TakeBack, Decide, Reassign}, m.Act)
}

package revisions

import (
	"slices"

	"tongban/internal/ground/fault"
)

// State is where a revision stands.
type State string

// The states of a revision.
const (
	Unopened  State = ""
	Draft     State = "draft"     // 草稿
	Submitted State = "submitted" // 待同级审核
	Once      State = "once"      // 一审通过，待二次报送
	Returned  State = "returned"  // 驳回修改
	Reviewed  State = "reviewed"  // 待上级确认
	Public    State = "public"    // 公示中
	Published State = "published" // 已发布
	Withdrawn State = "withdrawn" // 已撤回
)

// States lists them in the order in which pages offer them.
var States = []State{Draft, Submitted, Once, Returned, Reviewed, Public, Published, Withdrawn}

// Han is the state in the words of the field.
func (s State) Han() string { return stateNames[s] }

var stateNames = map[State]string{
	Draft: "草稿", Submitted: "待同级审核", Once: "待二次报送", Returned: "已退回修改", Reviewed: "待上级确认",
	Public: "公示中", Published: "已发布", Withdrawn: "已撤回",
}

// Open reports whether the revision is still on its way.
func (s State) Open() bool { return s != Unopened && s != Published && s != Withdrawn }

// Editable reports whether the text may be changed.
func (s State) Editable() bool { return s == Draft || s == Once || s == Returned }

// Act names a move.
type Act string

// The acts. Each is a row of Life.
const (
	Open     Act = "open"
	Save     Act = "save"
	Rebase   Act = "rebase"
	Submit   Act = "submit"
	Approve  Act = "approve"
	Return   Act = "return"
	Confirm  Act = "confirm"
	Comment  Act = "comment"
	Answer   Act = "answer"
	Redraft  Act = "redraft"
	Publish  Act = "publish"
	Withdraw Act = "withdraw"
)

// A Part is what someone is to a revision (参与角色).
type Part string

// The parts.
const (
	Editor    Part = "editor"    // 事项管理员 of the revision's own level
	Reviewer  Part = "reviewer"  // 同级审核人员, not an editor of it
	Confirmer Part = "confirmer" // 上级确认人员
	Anybody   Part = "public"    // 社会公众
	Program   Part = "system"    // 系统（公示期满自动发布）
)

var partNames = map[Part]string{
	Editor: "本级事项管理员", Reviewer: "同级审核人员（不能是编辑过或者已经审过这份申请的人）", Confirmer: "上级确认人员（不能是刚审过这份申请的人）", Anybody: "登录用户", Program: "系统",
}

// A Move is one thing that may happen to a revision. To "" stays where it is; an
// approval of the first of two reports leads to Once, see Revision.approved.
type Move struct {
	Act   Act
	Name  string
	From  []State
	To    State
	By    []Part
	Basis string
}

// Life is everything that can happen to a revision.
var Life = []Move{
	{Open, "新建调整申请", []State{Unopened}, Draft, []Part{Editor}, "徐政发〔2022〕21号（一）"},
	{Save, "保存", []State{Draft, Once, Returned}, "", []Part{Editor}, "徐政发〔2022〕21号（四）"},
	{Rebase, "换用最新底稿", []State{Draft, Once, Returned}, "", []Part{Editor}, "徐政发〔2022〕21号（一）"},
	{Submit, "报送审核", []State{Draft, Once, Returned}, Submitted, []Part{Editor}, "徐政发〔2022〕21号（一）"},
	{Approve, "同级审核通过", []State{Submitted}, Reviewed, []Part{Reviewer}, "徐政发〔2022〕21号（一）"},
	{Return, "退回修改", []State{Submitted, Reviewed}, Returned, []Part{Reviewer, Confirmer}, "徐政发〔2022〕21号（一）"},
	{Confirm, "上级确认并公示", []State{Reviewed}, Public, []Part{Confirmer}, "徐政发〔2022〕21号（一）"},
	{Comment, "提出意见", []State{Public}, "", []Part{Anybody}, "阿营组发〔2018〕3号"},
	{Answer, "答复意见", []State{Public}, "", []Part{Editor}, "阿营组发〔2018〕3号"},
	{Redraft, "采纳意见，重新修改", []State{Public}, Returned, []Part{Editor}, "阿营组发〔2018〕3号"},
	{Publish, "发布", []State{Public}, Published, []Part{Editor, Program}, "徐政发〔2022〕21号（四）"},
	{Withdraw, "撤回申请", []State{Draft, Submitted, Once, Returned, Reviewed, Public}, Withdrawn, []Part{Editor}, "徐政发〔2022〕21号（一）"},
}

// MoveOf is the row of Life for act.
func MoveOf(act Act) Move {
	return Life[slices.IndexFunc(Life, func(m Move) bool { return m.Act == act })]
}

// may reports, as a fault, why act cannot be done to the revision as it stands.
func (r *Revision) may(act Act) error {
	m := MoveOf(act)
	if slices.Contains(m.From, r.State) {
		return nil
	}
	return fault.New(fault.Conflict, "revisions."+string(act)+".state", "这份调整申请当前为“%s”，不能%s。请刷新后查看最新状态", r.State.Han(), m.Name)
}

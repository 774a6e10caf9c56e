package certificates

import (
	"slices"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A State is where a certificate is in its life.
type State string

// The states of a certificate. Expired is never stored: it follows from the day.
const (
	Pending    State = "pending"    // 待签发
	Valid      State = "valid"      // 有效
	Suspended  State = "suspended"  // 暂扣
	Superseded State = "superseded" // 失效（变更、延续后由新版本替代）
	Expired    State = "expired"    // 失效（到期）
	Cancelled  State = "cancelled"  // 注销
	Withdrawn  State = "withdrawn"  // 撤销
	Revoked    State = "revoked"    // 吊销
	Recalled   State = "recalled"   // 撤回
)

var stateNames = map[State]string{
	Pending: "待签发", Valid: "有效", Suspended: "暂扣", Superseded: "失效（已有新版本）", Expired: "失效（已到期）",
	Cancelled: "注销", Withdrawn: "撤销", Revoked: "吊销", Recalled: "撤回",
}

// String is the state as people read it.
func (s State) String() string { return stateNames[s] }

// An Act is what is done to a certificate.
type Act string

// The acts on a certificate.
const (
	Issue     Act = "issue"
	Suspend   Act = "suspend"
	Resume    Act = "resume"
	Supersede Act = "supersede"
	Cancel    Act = "cancel"
	Withdraw  Act = "withdraw"
	Revoke    Act = "revoke"
	Recall    Act = "recall"
)

// A Move is a row of the life of a certificate.
type Move struct {
	Act    Act
	From   []State
	To     State
	Name   string
	Reason bool   // a reason must be given
	Basis  string // the article it stands on
}

// Life is from where to where a certificate may go. All moves belong to the
// agency that issued it: its approver or its head.
var Life = []Move{
	{Issue, []State{Pending}, Valid, "签发", false, "行政许可法第三十九条"},
	{Suspend, []State{Valid}, Suspended, "暂扣", true, "行政处罚法第九条（三）"},
	{Resume, []State{Suspended}, Valid, "暂扣发还", true, "行政处罚法第九条（三）"},
	{Supersede, []State{Valid}, Superseded, "变更或延续", false, "行政许可法第四十九条、第五十条"},
	{Cancel, []State{Valid, Suspended}, Cancelled, "注销", true, "行政许可法第七十条"},
	{Withdraw, []State{Valid, Suspended}, Withdrawn, "撤销", true, "行政许可法第六十九条"},
	{Revoke, []State{Valid, Suspended}, Revoked, "吊销", true, "行政处罚法第九条（三）"},
	{Recall, []State{Valid, Suspended}, Recalled, "撤回", true, "行政许可法第八条"},
}

// longestReason is in characters.
const longestReason = 200

// Moves lists the acts that by may do to the certificate now, for the buttons.
func (c *Certificate) Moves(today calendar.Day, by identity.Actor) []Move {
	var may []Move
	for _, m := range Life {
		if slices.Contains(m.From, c.State) && m.Act != Issue && c.may(by) && !(m.Act == Supersede && c.Standing(today) == Expired) {
			may = append(may, m)
		}
	}
	return may
}

func (c *Certificate) may(by identity.Actor) bool {
	return by.Holds(identity.Approver, c.Issuer.ID) || by.Holds(identity.Head, c.Issuer.ID) || by.Plays(identity.System)
}

// Move changes the state. Faults: certificates.move.act, .by, .state, .reason.
func (c *Certificate) Move(act Act, reason string, at time.Time, by identity.Actor) (Changed, error) {
	i := slices.IndexFunc(Life, func(m Move) bool { return m.Act == act })
	if i < 0 {
		return Changed{}, fault.New(fault.Invalid, "certificates.move.act", "没有这种操作：%s", act)
	}
	m := Life[i]
	switch {
	case !c.may(by):
		return Changed{}, fault.New(fault.Forbidden, "certificates.move.by", "%s由颁发机关“%s”的审批人员办理", m.Name, c.Issuer.Name)
	case !slices.Contains(m.From, c.State):
		return Changed{}, fault.New(fault.Conflict, "certificates.move.state", "证照当前为“%s”状态，不能%s", c.State, m.Name)
	case m.Reason && reason == "" || utf8.RuneCountInString(reason) > longestReason:
		return Changed{}, fault.New(fault.Invalid, "certificates.move.reason", "请写明%s的理由，不超过%d字", m.Name, longestReason).
			At("reason", "required", "请写明理由，不超过%d字", longestReason)
	}
	was := c.State
	c.State, c.Changed = m.To, at
	return Changed{Identifier: c.Identifier, Act: act, Was: was, State: c.State, Reason: reason, Party: c.Holder.Party, By: by.Account, At: at}, nil
}

// Standing is the state on a day: a valid certificate is expired after its last day.
func (c *Certificate) Standing(day calendar.Day) State {
	if c.State == Valid && c.Till != 0 && day > c.Till {
		return Expired
	}
	return c.State
}

// Good reports whether the certificate can stand for a material on a day: it
// is valid and its time has begun.
func (c *Certificate) Good(day calendar.Day) bool {
	return c.Standing(day) == Valid && day >= c.From
}

// Proves reports whether the certificate stands for one of that type, by its name
// or code, on a day (免提交).
func (c *Certificate) Proves(kind string, day calendar.Day) bool {
	return (c.TypeName == kind || c.Type == kind) && c.Good(day)
}

package cases

import (
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

// A LaterKind is what may still happen to a decision that was granted.
type LaterKind string

// The kinds: the first three may be asked for by the holder; the last four may
// be begun by the agency, cancellation being both.
const (
	Changing   LaterKind = "change" // 变更
	Renewing   LaterKind = "renew"  // 延续
	Cancelling LaterKind = "cancel" // 注销
	Annulling  LaterKind = "annul"  // 撤销
	Recalling  LaterKind = "recall" // 撤回
	Stripping  LaterKind = "strip"  // 吊销
)

// laterRow is what the law says of a kind.
type laterRow struct {
	han     string
	ask     Act // of the holder; "" the holder does not ask for it
	act     Act // the decision
	own     bool
	heard   bool     // the holder is told first, may state and plead, and ask for a hearing
	grounds []string // the cases that the law names, for what the agency begins
	others  []string // those of what is no licence, where they are worded otherwise; none: only licences
}

// Grounds that several lists share.
const (
	endsByLaw  = "法律、法规规定应当注销的其他情形"
	lawChanged = "所依据的法律、法规、规章修改或者废止"
)

// annulments are the grounds of an annulment, of whatever kind of item.
var annulments = []string{
	"工作人员滥用职权、玩忽职守作出准予决定", "超越法定职权作出准予决定", "违反法定程序作出准予决定", unfit, Fraud, "依法可以撤销的其他情形"}

var laterRows = map[LaterKind]laterRow{
	Changing: {han: "变更", ask: AskChange, act: Amend},
	Renewing: {han: "延续", ask: AskRenewal, act: Renew},
	Cancelling: {han: "注销", ask: AskCancel, act: Cancel, own: true, grounds: []string{
		"有效期届满未延续", "公民死亡或者丧失行为能力", "法人或者其他组织依法终止", "因不可抗力导致许可事项无法实施", endsByLaw},
		others: []string{"有效期届满未延续", "公民死亡或者丧失行为能力", "法人或者其他组织依法终止", "因不可抗力导致办理事项无法实施", endsByLaw}},
	Annulling: {han: "撤销", act: Annul, own: true, heard: true, grounds: annulments, others: annulments},
	Recalling: {han: "撤回", act: Recall, own: true, heard: true, grounds: []string{
		lawChanged, "准予许可所依据的客观情况发生重大变化"}, others: []string{lawChanged, "作出决定所依据的客观情况发生重大变化"}},
	Stripping: {han: "吊销", act: Strip, own: true, heard: true, grounds: []string{"违法行为情节严重，依法吊销许可证件"}},
}

// LaterKinds are the kinds in the order of the table.
var LaterKinds = []LaterKind{Changing, Renewing, Cancelling, Annulling, Recalling, Stripping}

// Han is the kind in the words of the field.
func (k LaterKind) Han() string { return laterRows[k].han }

// Grounds are the cases in which the agency may begin it for an item of the type, in
// the law's words; none where it may not: only a licence can be stripped (行政处罚法第九条).
func (k LaterKind) Grounds(t items.Type) []string {
	if t == items.Licence {
		return laterRows[k].grounds
	}
	return laterRows[k].others
}

// Heard reports whether the holder is heard before the agency does it.
func (k LaterKind) Heard() bool { return laterRows[k].heard }

// Favours reports whether the holder keeps the certificate by it.
func (k LaterKind) Favours() bool { return k == Changing || k == Renewing }

// Later is what is asked for, proposed or decided about a decision after it was
// granted (变更、延续、注销、撤销、撤回、吊销): one thing at a time.
type Later struct {
	Kind    LaterKind    `json:"kind"`
	Of      Act          `json:"of,omitempty"`    // the finding that brought it by itself: a check of a pledge, or of an automatic decision
	Asked   bool         `json:"asked,omitempty"` // by the holder
	Ground  string       `json:"ground,omitempty"`
	Reason  string       `json:"reason"`
	Basis   string       `json:"basis,omitempty"`   // of what is proposed or was decided; "" no law names one
	Changes []Line       `json:"changes,omitempty"` // lines of the certificate that are to read otherwise
	Holds   string       `json:"holds,omitempty"`   // the certificate that it is about
	Till    calendar.Day `json:"till,omitempty"`    // its new last day, when renewed
	Mute    bool         `json:"mute,omitempty"`    // silence does not renew it: it is no licence (行政许可法第五十条)
	From    time.Time    `json:"from"`
	Limit   clock.Limit  `json:"limit,omitzero"` // for deciding what was asked for
	By      string       `json:"by,omitempty"`   // account of the first of two who judged it
	ByName  string       `json:"byName,omitempty"`
	Opinion string       `json:"opinion,omitempty"` // of the first
	Until   calendar.Day `json:"until,omitempty"`   // last day to state, plead and ask for a hearing
	Plea    *Plea        `json:"plea,omitempty"`
	Answer  string       `json:"answer,omitempty"` // what was made of the plea

	Done    bool       `json:"done,omitempty"`
	Granted bool       `json:"granted,omitempty"` // it was done as asked or proposed
	Deemed  bool       `json:"deemed,omitempty"`  // renewed by silence
	Signed  []string   `json:"signed,omitempty"`
	Why     string     `json:"why,omitempty"` // reason of the decision
	At      time.Time  `json:"at,omitzero"`
	Served  *Delivered `json:"served,omitempty"`
}

// Plea is what the holder says against a proposal (陈述、申辩, 行政许可法第七条).
type Plea struct {
	Text    string    `json:"text"`
	Hearing bool      `json:"hearing,omitempty"` // a hearing was asked for
	At      time.Time `json:"at"`
}

// Pending reports whether it waits for a decision.
func (l *Later) Pending() bool { return l != nil && !l.Done }

// Owned reports whether the agency began it and the holder has to be heard.
func (l *Later) Owned() bool { return !l.Asked && l.Kind.Heard() }

// Due is the day by which it should be decided, for the holder's wishes; for the
// agency's proposals the last day on which the holder may plead.
func (l *Later) Due(days clock.Days) calendar.Day {
	if !l.Asked {
		return max(l.Until, calendar.DayOf(l.From))
	}
	due := clock.Clock{Limit: l.Limit, Started: clock.At(l.From)}.Due(days)
	return due.Day
}

// Gone is what ended the decision, if it no longer stands.
func (c *Case) Gone() (LaterKind, bool) {
	if l := c.Later; l != nil && l.Done && l.Granted && !l.Kind.Favours() {
		return l.Kind, true
	}
	return "", false
}

// begin refuses a second thing at a time, and anything after the decision is gone.
func (c *Case) begin(act Act) error {
	if kind, gone := c.Gone(); gone {
		return laterFault(act, "gone", "准予决定已经"+kind.Han()+"，不能再办理")
	}
	if c.Later.Pending() {
		return laterFault(act, "pending", "“"+c.Later.Kind.Han()+"”正在办理，决定以后才能办理别的变动")
	}
	return nil
}

// later keeps what m says of the time after the decision.
func (c *Case) later(m Moved, _ Frame) error {
	if m.Later != nil {
		c.Later = m.Later
	}
	if m.Act == RemindExpiry {
		c.Reminded++
	}
	return nil
}

package cases

import (
	"cmp"
	"fmt"
	"slices"

	"tongban/internal/catalogue/items"
)

// PaperKind says what a paper (文书) is for.
type PaperKind string

// The papers handed over in the life of a case.
const (
	Receipt            PaperKind = "receipt"
	CorrectionNotice   PaperKind = "correction"
	AcceptanceNotice   PaperKind = "acceptance"
	NotNeededNotice    PaperKind = "not-needed"
	RefusalNotice      PaperKind = "refusal"
	PromiseLetter      PaperKind = "promise"
	PledgeLetter       PaperKind = "pledge"
	CheckNotice        PaperKind = "check"
	LapseNotice        PaperKind = "lapse"
	PostponementNotice PaperKind = "postponement"
	SpecialNotice      PaperKind = "special"
	ExtensionNotice    PaperKind = "extension"
	HearingRight       PaperKind = "hearing-right"
	HearingCall        PaperKind = "hearing"
	HearingMinutes     PaperKind = "hearing-minutes"
	HearingReply       PaperKind = "hearing-reply"
	ExpertsNotice      PaperKind = "experts"
	DecisionPaper      PaperKind = "decision"
	WithdrawalNotice   PaperKind = "withdrawal"
	TerminationNotice  PaperKind = "termination"
	ServiceRecord      PaperKind = "service"
	RecordReceipt      PaperKind = "record"
	LaterReceipt       PaperKind = "later-receipt"
	LaterNotice        PaperKind = "later-notice"
	LaterDecision      PaperKind = "later-decision"
	LaterRefusal       PaperKind = "later-refusal"
	SentUp             PaperKind = "sent-up" // of a lower agency to the upper one
)

// Paper is a paper that was handed over: what it says is computed from the
// facts up to and including Seq, so it reads the same for ever.
type Paper struct {
	Kind   PaperKind  `json:"kind"`
	Title  string     `json:"title"`
	Seq    int64      `json:"seq"`
	Words  int        `json:"words,omitempty"`  // edition of its words (文书模板); 0: the first
	Served *Delivered `json:"served,omitempty"` // of a refusal or a notice: how it reached whom it is for
	Agency string     `json:"agency,omitempty"` // that gave it, where that is not the one whose case it is
	Year   int        `json:"-"`                // with Serial, the number in its agency's series of that kind;
	Serial int        `json:"-"`                // 0 until it has been allotted, a moment after it was kept
	to     string     // whom it is for, if not the applicant; known of a case that was made again from its facts
}

// gives are the papers that the move hands over: its own, and the letters that
// the applicant signs with it.
func (m Moved) gives() (kinds []PaperKind) {
	if m.Paper != "" {
		kinds = append(kinds, m.Paper)
	}
	if len(m.Offers) > 0 || slices.ContainsFunc(m.Promises, func(p Promise) bool { return !p.Offered }) {
		kinds = append(kinds, PromiseLetter)
	}
	if m.follows() {
		kinds = append(kinds, LaterNotice)
	}
	if m.Act == TellHearing && m.Special != nil { // whom it tells had asked to be heard: time stands still from now on
		kinds = append(kinds, SpecialNotice)
	}
	if len(m.Pledges) > 0 && m.Paper != PledgeLetter {
		kinds = append(kinds, PledgeLetter)
	}
	return kinds
}

// title is what a paper that the move gives is called.
func (m Moved) title(kind PaperKind, t items.Type) string {
	switch {
	case kind == NotNeededNotice && m.Words[kind] == 0:
		return "不予受理通知书（无需办理）" // as it was called with the first edition of its words
	case kind == AcceptanceNotice && len(m.Promises) > 0 && m.Act != DeemAccept:
		return "容缺受理通知书"
	case kind == CorrectionNotice && m.Notice != nil && m.Notice.First != 0:
		return "补正告知书"
	case kind == DecisionPaper:
		return cmp.Or(m.titled(), m.decided(t)+"决定书")
	}
	if m.Later != nil && laterTitles[kind] != "" {
		return fmt.Sprintf(laterTitles[kind], m.Later.Kind.Han(), thing(t))
	}
	return paperTitles[kind]
}

// titled is what the paper of the decision is called, where it was told.
func (m Moved) titled() string {
	if m.Decision == nil {
		return ""
	}
	return m.Decision.Title
}

// addressee is whom a paper that the move gives is for, if not the applicant:
// others whom the permit concerns, and whoever objected to the host.
func (m Moved) addressee(kind PaperKind) string {
	h := m.Hearing
	switch {
	case h == nil || kind != HearingRight && kind != HearingReply:
		return ""
	case h.other(h.Of) >= 0:
		return h.Others[h.other(h.Of)].Name
	case m.Act == SettleHost:
		return h.Objections[len(h.Objections)-1].By
	}
	return ""
}

// laterTitles are the titles of papers after the decision, of the kind and of
// what was granted.
var laterTitles = map[PaperKind]string{LaterReceipt: "%s%s申请接收凭证", LaterNotice: "%s%s事先告知书", LaterDecision: "%s%s决定书", LaterRefusal: "不予%s%s决定书"}

// thing is what was granted, as titles call it.
func thing(t items.Type) string {
	if t == items.Licence {
		return "行政许可"
	}
	return "办理结果"
}

// decided is what the decision that the move tells of is called.
func (m Moved) decided(t items.Type) string {
	switch {
	case m.Decision != nil && m.Decision.Called != "":
		return m.Decision.Called
	case t == items.Licence || m.To == Granted:
		return t.Decided(m.To == Granted)
	}
	return "不予办理" // as all refusals but those of licences were called before it was told
}

var paperTitles = map[PaperKind]string{
	Receipt: "申请材料接收凭证", CorrectionNotice: "一次性补正告知书", AcceptanceNotice: "受理通知书", NotNeededNotice: "不受理告知书",
	RefusalNotice: "不予受理通知书", PromiseLetter: "容缺受理承诺书", SpecialNotice: "特别程序告知书", HearingRight: "听证告知书", HearingCall: "听证通知书", HearingMinutes: "听证笔录", HearingReply: "听证事项答复书", ExpertsNotice: "专家评审通知书", ExtensionNotice: "延长办理期限告知书",
	PledgeLetter: "告知承诺书", CheckNotice: "承诺核查结果告知书", LapseNotice: "容缺逾期告知书", PostponementNotice: "延长容缺补交期限告知书",
	WithdrawalNotice: "撤回申请通知书", TerminationNotice: "终止办理通知书", ServiceRecord: "送达回证",
	RecordReceipt: "备案回执",
	SentUp:        "审查意见和申请材料报送书",
	LaterReceipt:  "变更、延续、注销申请接收凭证", LaterNotice: "撤销、撤回、吊销事先告知书", LaterDecision: "变更、延续、注销、撤销、撤回、吊销决定书", LaterRefusal: "不予变动决定书",
}

// PaperTitle is what papers of the kind are called, before it is known what a
// decision says.
func PaperTitle(kind PaperKind) string { return paperTitles[kind] }

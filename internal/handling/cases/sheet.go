package cases

import (
	"fmt"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/ink"
)

// Sheet is what a paper says, ready to be set in type: the same for the page,
// the print and the API.
type Sheet struct {
	Title    string          `json:"title"`
	Number   string          `json:"number"` // 文号; empty while it is being allotted
	To       string          `json:"to"`
	Text     []string        `json:"text"`
	List     []Line          `json:"list,omitempty"`
	Facts    []Fact          `json:"facts"`
	Remedies []string        `json:"remedies,omitempty"`
	From     string          `json:"from"`
	On       string          `json:"on"` // the day, as people read it
	At       time.Time       `json:"at"`
	After    []string        `json:"after,omitempty"` // paragraphs below the lists
	Seal     string          `json:"seal"`
	Receipt  bool            `json:"receipt,omitempty"` // has a strip for the receiver's signature
	Code     string          `json:"code,omitempty"`    // by which strangers ask whether it is real
	Signed   []ink.Signature `json:"signed,omitempty"`  // signatures of persons, drawn or typed
}

// Line is a row of a list in a paper.
type Line struct {
	Name string `json:"name"`
	Say  string `json:"say"`
}

// Fact is a label and its value.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Compose writes a paper: c is the case as it stood after m, which gave it.
func Compose(p Paper, c *Case, m Moved, e *items.Edition, days clock.Days) Sheet {
	s := Sheet{Title: p.Title, Number: p.number(e), To: c.Applicant.Name, From: e.AgencyName, On: calendar.DayOf(m.At).Han(), At: m.At, Seal: seals[p.Kind]}
	s.Facts = []Fact{{"办件编号", c.Number}, {"事项名称", e.Name}, {"事项编码", e.Codes.Implementation}, {"咨询电话", e.Phone}}
	write := composers[p.Kind]
	write(&s, c, m, e, days)
	return s
}

// number is the paper's own number: the agency, the kind's mark, the year and
// the serial, as in 徐州市公安局受〔2026〕12号.
func (p Paper) number(e *items.Edition) string {
	if p.Serial == 0 {
		return ""
	}
	return fmt.Sprintf("%s%s〔%d〕%d号", e.AgencyName, marks[p.Kind], p.Year, p.Serial)
}

var marks = map[PaperKind]string{
	Receipt: "收", CorrectionNotice: "补", AcceptanceNotice: "受", NotNeededNotice: "告", RefusalNotice: "不受", PromiseLetter: "容诺",
	PledgeLetter: "承", CheckNotice: "核", LapseNotice: "容逾", PostponementNotice: "容延",
	SpecialNotice: "特", ExtensionNotice: "延", DecisionPaper: "决", WithdrawalNotice: "撤", TerminationNotice: "终", ServiceRecord: "送",
}

var seals = map[PaperKind]string{
	Receipt: "受理专用章", CorrectionNotice: "受理专用章", AcceptanceNotice: "受理专用章", NotNeededNotice: "受理专用章", RefusalNotice: "受理专用章",
	CheckNotice: "行政审批专用章", LapseNotice: "行政审批专用章", PostponementNotice: "行政审批专用章",
	SpecialNotice: "行政审批专用章", ExtensionNotice: "行政审批专用章", DecisionPaper: "行政审批专用章", WithdrawalNotice: "行政审批专用章", TerminationNotice: "行政审批专用章",
}

type composer func(*Sheet, *Case, Moved, *items.Edition, clock.Days)

// composers writes each kind of paper (law-clocks-notices 5); a test holds that
// every paper of Life has one.
var composers = map[PaperKind]composer{
	Receipt: composeReceipt, CorrectionNotice: composeCorrection, AcceptanceNotice: composeAcceptance,
	NotNeededNotice: composeNotNeeded, RefusalNotice: composeRefusal, PromiseLetter: composePromise, SpecialNotice: composeSpecial,
	PledgeLetter: composePledge, CheckNotice: composeCheck, LapseNotice: composeLapse, PostponementNotice: composePostponement,
	ExtensionNotice: composeExtension, DecisionPaper: composeDecision, WithdrawalNotice: composeWithdrawal,
	TerminationNotice: composeTermination, ServiceRecord: composeService,
}

func composeReceipt(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days) {
	s.Text = []string{
		fmt.Sprintf("您于%s提交的“%s”申请材料已收到，清单如下。", at(m.At), e.Name),
		fmt.Sprintf("我们将在%s以前（含当日）告知是否受理；逾期不告知的，自收到申请材料之日起即为受理。", (c.DeemedOn(days) - 1).Han()),
	}
	for _, h := range m.Materials {
		s.List = append(s.List, Line{h.Name, h.form()})
	}
	s.Receipt = true
}

// form says on what the material came.
func (h Handed) form() string {
	switch {
	case h.Certificate != "":
		return "电子证照，免提交"
	case len(h.Files) > 0:
		return fmt.Sprintf("电子文件%d份", len(h.Files))
	case h.Paper:
		return "纸质"
	}
	return "未提交"
}

func composeCorrection(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days) {
	s.Text = []string{
		fmt.Sprintf("您申请的“%s”，申请材料不齐全或者不符合法定形式。根据《中华人民共和国行政许可法》第三十二条第一款第四项的规定，现一次性告知需要补正的全部内容。", e.Name),
		fmt.Sprintf("请于%s前补正，可以网上提交、邮寄或者到窗口提交。补正全部到齐之日为收到申请材料之日。", m.Notice.Until.Han()),
	}
	for _, d := range m.Notice.Items {
		s.List = append(s.List, Line{d.Name, d.Finding.Han() + "：" + d.Say})
	}
	s.Receipt = true
}

func composeAcceptance(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days) {
	s.Text = []string{fmt.Sprintf("您申请的“%s”，材料齐全、符合法定形式，根据《中华人民共和国行政许可法》第三十二条第一款第五项的规定，现予受理。", e.Name)}
	if len(m.Promises) > 0 {
		s.Text = []string{fmt.Sprintf("您申请的“%s”，主要材料齐全、符合法定形式，次要材料暂缺，您已书面承诺补交，现予容缺受理。审查同时开始，补齐前不发放办理结果；逾期未补齐的，终止办理。", e.Name)}
	}
	if m.Act == DeemAccept {
		s.Text = []string{fmt.Sprintf("您申请的“%s”，%s（《中华人民共和国行政许可法》第三十二条第一款第四项）。", e.Name, m.Reason)}
	}
	s.Facts = append(s.Facts, Fact{"受理日期", calendar.DayOf(c.started(m)).Han()})
	s.Facts = append(s.Facts, limitFact("法定办结时限", e.Statutory, c.Statutory, days), limitFact("承诺办结时限", e.Promised, c.Promised, days))
	if way := Ways[c.Delivery.Way]; way != "" {
		s.Facts = append(s.Facts, Fact{"结果送达方式", way})
	}
	for _, p := range c.Promises {
		s.List = append(s.List, Line{p.Name, "容缺受理，请于" + p.By.Han() + "前补交"})
	}
	s.Text = append(s.Text, "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计入上述期限，我们将另行书面告知。")
	s.Receipt = true
}

func limitFact(name string, limit clock.Limit, k clock.Clock, days clock.Days) Fact {
	due := k.Due(days)
	if !due.Known {
		return Fact{name, limit.String()}
	}
	return Fact{name, limit.String() + "，至" + due.Day.Han()}
}

func composeNotNeeded(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days) {
	s.Text = []string{fmt.Sprintf("您申请的“%s”，依法不需要取得行政许可或者办理，根据《中华人民共和国行政许可法》第三十二条第一款第一项的规定，不予受理。", e.Name), "理由：" + m.Reason}
}

func composeRefusal(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days) {
	s.Text = []string{fmt.Sprintf("您申请的“%s”，根据《中华人民共和国行政许可法》第三十二条的规定，决定不予受理。", e.Name), "理由：" + m.Reason}
	if m.Basis != "" {
		s.Text = append(s.Text, "依据或者应当向其申请的机关："+m.Basis)
	}
	s.Remedies = remedies(e)
}

func composePromise(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days) {
	s.To = e.AgencyName
	s.From, s.Seal = c.Applicant.Name, ""
	s.Text = []string{fmt.Sprintf("本人（单位）申请办理“%s”，主要材料已经齐全，下列材料暂缺，自愿申请容缺受理，并承诺在下列日期前补齐。逾期未补齐的，自愿承担终止办理和相应的信用后果。", e.Name)}
	for _, p := range m.Promises {
		s.List = append(s.List, Line{p.Name, "承诺于" + p.By.Han() + "前补交"})
	}
}

func composeSpecial(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days) {
	s.Text = []string{
		fmt.Sprintf("您申请的“%s”需要进行%s，所需时间为%s，不计入办结期限（《中华人民共和国行政许可法》第四十五条）。", e.Name, m.Special.Kind, m.Special.Limit),
		"理由：" + m.Special.Reason,
	}
}

func composeExtension(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days) {
	s.Text = []string{
		fmt.Sprintf("您申请的“%s”，在规定的期限内不能作出决定，经%s批准，延长%s（《中华人民共和国行政许可法》第四十二条）。", e.Name, m.Extension.Approver, m.Extension.Limit),
		"理由：" + m.Extension.Reason,
	}
	s.Facts = append(s.Facts, limitFact("延长后法定时限", c.Statutory.Total(), c.Statutory, days))
}

func composeDecision(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days) {
	d := m.Decision
	verb := "准予办理"
	if e.Type == items.Licence {
		verb = "准予行政许可"
	}
	if d.Granted {
		s.Text = []string{fmt.Sprintf("您申请的“%s”，经审查，符合法定条件、标准，决定%s。", e.Name, verb)}
	} else {
		s.Text = []string{fmt.Sprintf("您申请的“%s”，经审查，不符合法定条件、标准，决定不%s。", e.Name, verb[len("准"):]), "理由：" + d.Reason, "依据：" + d.Basis}
		s.Remedies = remedies(e)
	}
	if d.Automatic {
		s.Text = append(s.Text, "本决定由系统按照公布的审查规则自动作出；您对结果有疑问的，可以要求人工复核。")
	}
	if d.Granted && d.Conditions != "" {
		s.Text = append(s.Text, "附带条件："+d.Conditions)
	}
	for _, r := range e.Results {
		if d.Granted {
			s.Facts = append(s.Facts, Fact{"办理结果", r.Name})
		}
	}
	s.Receipt = true
}

// remedies tell where one may turn, and until when (行政复议法第二十条,
// 行政诉讼法第四十六条).
func remedies(e *items.Edition) []string {
	return []string{
		fmt.Sprintf("不服本决定的，可以自收到之日起六十日内向%s申请行政复议，", e.Remedies.Review.Body) +
			fmt.Sprintf("也可以自收到之日起六个月内向%s提起行政诉讼。", e.Remedies.Suit.Body),
	}
}

func composeWithdrawal(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days) {
	s.Text = []string{fmt.Sprintf("您于%s撤回“%s”的申请，办理程序终结，提交的材料原件予以退还。", at(m.At), e.Name)}
	if m.Reason != "" {
		s.Text = append(s.Text, "撤回原因："+m.Reason)
	}
}

func composeTermination(s *Sheet, _ *Case, m Moved, e *items.Edition, _ clock.Days) {
	s.Text = []string{fmt.Sprintf("您申请的“%s”，现决定终止办理，提交的材料原件予以退还。", e.Name), "理由：" + m.Reason}
}

func composeService(s *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days) {
	d := m.Delivered
	s.Text = []string{"下列文书和结果已经送达。"}
	s.Facts = append(s.Facts, Fact{"送达方式", Ways[d.Way]}, Fact{"签收人", d.Receiver}, Fact{"送达时间", at(d.At)})
	if d.Waybill != "" {
		s.Facts = append(s.Facts, Fact{"运单号", d.Waybill})
	}
}

func at(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日15时04分") }

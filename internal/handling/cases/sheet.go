package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/papers"
)

// Sheet is what a paper says, ready to be set in type: the same for the page,
// the print and the API.
type Sheet struct {
	Kind     PaperKind       `json:"-"`
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

	giver items.Giver
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

// Compose writes a paper: c is the case as it stood after m, which gave it, and t
// the words of the edition with which it was given.
func Compose(p Paper, c *Case, m Moved, e *items.Edition, days clock.Days, t papers.Template) Sheet {
	giver := e.Giver(p.Agency)
	s := Sheet{giver: giver, Kind: p.Kind, Title: p.Title, Number: p.number(giver.Name), To: c.Applicant.Name, From: giver.Name, On: calendar.DayOf(m.At).Han(), At: m.At, Seal: seals[p.Kind]}
	if borne := c.Applicant.borne(); borne != "" {
		s.Facts = []Fact{{"申请人", borne}}
	}
	s.Facts = append(s.Facts, []Fact{{"办件编号", c.Number}, {"事项名称", e.Name}, {"事项编码", e.Codes.Implementation}, {"咨询电话", giver.Phone}}...)
	v := papers.Values{"申请人": c.Applicant.Name, "事项名称": e.Name, "部门": giver.Name, "办件编号": c.Number, "日期": s.On, "咨询电话": giver.Phone}
	composers[p.Kind](&s, c, m, e, days, v)
	form := formOf(p.Kind, m)
	papers.Found(form, e.Type == items.Licence, v)
	if _, worded := papers.FormOf(form); !worded {
		return s // a letter that is put together from what was told
	}
	filled := t.Fill(v)
	s.Text, s.After, s.Remedies = filled.Before, filled.After, filled.Remedies
	return s
}

// formOf is the form by which a paper that m gives is worded.
func formOf(kind PaperKind, m Moved) papers.Key {
	switch {
	case kind == AcceptanceNotice && m.Act == DeemAccept:
		return "acceptance-deemed"
	case kind == AcceptanceNotice && len(m.Promises) > 0:
		return "acceptance-promised"
	case kind == CorrectionNotice && m.Notice != nil && m.Notice.First != 0:
		return "correction-again"
	case kind == SpecialNotice && m.Special != nil && m.Special.Counted:
		return "special-counted"
	case kind == DecisionPaper && m.Decision != nil && !m.Decision.Granted:
		return "decision-denied"
	case kind == DecisionPaper:
		return "decision-granted"
	}
	return papers.Key(kind)
}

// number is the paper's own number: the agency, the kind's mark, the year and
// the serial, as in 徐州市公安局受〔2026〕12号.
func (p Paper) number(giver string) string {
	if p.Serial == 0 {
		return ""
	}
	return fmt.Sprintf("%s%s〔%d〕%d号", giver, marks[p.Kind], p.Year, p.Serial)
}

// Tells is what tells a paper of a case from others of its title: its number without
// the agency, as in 受〔2026〕12号; "" until it has one.
func (p Paper) Tells() string { return p.number("") }

var marks = map[PaperKind]string{
	Receipt: "收", CorrectionNotice: "补", AcceptanceNotice: "受", NotNeededNotice: "告", RefusalNotice: "不受", PromiseLetter: "容诺",
	PledgeLetter: "承", CheckNotice: "核", LapseNotice: "容逾", PostponementNotice: "容延",
	HearingRight: "听告", HearingCall: "听通", HearingMinutes: "听笔", HearingReply: "听答", ExpertsNotice: "专评", SpecialNotice: "特", ExtensionNotice: "延", DecisionPaper: "决", WithdrawalNotice: "撤", TerminationNotice: "终", ServiceRecord: "送",
	RecordReceipt: "备", SentUp: "报",
	LaterReceipt: "变收", LaterNotice: "先告", LaterDecision: "变决", LaterRefusal: "变不",
}

var seals = map[PaperKind]string{
	Receipt: "受理专用章", CorrectionNotice: "受理专用章", AcceptanceNotice: "受理专用章", NotNeededNotice: "受理专用章", RefusalNotice: "受理专用章",
	CheckNotice: "行政审批专用章", LapseNotice: "行政审批专用章", PostponementNotice: "行政审批专用章",
	HearingRight: "行政审批专用章", HearingCall: "行政审批专用章", HearingReply: "行政审批专用章", ExpertsNotice: "行政审批专用章", SpecialNotice: "行政审批专用章", ExtensionNotice: "行政审批专用章", DecisionPaper: "行政审批专用章", WithdrawalNotice: "行政审批专用章", TerminationNotice: "行政审批专用章",
	RecordReceipt: "受理专用章", SentUp: "行政审批专用章",
	LaterReceipt: "受理专用章", LaterNotice: "行政审批专用章", LaterDecision: "行政审批专用章", LaterRefusal: "行政审批专用章",
}

type composer func(*Sheet, *Case, Moved, *items.Edition, clock.Days, papers.Values)

// composers writes each kind of paper; a test holds that
// every paper of Life has one.
var composers = map[PaperKind]composer{
	Receipt: composeReceipt, CorrectionNotice: composeCorrection, AcceptanceNotice: composeAcceptance,
	NotNeededNotice: composeReason, RefusalNotice: composeRefusal, PromiseLetter: composePromise, SpecialNotice: composeSpecial,
	PledgeLetter: composePledge, CheckNotice: composeCheck, LapseNotice: composeLapse, PostponementNotice: composePostponement,
	HearingRight: composeHearing, HearingCall: composeHearing, HearingMinutes: composeMinutes, HearingReply: composeReply, ExpertsNotice: composeExperts, ExtensionNotice: composeExtension, DecisionPaper: composeDecision, WithdrawalNotice: composeWithdrawal,
	TerminationNotice: composeTermination, ServiceRecord: composeService,
	RecordReceipt: composeRecord, SentUp: composeSentUp,
	LaterReceipt: composeLater, LaterNotice: composeLater, LaterDecision: composeLater, LaterRefusal: composeLater,
}

func composeReceipt(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days, v papers.Values) {
	v["收到时间"], v["告知期限"] = at(m.At), (c.DeemedOn(days) - 1).Han()
	if m.Came != nil {
		v["收到时间"] = m.Came.On.Han()
		s.Facts = append(s.Facts, Fact{"提交方式", m.Came.Say()})
	}
	materials := m.Materials
	if m.Confirmed != nil {
		materials = c.rectifiedReceipt(s, m, v)
	}
	for _, h := range materials {
		s.List = append(s.List, Line{h.Name, h.form(e)})
	}
	if m.Amended != nil {
		s.List = append(s.List, Line{"申请表", "更正了" + m.Amended.Names()})
	}
	s.Receipt = true
	if m.Filing != nil && m.Filing.Signed != nil {
		s.Facts = append(s.Facts, Fact{"申请书签名", m.Filing.Signed.Name + "（" + m.Filing.Signed.Way() + "）"})
	}
}

// form says on what the material came, and how much of it (行政许可法第三十二条,
// 申请材料接收凭证).
func (h Handed) form(e *items.Edition) string {
	switch {
	case h.Certificate != "":
		return "电子证照，免提交"
	case len(h.Files) > 0:
		return fmt.Sprintf("电子文件%d份", len(h.Files))
	case h.Paper:
		i := slices.IndexFunc(e.Materials, func(m items.Material) bool { return m.ID == h.Material })
		if i < 0 || e.Materials[i].Copies == 0 {
			return "纸质"
		}
		return fmt.Sprintf("纸质，%s%d份", e.Materials[i].Kind, e.Materials[i].Copies)
	}
	return "未提交"
}

func composeCorrection(s *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	v["补正期限"], v["第一次告知日期"] = m.Notice.Until.Han(), m.Notice.First.Han()
	for _, d := range m.Notice.Items {
		say := d.Finding.Han() + "：" + d.Say
		if d.Unseen != "" {
			say += "（第一次告知时不能发现：" + d.Unseen + "）"
		}
		s.List = append(s.List, Line{d.Name, say})
	}
	s.Receipt = true
}

func composeAcceptance(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days, v papers.Values) {
	v["受理日期"], v["理由"] = calendar.DayOf(c.started(m)).Han(), m.Reason
	s.Facts = append(s.Facts, Fact{"受理日期", v["受理日期"]})
	if r := c.FirstReview; r != nil {
		s.Facts = append(s.Facts, limitFact("下级机关审查期限", r.Clock.Limit.String(), r.Clock, days))
	}
	s.Facts = append(s.Facts, c.fromAbove(limitFact("法定办结时限", e.Statutory.String(), c.Statutory, days)), c.fromAbove(limitFact("承诺办结时限", c.promised(e.Promised).String(), c.Promised, days)))
	if say := c.CreditSays(e); say != "" {
		s.Facts = append(s.Facts, Fact{"信用分级", say})
	}
	s.Facts = append(s.Facts, Fact{"结果送达方式", Ways[cmp.Or(c.Delivery.Way, "window")]})
	formed := false
	for _, p := range c.Promises {
		s.List = append(s.List, Line{p.Name, "容缺受理，请于" + p.By.Han() + "前补交" + p.in()})
		formed = formed || p.Form != ""
	}
	if formed {
		s.Facts = append(s.Facts, Fact{"补交方式", "网上提交、邮寄或者到窗口提交，以材料到达之日为准"})
	}
	s.Receipt = true
}

func limitFact(name, limit string, k clock.Clock, days clock.Days) Fact {
	due := k.Due(days)
	if !due.Known {
		return Fact{name, limit}
	}
	say := limit + "，至" + due.Day.Han()
	if due.Provisional {
		say += "（放假安排尚未全部公布，暂定）"
	}
	return Fact{name, say}
}

func composeReason(s *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	v["理由"], v[papers.Remedies] = m.Reason, s.remedies()
}

func composeRefusal(s *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	v["理由"], v["主管机关或依据"], v[papers.Remedies] = m.Reason, m.Basis, s.remedies()
}

func composePromise(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days, _ papers.Values) {
	s.To, s.From, s.Seal = s.giver.Name, c.Applicant.Name, ""
	for _, p := range append(slices.Clone(m.Offers), m.Promises...) {
		if p.Offered && m.Act != Submit {
			continue // its letter was signed with the application
		}
		s.List = append(s.List, Line{p.Name, "承诺于" + p.By.Han() + "前补交" + p.in()})
		if p.Signed != nil && len(s.Signed) == 0 {
			s.Signed = []ink.Signature{*p.Signed}
			s.Facts = append(s.Facts, Fact{"承诺人签名", p.Signed.Name + "（" + p.Signed.Way() + "）"})
		}
	}
	s.Facts = append(s.Facts, c.letterFacts(m)...)
}

// in is the form in which what was promised is to come (容缺材料的补正形式).
func (p Promise) in() string {
	if p.Form == "" {
		return ""
	}
	return "（" + p.Form + "）"
}

func composeRecord(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days, v papers.Values) {
	v["备案时间"] = at(m.At)
	for _, h := range c.Materials {
		s.List = append(s.List, Line{h.Name, h.form(e)})
	}
	for _, r := range e.Results {
		s.Facts = append(s.Facts, Fact{"办理结果", r.Name})
	}
	s.Receipt = true
}

func composeSpecial(_ *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	v["特别程序"], v["所需时间"], v["理由"], v["依据"] = m.Special.Kind, m.Special.Limit.String(), m.Special.Reason, m.Special.Basis
}

func composeExtension(s *Sheet, c *Case, m Moved, _ *items.Edition, days clock.Days, v papers.Values) {
	v["批准人"], v["延长时间"], v["理由"] = m.Extension.Approver, m.Extension.Limit.String(), m.Extension.Reason
	s.Facts = append(s.Facts, limitFact("延长后法定时限", c.Statutory.Allowed(), c.Statutory, days))
}

func composeDecision(s *Sheet, c *Case, m Moved, e *items.Edition, days clock.Days, v papers.Values) {
	d := m.Decision
	v["听证意见"], v["决定内容"] = d.Heard, m.decided(e.Type)
	s.Receipt = true
	if d.Under != "" {
		s.Facts = append(s.Facts, Fact{"首席代表", d.Under})
	}
	if !d.Granted {
		v["理由"], v["依据"], v[papers.Remedies] = d.Reason, d.Basis, s.remedies()
		return
	}
	v["附带条件"] = d.Conditions
	if d.Automatic {
		v["自动决定"] = "本决定由系统按照公布的审查规则自动作出；您对结果有疑问的，可以要求人工复核。"
	}
	if say := c.MeetSays(days); say != "" {
		s.Facts = append(s.Facts, Fact{"何时可以经营", say})
	}
	var lasts []string
	for _, r := range e.Results {
		s.Facts = append(s.Facts, Fact{"办理结果", r.Name})
		if r.Validity != "" {
			lasts = append(lasts, r.Name+r.Validity)
		}
	}
	v["有效期"], v["适用区域"] = strings.Join(lasts, "；"), e.Extra("许可证件地域范围")
}

// remedies tell where one may turn, and until when (行政复议法第二十条,
// 行政诉讼法第四十六条).
func (s *Sheet) remedies() string { return s.against("不服本决定的，可以自收到之日起") }

// against says where one may turn, from whatever begins the term.
func (s *Sheet) against(from string) string {
	r := s.giver.Remedies
	return fmt.Sprintf("%s六十日内向%s申请行政复议，也可以自收到之日起六个月内向%s提起行政诉讼。", from, r.Review.Body, r.Suit.Body)
}

func composeService(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days, v papers.Values) {
	d := m.Delivered
	s.To = c.Applicant.Name
	v["送达方式"], v["送达时间"] = Ways[d.Way], d.time()
	if d.Way == "notice" {
		v["视为送达日期"] = d.Served.Han()
	}
	for _, p := range c.Papers {
		if m.brings(p) {
			s.To = cmp.Or(p.to, s.To)
			s.List = append(s.List, Line{p.Title, strings.TrimLeft(p.number(e.Giver(p.Agency).Name)+"，1份", "，")})
		}
	}
	v["受送达人"] = s.To
	if c.Certificate != "" && m.Serves == nil && (m.Later == nil || m.Later.Granted && m.Later.Kind.Favours()) {
		s.List = append(s.List, Line{"证照", c.Certificate})
	}
	s.Facts = append(s.Facts, d.Facts()...)
	s.Facts = append(s.Facts, Fact{"送达人", m.By.Name})
	if d.Way != "notice" { // which says it in its text
		s.Facts = append(s.Facts, Fact{"送达日期的计算", WayDays[d.Way]})
	}
	if m.contestable(c) && d.Served != 0 {
		s.Facts = append(s.Facts, Fact{"申请行政复议的最后一日", (d.Served + reviewDays).Han()})
	}
	if d.Signed != nil {
		s.Signed = append(s.Signed, *d.Signed)
	}
	s.Receipt = d.Signed == nil && d.Way != "notice" && d.Way != "electronic" && d.Way != "left"
}

// reviewDays are the days within which one may apply for review, after the day
// of service (行政复议法第二十条).
const reviewDays = 60

func at(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日15时04分") }

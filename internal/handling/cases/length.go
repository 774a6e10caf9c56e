package cases

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongban/internal/ground/fault"
)

// How long what people write in an act may be, in characters: it has to stand
// on a paper that somebody reads.
const (
	longestReason = 2000 // 理由、依据、结果、督办要求
	longestSay    = 500  // 一份材料的告知内容
	longestShort  = 100  // 签收人、运单号
	longestChange = 200  // 证照上一项变更后的内容

	longestMinutes = 20000 // 听证笔录
)

// A measure notes at its place what is longer than the most it may be.
type measure func(at, text string, most int)

// checkLength refuses an act whose words are too long, each at its place.
func (m Moved) checkLength() error {
	bad := fault.New(fault.Invalid, "cases."+string(m.Act)+".long", "填写的内容太长，请缩短")
	check := func(at, text string, most int) {
		if n := utf8.RuneCountInString(text); n > most {
			bad = bad.At(at, "long", "最多%d个字，现在有%d个字，请缩短", most, n)
		}
	}
	reason := "reason"
	if m.Act == Urge {
		reason = "text"
	}
	check(reason, m.Reason, longestReason)
	check("basis", m.Basis, longestReason)
	for _, part := range []func(measure){m.measureIntake, m.measureNotice, m.measureBureau, m.measurePaused, m.measureLater, m.measureDelivered} {
		part(check)
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// measureIntake is of what is found of materials, and signed with them.
func (m Moved) measureIntake(check measure) {
	for i, v := range m.Verdicts {
		check(path("verdicts", i)+".say", v.Say, longestSay)
	}
	if m.Signed != nil {
		check("signed", m.Signed.Name, longestShort)
	}
	if m.Shown != nil {
		check("say", m.Shown.Say, longestReason)
	}
	if k := m.Confirmed; k != nil && k.Signed != nil {
		check("confirmed", k.Signed.Name, longestShort)
	}
	for _, p := range append(slices.Clone(m.Offers), m.Promises...) {
		if p.Signed != nil {
			check("signed", p.Signed.Name, longestShort)
		}
	}
	if m.Came != nil {
		check("came.waybill", m.Came.Waybill, longestShort)
	}
}

func (m Moved) measureNotice(check measure) {
	if x := m.Ending; x != nil && x.Event != nil {
		check("event.what", x.Event.What, longestSay)
		check("event.source", x.Event.Source, longestSay)
	}
	if m.Notice == nil {
		return
	}
	for i, d := range m.Notice.Items {
		check(path("items", i)+".say", d.Say, longestSay)
		if o := d.Outside; o != nil {
			check(path("items", i)+".outside.what", o.What, longestSay)
			check(path("items", i)+".outside.source", o.Source, longestSay)
		}
	}
}

// measureBureau is of opinions, extensions and what people find of automatic decisions.
func (m Moved) measureBureau(check measure) {
	if m.Work != nil {
		check("reason", said(m.Work, answerReason), longestReason)
		check("basis", said(m.Work, answerBasis), longestReason)
		check("conditions", said(m.Work, answerConditions), longestReason)
	}
	if m.Extension != nil {
		check("approver", m.Extension.Approver, longestShort)
		check("reason", m.Extension.Reason, longestReason)
	}
	if m.Checked != nil {
		check("say", m.Checked.Say, longestReason)
		check("how", m.Checked.Mended, longestReason)
	}
}

// measurePaused is of special procedures, hearings and reviews by experts.
func (m Moved) measurePaused(check measure) {
	if m.Special != nil {
		check("reason", m.Special.Reason, longestReason)
		check("result", m.Special.Result, longestReason)
		check("asker", m.Special.Asker, longestShort)
		check("approver", m.Special.Approver, longestShort)
		check("opinion", m.Special.Opinion, longestReason)
	}
	if m.Hearing != nil {
		m.Hearing.measure(check)
	}
	if p := m.Panel; p != nil {
		check("place", p.Place, longestSay)
		for _, o := range p.Opinions {
			check("text", o.Text, longestReason)
			check("signed", o.Signed.Name, longestShort)
		}
	}
}

func (m Moved) measureLater(check measure) {
	l := m.Later
	if l == nil {
		return
	}
	check("opinion", l.Opinion, longestReason)
	check("answer", l.Answer, longestReason)
	check("ground", l.Ground, longestSay)
	if l.Plea != nil {
		check("text", l.Plea.Text, longestReason)
	}
	for i, x := range l.Changes {
		check(path("changes", i)+".name", x.Name, longestShort)
		check(path("changes", i)+".say", x.Say, longestChange)
	}
}

func (m Moved) measureDelivered(check measure) {
	if m.Delivered == nil {
		return
	}
	check("receiver", m.Delivered.Receiver, longestShort)
	check("waybill", m.Delivered.Waybill, longestShort)
	check("place", m.Delivered.Place, longestSay)
	check("witness", m.Delivered.Witness, longestShort)
	check("relation", m.Delivered.Relation, longestShort)
	check("refusal", m.Delivered.Refusal, longestSay)
}

func (h *Hearing) measure(check measure) {
	check("about", h.About, longestSay)
	check("reason", h.Reason, longestReason)
	check("place", h.Place, longestSay)
	check("host", h.Host, longestShort)
	check("wish", h.Wish, longestReason)
	if p := h.Public; p != nil {
		check("contact", p.Contact, longestSay)
	}
	h.measureOthers(check)
	h.measureMinutes(check)
}

// said is a text among the answers of a piece of work; empty if there is none.
func said(w *WorkAct, name string) string {
	text, _ := w.Answers[name].(string)
	return text
}

// measureMinutes is of the words of the minutes, which may be long.
func (h *Hearing) measureMinutes(check measure) {
	n := h.Minutes
	if n == nil {
		return
	}
	check("text", n.Text, longestMinutes)
	check("attended", strings.Join(n.Attended, "、"), longestReason)
	check("unsigned", n.Unsigned, longestSay)
	for _, one := range n.Signed {
		check("signed", one.Name, longestShort)
	}
}

// measureOthers is of what those concerned wrote, and what they were answered.
func (h *Hearing) measureOthers(check measure) {
	for _, o := range h.Others {
		check("name", o.Name, longestShort)
		check("relation", o.Relation, longestSay)
		check("wish", o.Wish, longestReason)
		check("why", o.Refused, longestReason)
	}
	for _, o := range h.Objections {
		check("reason", o.Reason, longestReason)
		check("why", o.Why, longestReason)
		check("next", o.Next, longestShort)
	}
}

package bureau

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow/draw"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// href is the address of the case page with something else in the middle.
func (p casePage) href(see string, more ...string) string {
	q := url.Values{"see": {see}}
	if p.Work.ID != "" {
		q.Set("work", p.Work.ID)
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return caseURL(p.Case.ID) + "?" + q.Encode()
}

// action is where the form of an act is sent.
func (p casePage) action(act cases.Act) string { return caseURL(p.Case.ID) + "/" + string(act) }

// open is the address of the case page with the form of an act open.
func (p casePage) open(act cases.Act) string { return p.href(p.See, "do", string(act)) }

// facts is the line under the title.
func (p casePage) facts() string {
	e := p.Edition
	line := e.AgencyName + "　" + string(e.Kind) + "　法定" + e.Statutory.String()
	if !e.Promised.None() {
		line += " → 承诺" + e.Promised.String()
	}
	return line + "　实施清单第" + strconv.Itoa(p.Case.Edition) + "版"
}

func (p casePage) applicant() []frame.Row {
	c := p.Case
	rows := []frame.Row{{Key: "身份", Value: "个人"}}
	if c.Applicant.Org {
		rows[0].Value = "法人或其他组织"
	}
	if c.Applicant.Agent != "" {
		rows = append(rows, frame.Row{Key: "经办人", Value: c.Applicant.Agent})
	}
	rows = append(rows, frame.Row{Key: "收件", Value: c.Received.Han() + channel(c.Channel)})
	if way := cases.Ways[c.Delivery.Way]; way != "" {
		rows = append(rows, frame.Row{Key: "送达", Value: way})
	}
	return rows
}

func channel(name string) string {
	word := map[string]string{"pc": "网上", "mobile": "手机", "window": "窗口", "kiosk": "自助机", "api": "接口"}[name]
	if word == "" {
		return ""
	}
	return "，" + word
}

// answers are the form group by group, as the reader may see it.
type answers struct {
	Title string
	Rows  []frame.Row
}

func (p casePage) answers() []answers {
	var all []answers
	form := p.Edition.Form.With(p.Edition.Questions).Visible(p.Answers, calendar.DayOf(p.Case.Opened))
	for _, g := range form.Groups {
		group := answers{Title: g.Title}
		for _, f := range g.Fields {
			if v := f.Seen(p.Answers[f.ID]); v != "" {
				group.Rows = append(group.Rows, frame.Row{Key: f.Label, Value: v})
			}
		}
		if len(group.Rows) > 0 {
			all = append(all, group)
		}
	}
	return all
}

// papers are the documents handed over so far, newest last.
func (p casePage) papers() []frame.Paper {
	href := func(one cases.Paper) string { return paperURL(p.Case.ID, one) }
	return frame.PapersOf(p.Case, href, func(one cases.Paper) string { return p.when(one.Seq) })
}

func paperURL(id cases.ID, one cases.Paper) string {
	return caseURL(id) + "/papers/" + string(one.Kind) + "/" + strconv.FormatInt(one.Seq, 10)
}

func (p casePage) when(seq int64) string {
	for _, e := range p.Events {
		if e.Seq == seq {
			return moment(e.At)
		}
	}
	return ""
}

// A point is one thing the reviewer goes through (审查要点).
type point struct {
	Text   string
	Proofs []frame.Link // the materials that are evidence for it
}

// standard is what the step in hand looks at: its own standard, cut where the
// definition lists several, and then the item's conditions with their evidence.
func (p casePage) standard() (own, conditions []point) {
	node, _ := p.Edition.Procedure.Node(p.Work.Node) // no work in hand: no standard of its own
	for _, text := range strings.FieldsFunc(node.Standard, func(r rune) bool { return strings.ContainsRune("；;。\n", r) }) {
		own = append(own, point{Text: text})
	}
	for _, c := range p.Edition.ConditionsFor(p.Case.Answers) {
		one := point{Text: c.Text}
		for _, m := range p.Edition.Materials {
			if _, there := p.Case.Has(m.ID); there && slices.Contains(m.Proves, c.ID) {
				one.Proofs = append(one.Proofs, frame.Link{Text: m.Name, Href: p.href("material", "material", m.ID)})
			}
		}
		conditions = append(conditions, one)
	}
	return own, conditions
}

// A paperLine is one material in the outline.
type paperLine struct {
	ID, Name, Word string
	Tone           frame.Tone
	Files          []cases.File
	Source, Say    string
	Here           bool
}

// materials are those on file, and those that are called for and are not.
func (p casePage) materials() []paperLine {
	var all []paperLine
	for _, h := range p.Case.Materials {
		all = append(all, p.line(h))
	}
	for _, m := range p.Edition.MaterialsFor(p.Case.Answers) {
		if _, there := p.Case.Has(m.ID); !there {
			all = append(all, p.missing(m))
		}
	}
	return all
}

func (p casePage) line(h cases.Handed) paperLine {
	l := paperLine{ID: h.Material, Name: h.Name, Files: h.Files, Word: "已提交", Source: "电子文件", Here: h.Material == p.Material && p.See == "material"}
	if m, ok := p.Edition.Material(h.Material); ok && l.Name == "" {
		l.Name = m.Name
	}
	switch {
	case h.Certificate != "":
		l.Source = "电子证照 " + h.Certificate + "，免提交"
		if h.Vouched != "" {
			l.Source += "（" + h.Vouched + "核验）"
		}
	case h.Paper:
		l.Source = "窗口收取的纸质材料"
	case len(h.Files) == 0:
		l.Source, l.Word, l.Tone = "没有提交", "未提交", frame.Amber
	}
	if v := h.Verdict; v != nil {
		l.Word, l.Tone, l.Say = v.Finding.Han(), findingTone(v.Finding), v.Say
	}
	return l
}

func (p casePage) missing(m items.Material) paperLine {
	l := paperLine{ID: m.ID, Name: m.Name, Word: "未提交", Source: "没有提交", Here: m.ID == p.Material && p.See == "material"}
	for _, promise := range p.Case.Promises {
		if promise.Material == m.ID && !promise.Kept {
			l.Word, l.Tone, l.Say = "容缺", frame.Amber, "申请人承诺于"+promise.By.Han()+"前补交"
		}
	}
	if p.Case.Stands(m) {
		l.Word, l.Tone, l.Source = cases.OnWord.Han(), frame.Green, "申请人签署告知承诺书，不用提交"
	}
	return l
}

func findingTone(f cases.Finding) frame.Tone {
	switch f {
	case cases.Complete, cases.Exempt, cases.OnWord:
		return frame.Green
	case cases.Promised:
		return frame.Amber
	}
	return frame.Red
}

// drawing is the procedure with what is done, at work and late.
func (p casePage) drawing() string { return string(draw.SVG(p.Edition.Procedure, p.marks())) }

func (p casePage) marks() map[string]draw.Mark {
	marks := map[string]draw.Mark{}
	for _, d := range p.Case.Flow.Done {
		marks[d.Node] = draw.Done
	}
	for _, t := range p.Turns {
		switch {
		case !t.Open():
		case t.Clock.Late(p.now, p.days):
			marks[t.Work.Node] = draw.Overdue
		default:
			marks[t.Work.Node] = draw.Current
		}
	}
	return marks
}

// outline is the ordered list beside the drawing.
func (p casePage) outline() []frame.Task {
	marks := p.marks()
	var all []frame.Task
	for _, one := range draw.Outline(p.Edition.Procedure) {
		n := one.Node
		t := frame.Task{Text: one.No + "．" + n.Name, Hint: strings.Join(append([]string{n.Post, n.Limit.String()}, one.Says...), " · "), State: "未开始"}
		switch marks[n.ID] {
		case draw.Done:
			t.State, t.Tone = "已办", frame.Green
		case draw.Current:
			t.State, t.Tone = "正在办理", frame.Blue
		case draw.Overdue:
			t.State, t.Tone = "已超时", frame.Red
		}
		all = append(all, t)
	}
	return all
}

// A dial is one clock of the case.
type dial struct {
	Name, Words string
	Tone        frame.Tone
	Used, Total int64
	Why         clock.Explanation
}

// dials are the promise, where there is one, and the law.
func (p casePage) dials() []dial {
	var all []dial
	for _, one := range []struct {
		name string
		k    clock.Clock
	}{{clock.FirstReview.Name, p.Case.LowerTime()}, {"承诺时限", p.Case.Promised}, {"法定时限", p.Case.Statutory}, {"指派检验人员", p.Case.TestersTime()}} {
		if one.k.Started == 0 {
			continue
		}
		d := dial{Name: one.name, Words: one.k.Say(p.now, p.days), Tone: toneOf(one.k.Colour(p.now, p.days, clock.Usual)), Why: one.k.Explain(p.days, p.now)}
		d.Used, d.Total = spent(one.k, p.now, p.days)
		all = append(all, d)
	}
	return all
}

// spanOf is an interval's days as people read them.
func spanOf(v clock.Interval) string {
	if v.From == v.Until {
		return v.From.Han()
	}
	return v.From.Han() + "至" + v.Until.Han()
}

func counted(v clock.Interval) string {
	word := "不计"
	if v.Counted {
		word = "计入"
	}
	if v.Hours > 0 {
		return word + strconv.FormatFloat(v.Hours.Hours(), 'f', 1, 64) + "小时"
	}
	return word + strconv.Itoa(v.Days) + "天"
}

// offers reports whether the act is one that the reader may do to the case now.
func (p casePage) offers(act cases.Act) bool {
	may := slices.ContainsFunc(p.Case.May(p.by), func(m cases.Move) bool { return m.Act == act })
	switch act {
	case cases.OpenSpecial:
		return may && len(cases.Openable(p.Edition)) > 0
	case cases.ReceiveLink:
		return may && p.Case.Linkage.WaitsFor(p.by)
	case cases.AnswerUrge:
		return may && p.Case.Unanswered() != nil
	case cases.Check, cases.Mend:
		return may && p.checkable(act)
	case cases.TellHearing:
		return may && p.hearing().Told.IsZero() && (p.Case.State == cases.Accepted || p.Case.Later.Pending())
	case cases.CallHearing, cases.NoteHearing:
		return may && p.offersHearing(act)
	case cases.ProposeLater, cases.VetLater, cases.DismissLater, cases.ServeLater:
		return may && p.offersLater(act)
	case cases.Deliver:
		return may && p.Case.Delivered == nil
	case cases.ServePaper:
		return may && len(p.Case.Unserved()) > 0
	case cases.AssignTesters, cases.NoteTest:
		return may && p.Case.Testers != nil && p.Case.Testers.Found == nil && (act == cases.AssignTesters || p.tests())
	case cases.Settle:
		return may && p.Case.ClearlyPassed() && p.by.Holds(identity.Approver, p.Case.Agency) || may && p.Edition.Pledge.AtOnce && p.Case.OnPledge() && p.by.Holds(identity.Approver, p.Case.Agency)
	case cases.CheckPledge:
		return may && p.Case.Checking()
	case cases.Postpone:
		return may && len(postponable(p.Case)) > 0
	case cases.Extend:
		return may && p.Case.Statutory.Running() && p.Case.Statutory.Extension == nil
	}
	return may
}

// opened is the act whose form is open, if the reader may do it now.
func (p casePage) opened() cases.Act {
	switch {
	case p.Do == "":
	case p.Do == cases.DropSigner:
		if len(p.awaited()) > 0 {
			return p.Do
		}
	case p.Do == cases.TakeBack:
		if len(p.lent()) > 0 {
			return p.Do
		}
	case !cases.MoveOf(p.Do).OnWork():
		if p.offers(p.Do) {
			return p.Do
		}
	case cases.Mine(p.Work, p.by) && (p.Work.Decides || p.Do != cases.Decide):
		return p.Do
	}
	return ""
}

// value is what was sent for a field, when the form is shown again.
func (p casePage) value(name string) string {
	if p.Sent == nil {
		return ""
	}
	return p.Sent.Text(name)
}

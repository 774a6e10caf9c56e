package window

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// sight is the right pane: what may be done now and why not, the papers that
// come of it, and the acts.
type sight struct {
	Tone    frame.Tone
	Head    string
	Lines   []frame.CheckLine
	Coming  []frame.Paper // papers an act would hand over
	Given   []frame.Paper // papers that were handed over
	Preview *frame.Leaf
	Primary *frame.Btn
	Rows    [][]frame.Btn
}

// sightOf looks ahead from the findings as they stand.
func (p *Window) sightOf(ctx context.Context, c *cases.Case, all []check, by identity.Actor) (sight, error) {
	s := sight{Given: given(c)}
	if c.State != cases.Received {
		return p.settled(s, c, all, by), nil
	}
	i := intent(all)
	i.Until = cases.CorrectBy(p.today(), p.Days)
	accept, err := p.Cases.Foresee(ctx, c.ID, cases.Accept, i, by)
	if err != nil {
		return s, err
	}
	ask := cases.Prospect{}
	if len(i.List) > 0 {
		if ask, err = p.Cases.Foresee(ctx, c.ID, cases.AskOnce, i, by); err != nil {
			return s, err
		}
	}
	if accept.Why == nil {
		s.accepting(accept, i, p)
		s.unjudged(all)
	} else {
		s.lacking(accept.Why, ask, i)
	}
	f, err := p.Cases.Frame(ctx, c)
	if err != nil {
		return s, err
	}
	if f.Edition.Filing && accept.Why == nil {
		s.Rows = append(s.Rows, []frame.Btn{{Text: "当场备案", Kind: "p", Key: "B", Href: caseHref(c.ID) + "/do/record"}})
	}
	if pledgeable(all) {
		s.Rows = append(s.Rows, []frame.Btn{{Text: "收告知承诺", Key: "P", Href: caseHref(c.ID) + "/do/pledge"}})
	}
	s.rectifying(c, by)
	s.Rows = append(s.Rows, []frame.Btn{{Text: "不予受理", Kind: "d", Key: "X", Href: caseHref(c.ID) + "/do/refuse"}, {Text: "无需办理", Href: caseHref(c.ID) + "/do/not-needed"}})
	return s, nil
}

// accepting shows what acceptance would bring.
func (s *sight) accepting(a cases.Prospect, i cases.Intent, p *Window) {
	s.Tone, s.Head = frame.Green, "可以受理"
	s.Lines = []frame.CheckLine{{Tone: frame.Green, Text: "主要材料齐全、符合法定形式"}}
	btn := frame.Btn{Text: "受理并出具文书", Kind: "p", Key: "Ctrl+Enter", Form: "judge", Name: "next", Value: "accept"}
	if n := len(i.Promises); n > 0 {
		s.Tone, s.Head, btn.Text = frame.Amber, "可以容缺受理", "容缺受理并出具文书"
		s.Lines = append(s.Lines, frame.CheckLine{Tone: frame.Amber, Text: fmt.Sprintf("容缺 %d 项，%s前补齐", n, i.Promises[0].By.Han()), Note: "由申请人自愿选择，并签《容缺受理承诺书》"})
	}
	if say := a.After.DueSays(p.Days); say != "" {
		s.Lines = append(s.Lines, frame.CheckLine{Tone: frame.Green, Text: "受理后" + say, Note: "特别程序另行告知"})
	}
	s.coming(a)
	s.Primary = &btn
	s.Rows = [][]frame.Btn{{{Text: "一次性告知", Key: "G", Form: "judge", Name: "next", Value: "correct"}, {Text: "暂存", Key: "S", Form: "judge"}}}
}

// unjudged reminds of materials that nobody has looked at yet.
func (s *sight) unjudged(all []check) {
	open := 0
	for _, k := range all {
		if k.Finding == "" && k.there() {
			open++
		}
	}
	if open > 0 {
		s.Tone, s.Head = frame.Amber, "材料都已提交，请核对"
		s.Lines[0] = frame.CheckLine{Tone: frame.Amber, Text: fmt.Sprintf("还有 %d 项没有核对", open), Note: "逐项核对，或者按 A 其余都齐全"}
	}
}

// lacking shows why the case cannot be accepted, and the notice that can be
// given instead.
func (s *sight) lacking(why error, ask cases.Prospect, i cases.Intent) {
	s.Tone, s.Head = frame.Red, "还不能受理"
	s.Lines = faultLines(why, frame.Red)
	if fault.Code(why) == "cases.accept.role" {
		return
	}
	save := frame.Btn{Text: "暂存", Key: "S", Form: "judge"}
	notice := frame.Btn{Text: "一次性告知补正", Kind: "p", Key: "Ctrl+Enter", Form: "judge", Name: "next", Value: "correct"}
	switch {
	case len(i.List) == 0:
		notice.Kind, notice.Key = "", "G"
		notice.Text = "一次性告知"
		s.Primary = &frame.Btn{Text: "受理", Kind: "p", Why: "请先核对材料：缺的按 M，能容缺的按 R"}
		s.Rows = [][]frame.Btn{{notice, save}}
		return
	case askedBefore(ask.Why):
		s.Lines = append(s.Lines, faultLines(ask.Why, frame.Amber)...)
		notice.Text, notice.Key, notice.Kind = "因外部情况再次告知", "G", ""
	case ask.Why != nil:
		s.Lines = append(s.Lines, faultLines(ask.Why, frame.Amber)...)
		notice.Why = "补正内容还不完整"
	}
	s.coming(ask)
	s.Primary = &notice
	s.Rows = [][]frame.Btn{{save}}
}

// coming lists the papers of a prospect and shows the last of them.
func (s *sight) coming(a cases.Prospect) {
	for _, sheet := range a.Papers {
		s.Coming = append(s.Coming, frame.Paper{Name: sheet.Title, State: paperWhen(sheet)})
		leaf := frame.LeafOf(sheet, "")
		s.Preview = &leaf
	}
}

func paperWhen(s cases.Sheet) string {
	if s.Seal == "" {
		return "申请人签名"
	}
	return "出具时编号盖章"
}

// faultLines are the reasons of a refusal, one line each.
func faultLines(err error, tone frame.Tone) []frame.CheckLine {
	var lines []frame.CheckLine
	for _, f := range fault.Fields(err) {
		lines = append(lines, frame.CheckLine{Tone: tone, Text: f.Say})
	}
	if len(lines) == 0 {
		lines = append(lines, frame.CheckLine{Tone: tone, Text: fault.Say(err)})
	}
	return lines
}

// settled is the pane of a case that is past the window's judgement.
func (p *Window) settled(s sight, c *cases.Case, all []check, by identity.Actor) sight {
	s.Tone, s.Head = stateTone(c.State), c.StateHan()
	if say := c.DueSays(p.Days); c.State == cases.Accepted && say != "" {
		s.Lines = append(s.Lines, frame.CheckLine{Tone: frame.Blue, Text: say})
	}
	for _, promise := range c.Promises {
		s.Lines = append(s.Lines, owes(c, promise))
	}
	if n := len(c.Notices); n > 0 && !c.Notices[n-1].Done {
		s.Lines = append(s.Lines, awaits(c, c.Notices[n-1]))
	}
	if c.Certificate != "" {
		s.Lines = append(s.Lines, frame.CheckLine{Tone: frame.Green, Text: "证照已制发", Note: c.Certificate})
	}
	if d := c.Delivered; d != nil {
		s.Lines = append(s.Lines, frame.CheckLine{Tone: frame.Green, Text: cases.Ways[d.Way] + "，" + d.Receiver + "签收", Note: whenHan(d.At)})
	}
	for _, paper := range c.Papers {
		if paper.Served != nil {
			s.Lines = append(s.Lines, frame.CheckLine{Tone: frame.Green, Text: paper.Title + "已送达", Note: paper.Served.Say()})
		}
	}
	var acts []frame.Btn
	for _, m := range c.May(by) {
		if b, ok := actButtons[m.Act]; ok && useful(c, all, m.Act) {
			b.Href = caseHref(c.ID) + "/do/" + b.Href
			acts = append(acts, b)
		}
	}
	acts = append(spotButtons(c, by), acts...)
	if len(acts) > 0 {
		s.Rows = [][]frame.Btn{acts}
	}
	return s
}

// pledgeable reports whether any material may still be replaced by a word.
func pledgeable(all []check) bool {
	return slices.ContainsFunc(all, func(k check) bool { return k.Material.Promisable && !k.Word && !k.there() })
}

// useful leaves out acts that may be done and would bring nothing.
func useful(c *cases.Case, all []check, act cases.Act) bool {
	switch act {
	case cases.Deliver:
		return c.Issuing()
	case cases.ShowMet:
		return c.ToBeShown()
	case cases.Settle:
		return c.OnPledge()
	case cases.ServePaper:
		return len(c.Unserved()) > 0
	case cases.TakePledge:
		return pledgeable(all)
	case cases.Postpone:
		return len(postponable(c)) > 0
	case cases.Cure:
		return slices.ContainsFunc(c.Promises, func(p cases.Promise) bool { return !p.Kept })
	}
	return true
}

// actButtons are the acts offered after acceptance; Href is the act's place.
var actButtons = map[cases.Act]frame.Btn{
	cases.Correct:    {Text: "收补正材料", Href: "corrected", Key: "C"},
	cases.Cure:       {Text: "收容缺材料", Href: "cured", Key: "C"},
	cases.TakePledge: {Text: "收告知承诺", Href: "pledge", Key: "W"},
	cases.Postpone:   {Text: "延长补交期限", Href: "postpone"},
	cases.ShowMet:    {Text: "收达到条件的证明", Href: "met"},
	cases.Deliver:    {Text: "出证、送达", Href: "deliver", Key: "D"},
	cases.Settle:     {Text: "当场决定", Kind: "p", Href: "settle"},
	cases.ServePaper: {Text: "登记文书送达", Href: "serve"},
	cases.Refuse:     {Text: "不予受理", Kind: "d", Href: "refuse", Key: "X"},
	cases.Terminate:  {Text: "终止办理", Kind: "d", Href: "terminate"},
}

// given lists the papers handed over, each with the page that prints it.
func given(c *cases.Case) []frame.Paper {
	href := func(p cases.Paper) string { return paperHref(c.ID, p.Kind, p.Seq) }
	return frame.PapersOf(c, href, func(cases.Paper) string { return "查看打印" })
}

func paperHref(id cases.ID, kind cases.PaperKind, seq int64) string {
	return caseHref(id) + "/papers/" + cases.PaperRef{Kind: kind, Seq: seq}.String()
}

// sight answers the script as the clerk judges: the right pane and the verdicts.
func (p *Window) sight(w http.ResponseWriter, r *http.Request) error {
	c, e, err := p.open(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	all, err := p.read(r, c, e, f)
	if err != nil {
		return err
	}
	s, err := p.sightOf(r.Context(), c, all, frame.Actor(r))
	if err != nil {
		return err
	}
	page.Show(w, r, sightAgain(s, rowsOf(all, 0, true), tally(all)))
	return nil
}

func whenHan(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日 15:04") }

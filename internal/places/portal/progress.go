package portal

import (
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

type caseView struct {
	frame.View
	Case    *cases.Case
	Tone    frame.Tone
	State   string
	Due     []todo
	Outcome string // what the case came to, and why
	Parts   []frame.Part
	Clock   string // one sentence
	Test    string // how the test by a technical standard stands; "" there is none
	Place   string // among those who compete for a limited number; "" it is not limited
	Heard   string // that a hearing was asked for, until it is called; "" none was
	Credit  string // how the way differs by the applicant's credit; "" it does not
	Left    string // 还剩3个工作日
	Days    []clock.Interval
	Papers  []frame.Paper
	Rated   string
	Rate    bool
	Took    bool // withdrawing is still possible
	History []frame.Moment
	Travels []frame.Moment // of its originals
	Answers []summary
	Files   []cases.Handed
	Away    *elsewhere.Parcel // taken in at another place; nil: filed here
	Vowed   []frame.Row       // one's pledges and how they stand
}

// mine loads the case of the address for its applicant; to others there is none.
func (p *Portal) mine(r *http.Request) (*cases.Case, error) {
	by := frame.Actor(r)
	c, err := p.Cases.ByNumber(r.Context(), r.PathValue("number"), by)
	if err != nil {
		return nil, err
	}
	if by.Party == "" || c.Applicant.Party != by.Party {
		return nil, cases.None(r.PathValue("number"))
	}
	return c, nil
}

// casePage shows where a case stands: what is done, what comes next and by when.
func (p *Portal) casePage(w http.ResponseWriter, r *http.Request) error {
	c, err := p.mine(r)
	if err != nil {
		return err
	}
	ctx, by := r.Context(), frame.Actor(r)
	v := caseView{View: under(r, c.ItemName), Case: c, Files: c.Materials, Vowed: p.vowed(c), Due: duesOf(c, calendar.DayOf(p.Now()))}
	v.Tone, v.State = standingOf(c)
	if v.Away, err = p.Elsewhere.Of(ctx, c.ID); err != nil {
		return err
	}
	f, err := p.Cases.Frame(ctx, c)
	if err != nil {
		return err
	}
	v.Parts = p.parts(c, f)
	v.tell(p, c)
	href := func(paper cases.Paper) string { return paperHref(c, paper) }
	numbered, err := p.Cases.Numbered(ctx, c)
	if err != nil {
		return err
	}
	v.Papers = frame.PapersOf(numbered, href, func(cases.Paper) string { return "" })
	events, err := p.Cases.HistoryOf(ctx, c, by)
	if err != nil {
		return err
	}
	if err := p.Tidings.Seen(ctx, c.ID, events, by); err != nil {
		return err
	}
	v.History = p.moments(c, events)
	for i := range v.Papers {
		v.Papers[i].Note = strings.TrimPrefix(v.Papers[i].Note+"，"+given(c.Papers[i], events), "，")
	}
	slips, err := p.Relay.Of(ctx, c, by)
	if err != nil {
		return err
	}
	v.Travels = frame.Originals(slips, string(c.ID))
	v.Took = slices.ContainsFunc(c.May(by), func(m cases.Move) bool { return m.Act == cases.Withdraw })
	answers, err := p.Cases.Answers(ctx, c, by)
	if err != nil {
		return err
	}
	v.Answers, v.Outcome = p.told(c, f.Edition, answers), outcome(c, f.Edition, answers, events)
	if last := c.HearingDue(p.Days); last != 0 {
		v.Heard = "已要求听证，最迟" + last.Han() + "举行；部门会在举行的七个工作日以前通知您时间、地点"
	}
	v.Credit, v.Test = c.CreditSays(f.Edition), c.Testers.Says()
	if standings, err := p.Cases.Standings(ctx, c, f.Edition); err != nil {
		return err
	} else if standings != nil {
		v.Place = standings.Says()
	}
	if err := p.ratingOf(r, c, &v); err != nil {
		return err
	}
	page.Show(w, r, caseTemplate(v))
	return nil
}

// told is what the applicant answered, group by group.
func (p *Portal) told(c *cases.Case, e *items.Edition, answers forms.Answers) (list []summary) {
	for _, g := range e.Form.With(e.Questions).Visible(answers, calendar.DayOf(c.Opened)).Groups {
		s := summary{Title: g.Title}
		for _, field := range g.Fields {
			s.Rows = append(s.Rows, frame.Row{Key: field.Label, Value: orElse(p.show(field, answers[field.ID]), "没有填写")})
		}
		list = append(list, s)
	}
	return list
}

func (p *Portal) ratingOf(r *http.Request, c *cases.Case, v *caseView) error {
	if c.State.Open() {
		return nil
	}
	given, err := p.Ratings.Of(r.Context(), c.ID, frame.Actor(r))
	for _, g := range given {
		if g.Seq > 0 {
			v.Rated = g.Grade.Han()
		}
	}
	v.Rate = len(given) == 0 || given[len(given)-1].Seq < 2
	return err
}

// tell says the clock in words, with the days that count and those that do not.
func (v *caseView) tell(p *Portal, c *cases.Case) {
	switch k := c.Clock(); {
	case c.State == cases.Received:
		v.Clock = "窗口会在" + (c.DeemedOn(p.Days) - 1).Han() + "前（含当日）告诉您是否受理；到期没有答复的，自收到材料之日起就算受理。"
	case c.State == cases.Correcting:
		v.Clock = "材料补齐之后重新计算受理时间。"
	case k.Started != 0:
		e := k.Explain(p.Days, p.Now())
		v.Clock, v.Days, v.Left = e.Sentence, e.Intervals, k.Say(p.Now(), p.Days)
		if c.State.Final() && k.Stopped != 0 && e.Due.Known && !k.Late(p.Now(), p.Days) {
			v.Clock = "已于" + k.Stopped.Day().Han() + "办结，期限到" + e.Due.Day.Han() + "（含当日）。"
		}
		if c.Below() {
			v.Clock = "现在由" + c.FirstReview.AgencyName + "审查，审查完毕后直接报送上级机关决定，不用您再交材料。审查" + v.Clock
		}
	case c.State == cases.Accepted:
		v.Clock = "这件事没有规定办理时限。"
	}
}

// parts are the steps of the case in one bar.
func (p *Portal) parts(c *cases.Case, f cases.Frame) []frame.Part {
	parts := []frame.Part{{Name: "提交申请", Tone: frame.Green, State: "已提交"}}
	switch {
	case c.State == cases.Received:
		return append(parts, frame.Part{Name: "受理", Tone: frame.Blue, State: "窗口核对中"}, frame.Part{Name: "审查", State: "未开始"}, frame.Part{Name: "决定", State: "未开始"})
	case c.State == cases.Correcting:
		return append(parts, frame.Part{Name: "受理", Tone: frame.Amber, State: "等您补材料"}, frame.Part{Name: "审查", State: "未开始"}, frame.Part{Name: "决定", State: "未开始"})
	case c.Statutory.Started == 0 && c.Promised.Started == 0 && len(c.Flow.Open)+len(c.Flow.Done) == 0:
		tone, state := standing(c.State)
		return append(parts, frame.Part{Name: "受理", Tone: tone, State: state})
	}
	parts = append(parts, frame.Part{Name: "受理", Tone: frame.Green, State: acceptedSay(c)})
	parts = append(parts, steps(c, f)...)
	if c.Certificate != "" {
		parts = append(parts, frame.Part{Name: "证照", Tone: frame.Green, State: "已制发", Href: "/my/certificates/" + c.Certificate})
	}
	return parts
}

func acceptedSay(c *cases.Case) string {
	if c.Deemed {
		return "视为受理"
	}
	return "已受理"
}

// steps are the steps of the procedure: those done, those being worked on, and
// the decision.
func steps(c *cases.Case, f cases.Frame) []frame.Part {
	var parts []frame.Part
	for _, n := range f.Edition.Procedure.Nodes {
		if n.Kind != flow.Task {
			continue
		}
		part := frame.Part{Name: n.Name, State: "未开始"}
		done := slices.ContainsFunc(c.Flow.Done, func(d flow.Done) bool { return d.Node == n.ID })
		open := slices.ContainsFunc(c.Flow.Open, func(w flow.Work) bool { return w.Node == n.ID })
		switch {
		case open:
			part.Tone, part.State = frame.Blue, "办理中"
		case n.Decides && c.Decision != nil:
			part.Tone, part.State = standing(c.State)
		case done:
			part.Tone, part.State = frame.Green, "已完成"
		case c.State.Final():
			continue // not on this case's way
		}
		parts = append(parts, part)
	}
	if c.State == cases.Withdrawn || c.State == cases.Terminated {
		parts = append(parts, frame.Part{Name: "办结", State: c.StateHan()})
	}
	return parts
}

func paperHref(c *cases.Case, paper cases.Paper) string {
	return "/my/cases/" + c.Number + "/papers/" + string(paper.Kind) + "-" + itoa(int(paper.Seq))
}

// moments is the history as its applicant reads it: who is named by office, and
// what offices say among themselves stays there.
func (p *Portal) moments(c *cases.Case, events []cases.Event) []frame.Moment {
	var list []frame.Moment
	for _, e := range slices.Backward(events) {
		m := frame.Moment{When: clockTime(e.At), What: momentName(e.Moved), Who: e.By.Title, Tone: momentTone(e.Moved)}
		switch e.Act {
		case cases.Remind, cases.Lapse:
			m.Note = e.Reason
		case cases.Postpone:
			m.Note = e.Postponed.Name + "，" + e.Postponed.By.Han() + "前补交"
		case cases.CheckPledge:
			m.Note = e.Found.Result.Han()
		case cases.RemindExpiry, cases.RemindMet, cases.MissMet, cases.ShowMet:
			m.Note = e.Reason
		case cases.AskChange, cases.AskRenewal, cases.AskCancel, cases.PleadLater:
			m.Who = c.Applicant.Name
		case cases.Rectify:
			m.Note = frame.PutRight(e)
		case cases.Submit, cases.TakePledge, cases.Correct, cases.Cure, cases.Withdraw:
			m.Who, m.Note = c.Applicant.Name, e.Came.Say()
		case cases.AskOnce:
			m.Note = itoa(len(e.Notice.Items)) + " 项需要补正，" + e.Notice.Until.Han() + "前补上"
		case cases.OpenSpecial, cases.CloseSpecial:
			m.Note = e.Special.Kind + "，所需时间" + e.Special.CountedSay()
		case cases.ServePaper, cases.Deliver, cases.ServeLater:
			m.Note = e.Delivered.Say()
		case cases.Extend:
			m.Note = "延长" + e.Extension.Limit.String() + "，理由：" + e.Reason
		case cases.Refuse, cases.SayNotNeeded, cases.Terminate, cases.DeemAccept:
			m.Note = e.Reason
		}
		for _, paper := range c.Papers {
			if paper.Seq == e.Seq {
				m.Links = append(m.Links, frame.Link{Text: paper.Title, Href: paperHref(c, paper)})
			}
		}
		list = append(list, m)
	}
	return list
}

// given is when a paper was handed over, and of what: two receipts of a case look alike.
func given(paper cases.Paper, events []cases.Event) string {
	i := slices.IndexFunc(events, func(e cases.Event) bool { return e.Seq == paper.Seq })
	if i < 0 {
		return ""
	}
	return clockTime(events[i].At) + "，" + momentName(events[i].Moved)
}

func momentName(m cases.Moved) string {
	name := cases.MoveOf(m.Act).Name
	switch m.Act {
	case cases.Review:
		if m.Work != nil {
			return "完成" + m.Work.Name
		}
	case cases.Claim:
		if m.Work != nil {
			return "签收" + m.Work.Name
		}
	case cases.Decide:
		if m.Decision != nil && m.Decision.Granted {
			return "准予"
		}
		if m.Decision != nil {
			return "决定不予批准"
		}
		return "决定会签"
	case cases.Urge:
		return "监督人员督办"
	}
	return name
}

func momentTone(m cases.Moved) frame.Tone {
	switch {
	case m.To == cases.Correcting, m.Act == cases.Remind:
		return frame.Amber
	case m.Act == cases.Lapse:
		return frame.Red
	case m.To == cases.Denied, m.To == cases.Refused:
		return frame.Red
	case m.To == cases.Granted && m.From != m.To, m.Act == cases.Certify:
		return frame.Green
	}
	return frame.Blue
}

// caseFile gives out a file that was handed in with the case.
func (p *Portal) caseFile(w http.ResponseWriter, r *http.Request) error {
	c, err := p.mine(r)
	if err != nil {
		return err
	}
	for _, h := range c.Materials {
		for _, f := range h.Files {
			if f.Hash == r.PathValue("hash") {
				return p.give(w, r, f)
			}
		}
	}
	if f, ok := c.Attached(r.PathValue("hash")); ok {
		return p.give(w, r, f)
	}
	return fault.New(fault.NotFound, "portal.file.none", "办件里没有这个文件")
}

func (p *Portal) give(w http.ResponseWriter, r *http.Request, f cases.File) error {
	content, err := p.Files.Open(r.Context(), f.Hash)
	if err != nil {
		return err
	}
	content.Serve(w, r, f.Name)
	return nil
}

package portal

import (
	"context"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

type mineView struct {
	frame.View
	Name   string
	Due    []todo    // what waits for this person, on top
	Joint  []caseRow // several cases handled as one
	Cases  []caseRow
	Drafts []draftView
	Held   int
	Filter string
	Next   string
}

type todo struct {
	Title, Say, Act, Href string
}

type caseRow struct {
	Number, Name, Say string
	Tone              frame.Tone
	State             string
	Archived          bool
}

// minePage is where one's own affairs stand. Staff who are not here in their
// own name are led to their post.
func (p *Portal) minePage(w http.ResponseWriter, r *http.Request) error {
	ctx, by := r.Context(), frame.Actor(r)
	v := mineView{View: frame.Of(r).Named("我的办件").Under(home[:1]...), Filter: page.Query(r).OneOf("state", string(cases.StillOpen), string(cases.HasEnded))}
	if by.Party == "" {
		if v.Who != nil && v.Who.Home != "/my" {
			page.SeeOther(w, r, v.Who.Home)
			return nil
		}
		page.Show(w, r, mineTemplate(v))
		return nil
	}
	rows, err := p.Cases.List(ctx, cases.Filter{Party: by.Party, Stand: cases.Stand(v.Filter), After: r.URL.Query().Get("after"), Limit: 30}, by)
	if err != nil {
		return err
	}
	invites, err := p.Ratings.Waiting(ctx, by)
	if err != nil {
		return err
	}
	if invites, err = p.ownInvites(ctx, invites); err != nil {
		return err
	}
	var below map[cases.ID]bool
	if v.Due, below, err = p.due(ctx, invites, by); err != nil {
		return err
	}
	var lacking []todo
	if v.Joint, lacking, err = p.matters(r); err != nil {
		return err
	}
	reviews, err := p.reviews(ctx, by)
	if err != nil {
		return err
	}
	v.Due = append(append(lacking, reviews...), v.Due...)
	if v.Drafts, err = p.drafts(r); err != nil {
		return err
	}
	for _, row := range rows {
		v.Cases = append(v.Cases, p.caseRow(row, below[row.ID]))
	}
	if len(rows) == 30 {
		v.Next = "/my?state=" + v.Filter + "&after=" + rows[29].Cursor
	}
	if v.Badge, err = p.Tidings.Unread(ctx, by); err != nil {
		return err
	}
	names, err := p.Parties.Names(ctx, by.Party)
	v.Name = names[by.Party]
	return showOr(w, r, err, mineTemplate(v))
}

// reviews are those that wait for somebody who was drawn as an expert.
func (p *Portal) reviews(ctx context.Context, by identity.Actor) (list []todo, err error) {
	waiting, err := p.Experts.Waiting(ctx, by)
	for _, w := range waiting {
		list = append(list, todo{"专家评审：" + w.Name, w.Say, "去评审", "/my/reviews/" + w.Of})
	}
	return list, err
}

// mostDue is how many cases of a state are looked into for what waits for the applicant.
const mostDue = 30

// due is what waits for the applicant, what binds first; and which of the cases a
// lower agency is reviewing, whose time ends before the case does. It does not
// matter on which page of the list a case stands.
func (p *Portal) due(ctx context.Context, invites []rating.Invite, by identity.Actor) ([]todo, map[cases.ID]bool, error) {
	var list []todo
	below := map[cases.ID]bool{}
	for _, state := range []cases.State{cases.Correcting, cases.Accepted} {
		open, err := p.Cases.Open(ctx, cases.Filter{Party: by.Party, State: state, Limit: mostDue}, by)
		if err != nil {
			return nil, nil, err
		}
		for _, l := range open {
			below[l.ID] = l.Case.Below()
			list = append(list, duesOf(l.Case, calendar.DayOf(p.Now()))...)
		}
	}
	for _, i := range invites {
		list = append(list, todo{i.ItemName + "：办得怎么样？", "说说您的感受，" + i.Until.Han() + "前有效，不评也没关系", "去评价", rateAddress(i)})
	}
	return list, below, nil
}

// asked is what a notice asks for: one thing with its reason, several by their names.
func asked(n cases.Notice) string {
	if len(n.Items) == 1 {
		return n.Items[0].Name + "：" + n.Items[0].Say
	}
	var names []string
	for _, d := range n.Items {
		names = append(names, d.Name)
	}
	return strings.Join(names, "、")
}

// howMuch a notice asks for: papers, if nothing else is to be mended.
func howMuch(n cases.Notice) string {
	for _, d := range n.Items {
		if d.Material == "" {
			return "请补正 " + itoa(len(n.Items)) + " 项"
		}
	}
	return "请补 " + itoa(len(n.Items)) + " 份材料"
}

// duesOf are what a case waits for its applicant to do, the soonest due first.
func duesOf(c *cases.Case, today calendar.Day) (all []todo) {
	for _, due := range []func() (todo, bool){
		func() (todo, bool) { return dueCorrection(c) },
		func() (todo, bool) { return duePromises(c) },
		func() (todo, bool) { return duePlea(c) },
		func() (todo, bool) { return dueHearing(c, today) },
		func() (todo, bool) { return duePanel(c) },
		func() (todo, bool) { return dueProof(c) },
	} {
		if t, ok := due(); ok {
			all = append(all, t)
		}
	}
	return all
}

func dueCorrection(c *cases.Case) (todo, bool) {
	n := len(c.Notices)
	if c.State != cases.Correcting || n == 0 {
		return todo{}, false
	}
	notice := c.Notices[n-1]
	return todo{c.ItemName + "：" + howMuch(notice), asked(notice) + "。" + notice.Until.Han() + "前补上即可", "去补正", "/my/cases/" + c.Number + "/correct"}, true
}

func duePromises(c *cases.Case) (todo, bool) {
	var names []string
	var by calendar.Day
	for _, promise := range c.Promises {
		if !promise.Kept {
			names = append(names, promise.Name)
			if by == 0 || promise.By < by {
				by = promise.By
			}
		}
	}
	return todo{c.ItemName + "：请补交承诺的材料", strings.Join(names, "、") + "，" + by.Han() + "前补上即可", "去补交", "/my/cases/" + c.Number + "/correct"}, len(names) > 0 && c.State == cases.Accepted
}

func duePlea(c *cases.Case) (todo, bool) {
	l := c.Later
	if !l.Pending() || !l.Owned() || l.Plea != nil {
		return todo{}, false
	}
	return todo{c.ItemName + "：部门拟" + l.Kind.Han(), "您可以在" + l.Until.Han() + "前（含当日）陈述、申辩，要求听证", "陈述、申辩", "/my/cases/" + c.Number + "/plea"}, true
}

// dueHearing is the right to ask for a hearing, and the hearing when it is called.
func dueHearing(c *cases.Case, today calendar.Day) (todo, bool) {
	h := c.CurrentHearing()
	switch {
	case mayAskHearing(c, today):
		return todo{c.ItemName + "：您可以要求听证", h.About + "，请在" + h.Until.Han() + "前（含当日）提出，不收费", "要求听证", "/my/cases/" + c.Number + "/hearing"}, true
	case h != nil && !h.At.IsZero() && h.Minutes == nil:
		return todo{c.ItemName + "：将举行听证", clockTime(h.At) + "，" + h.Place + "，主持人" + h.Host + "，听证的时间不计入办理期限", "看听证、申请回避", "/my/stakes/" + c.Number}, true
	}
	return todo{}, false
}

func duePanel(c *cases.Case) (todo, bool) {
	p := c.Panel
	if p == nil || p.Summary != "" || c.State != cases.Accepted {
		return todo{}, false
	}
	return todo{c.ItemName + "：正在请专家评审", "专家随机抽取，您可以查看抽取过程、申请专家回避", "看专家评审", "/my/reviews/" + p.Review}, true
}

func dueProof(c *cases.Case) (todo, bool) {
	due := c.ToBeShown() && (c.Check.Awaits() || c.Check.Passed && len(c.Check.Shown) == 0)
	return todo{c.ItemName + "：达到条件后请提交证明", "确认以前不得经营，请在承诺的日期以前提交", "提交证明", "/my/cases/" + c.Number + "/met"}, due
}

func (p *Portal) caseRow(row cases.Row, below bool) caseRow {
	c := caseRow{Number: row.Number, Name: row.ItemName, Say: clockTime(row.Opened) + " 提交", Archived: row.Archived}
	c.Tone, c.State = standing(row.State)
	today := calendar.DayOf(p.Now())
	switch {
	case row.State == cases.Accepted && row.Paused:
		c.Say += "，特别程序进行中，时间暂停计算"
	case row.State == cases.Accepted && row.Due != 0 && row.Due < today:
		c.Tone, c.State = frame.Red, "超时了，已提醒部门"
		c.Say += "，应于" + row.Due.Han() + "前办好"
	case row.State == cases.Accepted && below:
		c.Say += "，下级机关正在审查，" + row.Due.Han() + "前审查完毕"
	case row.State == cases.Accepted && row.Due != 0:
		c.Say += "，" + row.Due.Han() + "前办好"
	case !row.Closed.IsZero():
		c.Say += "，" + clockTime(row.Closed) + " 办结"
	}
	return c
}

// standing is a state as the applicant reads it.
func standing(s cases.State) (frame.Tone, string) {
	switch s {
	case cases.Received:
		return frame.Blue, "等窗口核对"
	case cases.Correcting:
		return frame.Amber, "等您补材料"
	case cases.Accepted:
		return frame.Blue, "办理中"
	case cases.Granted:
		return frame.Green, "办好了"
	case cases.Denied:
		return frame.Red, "没有批准"
	case cases.Refused:
		return frame.Red, "没有受理"
	}
	return frame.Plain, s.Han()
}

// standingOf is how a case stands as the applicant reads it: also that what was granted
// is no more.
func standingOf(c *cases.Case) (frame.Tone, string) {
	if kind, gone := c.Gone(); gone {
		return frame.Plain, "办好后已" + kind.Han()
	}
	return standing(c.State)
}

// rateAddress is where one rates a case, or the matter it is part of.
func rateAddress(i rating.Invite) string {
	if strings.HasPrefix(i.Number, "LB") {
		return "/my/joint/" + i.Number + "/rate"
	}
	return "/my/cases/" + i.Number + "/rate"
}

package bureau

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"tongban/internal/catalogue/items"
	"tongban/internal/ground/sqldb"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// mostSent is how much the form of an act may carry, in bytes: evidence of a
// check, and proof of a service, come as files.
func mostSent(act cases.Act) int64 {
	if slices.Contains([]cases.Act{cases.CheckPledge, cases.Review, cases.CloseSpecial, cases.Deliver, cases.ServeLater, cases.ServePaper}, act) {
		return frame.MostProof
	}
	return 1 << 20
}

func (b *Bureau) receiveLink(ctx context.Context, id cases.ID, _ *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.ReceiveLink(ctx, id, by)
}

func (b *Bureau) settle(ctx context.Context, id cases.ID, _ *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.Settle(ctx, id, by)
}

// checkPledge keeps the evidence, and notes what the check came to.
func (b *Bureau) checkPledge(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	if _, err := b.Cases.Case(ctx, id, by); err != nil {
		return nil, err // whose case it is not keeps no files here
	}
	found := cases.Found{Result: cases.CheckResult(f.Text("result")), Reason: f.Text("reason"), Basis: f.Text("basis"), Fraud: f.Has("fraud")}
	var refused error
	for _, sent := range f.Files("evidence") {
		file, err := frame.Keep(ctx, sent, "evidence", b.Files)
		if refused = err; err != nil {
			break
		}
		found.Evidence = append(found.Evidence, file)
	}
	return sqldb.Judged(ctx, refused, func(ctx context.Context) (*cases.Case, error) { return b.Cases.CheckPledge(ctx, id, found, by) })
}

func (b *Bureau) postpone(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	p := cases.Postponement{Material: f.Text("material"), By: calendar.Parse(f.Date("by")), Reason: f.Text("reason")}
	return sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*cases.Case, error) { return b.Cases.Postpone(ctx, id, p, by) })
}

// postponable are the promised materials whose day may still be moved.
func postponable(c *cases.Case) []frame.Choice {
	var all []frame.Choice
	for _, p := range c.Promises {
		if c.State == cases.Accepted && !p.Kept && !p.Lapsed && !p.Postponed {
			all = append(all, frame.Choice{Value: p.Material, Label: p.Name, Hint: "现在是" + p.By.Han() + "前"})
		}
	}
	return all
}

// pledgeRows are what was pledged, signed by whom and checked until when.
func pledgeRows(p casePage) []frame.Row {
	var names, signers []string
	for _, one := range p.Case.Pledges {
		names = append(names, one.Name)
	}
	for _, s := range p.Case.Signatures {
		signers = append(signers, s.Name)
	}
	rows := []frame.Row{{Key: "承诺", Value: joined(names)}, {Key: "签名", Value: joined(signers)}}
	if say := p.Case.Linkage.Says(); say != "" {
		rows = append(rows, frame.Row{Key: "审管联动", Value: say, Bad: p.Case.Linkage.Received == nil})
	}
	if say := p.Case.MeetSays(p.days); say != "" {
		rows = append(rows, frame.Row{Key: "经营", Value: say, Bad: p.Case.NotYet()})
	}
	if k := p.Case.Check; k != nil && !k.Done && !k.Awaits() {
		rows = append(rows, frame.Row{Key: string(k.Way), Value: k.Due(p.days).Day.Han() + "前"})
	}
	return rows
}

func checkWord(c *cases.Case) string {
	switch k := c.Check; {
	case k == nil && c.State == cases.Granted:
		return "免予核查"
	case k == nil:
		return "决定后核查"
	case k.Done:
		return k.Found[len(k.Found)-1].Result.Han()
	case k.Late:
		return "逾期未核查"
	case k.Mend != 0:
		return "整改中"
	case k.Awaits():
		return "等待达到条件"
	}
	return "待核查"
}

func checkTone(c *cases.Case) frame.Tone {
	switch k := c.Check; {
	case k == nil:
		return frame.Plain
	case k.Late, k.Done && k.Found[len(k.Found)-1].Result == cases.PledgeBroken:
		return frame.Red
	case k.Done:
		return frame.Green
	}
	return frame.Amber
}

func promiseWord(p cases.Promise) string {
	switch {
	case p.Kept:
		return "已补交"
	case p.Lapsed:
		return "逾期未补交"
	}
	return "待补交"
}

func promiseTone(p cases.Promise) frame.Tone {
	switch {
	case p.Kept:
		return frame.Green
	case p.Lapsed:
		return frame.Red
	}
	return frame.Amber
}

func promiseNote(p cases.Promise) string {
	var notes []string
	if p.Reminded > 0 {
		notes = append(notes, "已提醒"+strconv.Itoa(p.Reminded)+"次")
	}
	if p.Postponed {
		notes = append(notes, "延长过一次")
	}
	if len(notes) == 0 {
		return ""
	}
	return "，" + strings.Join(notes, "，")
}

// wordsPage is what is owed to an agency on somebody's word (承诺和容缺).
type wordsPage struct {
	frame.View
	Tabs, Posts []frame.Link
	Rows        []owedRow
	Nothing     string
	NothingSay  string
	Next        string
}

type owedRow struct {
	Row, Item, Number, Href, Applicant, What, Due string
	Tone                                          frame.Tone
}

// words lists the checks that are due, or the materials that were promised.
func (b *Bureau) words(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	dir, err := b.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	checks := q.OneOf("see", "checks", "materials") != "materials"
	agencies, here := agenciesOf(posts(by)), q.Text("agency")
	if here == "" || !slices.Contains(agencies, here) {
		here = agencies[0]
	}
	p := wordsPage{View: frame.Of(r).Named("承诺和容缺"), Nothing: "没有等待核查的承诺", NothingSay: "以告知承诺方式准予的办件，决定后在这里等待核查。"}
	if !checks {
		p.Nothing, p.NothingSay = "没有等待补交的容缺材料", "容缺受理的办件，材料补齐以前列在这里。"
	}
	address := func(agency, see string) string {
		return "/bureau/words?" + url.Values{"agency": {agency}, "see": {see}}.Encode()
	}
	see := map[bool]string{true: "checks", false: "materials"}[checks]
	p.Tabs = []frame.Link{{Text: "待核查的承诺、待决定的变动", Href: address(here, "checks"), Here: checks}, {Text: "待补交的容缺材料", Href: address(here, "materials"), Here: !checks}}
	for _, a := range agencies {
		p.Posts = append(p.Posts, frame.Link{Text: dir.Name(a), Href: address(a, see), Here: a == here})
	}
	all, err := b.Cases.Owed(r.Context(), cases.OwedFilter{Agency: here, Checks: checks, After: q.Text("after"), Limit: perPage}, by)
	if err != nil {
		return err
	}
	for _, o := range all {
		p.Rows = append(p.Rows, owedLine(o, calendar.DayOf(b.Now())))
	}
	if len(all) == perPage {
		p.Next = address(here, see) + "&after=" + url.QueryEscape(all[perPage-1].Cursor)
	}
	page.Show(w, r, wordsTable(p))
	return nil
}

func owedLine(o cases.Owed, today calendar.Day) owedRow {
	row := owedRow{Row: o.Cursor, Item: o.ItemName, Number: o.Number, Applicant: o.Applicant, Href: caseURL(o.Case), Due: o.Due.Han() + "前"}
	switch o.Debt {
	case cases.OwedMaterial:
		row.What = "等申请人补交“" + o.Name + "”"
	case cases.OwedLater:
		row.What = "决定" + o.Name
	case cases.OwedLink:
		row.What, row.Href = "签收审管联动信息（"+o.Name+"）", caseURL(o.Case)+"?do="+string(cases.ReceiveLink)
	case cases.OwedMending:
		row.What, row.Href = "复核整改（"+o.Name+"）", caseURL(o.Case)+"?do="+string(cases.CheckPledge)
	default:
		row.What, row.Href = o.Name, caseURL(o.Case)+"?do="+string(cases.CheckPledge)
	}
	switch {
	case o.Due < today || o.Late:
		row.Tone, row.Due = frame.Red, "已逾期，应于"+o.Due.Han()+"前"
	case o.Due <= today+3:
		row.Tone = frame.Amber
	}
	return row
}

func agenciesOf(posts []identity.Post) []string {
	var all []string
	for _, p := range posts {
		if !slices.Contains(all, p.Agency) {
			all = append(all, p.Agency)
		}
	}
	return all
}

// fraudSay is what follows from fraud: the bar on applying again is for licences.
func fraudSay(p casePage) string {
	if p.Edition.Type != items.Licence {
		return "撤销后记入信用"
	}
	return "直接关系公共安全、人身健康、生命财产安全的事项，撤销后三年内不得再次申请（行政许可法第七十九条）"
}

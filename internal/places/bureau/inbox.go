package bureau

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// perPage is how many rows a list shows.
const perPage = 50

// inboxPage is the work of one post.
type inboxPage struct {
	frame.View
	Path    string // "/bureau" or "/bureau/mine"
	Title   string
	Posts   []frame.Link
	Post    string // "云龙区市场监管局 · 审查岗"
	Find    string
	At      string // number of the post in Posts
	Rows    []inboxRow
	Next    string
	Mine    bool
	Told    []frame.Reminder
	Signing []inboxRow // what the reader was asked to sign
	Away    []inboxRow // what those took for whom the reader stands in
	Lent    []inboxRow // what colleagues do in the reader's name
	Request string
}

// inboxRow is one piece of work.
type inboxRow struct {
	Row       string // its key in the table
	Href      string
	Case      cases.ID
	Work      string
	Item      string
	Number    string
	Applicant string
	Step      string
	Desk      string // the post it asks for
	Tone      frame.Tone
	Left      string // "还剩2个工作日"
	Used, All int64  // of the step's limit; 0 of 0: no limit
	Came      string
	CaseDue   string
}

// waiting is what nobody in the post has taken yet (待签收).
func (b *Bureau) waiting(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return b.inbox(w, r, by, inboxPage{Path: "/bureau", Title: "待签收"})
}

// mine is what the actor has taken (我的).
func (b *Bureau) mine(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return b.inbox(w, r, by, inboxPage{Path: "/bureau/mine", Title: "我的在办", Mine: true})
}

func (b *Bureau) inbox(w http.ResponseWriter, r *http.Request, by identity.Actor, p inboxPage) error {
	q := page.Query(r)
	dir, err := b.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	all := posts(by)
	i := min(max(q.Int("post"), 0), len(all)-1)
	rows, err := b.Cases.SearchInbox(r.Context(), all[i], p.Mine, q.Text("q"), q.Text("after"), perPage, by)
	if err != nil {
		return err
	}
	p.View, p.Find, p.At, p.Request = frame.Of(r).Named(p.Title), q.Text("q"), strconv.Itoa(i), sqldb.NewID()
	p.Posts, p.Post = postLinks(p.Path, all, i, dir), postName(all[i], dir)
	for _, row := range rows {
		p.Rows = append(p.Rows, b.inboxRow(row))
	}
	if q.Text("after") == "" {
		if p.Told, err = b.reminders(r.Context(), by); err != nil {
			return err
		}
	}
	if p.Mine && q.Text("after") == "" {
		if err := b.beside(r, by, &p); err != nil {
			return err
		}
	}
	if len(rows) == perPage {
		p.Next = p.Path + "?" + url.Values{"post": {p.At}, "q": {p.Find}, "after": {rows[len(rows)-1].Cursor}}.Encode()
	}
	page.Show(w, r, inboxTable(p))
	return nil
}

// beside is what is the reader's to do and not their own: work they were asked to
// sign, and work of those who are away; and what is their own and others do.
func (b *Bureau) beside(r *http.Request, by identity.Actor, p *inboxPage) error {
	asked, err := b.Cases.Signing(r.Context(), by)
	if err != nil {
		return err
	}
	for _, row := range asked {
		p.Signing = append(p.Signing, b.inboxRow(row))
	}
	lent, err := b.Cases.Lent(r.Context(), by)
	if err != nil {
		return err
	}
	for _, row := range lent {
		one := b.inboxRow(row)
		one.Href = caseURL(row.Case) + "?do=" + string(cases.TakeBack)
		p.Lent = append(p.Lent, one)
	}
	for _, post := range by.Posts {
		if post.For == "" {
			continue
		}
		rows, err := b.Cases.SearchInbox(r.Context(), post, true, p.Find, "", perPage, by)
		if err != nil {
			return err
		}
		for _, row := range rows {
			p.Away = append(p.Away, b.inboxRow(row))
		}
	}
	return nil
}

func (b *Bureau) inboxRow(r cases.WorkRow) inboxRow {
	now := b.Now()
	tone, left := toneOf(r.Clock.Colour(now, b.Days, clock.Usual)), r.Clock.Say(now, b.Days)
	used, total := spent(r.Clock, now, b.Days)
	if r.Clock.Started == 0 {
		left = "本环节不限时"
	}
	return inboxRow{
		Row: string(r.Case) + "-" + r.Work.ID, Href: caseURL(r.Case) + "?work=" + r.Work.ID, Case: r.Case, Work: r.Work.ID,
		Item: r.ItemName, Number: r.Number, Applicant: r.Applicant, Step: r.Work.Name, Desk: r.Work.Post,
		Tone: tone, Left: left, Used: used, All: total, Came: moment(r.Opened), CaseDue: dueWords(r.CaseDue, r.Paused),
	}
}

// postLinks lets someone with several posts change between their trays.
func postLinks(path string, all []identity.Post, here int, dir *agencies.Directory) []frame.Link {
	if len(all) < 2 {
		return nil
	}
	var links []frame.Link
	for i, p := range all {
		links = append(links, frame.Link{Text: postName(p, dir), Href: path + "?post=" + strconv.Itoa(i), Here: i == here})
	}
	return links
}

func postName(p identity.Post, dir *agencies.Directory) string {
	return dir.Name(p.Agency) + " · " + staff.RoleCalled(p.Role)
}

// donePage is an agency's cases, newest first.
type donePage struct {
	frame.View
	Agencies []frame.Choice
	Agency   string
	States   []frame.Choice
	State    string
	Find     string
	Rows     []doneRow
	Next     string
}

type doneRow struct {
	Href, Item, Number, Applicant, Received, Due, Closed string
	State                                                string
	Tone                                                 frame.Tone
	Archived                                             bool
}

// done is the agency's cases, in hand and finished (已办); a full case number
// leads straight to the case.
func (b *Bureau) done(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	dir, err := b.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	p := donePage{View: frame.Of(r).Named("本部门办件"), State: q.Text("state"), Find: q.Text("q")}
	switch c, err := b.Cases.ByNumber(r.Context(), p.Find, by); {
	case err == nil:
		page.SeeOther(w, r, caseURL(c.ID))
		return nil
	case fault.Of(err) != fault.NotFound:
		return err
	}
	p.Agency, p.Agencies = workplaces(by, q.Text("agency"), dir)
	rows, err := b.Cases.List(r.Context(), cases.Filter{Agency: p.Agency, State: cases.State(p.State), Name: p.Find, After: q.Text("after"), Limit: perPage}, by)
	if err != nil {
		return err
	}
	p.States = stateChoices()
	for _, row := range rows {
		p.Rows = append(p.Rows, doneRow{
			Href: caseURL(row.ID), Item: row.ItemName, Number: row.Number, Applicant: row.Applicant, Received: row.Received.Han(),
			Due: caseDue(row, calendar.DayOf(b.Now())), Closed: moment(row.Closed), State: row.StateHan(), Tone: stateTone(row.State), Archived: row.Archived,
		})
	}
	if len(rows) == perPage {
		p.Next = "/bureau/done?" + url.Values{"agency": {p.Agency}, "state": {p.State}, "q": {p.Find}, "after": {rows[len(rows)-1].Cursor}}.Encode()
	}
	page.Show(w, r, doneTable(p))
	return nil
}

func stateChoices() []frame.Choice {
	all := []frame.Choice{{Value: "", Label: "全部状态"}}
	for _, s := range []cases.State{cases.Received, cases.Correcting, cases.Accepted, cases.Granted, cases.Denied, cases.NotNeeded, cases.Refused, cases.Withdrawn, cases.Terminated} {
		all = append(all, frame.Choice{Value: string(s), Label: s.Han()})
	}
	return all
}

// find answers the palette, and without JavaScript leads to the list.
func (b *Bureau) find(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r).Text("q")
	if !page.Partial(r) {
		page.SeeOther(w, r, "/bureau?"+url.Values{"q": {q}}.Encode())
		return nil
	}
	var hits []frame.Hit
	if c, err := b.Cases.ByNumber(r.Context(), q, by); err == nil {
		hits = append(hits, frame.Hit{Icon: "file-text", Text: c.ItemName, Note: c.Applicant.Name + " · " + c.Number, Href: caseURL(c.ID), Tag: frame.Tag(stateTone(c.State), c.StateHan())})
	}
	for i, post := range posts(by) {
		for _, mine := range []bool{true, false} {
			rows, err := b.Cases.SearchInbox(r.Context(), post, mine, q, "", 6, by)
			if err != nil {
				return err
			}
			for _, row := range rows {
				hits = append(hits, frame.Hit{Icon: "file-text", Text: row.ItemName, Mark: q, Note: row.Applicant + " · " + row.Work.Name,
					Href: caseURL(row.Case) + "?work=" + row.Work.ID + "&post=" + strconv.Itoa(i)})
			}
		}
	}
	page.Show(w, r, foundHits(hits))
	return nil
}

// workplaces are the agencies that somebody decides for, and the chosen one of them, or
// else the first.
func workplaces(by identity.Actor, chosen string, dir *agencies.Directory) (string, []frame.Choice) {
	var all []frame.Choice
	for _, post := range posts(by) {
		chosen = cmp.Or(chosen, post.Agency)
		if len(all) == 0 || all[len(all)-1].Value != post.Agency {
			all = append(all, frame.Choice{Value: post.Agency, Label: dir.Name(post.Agency)})
		}
	}
	return chosen, all
}

package library

import (
	"net/http"
	"net/url"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// perPage is how many rows a list shows.
const perPage = 20

// listView is the items of a region.
type listView struct {
	frame.View
	Bar      frame.DeskBar
	Region   string
	Regions  []frame.Choice
	Agency   string
	Agencies []frame.Choice
	Find     string
	Rows     []itemRow
	Next     string
	Loose    bool
	Keeps    bool   // may found, claim and import items
	Download string // address of all of these as one file
}

// itemRow is one item with what the check finds in it.
type itemRow struct {
	Href, Name, Agency, Code, Kind, Limit, Effective string
	Errors, Warnings                                 int
	Revision                                         string // address of the one on its way; "": none
}

// listPage is the items of the actor's region, or of one within it.
func (l *Library) listPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v := listView{View: frame.Of(r).Named("事项"), Bar: bar(by), Agency: q.Text("agency"), Find: q.Text("q"), Keeps: by.Plays(identity.Items)}
	v.Region, v.Regions = l.within(q.Text("region"), by)
	v.Download = "/desk/items/all.zip?" + url.Values{"region": {v.Region}, "agency": {v.Agency}}.Encode()
	dir, err := l.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	v.Agencies = []frame.Choice{{Value: "", Label: "全部部门"}}
	for _, a := range dir.List(agencies.Filter{Region: v.Region}) {
		v.Agencies = append(v.Agencies, frame.Choice{Value: a.ID, Label: a.Short})
	}
	entries, err := l.entries(r, q, &v)
	if err != nil {
		return err
	}
	ids := make([]items.ID, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	open, err := l.Revisions.OpenAmong(r.Context(), ids)
	if err != nil {
		return err
	}
	codex, err := l.Laws.Codex(r.Context())
	if err != nil {
		return err
	}
	for _, e := range entries {
		row, err := l.itemRow(r, e, open[e.ID], codex)
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, row)
	}
	page.Show(w, r, listPage(v))
	return nil
}

// entries is a page of the list, or of what was searched for.
func (l *Library) entries(r *http.Request, q *page.Form, v *listView) ([]items.Entry, error) {
	filter := items.Filter{Region: v.Region, Agency: v.Agency}
	ask := url.Values{"region": {v.Region}, "agency": {v.Agency}}
	if v.Find != "" {
		n := q.Int("page")
		found, err := l.Items.Search(r.Context(), v.Find, filter, n)
		if found.More {
			ask.Set("q", v.Find)
			ask.Set("page", itoa(n+1))
			v.Next = "/desk/items?" + ask.Encode()
		}
		v.Loose = found.Loose
		return found.Hits, err
	}
	entries, next, err := l.Items.List(r.Context(), filter, items.Cursor{Sort: q.Text("sort"), ID: items.ID(q.Text("after"))}, perPage)
	if next.ID != "" {
		ask.Set("sort", next.Sort)
		ask.Set("after", string(next.ID))
		v.Next = "/desk/items?" + ask.Encode()
	}
	return entries, err
}

func (l *Library) itemRow(r *http.Request, e items.Entry, open revisions.ID, codex *laws.Codex) (itemRow, error) {
	row := itemRow{
		Href: "/desk/items/" + string(e.ID), Name: e.Name, Agency: e.AgencyName, Code: e.Catalogue, Kind: string(e.Kind),
		Limit: e.Limit, Effective: e.Effective.Han(),
	}
	if open != "" {
		row.Revision = revisionURL(open)
	}
	edition, err := l.Items.Edition(r.Context(), e.ID, e.Number)
	if err == nil {
		row.Errors, row.Warnings = items.Weighed(l.findings(edition, codex))
	}
	return row, err
}

// within is the region asked for, if the actor's posts take it in, or their own.
func (l *Library) within(asked string, by identity.Actor) (string, []frame.Choice) {
	return l.inside(asked, revisions.Reach(by))
}

// inside is the region asked for, if it lies in one's own, or one's own.
func (l *Library) inside(asked, own string) (string, []frame.Choice) {
	region := own
	if identity.Within(asked, own) {
		region = asked
	}
	choices := []frame.Choice{{Value: own, Label: l.place(own)}}
	for _, r := range l.Regions.Children(own, calendar.DayOf(l.Now())) {
		choices = append(choices, frame.Choice{Value: r.Code.Long(), Label: r.Name})
	}
	return region, choices
}

func (l *Library) place(code string) string {
	if r, ok := l.Regions.Find(code); ok {
		return r.Name
	}
	return code
}

// revisionsView is the revisions of a region.
type revisionsView struct {
	frame.View
	Bar    frame.DeskBar
	State  string
	States []frame.Choice
	Rows   []revisionRow
	Next   string
}

type revisionRow struct {
	Href, Name, Agency, Region, Reason, State, Effective, Changed, Note string
	Tone                                                                frame.Tone
}

// revisionsPage lists the revisions that the actor may see.
func (l *Library) revisionsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v := revisionsView{View: frame.Of(r).Named("调整申请"), Bar: bar(by), State: q.Text("state")}
	filter := revisions.Filter{After: q.Text("after"), Limit: perPage + 1}
	if v.State != "" {
		filter.States = []revisions.State{revisions.State(v.State)}
	}
	rows, err := l.Revisions.List(r.Context(), filter, by)
	if err != nil {
		return err
	}
	if len(rows) > perPage {
		rows = rows[:perPage]
		v.Next = "/desk/revisions?" + url.Values{"state": {v.State}, "after": {rows[perPage-1].Cursor}}.Encode()
	}
	v.States = []frame.Choice{{Value: "", Label: "全部状态"}}
	for _, s := range revisions.States {
		v.States = append(v.States, frame.Choice{Value: string(s), Label: s.Han()})
	}
	for _, row := range rows {
		v.Rows = append(v.Rows, l.revisionRow(row))
	}
	page.Show(w, r, revisionList(v))
	return nil
}

func (l *Library) revisionRow(row revisions.Row) revisionRow {
	out := revisionRow{
		Href: revisionURL(row.ID), Name: row.Name, Agency: row.AgencyName, Region: l.place(row.Region), Reason: string(row.Reason),
		State: row.State.Han(), Tone: stateTone(row.State), Effective: row.Effective.Han(), Changed: moment(row.Changed),
	}
	if row.State == revisions.Public {
		out.Note = "公示到" + row.Until.Han()
		if row.Unanswered > 0 {
			out.Note += "，" + itoa(row.Unanswered) + "条意见待答复"
		}
	}
	return out
}

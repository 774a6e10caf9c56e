package desk

import (
	"net/http"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// casesPage is the search over all cases of a supervisor's division.
type casesPage struct {
	frame.View
	Bar      frame.DeskBar
	Find     string
	State    string
	Agency   string
	Region   string
	Regions  []frame.Choice
	Agencies []frame.Choice
	Rows     []caseRow
	Next     string
	Export   string
}

// caseRow is one case found.
type caseRow struct {
	ID, Item, Sub, Where string
	State                string
	Tone                 frame.Tone
	Filed, Due           string
	Archived             bool
}

// states are the states one can ask for.
var states = []cases.State{cases.Received, cases.Correcting, cases.Accepted, cases.Granted, cases.Denied, cases.NotNeeded, cases.Refused, cases.Withdrawn, cases.Terminated}

func stateChoices() []frame.Choice {
	all := []frame.Choice{{Label: "全部"}}
	for _, s := range states {
		all = append(all, frame.Choice{Value: string(s), Label: s.Han()})
	}
	return all
}

func (d *Desk) casesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	ctx, q := r.Context(), page.Query(r)
	v := casesPage{View: frame.Of(r).Named("办件"), Bar: watchBar(by), Find: q.Text("q"), State: q.Text("state"), Agency: q.Text("agency")}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Supervisor)
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	v.Agencies = agencyChoices(dir, v.Region)
	switch c, err := d.Cases.ByNumber(ctx, v.Find, by); {
	case err == nil:
		page.SeeOther(w, r, "/desk/cases/"+string(c.ID))
		return nil
	case fault.Of(err) != fault.NotFound:
		return err
	}
	rows, err := d.Cases.List(ctx, asked(q, v.Region, 50), by)
	if err != nil {
		return err
	}
	for _, row := range rows {
		v.Rows = append(v.Rows, foundRow(row, dir))
	}
	if len(rows) == 50 {
		v.Next = with("/desk/cases", q.Values(), "after", rows[49].Cursor)
	}
	v.Export = with("/desk/cases/export.csv", q.Values(), "after", "")
	page.Show(w, r, casesView(v))
	return nil
}

// asked is what the address asks for, of the cases of a division.
func asked(q *page.Form, region string, limit int) cases.Filter {
	return cases.Filter{Region: region, Of: q.Text("agency"), State: cases.State(q.Text("state")), Name: q.Text("q"), After: q.Text("after"), Limit: limit}
}

func foundRow(r cases.Row, dir *agencies.Directory) caseRow {
	row := caseRow{ID: string(r.ID), Item: r.ItemName, Sub: r.Applicant + " · " + r.Number, Where: dir.Name(r.Agency), State: r.StateHan(),
		Filed: minute(r.Opened), Due: r.Due.Han(), Tone: frame.Blue, Archived: r.Archived}
	switch {
	case r.State.Final():
		row.Tone, row.Due = frame.Green, "已于"+minute(r.Closed)+"办结"
	case r.Paused:
		row.Tone, row.Due = frame.Plain, "停表"
	case r.State == cases.Correcting:
		row.Tone = frame.Amber
	}
	return row
}

// agencyChoices lists the departments of a division.
func agencyChoices(dir *agencies.Directory, region string) []frame.Choice {
	all := []frame.Choice{{Label: "全部"}}
	for _, a := range dir.List(agencies.Filter{Within: region, Kind: agencies.Department}) {
		all = append(all, frame.Choice{Value: a.ID, Label: a.Short})
	}
	return all
}

// find answers the palette; without script it leads to the search page.
func (d *Desk) find(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r).Text("q")
	if !page.Partial(r) {
		page.SeeOther(w, r, with("/desk/cases", nil, "q", q))
		return nil
	}
	var hits []frame.Hit
	if q != "" {
		rows, err := d.Cases.List(r.Context(), cases.Filter{Region: regionOf(by, identity.Supervisor), Name: q, Limit: 8}, by)
		if err != nil {
			return err
		}
		call := frame.Apart(rows, func(r cases.Row) string { return r.Number })
		for _, row := range rows {
			hits = append(hits, frame.Hit{Icon: "file-text", Text: row.ItemName, Note: row.Applicant + " · " + call[row.Number], Href: "/desk/cases/" + string(row.ID),
				Tag: frame.Tag(frame.Plain, row.StateHan())})
		}
	}
	page.Show(w, r, frame.Hits("办件（按申请人）", hits))
	return nil
}

package desk

import (
	"context"
	"fmt"
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

// ratingsPage is 差评整改: what people said, and what must still be answered.
type ratingsPage struct {
	frame.View
	Bar     frame.DeskBar
	Only    string
	Tabs    []frame.Link
	Region  string
	Regions []frame.Choice
	Rows    []badRow
	Next    string
}

// badRow is one rating.
type badRow struct {
	Stars    string
	Tone     frame.Tone
	Item     string
	Where    string
	Text     string
	Said     string
	On       string
	Left     string // "还剩 2 天整改"
	LeftTone frame.Tone
	Answer   string
	Handle   string // where it is asked about, reviewed and answered
	Case     string
	Cursor   string
}

// mostBad bounds how many open bad ratings are counted.
const mostBad = 100

// bad lists the bad ratings of a division that wait for an answer, the earliest due first.
func (d *Desk) bad(ctx context.Context, region string, by identity.Actor) ([]badRow, error) {
	return d.said(ctx, rating.Filter{Region: region, Open: true, Limit: mostBad}, by, true)
}

func (d *Desk) said(ctx context.Context, f rating.Filter, by identity.Actor, oldest bool) ([]badRow, error) {
	list, err := d.Ratings.List(ctx, f, by)
	if err != nil {
		return nil, err
	}
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]badRow, len(list))
	for i, one := range list {
		at := i
		if oldest {
			at = len(list) - 1 - i
		}
		rows[at] = badOf(one, calendar.DayOf(d.Now()))
		rows[at].Where = dir.Name(one.Agency)
	}
	return rows, nil
}

func badOf(r rating.Rating, today calendar.Day) badRow {
	row := badRow{Stars: fmt.Sprintf("%d星 %s", r.Grade, r.Grade.Han()), Tone: frame.Green, Item: r.ItemName, Text: r.Text, On: minute(r.At), Answer: r.Answer, Handle: fmt.Sprintf("/aid/ratings/%s/%d", r.Case, r.Seq), Case: string(r.Case), Cursor: r.Cursor()}
	for i, tag := range rating.Said(r.Version, r.Grade, r.Tags) {
		if i > 0 {
			row.Said += "、"
		}
		row.Said += tag
	}
	if !r.Grade.Poor() {
		return row
	}
	row.Tone = frame.Amber
	if r.Grade == rating.VeryBad {
		row.Tone = frame.Red
	}
	switch {
	case !r.Answered.IsZero():
		row.Left, row.LeftTone = "已答复", frame.Green
	case r.Late(today):
		row.Left, row.LeftTone = fmt.Sprintf("超期 %d 天未整改", today-r.Rectify), frame.Red
	default:
		row.Left, row.LeftTone = fmt.Sprintf("还剩 %d 天整改", r.Rectify-today), frame.Amber
	}
	return row
}

func (d *Desk) ratingsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v := ratingsPage{View: frame.Of(r).Named("差评整改"), Bar: watchBar(by), Only: q.Text("only")}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Supervisor)
	for _, t := range []struct{ only, text string }{{"open", "待整改"}, {"poor", "全部差评"}, {"all", "全部评价"}} {
		v.Tabs = append(v.Tabs, frame.Link{Text: t.text, Href: with("/desk/ratings", q.Values(), "only", t.only, "after", ""), Here: t.only == v.Only || v.Only == "" && t.only == "open"})
	}
	f := rating.Filter{Region: v.Region, Open: v.Only == "open" || v.Only == "", Poor: v.Only == "poor", After: q.Text("after"), Limit: 50}
	rows, err := d.said(r.Context(), f, by, false)
	if err != nil {
		return err
	}
	if v.Rows = rows; len(rows) == 50 {
		v.Next = with("/desk/ratings", q.Values(), "after", rows[49].Cursor)
	}
	page.Show(w, r, ratingsView(v))
	return nil
}

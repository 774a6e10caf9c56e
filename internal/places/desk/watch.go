package desk

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// watchPage is 今天要盯的事.
type watchPage struct {
	frame.View
	Bar      frame.DeskBar
	Note     string
	Done     string
	Region   string
	Regions  []frame.Choice
	Agency   string // only of this department
	Agencies []frame.Choice
	Figures  []frame.Figure
	Rows     []watchRow
	Open     *standing
	Next     string
	Export   string
	Dots     templ.Component
	Heat     templ.Component
	Bad      []badRow
}

// watchRow is one case in the list.
type watchRow struct {
	ID         string
	Item, Sub  string
	Href       string // opens and shuts it
	Step, Side string
	Who, Where string
	Free       bool // nobody has it
	Time       supervision.Time
	Opened     bool
}

// onList is how many cases a page of the list shows.
const onList = 20

func (d *Desk) watchPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	ctx, q := r.Context(), page.Query(r)
	v := watchPage{View: frame.Of(r).Named("今天要盯的事"), Bar: watchBar(by), Note: today(d.Now()) + "，数字每 2 秒更新", Done: done[q.Text("done")]}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Supervisor)
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	v.Agency, v.Agencies = d.departments(q.Text("agency"), v.Region, dir)
	scope := supervision.Scope{Region: v.Region, Agency: v.Agency}
	board, err := d.Supervision.Board(ctx, scope, by)
	if err != nil {
		return err
	}
	if err := d.list(ctx, &v, q, dir, by); err != nil {
		return err
	}
	bad, err := d.bad(ctx, v.Region, by)
	if err != nil {
		return err
	}
	v.Bad = bad[:min(len(bad), 3)]
	v.Figures = d.figures(board, bad)
	v.Dots = dots(board.Agencies, dir)
	if v.Heat, err = d.heat(ctx, board.Items); err != nil {
		return err
	}
	v.Export = with("/desk/export.csv", q.Values(), "after", "", "open", "", "done", "")
	page.Show(w, r, watchView(v))
	return nil
}

// list fills in what is late and soon due, soonest first.
func (d *Desk) list(ctx context.Context, v *watchPage, q *page.Form, dir *agencies.Directory, by identity.Actor) error {
	chosen := d.watched(v.Region, q.Text("after"), onList)
	chosen.Of = v.Agency
	found, err := d.Cases.Open(ctx, chosen, by)
	if err != nil {
		return err
	}
	names, err := d.holders(ctx, found, by)
	if err != nil {
		return err
	}
	asked := q.Text("open")
	if asked == "" && len(found) > 0 && supervision.LevelOf(found[0].Case, d.Supervision.Days, d.Now()) == supervision.RedCard {
		asked = string(found[0].ID)
	}
	call := frame.Apart(found, func(l cases.Listed) string { return l.Number })
	for _, l := range found {
		row := d.row(l, names, dir)
		row.Sub = l.Applicant + " · " + call[l.Number] + row.Sub
		row.Opened = row.ID == asked
		row.Href = with("/desk", q.Values(), "open", row.ID, "done", "") + "#c-" + row.ID
		if row.Opened {
			row.Href = with("/desk", q.Values(), "open", "none", "done", "")
			if v.Open, err = d.standing(ctx, l.Case, by); err != nil {
				return err
			}
			v.Open.Back = "watch"
		}
		v.Rows = append(v.Rows, row)
	}
	if len(found) == onList {
		v.Next = with("/desk", q.Values(), "after", found[onList-1].Cursor, "open", "none", "done", "")
	}
	return nil
}

// departments are those of a division, and the one that was asked for.
func (d *Desk) departments(asked, region string, dir *agencies.Directory) (string, []frame.Choice) {
	all, found := []frame.Choice{{Value: "", Label: "全部部门"}}, ""
	for _, a := range dir.List(agencies.Filter{Region: region}) {
		all = append(all, frame.Choice{Value: a.ID, Label: a.Short})
		if a.ID == asked {
			found = asked
		}
	}
	return found, all
}

// watched chooses what is late or due within two working days.
func (d *Desk) watched(region, after string, limit int) cases.Filter {
	until := calendar.DayOf(d.Now())
	for n := 0; n < 2; {
		if until++; d.Supervision.Days.Works(until) {
			n++
		}
	}
	return cases.Filter{Watch: region, DueBy: until, After: after, Limit: limit}
}

// holders finds the names of those who have work in these cases: one question
// for each agency.
func (d *Desk) holders(ctx context.Context, found []cases.Listed, by identity.Actor) (map[string]string, error) {
	names, asked := map[string]string{}, map[string]bool{}
	for _, l := range found {
		for _, w := range l.Case.Flow.Open {
			if w.Claimed == "" || asked[w.Agency] {
				continue
			}
			asked[w.Agency] = true
			all, err := d.Staff.Of(ctx, w.Agency, by)
			if err != nil {
				return nil, err
			}
			for _, h := range all {
				names[h.Account] = h.Name
			}
		}
	}
	return names, nil
}

func (d *Desk) row(l cases.Listed, names map[string]string, dir *agencies.Directory) watchRow {
	c := l.Case
	row := watchRow{ID: string(c.ID), Item: c.ItemName, Where: dir.Name(c.Agency),
		Time: supervision.TimeOf(c, d.Supervision.Days, d.Now())}
	i := slices.IndexFunc(c.Specials, cases.Special.Open)
	w, n := lying(c.Flow.Open)
	switch {
	case i >= 0:
		row.Step, row.Side = c.Specials[i].Kind, c.Specials[i].ClockSay()
	case n == 0:
		row.Step = c.StateHan()
	default:
		row.Step, row.Where = w.Name, dir.Name(w.Agency)
	}
	if n > 1 {
		row.Side = fmt.Sprintf("并联 %d 项在办", n)
	}
	row.Who = names[w.Claimed]
	if n > 0 && w.Claimed == "" {
		row.Who, row.Free = "无人签收", true
		if row.Side == "" {
			row.Side = w.Post
		}
	}
	if c.Urged > 0 {
		row.Sub += fmt.Sprintf(" · 已督办 %d 次", c.Urged)
	}
	return row
}

// lying is the piece of open work to look at first: one that nobody has.
func lying(open []flow.Work) (w flow.Work, n int) {
	if len(open) == 0 {
		return w, 0
	}
	if i := slices.IndexFunc(open, func(w flow.Work) bool { return w.Claimed == "" }); i >= 0 {
		return open[i], len(open)
	}
	return open[0], len(open)
}

// done is what is said after an act.
var done = map[string]string{
	"urged": "督办意见已发出，并记入办件全过程。", "reassigned": "已改派，接办人的待办里可以看到。",
}

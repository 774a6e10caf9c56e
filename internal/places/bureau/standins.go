package bureau

import (
	"context"
	"net/http"
	"slices"
	"tongban/internal/ground/sqldb"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// standInsPage is who does whose work while they are away (AB岗).
type standInsPage struct {
	frame.View
	Head               bool
	Given              []standInRow
	Absent, By         string // accounts
	From, Through      string
	Absentees, Fellows []frame.Choice
	Err                error
	by                 identity.Actor
}

// standInRow is one that is arranged.
type standInRow struct {
	staff.StandIn
	Ends bool // the reader may end it
}

// standIns shows what concerns the reader, and to a head what concerns the agency.
func (b *Bureau) standIns(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	today := calendar.DayOf(b.Now())
	return b.showStandIns(w, r, by, standInsPage{Absent: by.Account, From: today.String(), Through: today.String()})
}

func (b *Bureau) showStandIns(w http.ResponseWriter, r *http.Request, by identity.Actor, p standInsPage) error {
	agency := headOf(by)
	p.View, p.Head, p.by = frame.Of(r).Named("AB岗"), by.Holds(identity.Head, agency), by
	if err := b.offerStandIns(r.Context(), agency, &p); err != nil {
		return err
	}
	if p.Err != nil {
		page.ShowFault(w, r, p.Err, standInsView(p))
		return nil
	}
	page.Show(w, r, standInsView(p))
	return nil
}

// offerStandIns fills in what is arranged, who may be away and who may stand in.
func (b *Bureau) offerStandIns(ctx context.Context, agency string, p *standInsPage) (err error) {
	if p.Given, err = b.standInRows(ctx, p.by); err != nil {
		return err
	}
	people, err := b.Staff.Of(ctx, agency, p.by)
	if err != nil {
		return err
	}
	p.Fellows = []frame.Choice{{Label: "请选择"}}
	for _, h := range people {
		if slices.ContainsFunc(p.Fellows, func(c frame.Choice) bool { return c.Value == h.Account }) {
			continue
		}
		one := frame.Choice{Value: h.Account, Label: h.Name + "（" + h.Post.Title + "）"}
		p.Fellows = append(p.Fellows, one)
		if p.Head || h.Account == p.by.Account {
			p.Absentees = append(p.Absentees, one)
		}
	}
	return nil
}

// standInRows are those that the reader sees, each with whether they may end it.
func (b *Bureau) standInRows(ctx context.Context, by identity.Actor) (rows []standInRow, err error) {
	all, err := b.Staff.StandIns(ctx, by)
	for _, one := range all {
		row := standInRow{StandIn: one}
		if row.Ends, err = b.Staff.MayEnd(ctx, one, by); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, err
}

// standIn arranges it.
func (b *Bureau) standIn(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	p := standInsPage{Absent: f.Text("absent"), By: f.Text("by"), From: f.Date("from"), Through: f.Date("through")}
	_, p.Err = sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (staff.StandIn, error) {
		return b.Staff.StandIn(ctx, p.Absent, p.By, calendar.Parse(p.From), calendar.Parse(p.Through), by)
	})
	if p.Err != nil {
		return b.showStandIns(w, r, by, p)
	}
	page.SeeOther(w, r, "/bureau/standins")
	return nil
}

// isBack ends it before its last day.
func (b *Bureau) isBack(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := b.Staff.Back(r.Context(), r.PathValue("standin"), by); err != nil {
		return err
	}
	page.SeeOther(w, r, "/bureau/standins")
	return nil
}

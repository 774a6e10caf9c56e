package supervision

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// OpenCases walks the open cases; cases.Service is one.
type OpenCases interface {
	Open(ctx context.Context, f cases.Filter, by identity.Actor) ([]cases.Listed, error)
}

// An Outlook is what a calendar that is not yet in force would do.
type Outlook struct {
	Year   calendar.Year
	Known  bool // a notice for the year is in force already
	Looked int  // open cases looked at
	More   bool // there were more than could be looked at
	Moved  []Moved
}

// A Moved case would be due on another day.
type Moved struct {
	Row      cases.Row
	From, To calendar.Day
}

// mostLooked bounds how many open cases a preview looks at.
const mostLooked = 5000

// Foresee says which running cases would be due on another day if the year were
// put in force. Days already past must not be changed under a running case
// without somebody having seen this.
func (s *Service) Foresee(ctx context.Context, book *calendar.Book, y calendar.Year, by identity.Actor) (Outlook, error) {
	if err := mayKeepCalendar(by); err != nil {
		return Outlook{}, err
	}
	now := book.Live.Now()
	o := Outlook{Year: y, Known: now.Known(y.Year)}
	rows, clocks, err := s.running(ctx)
	if err != nil {
		return o, err
	}
	o.Looked, o.More = len(rows), len(rows) >= mostLooked
	for _, shift := range clock.Moved(now, now.With(y), clocks) {
		o.Moved = append(o.Moved, Moved{rows[shift.Key], shift.From.Day, shift.To.Day})
	}
	return o, nil
}

// running is the clocks of the open cases, soonest due first, up to a bound.
func (s *Service) running(ctx context.Context) (map[string]cases.Row, map[string]clock.Clock, error) {
	rows, clocks := map[string]cases.Row{}, map[string]clock.Clock{}
	for after := ""; len(rows) < mostLooked; {
		page, err := s.Watched.Open(ctx, cases.Filter{Watch: everywhere, After: after, Limit: 200}, watchman)
		if err != nil {
			return nil, nil, err
		}
		for _, l := range page {
			rows[string(l.ID)], clocks[string(l.ID)] = l.Row, l.Case.Clock()
		}
		if len(page) < 200 {
			break
		}
		after = page[len(page)-1].Cursor
	}
	return rows, clocks, nil
}

// everywhere is the province, and so every division of the city. The program
// itself looks there on behalf of the administrator.
const everywhere = "320000000000"

var watchman = identity.Actor{Account: "system", Name: "系统", Posts: []identity.Post{{Role: identity.Supervisor, Region: everywhere}}}

// PutInForce puts a year's notice in force. Due days of running cases are then
// reckoned anew by the program itself, see app.
func (s *Service) PutInForce(ctx context.Context, book *calendar.Book, y calendar.Year, by identity.Actor) error {
	if err := mayKeepCalendar(by); err != nil {
		return err
	}
	return book.Put(ctx, calendar.Kept{ID: sqldb.NewID(), Year: y, By: by.Name, At: s.Now()})
}

// mayKeepCalendar refuses everyone but an administrator of the whole city: one
// calendar counts for all.
func mayKeepCalendar(by identity.Actor) error {
	if by.In(identity.Admin, func(p identity.Post) bool { return len(identity.Stem(p.Region)) <= 4 }) {
		return nil
	}
	return fault.New(fault.Forbidden, "supervision.calendar.authority", "工作日历由市级系统管理员维护")
}

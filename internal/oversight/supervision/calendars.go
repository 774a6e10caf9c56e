package supervision

import (
	"context"
	"fmt"

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
	Cases  int  // of which at least one limit would end on another day
	Moved  []Moved
}

// A Moved limit of a running case would end on another day.
type Moved struct {
	Row      cases.Row
	Limit    string // its name: 法定时限, 承诺时限
	From, To calendar.Day
}

// mostLooked bounds how many open cases a preview looks at.
const mostLooked = 5000

// Foresee says which limits of running cases would end on another day if the year
// were put in force: a case whose promise is soon may be due by law in that year. Days already past must not be changed under a running case
// without somebody having seen this.
func (s *Service) Foresee(ctx context.Context, book *calendar.Book, y calendar.Year, by identity.Actor) (Outlook, error) {
	if err := mayKeepCalendar(by); err != nil {
		return Outlook{}, err
	}
	now := book.Live.Now()
	o := Outlook{Year: y, Known: now.Known(y.Year)}
	err := s.running(ctx, func(l cases.Listed) {
		o.Looked++
		moved := movedOf(l, now, now.With(y))
		if len(moved) > 0 {
			o.Cases++
		}
		o.Moved = append(o.Moved, moved...)
	})
	o.More = o.Looked >= mostLooked
	return o, err
}

// movedOf are the limits of a case that end on another day by another calendar.
func movedOf(l cases.Listed, before, after clock.Days) (all []Moved) {
	clocks, names := map[string]clock.Clock{}, map[string]string{}
	for i, one := range l.Case.Running() {
		key := fmt.Sprintf("%03d", i)
		clocks[key], names[key] = one.Clock, one.Name
	}
	for _, shift := range clock.Moved(before, after, clocks) {
		all = append(all, Moved{l.Row, names[shift.Key], shift.From.Day, shift.To.Day})
	}
	return all
}

// running goes through the open cases, soonest due first, up to a bound.
func (s *Service) running(ctx context.Context, each func(cases.Listed)) error {
	after := ""
	for range mostLooked / 200 {
		page, err := s.Watched.Open(ctx, cases.Filter{Watch: everywhere, After: after, Limit: 200}, watchman)
		if err != nil {
			return err
		}
		for _, l := range page {
			each(l)
		}
		if len(page) < 200 {
			return nil
		}
		after = page[len(page)-1].Cursor
	}
	return nil
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

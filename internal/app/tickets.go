package app

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/aid"
	"tongban/internal/oversight/supervision"
	"tongban/internal/register/credit"
)

// The rooms that take what people raise outside of cases, as supervision names them.
const (
	ofAid    = "aid"
	ofCredit = "credit"
)

// watchTickets has supervision watch what people raised outside of cases and wait to
// have answered. A room that takes more of it, such as a hotline, is added here: what
// waits, and the news that something happened to it.
func (a *App) watchTickets() {
	a.Supervision.Tickets = map[string]supervision.Tickets{ofAid: matters{a.Aid}, ofCredit: pleas{a.Credit}}
	event.On(a.Post, "alarms of help asked for", func(_ context.Context, m aid.Moved, b *sqldb.Batch) error {
		a.Supervision.TicketMoved(b, ofAid, m.Matter)
		return nil
	})
	event.When(a.Post, "alarms of credit pleas", func(n credit.Noted) bool { return n.Act != credit.Entered }, func(_ context.Context, n credit.Noted, b *sqldb.Batch) error {
		a.Supervision.TicketMoved(b, ofCredit, n.ID)
		return nil
	})
}

// matters are those of people who need help (办不成事反映、帮办代办).
type matters struct{ *aid.Service }

// Ticket is a matter that waits for the staff.
func (s matters) Ticket(ctx context.Context, id string) (*supervision.Ticket, error) {
	m, err := s.Store.Matter(ctx, id)
	if err != nil || m.Waits() == "" {
		return nil, gone(err)
	}
	holder := m.Assignee.Account
	if m.State != aid.Taken {
		holder = m.First.Account // whoever heard it first stays responsible (首问负责)
	}
	return &supervision.Ticket{
		Number: m.Number(), Name: m.Kind.Han(), Region: m.Region, Agency: m.Agency, Holder: holder,
		Since: calendar.DayOf(m.At), Due: m.Due, Wants: m.Waits(),
	}, nil
}

// pleas are what the subjects of credit records say to them (信用异议、信用修复).
type pleas struct{ *credit.Service }

// Ticket is a plea that waits for an answer.
func (s pleas) Ticket(ctx context.Context, id string) (*supervision.Ticket, error) {
	r, err := s.Store.Record(ctx, id)
	p, waits := r.Waiting()
	if err != nil || !waits {
		return nil, gone(err)
	}
	return &supervision.Ticket{
		Number: r.Number, Name: "信用记录的" + p.Kind.Han() + "申请", Region: r.Region, Agency: r.Agency,
		Since: calendar.DayOf(p.At), Due: p.Due, Wants: "答复",
	}, nil
}

// gone is no fault where something does not exist any more.
func gone(err error) error {
	if fault.Of(err) == fault.NotFound {
		return nil
	}
	return err
}

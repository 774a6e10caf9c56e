package supervision

import (
	"context"
	"fmt"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// A Ticket is something that somebody raised and that waits for an answer
// (反映、申请、异议等待答复的事). What is raised within a case, such as a demand for a
// hearing, stands in the case; everything else is kept by the room that takes it.
type Ticket struct {
	Thing  string       // which of several of one case; "" the only one
	Number string       // what people call it by
	Name   string       // what it is: 办不成事反映
	Region string       // where it was raised
	Agency string       // whose answer is awaited; "" not known yet
	Holder string       // account of who sees to it; "" nobody yet
	Since  calendar.Day // when it was raised
	Due    calendar.Day // the last day to answer; 0: what the rule says, from Since
	Wants  string       // what is awaited: 答复
}

// Tickets is a room that takes what people raise and owes them an answer.
type Tickets interface {
	// Ticket is what was raised under an identifier; nil: it waits for nothing.
	Ticket(ctx context.Context, id string) (*Ticket, error)
}

// TicketID is under what alarms of a ticket are kept, in the place of a case: its
// room and its identifier there. No case has a stroke in its identifier.
func TicketID(room, id string) cases.ID { return cases.ID(room + "/" + id) }

// TicketOf is the room of a ticket and its identifier there, if it is one.
func TicketOf(id cases.ID) (room, key string, is bool) { return strings.Cut(string(id), "/") }

// TicketMoved has a ticket looked at to which something happened.
func (s *Service) TicketMoved(b *sqldb.Batch, room, id string) {
	s.AlarmStore.LookAt(b, TicketID(room, id), clock.At(s.Now()))
}

// sweepTicket looks at something raised that is no case.
func (s *Service) sweepTicket(ctx context.Context, l Look, before []Raised) (Outcome, error) {
	o, sight := Outcome{Case: l.Case, Seen: l.Due}, Sight{Now: s.Now(), Days: s.Days}
	room, id, _ := TicketOf(l.Case)
	if from := s.Tickets[room]; from != nil {
		var err error
		if sight.Ticket, err = from.Ticket(ctx, id); err != nil {
			return o, err
		}
	}
	return s.weigh(o, sight, before), nil
}

// raised is what somebody raised that waits for an answer: what is looked at itself,
// or in a case a demand for a hearing by somebody concerned and an objection to its
// host (行政许可法第四十七条、第四十八条).
func (s Sight) raised() (all []Ticket) {
	if s.Ticket != nil {
		return []Ticket{*s.Ticket}
	}
	if s.Case == nil || s.Case.State.Final() && s.Case.State != cases.Granted {
		return nil
	}
	h := s.Case.CurrentHearing()
	if h == nil || h.Minutes != nil {
		return nil
	}
	for _, o := range h.Others {
		if o.Waits() {
			all = append(all, Ticket{Thing: "demand-" + o.ID, Name: o.Name + "以利害关系人身份的听证要求", Since: o.Asked, Wants: "答复"})
		}
	}
	if o := h.Objected(); o != nil {
		all = append(all, Ticket{Thing: "objection", Name: o.By + "的主持人回避申请", Since: calendar.DayOf(o.At), Wants: "决定"})
	}
	return all
}

// ticketLate is something raised that nobody answered by its day (投诉、反映、申请逾期未答复).
func ticketLate(s Sight, r AlarmRule) (all []watched) {
	for _, t := range s.raised() {
		due := t.Due
		if due == 0 {
			due = clock.Clock{Limit: r.After, Started: clock.At(t.Since.Start())}.Due(s.Days).Day
		}
		all = append(all, watched{t.Thing, clock.At((due + 1).Start()), fmt.Sprintf("%s应在%s前%s，还没有%s", t.Name, due.Han(), t.Wants, t.Wants), 0})
	}
	return all
}

// toldOf says who is told of a ticket: while no agency is known, the windows of the
// place stand in for its head.
func (t Ticket) toldOf(n Notice, to Whom) Notice {
	switch {
	case to == ToSupervisor:
		n.Role, n.Agency, n.Region = identity.Supervisor, "", t.Region
	case to == ToHolder && t.Holder != "":
		n.Account, n.Role = t.Holder, ""
	case to != ToWindow && t.Agency != "":
		n.Role = identity.Head
	default:
		n.Role, n.Agency, n.Region = identity.Window, "", t.Region
	}
	return n
}

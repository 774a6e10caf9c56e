package queue

import (
	"context"
	"slices"
	"time"

	"tongban/internal/catalogue/halls"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Halls is what the room asks about halls; halls.Service is one.
type Halls interface {
	Find(ctx context.Context, id string) (halls.Hall, error)
}

// Service is the door of the room.
type Service struct {
	Store Store
	Halls Halls
	Days  halls.Days
	Rules Rules         // see ReadRules
	NewID func() string // unguessable: whoever knows a ticket's may give it up
	Now   func() time.Time
}

// Store keeps tickets and appointments.
type Store interface {
	// Draw keeps a new ticket as the next of its line and day, and returns it
	// with its number; or the one that its party holds in the line already.
	Draw(ctx context.Context, t Ticket, fact func(Ticket) event.Fact) (Ticket, error)
	// Put keeps a ticket as version t.Version+1: fault.Conflict if somebody was
	// faster, with the ticket or with another that is called to its window. With
	// renumber it becomes the next of its line.
	Put(ctx context.Context, t Ticket, renumber bool, fact event.Fact) (Ticket, error)
	// Ticket finds one: fault.NotFound.
	Ticket(ctx context.Context, id string) (Ticket, error)
	// In lists the tickets of a hall and day in these states, of one line or of all ("").
	In(ctx context.Context, hall string, day calendar.Day, line string, states ...State) ([]Ticket, error)
	// Held lists a party's tickets of a day.
	Held(ctx context.Context, party string, day calendar.Day) ([]Ticket, error)

	// Book keeps an appointment in the first free place of its slot, of so many:
	// fault.Conflict if there is none.
	Book(ctx context.Context, b Booking, places int) (Booking, error)
	// Rebook keeps an appointment at its new time, in the first free place of so many
	// there, and frees the one it had: fault.Conflict if there is none, or if somebody
	// was faster.
	Rebook(ctx context.Context, was, b Booking, places int) (Booking, error)
	// PutBooking keeps what became of an appointment, and frees its place if it was cancelled.
	PutBooking(ctx context.Context, b Booking) error
	// Booking finds one: fault.NotFound.
	Booking(ctx context.Context, id string) (Booking, error)
	// BookingsOf lists a party's appointments from a day on, soonest first.
	BookingsOf(ctx context.Context, party string, from calendar.Day) ([]Booking, error)
	// Taken counts the places taken of a line's slots on a day.
	Taken(ctx context.Context, hall, line string, day calendar.Day) (map[time.Duration]int, error)
}

// NoTicket is the answer about a ticket that does not exist.
func NoTicket() error {
	return fault.New(fault.NotFound, "queue.ticket.none", "没有找到这个号，请核对或者重新取号")
}

func (s *Service) now() time.Time { return s.Now().Truncate(time.Millisecond) }

// hall is an open hall with its lines and its hours of a day.
func (s *Service) hall(ctx context.Context, id string, day calendar.Day) (halls.Hall, []Line, []calendar.Span, error) {
	h, err := s.Halls.Find(ctx, id)
	if err == nil && h.Closed {
		err = fault.New(fault.Conflict, "queue.hall.closed", "%s已经停用，请到别的大厅或者网上办理", h.Name)
	}
	return h, LinesOf(h), h.Opening().On(day, s.Days), err
}

// A Standing is a line as somebody who thinks of joining it sees it.
type Standing struct {
	Line
	Waiting int // who waits
	Minutes int // how long it would take
}

// Lines are the lines of a hall as they stand.
func (s *Service) Lines(ctx context.Context, hall string) ([]Standing, error) {
	day := calendar.DayOf(s.Now())
	_, lines, _, err := s.hall(ctx, hall, day)
	if err != nil {
		return nil, err
	}
	today, err := s.Store.In(ctx, hall, day, "", Waiting, Called, Serving, Served)
	if err != nil {
		return nil, err
	}
	all := make([]Standing, len(lines))
	for i, l := range lines {
		of := within(today, l.Name)
		waiting := in(of, Waiting)
		all[i] = Standing{l, len(waiting), s.minutes(of, waiting, "")}
	}
	return all, nil
}

// A Wait is how long whoever comes to a hall now waits there.
type Wait struct {
	Open    bool // it gives numbers now
	Waiting int  // who waits, in all its lines
	Minutes int  // how long the longest of them takes
}

// Wait is how a hall stands now.
func (s *Service) Wait(ctx context.Context, hall string) (Wait, error) {
	_, _, hours, err := s.hall(ctx, hall, calendar.DayOf(s.Now()))
	if err != nil || drawable(hours, s.Now()) != nil {
		return Wait{}, err
	}
	lines, err := s.Lines(ctx, hall)
	w := Wait{Open: true}
	for _, l := range lines {
		w.Waiting, w.Minutes = w.Waiting+l.Waiting, max(w.Minutes, l.Minutes)
	}
	return w, err
}

// minutes estimates how long those ahead of one who waits in a line take, from its day
// so far: whoever was sent to the window that is waited for ("" for any) is served by it alone.
func (s *Service) minutes(line, ahead []Ticket, window string) int {
	windows := map[string]bool{}
	var took []time.Duration
	for _, t := range line {
		if t.Window != "" && s.Now().Sub(t.Called) < time.Hour {
			windows[t.Window] = true
		}
		if t.State == Served {
			took = append(took, t.Ended.Sub(t.Begun))
		}
	}
	here := 0
	for _, t := range ahead {
		if window != "" && t.Window == window {
			here++
		}
	}
	return s.Rules.minutes(here, len(ahead)-here, len(windows), took)
}

func within(all []Ticket, line string) []Ticket {
	return slices.DeleteFunc(slices.Clone(all), func(t Ticket) bool { return t.Line != line })
}

func in(all []Ticket, state State) []Ticket {
	return slices.DeleteFunc(slices.Clone(all), func(t Ticket) bool { return t.State != state })
}

// window is the window post in which somebody calls.
func window(by identity.Actor) (identity.Post, error) {
	for _, p := range by.Posts {
		if p.Role == identity.Window && p.Hall != "" && p.Window != "" {
			return p, nil
		}
	}
	return identity.Post{}, fault.New(fault.Forbidden, "queue.window.post", "您的岗位没有登记大厅和窗口号，不能叫号，请管理员在人员管理里补上")
}

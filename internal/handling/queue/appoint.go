package queue

import (
	"context"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// latest orders tickets by their call, the latest first, as many as a screen shows.
func latest(called []Ticket) []Ticket {
	slices.SortFunc(called, func(a, b Ticket) int { return b.Called.Compare(a.Called) })
	return called[:min(len(called), most)]
}

// Visits lists the days on which a hall can be visited by appointment.
func (s *Service) Visits(ctx context.Context, hall string) ([]calendar.Day, error) {
	h, err := s.Halls.Find(ctx, hall)
	if err != nil {
		return nil, err
	}
	var days []calendar.Day
	opening, today := h.Opening(), calendar.DayOf(s.Now())
	for d := today; d <= today+calendar.Day(s.Rules.Ahead); d++ {
		if opening.On(d, s.Days) != nil {
			days = append(days, d)
		}
	}
	return days, nil
}

// Slots are the slots of a line on a day, with what is free of them.
func (s *Service) Slots(ctx context.Context, hall, line string, day calendar.Day) ([]Slot, error) {
	_, lines, hours, err := s.hall(ctx, hall, day)
	if err != nil {
		return nil, err
	}
	l, err := lineIn(lines, line)
	if err != nil {
		return nil, err
	}
	taken, err := s.Store.Taken(ctx, hall, line, day)
	return s.Rules.slots(day, hours, len(l.Windows), taken, s.Now()), err
}

// Book makes an appointment for who is signed in. Faults: queue.book.*.
func (s *Service) Book(ctx context.Context, w Want, day calendar.Day, slot time.Duration, by identity.Actor) (Booking, error) {
	if by.Party == "" {
		return Booking{}, fault.New(fault.SignIn, "queue.book.party", "请先登录再预约；不预约也可以直接到大厅取号")
	}
	h, lines, _, err := s.hall(ctx, w.Hall, day)
	if err != nil {
		return Booking{}, err
	}
	line, err := lineIn(lines, w.Line)
	if err != nil {
		return Booking{}, err
	}
	b := Booking{ID: s.NewID(), Hall: h.ID, HallName: h.Name, Line: line.Name, Day: day, Slot: slot, Party: by.Party, Name: short(by.Name),
		For: short(w.For), Item: w.Item, State: Booked, Made: s.now()}
	if err := s.judge(ctx, b); err != nil {
		return Booking{}, err
	}
	return s.Store.Book(ctx, b, s.Rules.PerWindow*len(line.Windows))
}

// judge reports why there can be no such appointment; the time that b itself has is no
// reason.
func (s *Service) judge(ctx context.Context, b Booking) error {
	today := calendar.DayOf(s.Now())
	held, err := s.Store.BookingsOf(ctx, b.Party, today)
	if err != nil {
		return err
	}
	held = slices.DeleteFunc(held, func(other Booking) bool { return other.ID == b.ID })
	free, err := s.Slots(ctx, b.Hall, b.Line, b.Day)
	if err != nil {
		return err
	}
	return s.Rules.bookable(b, held, free, today)
}

// Bookings lists the appointments of by from today on.
func (s *Service) Bookings(ctx context.Context, by identity.Actor) ([]Booking, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.BookingsOf(ctx, by.Party, calendar.DayOf(s.Now()))
}

// own is an appointment of by.
func (s *Service) own(ctx context.Context, id string, by identity.Actor) (Booking, error) {
	b, err := s.Store.Booking(ctx, id)
	if err == nil && (by.Party == "" || b.Party != by.Party) {
		return Booking{}, NoBooking()
	}
	return b, err
}

// NoBooking is the answer about an appointment that does not exist, or not for
// those eyes.
func NoBooking() error {
	return fault.New(fault.NotFound, "queue.booking.none", "没有找到这个预约")
}

// Cancel gives an appointment up; its place is free again.
func (s *Service) Cancel(ctx context.Context, id string, by identity.Actor) error {
	b, err := s.own(ctx, id, by)
	switch {
	case err != nil:
		return err
	case b.State == Cancelled:
		return nil
	case b.State == Kept:
		return fault.New(fault.Conflict, "queue.cancel.kept", "这个预约已经取过号，不用取消")
	}
	b.State = Cancelled
	return s.Store.PutBooking(ctx, b)
}

// Change moves an appointment to another time of the same line (改约). Faults:
// queue.change.*, queue.book.*.
func (s *Service) Change(ctx context.Context, id string, day calendar.Day, slot time.Duration, by identity.Actor) (Booking, error) {
	was, err := s.own(ctx, id, by)
	if err != nil {
		return was, err
	}
	b, err := was.changed(day, slot, s.SlotLength(), s.Now())
	if err != nil {
		return was, err
	}
	_, lines, _, err := s.hall(ctx, b.Hall, day)
	if err != nil {
		return was, err
	}
	line, err := lineIn(lines, b.Line)
	if err != nil {
		return was, err
	}
	if err := s.judge(ctx, b); err != nil {
		return was, err
	}
	return s.Store.Rebook(ctx, was, b, s.Rules.PerWindow*len(line.Windows))
}

// Booking is an appointment of by.
func (s *Service) Booking(ctx context.Context, id string, by identity.Actor) (Booking, error) {
	return s.own(ctx, id, by)
}

// SlotLength is how long a slot is.
func (s *Service) SlotLength() time.Duration { return s.Rules.Slot }

package queue

import (
	"cmp"
	"context"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Want is what somebody draws a ticket for.
type Want struct {
	Hall     string
	Line     string // Line.Name
	Item     string // items.ID, "" if they did not say
	For      string // its name, or a theme's
	Name     string // of who holds it, as the screen may call them; "" for nobody named
	Priority Priority
	Booking  string // the appointment they come for
}

// Draw gives a ticket for today. Whoever is signed in holds one ticket of a line
// at a time: asked again, it is the same. Faults: queue.take.*, queue.line.none.
func (s *Service) Draw(ctx context.Context, w Want, by identity.Actor) (Ticket, error) {
	now := s.now()
	b, err := s.appointment(ctx, &w, calendar.DayOf(now), by)
	if err != nil {
		return Ticket{}, err
	}
	line, err := s.open(ctx, w, now)
	if err != nil {
		return Ticket{}, err
	}
	fresh := s.Rules.ticket(w, line, b, now)
	fresh.ID, fresh.Party, fresh.Channel = s.NewID(), by.Party, by.Channel
	t, err := s.Store.Draw(ctx, fresh, drawn)
	if err == nil && b != nil && t.ID == fresh.ID {
		b.State = Kept
		err = s.Store.PutBooking(ctx, *b)
	}
	return t, err
}

// open is the line that is wanted, if tickets of it can be drawn now.
func (s *Service) open(ctx context.Context, w Want, now time.Time) (Line, error) {
	_, lines, hours, err := s.hall(ctx, w.Hall, calendar.DayOf(now))
	if err != nil {
		return Line{}, err
	}
	line, err := lineIn(lines, w.Line)
	if err == nil {
		err = drawable(hours, now)
	}
	if err == nil {
		err = serves(line, w.Item)
	}
	return line, err
}

// ticket is a new ticket for what is wanted, of nobody yet; b is the appointment of
// who wants it, or nil.
func (r Rules) ticket(w Want, line Line, b *Booking, now time.Time) Ticket {
	t := Ticket{Hall: w.Hall, Day: calendar.DayOf(now), Line: line.Name, Letter: line.Letter, For: short(w.For), Item: w.Item, Name: short(w.Name),
		Priority: w.Priority, Booking: w.Booking, Taken: now, Rank: r.rank(w.Priority, b, now), State: Waiting}
	if t.Priority.Han() == "" {
		t.Priority = ""
	}
	return t
}

// appointment is the appointment of the want, which then says where it is for.
func (s *Service) appointment(ctx context.Context, w *Want, day calendar.Day, by identity.Actor) (*Booking, error) {
	if w.Booking == "" {
		return nil, nil
	}
	b, err := s.own(ctx, w.Booking, by)
	switch {
	case err != nil:
		return nil, err
	case b.Day != day:
		return nil, fault.New(fault.Conflict, "queue.take.day", "这个预约是 %s 的，请到那天再取号", b.Day.Han())
	case b.State == Cancelled:
		return nil, fault.New(fault.Conflict, "queue.take.cancelled", "这个预约已经取消，请直接取号")
	}
	w.Hall, w.Line, w.Item, w.For, w.Name = b.Hall, b.Line, b.Item, b.For, b.Name
	return &b, nil
}

// short cuts what a ticket machine was told to what fits on a ticket.
func short(text string) string {
	if utf8.RuneCountInString(text) > 40 {
		return string([]rune(text)[:40])
	}
	return text
}

// A Seen is a ticket as its holder sees it.
type Seen struct {
	Ticket
	HallName string
	Ahead    int
	Minutes  int
	Windows  []string // that serve the line
}

// Ticket is the ticket with this ID, which only its holder knows.
func (s *Service) Ticket(ctx context.Context, id string) (Seen, error) {
	t, err := s.Store.Ticket(ctx, id)
	if err != nil {
		return Seen{}, err
	}
	v := Seen{Ticket: t}
	h, lines, _, err := s.hall(ctx, t.Hall, t.Day)
	if v.HallName = h.Name; fault.Of(err) == fault.Conflict {
		return v, nil // closed since: the ticket still says what became of it
	}
	if err != nil {
		return v, err
	}
	if l, err := lineIn(lines, t.Line); err == nil {
		v.Windows = l.Windows
	}
	if t.State == Waiting && t.Window != "" {
		v.Windows = []string{t.Window}
	}
	if t.State != Waiting {
		return v, nil
	}
	line, err := s.Store.In(ctx, t.Hall, t.Day, t.Line, Waiting, Called, Serving, Served)
	ahead := before(in(line, Waiting), t)
	v.Ahead, v.Minutes = len(ahead), s.minutes(line, ahead, t.Window)
	return v, err
}

// Held lists the tickets that by holds today.
func (s *Service) Held(ctx context.Context, by identity.Actor) ([]Ticket, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.Held(ctx, by.Party, calendar.DayOf(s.Now()))
}

// Leave gives a place up.
func (s *Service) Leave(ctx context.Context, id string, by identity.Actor) (Ticket, error) {
	t, err := s.Store.Ticket(ctx, id)
	if err != nil {
		return t, err
	}
	if t.State == Left {
		return t, nil
	}
	if t, err = t.can(leave); err != nil {
		return t, err
	}
	t.Ended = s.now()
	return s.put(ctx, t, leave, by)
}

// Rejoin brings somebody who was missed back among those who wait.
func (s *Service) Rejoin(ctx context.Context, id string, by identity.Actor) (Ticket, error) {
	t, err := s.Store.Ticket(ctx, id)
	if err != nil {
		return t, err
	}
	if t.Day != calendar.DayOf(s.Now()) {
		return t, fault.New(fault.Conflict, "queue.rejoin.day", "这个号是 %s 的，请重新取号", t.Day.Han())
	}
	waiting, err := s.Store.In(ctx, t.Hall, t.Day, t.Line, Waiting)
	if err != nil {
		return t, err
	}
	if t, err = s.Rules.back(t, waiting, s.now()); err != nil {
		return t, err
	}
	return s.put(ctx, t, rejoin, by)
}

// put keeps a ticket after an act.
func (s *Service) put(ctx context.Context, t Ticket, a act, by identity.Actor) (Ticket, error) {
	return s.Store.Put(ctx, t, false, s.moved(t, a, by))
}

// moved is the fact of an act.
func (s *Service) moved(t Ticket, a act, by identity.Actor) Moved {
	return Moved{t.ID, t.Hall, string(a), t.State, t.Window, cmp.Or(by.Account, "holder"), s.now()}
}

// Drawable reports why nobody can draw a ticket of a hall now, or nil.
func (s *Service) Drawable(ctx context.Context, hall string) error {
	_, _, hours, err := s.hall(ctx, hall, calendar.DayOf(s.Now()))
	if err != nil {
		return err
	}
	return drawable(hours, s.Now())
}

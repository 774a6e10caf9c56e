package queue

import (
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// A Booking is an appointment (预约): a line, a day and a slot of it.
type Booking struct {
	ID       string
	Hall     string
	HallName string
	Line     string // Line.Name
	Day      calendar.Day
	Slot     time.Duration // since midnight, when the slot begins
	Place    int           // 1, 2 … of those the slot has
	Party    string
	Name     string
	For      string
	Item     string
	State    BookingState
	Made     time.Time
	Version  int
}

// A BookingState is what became of an appointment.
type BookingState string

// The states of an appointment.
const (
	Booked    BookingState = "booked"
	Cancelled BookingState = "cancelled"
	Kept      BookingState = "kept" // came, and drew a ticket
)

// Starts is when the slot begins.
func (b Booking) Starts() time.Time { return b.Day.Start().Add(b.Slot) }

// Ends is when a slot of this length ends.
func (b Booking) Ends(slot time.Duration) time.Time { return b.Starts().Add(slot) }

// Clock is the time of the slot in words: "9:30".
func (b Booking) Clock() string { return clockOf(b.Slot) }

// Han says what became of it; one whose slot has passed was not kept.
func (b Booking) Han(slot time.Duration, now time.Time) string {
	switch {
	case b.State == Cancelled:
		return "已取消"
	case b.State == Kept:
		return "已到场"
	case now.After(b.Ends(slot)):
		return "没有到场"
	}
	return "已预约"
}

// changed is the appointment at another time: one that stands, and whose time has not
// passed.
func (b Booking) changed(day calendar.Day, at, slot time.Duration, now time.Time) (Booking, error) {
	switch {
	case b.State != Booked || now.After(b.Ends(slot)):
		return b, fault.New(fault.Conflict, "queue.change.state", "这个预约%s，不能改时间，请重新预约", b.Han(slot, now))
	case day == b.Day && at == b.Slot:
		return b, fault.New(fault.Invalid, "queue.change.same", "时间没有变").At("slot", "same", "这就是原来的时间，请选别的时段")
	}
	b.Day, b.Slot = day, at
	return b, nil
}

// A Slot is a stretch of a day with the places that are free in it.
type Slot struct {
	At   time.Duration // since midnight
	Free int
}

// Clock is the time at which it begins: "9:30".
func (s Slot) Clock() string { return clockOf(s.At) }

// slots are those of a day's hours that have not begun, with what is free of
// them; taken counts the places taken by the time of the slot.
func (r Rules) slots(day calendar.Day, hours []calendar.Span, windows int, taken map[time.Duration]int, now time.Time) []Slot {
	var all []Slot
	for _, span := range hours {
		for at := span.From; at+r.Slot <= span.Until; at += r.Slot {
			if day.Start().Add(at).After(now) {
				all = append(all, Slot{at, max(0, r.PerWindow*windows-taken[at])})
			}
		}
	}
	return all
}

// bookable reports why a party that holds these appointments cannot have one
// more at that day and time.
func (r Rules) bookable(b Booking, held []Booking, free []Slot, today calendar.Day) error {
	switch i := slices.IndexFunc(free, func(s Slot) bool { return s.At == b.Slot }); {
	case b.Day < today || b.Day > today+calendar.Day(r.Ahead):
		return fault.New(fault.Invalid, "queue.book.day", "只能预约今天起 %d 天以内的工作日", r.Ahead).At("day", "range", "请选今天起 %d 天以内的工作日", r.Ahead)
	case i < 0:
		return fault.New(fault.Invalid, "queue.book.slot", "这个时段不能预约").At("slot", "choice", "请从列出的时段里选择")
	case free[i].Free == 0:
		return fault.New(fault.Conflict, "queue.book.full", "这个时段已经约满，请选别的时段").At("slot", "full", "%s 已经约满，请选别的时段", free[i].Clock())
	}
	open := 0
	for _, h := range held {
		if h.State != Booked || h.Day < today {
			continue
		}
		if open++; h.Day == b.Day && h.Slot == b.Slot {
			return fault.New(fault.Conflict, "queue.book.twice", "您在这个时段已有预约（%s），不用再约", h.HallName)
		}
	}
	if open >= r.Open {
		return fault.New(fault.Conflict, "queue.book.many", "您已有 %d 个预约，请先取消不用的", open)
	}
	return nil
}

package lobby

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
)

type bookView struct {
	frame.View
	Hall, Name string
	Item, For  string
	Line, Day  string
	Slot       string
	Was        *queue.Booking // the appointment whose time is changed
	Lines      []frame.Choice
	Days       []frame.Choice
	Slots      []frame.Choice
	SignedIn   bool
	Err        error
}

// bookPage offers the times at which one can come: first the line and the day,
// then what is free of it.
func (l *Lobby) bookPage(w http.ResponseWriter, r *http.Request) error {
	q := page.Query(r)
	v, err := l.bookView(r, q.Text("line"), q.Text("day"))
	if err != nil {
		return err
	}
	page.Show(w, r, bookTemplate(v))
	return nil
}

func (l *Lobby) bookView(r *http.Request, line, day string) (bookView, error) {
	ctx, hall := r.Context(), r.PathValue("hall")
	h, err := l.Queue.Halls.Find(ctx, hall)
	if err != nil {
		return bookView{}, err
	}
	v := bookView{View: below(r, "预约", hall, h.Name), Hall: hall, Name: h.Name, Line: line, Day: day, SignedIn: frame.Actor(r).Party != ""}
	v.Item, v.For = l.wanted(r)
	if err := l.changing(r, &v); err != nil {
		return v, err
	}
	for _, one := range queue.LinesOf(h) {
		v.Lines = append(v.Lines, frame.Choice{Value: one.Name, Label: one.Name})
	}
	days, err := l.Queue.Visits(ctx, hall)
	if err != nil {
		return v, err
	}
	for _, d := range days {
		v.Days = append(v.Days, frame.Choice{Value: d.String(), Label: d.Han() + " 周" + string([]rune("日一二三四五六")[d.Weekday()])})
	}
	if v.Line == "" || calendar.Parse(v.Day) == 0 {
		return v, nil
	}
	slots, err := l.Queue.Slots(ctx, hall, v.Line, calendar.Parse(v.Day))
	for _, s := range slots {
		v.Slots = append(v.Slots, slotChoice(s))
	}
	if fault.Of(err) == fault.NotFound {
		v.Err, err = err, nil
	}
	return v, err
}

// changing puts the appointment whose time is to be changed into the page: it stays in
// its line.
func (l *Lobby) changing(r *http.Request, v *bookView) error {
	id := page.Query(r).Text("change")
	if id == "" {
		return nil
	}
	was, err := l.Queue.Booking(r.Context(), id, caller(r))
	if err == nil && was.Hall != v.Hall {
		err = queue.NoBooking()
	}
	if err != nil {
		return err
	}
	v.Was, v.Line, v.View = &was, was.Line, v.View.Named("改预约时间")
	if v.Day == "" {
		v.Day = was.Day.String()
	}
	return nil
}

func slotChoice(s queue.Slot) frame.Choice {
	c := frame.Choice{Value: strconv.Itoa(int(s.At / time.Minute)), Label: s.Clock(), Hint: "还可约 " + strconv.Itoa(s.Free) + " 人"}
	if c.Off = s.Free == 0; c.Off {
		c.Hint = "已约满"
	}
	return c
}

// book makes the appointment.
func (l *Lobby) book(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := l.bookView(r, f.Text("line"), f.Text("day"))
	if err != nil {
		return err
	}
	if v.Slot = f.Text("slot"); v.Slot == "" {
		err = fault.New(fault.Invalid, "lobby.book.slot", "请选择时段").At("slot", "required", "请选择时段")
	} else {
		err = l.kept(r, v)
	}
	if fault.Mendable(err) || fault.Of(err) == fault.NotFound {
		v.Err, v.View = err, v.Faulty(err)
		page.ShowFault(w, r, err, bookTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/appointments")
	return nil
}

// kept makes the appointment of the page, or moves the one that it changes.
func (l *Lobby) kept(r *http.Request, v bookView) error {
	minutes, err := strconv.Atoi(v.Slot)
	if err != nil {
		minutes = -1 // no slot begins then
	}
	day, slot := calendar.Parse(v.Day), time.Duration(minutes)*time.Minute
	if v.Was != nil {
		_, err = l.Queue.Change(r.Context(), v.Was.ID, day, slot, caller(r))
		return err
	}
	_, err = l.Queue.Book(r.Context(), queue.Want{Hall: v.Hall, Line: v.Line, Item: v.Item, For: v.For}, day, slot, caller(r))
	return err
}

// here is the address of the page with the line and day chosen.
func (v bookView) here() string {
	q := url.Values{"line": {v.Line}, "day": {v.Day}}
	if v.Item != "" {
		q.Set("item", v.Item)
	}
	if v.Was != nil {
		q.Set("change", v.Was.ID)
	}
	return "/halls/" + v.Hall + "/book?" + q.Encode()
}

type appointmentsView struct {
	frame.View
	List    []appointmentRow
	Tickets []queue.Ticket
}

type appointmentRow struct {
	queue.Booking
	When  string
	State string
	Open  bool // can be given up
	Today bool // and a ticket drawn for it
}

// appointmentsPage are one's appointments and tickets.
func (l *Lobby) appointmentsPage(w http.ResponseWriter, r *http.Request) error {
	by := caller(r)
	list, err := l.Queue.Bookings(r.Context(), by)
	if err != nil {
		return err
	}
	v := appointmentsView{View: frame.Of(r).Named("预约与取号").Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "我的", Href: "/my"})}
	now := l.Now()
	for _, b := range list {
		row := appointmentRow{Booking: b, State: b.Han(l.Queue.SlotLength(), now), When: b.Day.Han() + " " + b.Clock()}
		row.Open = b.State == queue.Booked && !now.After(b.Ends(l.Queue.SlotLength()))
		row.Today = b.State == queue.Booked && b.Day == calendar.DayOf(now)
		v.List = append(v.List, row)
	}
	if v.Tickets, err = l.Queue.Held(r.Context(), by); err != nil {
		return err
	}
	page.Show(w, r, appointmentsTemplate(v))
	return nil
}

// appointment gives an appointment up, or draws the ticket for it.
func (l *Lobby) appointment(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id, by := r.PathValue("booking"), caller(r)
	switch strings.TrimSpace(f.OneOf("do", "cancel", "draw")) {
	case "cancel":
		if err := l.Queue.Cancel(r.Context(), id, by); err != nil {
			return err
		}
		page.SeeOther(w, r, "/my/appointments")
		return nil
	case "draw":
		t, err := l.Queue.Draw(r.Context(), queue.Want{Booking: id}, by)
		return l.again(w, r, t, err)
	}
	return errors.Join(f.Err(), fault.New(fault.Invalid, "lobby.appointment.do", "请选择取号或者取消预约"))
}

package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/queue"
)

// routeQueue names the operations of halls, tickets and appointments.
func (a *API) routeQueue(b *book) {
	public(b, "GET /halls/{hall}/lines", "listLines", "大厅", "大厅的队列：几人在等、约等多久", a.lines)
	public(b, "GET /halls/{hall}/slots", "listSlots", "大厅", "一天里可以预约的时段", a.slots)
	public(b, "GET /tickets/{ticket}", "getTicket", "大厅", "号票：前面还有几人", a.ticket)
	created(b, "POST /halls/{hall}/tickets", "drawTicket", "大厅", "取号", a.draw)
	signed(b, "POST /tickets/{ticket}/leave", "leaveTicket", "大厅", "放弃这个号", a.leaveTicket)
	signed(b, "POST /tickets/{ticket}/rejoin", "rejoinTicket", "大厅", "过号后回到队里", a.rejoinTicket)
	signed(b, "POST /counter/{act}", "counter", "大厅", "窗口叫号、重呼、开始、办完、过号、转队列或者窗口、过号的回到队里、指定窗口的改由本队列叫", a.counter)
	created(b, "POST /halls/{hall}/appointments", "book", "大厅", "预约（自愿，不预约也能取号）", a.book)
	signed(b, "GET /appointments", "listAppointments", "大厅", "我的预约", a.bookings)
	signed(b, "PATCH /appointments/{booking}", "changeAppointment", "大厅", "改预约的时间", a.changeBooking)
	signed(b, "DELETE /appointments/{booking}", "cancelAppointment", "大厅", "取消预约", a.cancelBooking)
}

// OfHall is about a hall.
type OfHall struct {
	Hall string `path:"hall" maxLength:"40" doc:"大厅的标识"`
}

type lineView struct {
	Name    string   `json:"name" doc:"队列"`
	Letter  string   `json:"letter" doc:"号码的开头"`
	Windows []string `json:"windows" doc:"窗口"`
	Waiting int      `json:"waiting" doc:"等候人数"`
	Minutes int      `json:"minutes" doc:"现在取号大约等几分钟"`
}

// lines are the lines of a hall as they stand.
func (a *API) lines(ctx context.Context, _ identity.Actor, in *OfHall) (list[lineView], error) {
	all, err := a.Queue.Lines(ctx, in.Hall)
	return listed(all, func(s queue.Standing) lineView {
		return lineView{s.Name, s.Letter, some(s.Windows), s.Waiting, s.Minutes}
	}), err
}

type ticketView struct {
	ID      string       `json:"id" doc:"号票的标识：只有取号的人知道"`
	No      string       `json:"no" doc:"号码"`
	Hall    string       `json:"hall" doc:"大厅"`
	Line    string       `json:"line" doc:"队列"`
	Day     calendar.Day `json:"day" doc:"哪一天的号"`
	State   queue.State  `json:"state" doc:"waiting 等候，called 已叫号，serving 办理中，served 办完，missed 过号，left 放弃"`
	Word    string       `json:"stateName" doc:"状态的名称"`
	Window  string       `json:"window,omitempty" doc:"叫到哪个窗口"`
	Calls   int          `json:"calls" doc:"叫了几次"`
	Taken   time.Time    `json:"taken" doc:"取号时间"`
	Ahead   int          `json:"ahead" doc:"前面还有几人"`
	Minutes int          `json:"minutes" doc:"大约还要等几分钟"`
}

func ticketOf(t queue.Ticket) ticketView {
	return ticketView{ID: t.ID, No: t.No(), Hall: t.Hall, Line: t.Line, Day: t.Day, State: t.State, Word: t.State.Han(), Window: t.Window, Calls: t.Calls, Taken: t.Taken}
}

type drawInput struct {
	OfHall
	Body struct {
		Line     string         `json:"line" maxLength:"40" doc:"队列的名称"`
		Item     string         `json:"item,omitempty" maxLength:"60" doc:"办哪个事项"`
		Priority queue.Priority `json:"priority,omitempty" enum:"elder,disabled,military,pregnant,infant" doc:"优先：老年人、残疾人、军人军属退役军人、孕妇、带婴幼儿"`
		Booking  string         `json:"booking,omitempty" maxLength:"40" doc:"凭哪个预约"`
	}
}

func (a *API) draw(ctx context.Context, by identity.Actor, in *drawInput) (ticketView, error) {
	name := ""
	if by.Party != "" {
		name = by.Name
	}
	t, err := a.Queue.Draw(ctx, queue.Want{Hall: in.Hall, Line: in.Body.Line, Item: in.Body.Item, Name: name, Priority: in.Body.Priority, Booking: in.Body.Booking}, by)
	return ticketOf(t), err
}

type ofTicket struct {
	Ticket string `path:"ticket" maxLength:"40" doc:"号票的标识"`
}

func (a *API) ticket(ctx context.Context, _ identity.Actor, in *ofTicket) (ticketView, error) {
	t, err := a.Queue.Ticket(ctx, in.Ticket)
	v := ticketOf(t.Ticket)
	v.Ahead, v.Minutes = t.Ahead, t.Minutes
	return v, err
}

func (a *API) leaveTicket(ctx context.Context, by identity.Actor, in *ofTicket) (ticketView, error) {
	t, err := a.Queue.Leave(ctx, in.Ticket, by)
	return ticketOf(t), err
}

func (a *API) rejoinTicket(ctx context.Context, by identity.Actor, in *ofTicket) (ticketView, error) {
	t, err := a.Queue.Rejoin(ctx, in.Ticket, by)
	return ticketOf(t), err
}

type counterInput struct {
	Act  string `path:"act" enum:"next,recall,begin,end,miss,forward,bring,free" doc:"next 叫下一个，recall 重呼，begin 开始办，end 办完，miss 过号，forward 转队列或者窗口，bring 过号的人来了、回到队里，free 指定的窗口不在、改由本队列叫"`
	Body struct {
		Line   string `json:"line,omitempty" maxLength:"40" doc:"转到哪个队列，或者哪个窗口号"`
		Ticket string `json:"ticket,omitempty" maxLength:"40" doc:"哪个号票：回到队里或者改由本队列叫的"`
	}
}

// counter does an act of the queue at the window of who calls.
func (a *API) counter(ctx context.Context, by identity.Actor, in *counterInput) (ticketView, error) {
	var t queue.Ticket
	var err error
	switch in.Act {
	case "next":
		t, err = a.Queue.Next(ctx, by)
	case "recall":
		t, err = a.Queue.Recall(ctx, by)
	case "begin":
		t, err = a.Queue.Begin(ctx, by)
	case "end":
		t, err = a.Queue.End(ctx, by)
	case "miss":
		t, err = a.Queue.Miss(ctx, by)
	case "bring":
		t, err = a.Queue.Bring(ctx, in.Body.Ticket, by)
	case "free":
		t, err = a.Queue.Free(ctx, in.Body.Ticket, by)
	default:
		t, err = a.Queue.Forward(ctx, in.Body.Line, by)
	}
	return ticketOf(t), err
}

type slotsInput struct {
	OfHall
	Line string `query:"line" required:"true" maxLength:"40" doc:"队列的名称"`
	Day  string `query:"day" required:"true" format:"date" doc:"哪一天"`
}

type slotView struct {
	At   string `json:"at" doc:"几点开始"`
	Free int    `json:"free" doc:"还可约几人"`
}

func (a *API) slots(ctx context.Context, _ identity.Actor, in *slotsInput) (list[slotView], error) {
	all, err := a.Queue.Slots(ctx, in.Hall, in.Line, calendar.Parse(in.Day))
	return listed(all, func(s queue.Slot) slotView { return slotView{s.Clock(), s.Free} }), err
}

type bookInput struct {
	OfHall
	Body struct {
		Line string `json:"line" maxLength:"40" doc:"队列的名称"`
		Day  string `json:"day" format:"date" doc:"哪一天"`
		At   string `json:"at" pattern:"^[0-9]{1,2}:[0-9]{2}$" doc:"几点开始，取自可约的时段"`
		Item string `json:"item,omitempty" maxLength:"60" doc:"办哪个事项"`
	}
}

type bookingView struct {
	ID    string             `json:"id" doc:"预约的标识"`
	Hall  string             `json:"hall" doc:"大厅"`
	Line  string             `json:"line" doc:"队列"`
	Day   calendar.Day       `json:"day" doc:"哪一天"`
	At    string             `json:"at" doc:"几点"`
	State queue.BookingState `json:"state" doc:"booked 已预约，cancelled 已取消，kept 已到场"`
}

func bookingOf(b queue.Booking) bookingView {
	return bookingView{b.ID, b.HallName, b.Line, b.Day, b.Clock(), b.State}
}

func (a *API) book(ctx context.Context, by identity.Actor, in *bookInput) (bookingView, error) {
	slot, err := slotOf(in.Body.At)
	if err != nil {
		return bookingView{}, err
	}
	b, err := a.Queue.Book(ctx, queue.Want{Hall: in.Hall, Line: in.Body.Line, Item: in.Body.Item}, calendar.Parse(in.Body.Day), slot, by)
	return bookingOf(b), err
}

// slotOf is when the slot begins that is written "9:30".
func slotOf(text string) (time.Duration, error) {
	at, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fault.New(fault.Invalid, "queue.book.slot", "这个时段不能预约").At("at", "choice", "请从列出的时段里选择")
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, nil
}

type changeInput struct {
	OfBooking
	Body struct {
		Day string `json:"day" format:"date" doc:"改到哪一天"`
		At  string `json:"at" pattern:"^[0-9]{1,2}:[0-9]{2}$" doc:"改到几点，取自可约的时段"`
	}
}

func (a *API) changeBooking(ctx context.Context, by identity.Actor, in *changeInput) (bookingView, error) {
	slot, err := slotOf(in.Body.At)
	if err != nil {
		return bookingView{}, err
	}
	b, err := a.Queue.Change(ctx, in.Booking, calendar.Parse(in.Body.Day), slot, by)
	return bookingOf(b), err
}

func (a *API) bookings(ctx context.Context, by identity.Actor, _ *nothing) (list[bookingView], error) {
	all, err := a.Queue.Bookings(ctx, by)
	return listed(all, bookingOf), err
}

// OfBooking is an act on an appointment.
type OfBooking struct {
	Booking string `path:"booking" maxLength:"40" doc:"预约的标识"`
}

func (a *API) cancelBooking(ctx context.Context, by identity.Actor, in *OfBooking) (done, error) {
	err := a.Queue.Cancel(ctx, in.Booking, by)
	return done{err == nil}, err
}

package queue

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// Rules are what a city arranges about its queues; none of these numbers is set by
// law (see data/queue.yaml).
type Rules struct {
	HeadStart time.Duration // how much earlier than drawn a ticket with priority counts
	Punctual  time.Duration // an appointment counts from this long before its time
	Grace     time.Duration // later than this after its end an appointment is like any other
	MissAfter int           // calls that must have been made before a ticket is missed
	Behind    int           // whoever was missed and comes back waits behind so many
	Slot      time.Duration // length of an appointment's slot
	PerWindow int           // appointments a window takes in a slot
	Ahead     int           // calendar days ahead that can be booked
	Open      int           // appointments one may hold at once
	Usual     time.Duration // how long one takes, until the day shows it
}

// rank is the place of a ticket drawn now. A head start is bounded, so that
// nobody without one waits for ever.
func (r Rules) rank(p Priority, b *Booking, now time.Time) time.Time {
	rank := now
	if p.Han() != "" {
		rank = rank.Add(-r.HeadStart)
	}
	if b != nil && !now.After(b.Ends(r.Slot).Add(r.Grace)) {
		if due := b.Starts().Add(-r.Punctual); due.Before(rank) {
			rank = due
		}
	}
	return rank
}

// byRank orders tickets as they are called.
func byRank(a, b Ticket) int {
	return cmp.Or(a.Rank.Compare(b.Rank), cmp.Compare(a.Letter, b.Letter), cmp.Compare(a.Seq, b.Seq))
}

// CalledBy reports whether a window may call the ticket: one that was sent to a window
// waits for that window.
func (t Ticket) CalledBy(window string) bool { return t.Window == "" || t.Window == window }

// of are those of waiting that a window may call.
func of(waiting []Ticket, window string) []Ticket {
	return slices.DeleteFunc(slices.Clone(waiting), func(t Ticket) bool { return !t.CalledBy(window) })
}

// next is the ticket to be called; waiting need not be in order.
func next(waiting []Ticket) (Ticket, bool) {
	if len(waiting) == 0 {
		return Ticket{}, false
	}
	return slices.MinFunc(waiting, byRank), true
}

// before are those of waiting who are called before t, at the window to which it was
// sent if it was sent to one.
func before(waiting []Ticket, t Ticket) (all []Ticket) {
	for _, other := range waiting {
		if other.ID != t.ID && (t.Window == "" || other.CalledBy(t.Window)) && byRank(other, t) < 0 {
			all = append(all, other)
		}
	}
	return all
}

// minutes is how long those ahead will take: here one after the other at the one window
// that is waited for, shared by all windows that work; with the time that those took who
// were served today.
func (r Rules) minutes(here, shared, windows int, served []time.Duration) int {
	windows = max(1, windows)
	all := time.Duration(windows) * time.Minute
	return int((time.Duration(here*windows+shared)*r.each(served) + all - 1) / all)
}

// each is how long one takes: as those who were served took on the average.
func (r Rules) each(served []time.Duration) time.Duration {
	if len(served) == 0 {
		return r.Usual
	}
	var sum time.Duration
	for _, d := range served {
		sum += d
	}
	return sum / time.Duration(len(served))
}

// An act is something done to a ticket.
type act string

const (
	call    act = "call"    // 叫号
	recall  act = "recall"  // 重呼
	begin   act = "begin"   // 开始办理
	end     act = "end"     // 办完
	miss    act = "miss"    // 过号
	rejoin  act = "rejoin"  // 过号后回来
	leave   act = "leave"   // 放弃
	forward act = "forward" // 转到别的队列或者窗口
	free    act = "free"    // 不再等那个窗口
)

// moves say from which states an act is possible, and where it leads.
var moves = map[act]struct {
	from []State
	to   State
	say  string // what is wrong if it is not possible
}{
	call:    {[]State{Waiting}, Called, "这个号已经有窗口在叫，请叫下一个"},
	recall:  {[]State{Called}, Called, "这个号现在不在等人到窗口"},
	begin:   {[]State{Called}, Serving, "请先叫号，人到窗口后再开始办理"},
	end:     {[]State{Serving}, Served, "这个号还没有开始办理"},
	miss:    {[]State{Called}, Missed, "只有叫过、没有人来的号可以过号"},
	rejoin:  {[]State{Missed}, Waiting, "这个号没有过号"},
	leave:   {[]State{Waiting, Called, Missed}, Left, "这个号已经在办理或者已经结束，不用放弃"},
	forward: {[]State{Called, Serving}, Waiting, "请先叫号，再转到别的队列"},
	free:    {[]State{Waiting}, Waiting, "这个号已经不在等"},
}

// can is t after an act, or why the act is not possible.
func (t Ticket) can(a act) (Ticket, error) {
	m := moves[a]
	if !slices.Contains(m.from, t.State) {
		return t, fault.New(fault.Conflict, "queue."+string(a)+".state", "%s（%s %s）", m.say, t.No(), t.State.Han())
	}
	t.State = m.to
	return t, nil
}

// callTo is t called to a window by a clerk; a second call counts.
func (t Ticket) callTo(a act, window, clerk string, now time.Time) (Ticket, error) {
	t, err := t.can(a)
	if err != nil {
		return t, err
	}
	t.Window, t.Clerk, t.Calls = window, clerk, t.Calls+1
	if t.Called.IsZero() || a == call {
		t.Called = now
	}
	return t, nil
}

// missed is t passed over, which needs as many calls as the rules say.
func (r Rules) missed(t Ticket, now time.Time) (Ticket, error) {
	if t.State == Called && t.Calls < r.MissAfter {
		return t, fault.New(fault.Conflict, "queue.miss.calls", "过号以前至少要叫 %d 次，现在叫了 %d 次，请再叫一次", r.MissAfter, t.Calls)
	}
	t, err := t.can(miss)
	t.Ended = now
	return t, err
}

// back is t among those who wait, behind as many as the rules say.
func (r Rules) back(t Ticket, waiting []Ticket, now time.Time) (Ticket, error) {
	t, err := t.can(rejoin)
	if err != nil {
		return t, err
	}
	waiting = slices.SortedFunc(slices.Values(waiting), byRank)
	t.Rank, t.Window, t.Calls, t.Called, t.Ended = now, "", 0, time.Time{}, time.Time{}
	if n := min(r.Behind, len(waiting)); n > 0 {
		t.Rank = waiting[n-1].Rank.Add(time.Millisecond)
	}
	return t, nil
}

// sent is t in another line, or waiting for one window of a line ("" for any); it keeps
// the time it has waited, and in the same line its number.
func (t Ticket) sent(to Line, window string) (Ticket, error) {
	switch {
	case to.Name == t.Line && window == "":
		return t, fault.New(fault.Invalid, "queue.forward.same", "已经在这个队列里，请选别的队列或者窗口").At("line", "same", "请选别的队列或者窗口")
	case window != "" && window == t.Window:
		return t, fault.New(fault.Invalid, "queue.forward.here", "已经在这个窗口，请选别的窗口").At("line", "here", "这就是本窗口，请选别的窗口")
	}
	t, err := t.can(forward)
	t.Line, t.Letter = to.Name, to.Letter
	t.Window, t.Clerk, t.Calls, t.Called, t.Begun = window, "", 0, time.Time{}, time.Time{}
	return t, err
}

// freed is t among those whom any window of the line calls: the window to which it was
// sent is not at work.
func (t Ticket) freed() (Ticket, error) {
	if t.State == Waiting && t.Window == "" {
		return t, fault.New(fault.Conflict, "queue.free.any", "这个号没有指定窗口，按次序叫就可以")
	}
	t, err := t.can(free)
	t.Window = ""
	return t, err
}

// drawable reports why no ticket can be drawn on a day at a moment.
func drawable(hours []calendar.Span, now time.Time) error {
	if len(hours) == 0 {
		return fault.New(fault.Conflict, "queue.take.closed", "大厅今天不办公，请在工作日来，或者网上办理")
	}
	since := now.Sub(calendar.DayOf(now).Start())
	if last := hours[len(hours)-1]; since >= last.Until {
		return fault.New(fault.Conflict, "queue.take.late", "大厅今天已经停止取号（%s 下班），请预约明天，或者网上办理", clockOf(last.Until))
	}
	if early := hours[0].From - time.Hour; since < early {
		return fault.New(fault.Conflict, "queue.take.early", "%s 开始取号，也可以预约时间或者网上办理", clockOf(early))
	}
	return nil
}

func clockOf(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

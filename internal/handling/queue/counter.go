package queue

import (
	"context"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Counter is what the clerk at a window sees of the queue.
type Counter struct {
	Hall    string
	Window  string
	Line    Line
	Current *Ticket // called or being served here
	Waiting int
	Longest int      // minutes that the first has waited
	Next    []Ticket // whom this window calls next, and those of the line who wait for another
	Missed  []Ticket // who did not come today, the latest first
	Lines   []Line
}

// At is the counter at which by works.
func (s *Service) At(ctx context.Context, by identity.Actor) (Counter, error) {
	c, waiting, err := s.counter(ctx, by)
	if err != nil {
		return c, err
	}
	c.Next = slices.SortedFunc(slices.Values(waiting), byRank)
	mine := of(c.Next, c.Window)
	if c.Waiting = len(mine); c.Waiting > 0 {
		c.Longest = int(mine[0].Waited(s.Now()).Minutes())
	}
	c.Missed, err = s.Store.In(ctx, c.Hall, calendar.DayOf(s.Now()), c.Line.Name, Missed)
	slices.SortFunc(c.Missed, func(a, b Ticket) int { return b.Ended.Compare(a.Ended) })
	return c, err
}

func (s *Service) counter(ctx context.Context, by identity.Actor) (c Counter, waiting []Ticket, err error) {
	post, err := window(by)
	if err != nil {
		return c, nil, err
	}
	c.Hall, c.Window = post.Hall, post.Window
	day := calendar.DayOf(s.Now())
	if _, c.Lines, _, err = s.hall(ctx, post.Hall, day); err != nil {
		return c, nil, err
	}
	line, ok := lineOf(c.Lines, post.Window)
	if !ok {
		return c, nil, fault.New(fault.Conflict, "queue.window.line", "%s 号窗口没有对应的队列，请管理员核对大厅的窗口", post.Window)
	}
	c.Line = line
	busy, err := s.Store.In(ctx, post.Hall, day, "", Called, Serving)
	if err != nil {
		return c, nil, err
	}
	for _, t := range busy {
		if t.Window == post.Window {
			c.Current = &t
		}
	}
	waiting, err = s.Store.In(ctx, post.Hall, day, line.Name, Waiting)
	return c, waiting, err
}

// Next calls who comes next to the window of by, and ends what was being served
// there. Two windows that press at once call two tickets. Fault queue.next.none
// when nobody waits; queue.next.called when somebody was called and neither
// begun with nor passed over.
func (s *Service) Next(ctx context.Context, by identity.Actor) (Ticket, error) {
	for try := 0; ; try++ {
		t, err := s.next(ctx, by)
		if fault.Of(err) != fault.Conflict || fault.Code(err) != "queue.put.stale" || try > 20 {
			return t, err
		}
	}
}

func (s *Service) next(ctx context.Context, by identity.Actor) (Ticket, error) {
	c, waiting, err := s.counter(ctx, by)
	if err != nil {
		return Ticket{}, err
	}
	if c.Current != nil && c.Current.State == Called {
		return *c.Current, fault.New(fault.Conflict, "queue.next.called", "%s 已经叫到这个窗口，请先开始办理，或者重呼、过号", c.Current.No())
	}
	if c.Current != nil {
		if _, err := s.finish(ctx, *c.Current, by); err != nil {
			return Ticket{}, err
		}
	}
	t, ok := next(of(waiting, c.Window))
	if !ok {
		return Ticket{}, fault.New(fault.Conflict, "queue.next.none", "%s现在没有人等候", c.Line.Name)
	}
	if t, err = t.callTo(call, c.Window, by.Account, s.now()); err != nil {
		return t, err
	}
	return s.put(ctx, t, call, by)
}

func (s *Service) finish(ctx context.Context, t Ticket, by identity.Actor) (Ticket, error) {
	t, err := t.can(end)
	if err != nil {
		return t, err
	}
	t.Ended = s.now()
	return s.put(ctx, t, end, by)
}

// current is the ticket that stands at the window of by.
func (s *Service) current(ctx context.Context, by identity.Actor) (Counter, Ticket, error) {
	c, _, err := s.counter(ctx, by)
	if err != nil {
		return c, Ticket{}, err
	}
	if c.Current == nil {
		return c, Ticket{}, fault.New(fault.Conflict, "queue.current.none", "这个窗口现在没有叫到的号，请先叫号")
	}
	return c, *c.Current, nil
}

// Recall calls the same ticket again.
func (s *Service) Recall(ctx context.Context, by identity.Actor) (Ticket, error) {
	c, t, err := s.current(ctx, by)
	if err != nil {
		return t, err
	}
	if t, err = t.callTo(recall, c.Window, by.Account, s.now()); err != nil {
		return t, err
	}
	return s.put(ctx, t, recall, by)
}

// Begin notes that the holder has come to the window.
func (s *Service) Begin(ctx context.Context, by identity.Actor) (Ticket, error) {
	_, t, err := s.current(ctx, by)
	if err != nil {
		return t, err
	}
	if t, err = t.can(begin); err != nil {
		return t, err
	}
	t.Begun = s.now()
	return s.put(ctx, t, begin, by)
}

// End notes that the holder has been served.
func (s *Service) End(ctx context.Context, by identity.Actor) (Ticket, error) {
	_, t, err := s.current(ctx, by)
	if err != nil {
		return t, err
	}
	return s.finish(ctx, t, by)
}

// Miss passes over somebody who did not come.
func (s *Service) Miss(ctx context.Context, by identity.Actor) (Ticket, error) {
	_, t, err := s.current(ctx, by)
	if err != nil {
		return t, err
	}
	if t, err = s.Rules.missed(t, s.now()); err != nil {
		return t, err
	}
	return s.put(ctx, t, miss, by)
}

// Forward sends the holder to another line, or to one window of the hall by its
// number; the time they have waited counts there. Faults: queue.forward.*,
// queue.line.none.
func (s *Service) Forward(ctx context.Context, to string, by identity.Actor) (Ticket, error) {
	c, t, err := s.current(ctx, by)
	if err != nil {
		return t, err
	}
	line, window, err := target(c.Lines, to)
	if err != nil {
		return t, err
	}
	was := t.Line
	if t, err = t.sent(line, window); err != nil {
		return t, err
	}
	return s.Store.Put(ctx, t, t.Line != was, s.moved(t, forward, by))
}

// Bring brings back somebody who was missed and now stands at the window, with their
// ticket of the line in hand.
func (s *Service) Bring(ctx context.Context, id string, by identity.Actor) (Ticket, error) {
	if t, err := s.ofLine(ctx, id, by); err != nil {
		return t, err
	}
	return s.Rejoin(ctx, id, by)
}

// Free lets any window of the line call a ticket that was sent to one which is not at
// work.
func (s *Service) Free(ctx context.Context, id string, by identity.Actor) (Ticket, error) {
	t, err := s.ofLine(ctx, id, by)
	if err != nil {
		return t, err
	}
	if t, err = t.freed(); err != nil {
		return t, err
	}
	return s.put(ctx, t, free, by)
}

// ofLine is a ticket of the line that the window of by serves.
func (s *Service) ofLine(ctx context.Context, id string, by identity.Actor) (Ticket, error) {
	c, _, err := s.counter(ctx, by)
	if err != nil {
		return Ticket{}, err
	}
	t, err := s.Store.Ticket(ctx, id)
	if err == nil && (t.Hall != c.Hall || t.Line != c.Line.Name) {
		return Ticket{}, NoTicket()
	}
	return t, err
}

// A Board is what the screen of a hall shows (排队叫号屏).
type Board struct {
	Hall   string
	Called []Ticket // the latest call first
	Lines  []Standing
}

// most is how many calls the screen of a hall shows.
const most = 8

// Board is what the screen of a hall shows; names are not on it.
func (s *Service) Board(ctx context.Context, hall string) (Board, error) {
	day := calendar.DayOf(s.Now())
	h, _, _, err := s.hall(ctx, hall, day)
	if err != nil {
		return Board{}, err
	}
	b := Board{Hall: h.Name}
	if b.Lines, err = s.Lines(ctx, hall); err != nil {
		return b, err
	}
	busy, err := s.Store.In(ctx, hall, day, "", Called, Serving)
	if err != nil {
		return b, err
	}
	b.Called = latest(busy)
	return b, nil
}

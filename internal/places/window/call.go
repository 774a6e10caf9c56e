package window

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
)

// callPage is the clerk's side of the queue: who is at the window, who waits.
type callPage struct {
	queue.Counter
	Err  error
	Rows []frame.Row
	To   []frame.Choice // where else the holder can be sent: lines, and windows
	Next []waitingRow
	Now  time.Time
}

// waitingRow is somebody who waits.
type waitingRow struct {
	queue.Ticket
	Minutes int
	Bound   bool // for another window
}

// mostWaiting is how many of those who wait the page shows.
const mostWaiting = 20

func (p *Window) callPage(w http.ResponseWriter, r *http.Request) error { return p.showCall(w, r, nil) }

func (p *Window) showCall(w http.ResponseWriter, r *http.Request, wrong error) error {
	c, err := p.Queue.At(r.Context(), frame.Actor(r))
	if err != nil {
		return err
	}
	v := callPage{Counter: c, Err: wrong, To: targets(c), Now: p.Now()}
	for _, t := range c.Next[:min(len(c.Next), mostWaiting)] {
		v.Next = append(v.Next, waitingRow{t, int(t.Waited(v.Now).Minutes()), !t.CalledBy(c.Window)})
	}
	if c.Current != nil {
		v.Rows = ticketRows(*c.Current)
	}
	b := p.bench(r, tasks("/window/call", nil), nil, callKeys...)
	view := callView(frame.Of(r).Named("叫号").Faulty(wrong), b, v)
	if wrong != nil {
		page.ShowFault(w, r, wrong, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// targets are where the holder of the ticket at a window can be sent.
func targets(c queue.Counter) (all []frame.Choice) {
	for _, l := range c.Lines {
		if l.Name != c.Line.Name {
			all = append(all, frame.Choice{Value: l.Name, Label: l.Name + "，哪个窗口都行", Group: "队列"})
		}
	}
	for _, l := range c.Lines {
		for _, no := range l.Windows {
			if no != c.Window {
				all = append(all, frame.Choice{Value: no, Label: no + " 号窗口（" + l.Name + "）", Group: "指定窗口"})
			}
		}
	}
	return all
}

var callKeys = []frame.Key{{Keys: "F8", Does: "叫下一个"}, {Keys: "F7", Does: "重呼"}, {Keys: "F6", Does: "到了，开始办"}}

func ticketRows(t queue.Ticket) []frame.Row {
	rows := []frame.Row{{Key: "取号", Value: t.Taken.In(t.Day.Start().Location()).Format("15:04")}, {Key: "等了", Value: fmt.Sprintf("%d 分钟", int(t.Waited(t.Called).Minutes()))}}
	for _, more := range []frame.Row{{Key: "姓名", Value: t.Name}, {Key: "办什么", Value: t.For}, {Key: "优先", Value: t.Priority.Han()}} {
		if more.Value != "" {
			rows = append(rows, more)
		}
	}
	return rows
}

// calling does one of the acts of the queue.
func (p *Window) calling(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	act, ok := map[string]func(context.Context, identity.Actor) (queue.Ticket, error){
		"next": p.Queue.Next, "recall": p.Queue.Recall, "begin": p.Queue.Begin, "end": p.Queue.End, "miss": p.Queue.Miss,
		"forward": func(ctx context.Context, by identity.Actor) (queue.Ticket, error) {
			return p.Queue.Forward(ctx, f.Text("line"), by)
		},
		"bring": func(ctx context.Context, by identity.Actor) (queue.Ticket, error) {
			return p.Queue.Bring(ctx, f.Text("ticket"), by)
		},
		"free": func(ctx context.Context, by identity.Actor) (queue.Ticket, error) {
			return p.Queue.Free(ctx, f.Text("ticket"), by)
		},
	}[r.PathValue("act")]
	if !ok {
		return fault.New(fault.NotFound, "window.call", "没有这项操作")
	}
	t, err := act(r.Context(), frame.Actor(r))
	switch kind := fault.Of(err); {
	case kind == fault.Conflict || kind == fault.Invalid || kind == fault.NotFound:
		return p.showCall(w, r, err)
	case err != nil:
		return err
	case t.State == queue.Serving:
		page.SeeOther(w, r, filingOf(t))
	default:
		page.SeeOther(w, r, "/window/call")
	}
	return nil
}

// filingOf is where the application of a ticket's holder is taken down, with
// what the ticket says already.
func filingOf(t queue.Ticket) string {
	q := url.Values{}
	if t.Party != "" {
		q.Set("party", t.Party)
	}
	if t.Item != "" {
		q.Set("item", t.Item)
	}
	if len(q) == 0 {
		return "/window/file"
	}
	return "/window/file?" + q.Encode()
}

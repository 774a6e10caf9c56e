package window

import (
	"context"
	"log/slog"
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/relay"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// todayPage is what a clerk is told of and what is due today (提醒): alarms and
// urges, applications that silence accepts tonight, promised materials that
// lapse, tickets that wait, and matters that want an answer.
type todayPage struct {
	Told  []frame.Reminder
	Due   []line
	Owed  []cases.Owed
	Aid   []aid.Matter
	Slips []relay.Slip   // originals that nobody has taken over in time
	Queue *queue.Counter // nil: the window calls nobody
	Page  owedPage
}

// none reports whether there is nothing to do today.
func (v todayPage) none() bool {
	return len(v.Told)+len(v.Due)+len(v.Owed)+len(v.Aid)+len(v.Slips) == 0 && (v.Queue == nil || v.Queue.Waiting == 0)
}

func (p *Window) todayShow(w http.ResponseWriter, r *http.Request) error {
	v, err := p.todays(r.Context(), frame.Actor(r))
	if err != nil {
		return err
	}
	b := p.bench(r, tasks("/window/today", nil), nil, frame.Key{Keys: "J K", Does: "上下"}, frame.Key{Keys: "↵", Does: "打开"})
	page.Show(w, r, todayView(frame.Of(r).Named("今天要办"), b, v))
	return nil
}

func (p *Window) todays(ctx context.Context, by identity.Actor) (v todayPage, err error) {
	if v.Told, err = p.told(ctx, by); err != nil {
		return v, err
	}
	region := post(by).Region
	rows, err := p.Cases.List(ctx, cases.Filter{Queue: region, State: cases.Received, Limit: queueRows}, by)
	if err != nil {
		return v, err
	}
	for _, l := range p.lines(rows) {
		if l.Tone == frame.Red {
			v.Due = append(v.Due, l)
		}
	}
	owed, err := p.Cases.Owed(ctx, cases.OwedFilter{Region: region, Limit: queueRows}, by)
	if err != nil {
		return v, err
	}
	v.Page = owedPage{Today: p.today()}
	for _, o := range owed {
		if o.Late || o.Due <= p.today() {
			v.Owed = append(v.Owed, o)
		}
	}
	matters, err := p.Aid.List(ctx, aid.Filter{Limit: queueRows}, by)
	if err != nil {
		return v, err
	}
	for _, m := range matters {
		if m.Due != 0 && m.Due <= p.today() {
			v.Aid = append(v.Aid, m)
		}
	}
	slips, err := p.Relay.List(ctx, relay.Filter{Limit: queueRows}, by)
	if err != nil {
		return v, err
	}
	for _, s := range slips {
		if s.Late(p.today()) || s.State == relay.Disputed {
			v.Slips = append(v.Slips, s)
		}
	}
	if post(by).Hall != "" && post(by).Window != "" {
		counter, err := p.Queue.At(ctx, by)
		if err != nil {
			return v, err
		}
		v.Queue = &counter
	}
	return v, nil
}

// told are the alarms and urges that by was told of and has not put away.
func (p *Window) told(ctx context.Context, by identity.Actor) ([]frame.Reminder, error) {
	all, err := p.Supervision.Notices(ctx, by)
	list := make([]frame.Reminder, len(all))
	for i, n := range all {
		list[i] = frame.Reminder{ID: n.ID, Say: n.Say, Item: n.ItemName, Number: n.Number, Href: frame.AlarmURL(n.Case, caseHref), When: whenHan(n.At), Level: string(n.Level), Tone: frame.Amber}
		if n.Level == supervision.RedCard {
			list[i].Tone = frame.Red
		}
	}
	return list, err
}

// toldCount is how many of them there are, for the head of every page. A head
// without the count is better than no page.
func (p *Window) toldCount(r *http.Request) int {
	n, err := p.Supervision.CountNotices(r.Context(), frame.Actor(r))
	if err != nil {
		slog.WarnContext(r.Context(), "count reminders", "error", err)
	}
	return n
}

// putAway puts a reminder away.
func (p *Window) putAway(w http.ResponseWriter, r *http.Request) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := p.Supervision.PutAway(r.Context(), r.PathValue("notice"), frame.Actor(r)); err != nil {
		return err
	}
	page.SeeOther(w, r, "/window/today")
	return nil
}

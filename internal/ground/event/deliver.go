package event

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"tongban/internal/ground/spans"
	"tongban/internal/ground/sqldb"
)

// atOnce is how many pieces of news one commit may deliver.
const atOnce = 200

// pause is how long Run waits for more news when there is some: what a moment
// brings is then delivered in one commit, and not each piece in its own.
const pause = 30 * time.Millisecond

// tellers is how many streams are told of at the same time.
const tellers = 4

// Run delivers news until ctx ends: in a moment when this process made it,
// within a second when another replica did. Only the replica that holds the
// lease delivers; the others ask for it every second, whatever news they make.
func (p *Post) Run(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	ours := true
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-p.wake:
			if !ours {
				continue
			}
			time.Sleep(pause)
		}
		var err error
		if ours, err = p.deliverLeased(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "news not delivered", "err", err)
		}
	}
}

// Delivering is the lease under which news is told, and the name under which it is
// noted that there is so much of it that telling it takes long.
const Delivering = "event.deliver"

// deliverLeased delivers what there is, and says whether the lease is ours.
func (p *Post) deliverLeased(ctx context.Context) (ours bool, err error) {
	begun := p.Now()
	for noted := begun; ; {
		if ours, err = p.DB.Lease(ctx, Delivering, 10*time.Second, p.Now()); err != nil || !ours {
			return ours, err
		}
		if taken, err := p.Deliver(ctx); err != nil || taken < atOnce {
			return true, err
		}
		if now := p.Now(); now.Sub(noted) >= sqldb.LookEvery {
			noted = now
			if err := p.DB.NoteRunning(ctx, Delivering, begun, now); err != nil {
				return true, err
			}
		}
	}
}

// news is a fact on its way.
type news struct {
	id    string
	tries int
	owed  string // names of the listeners still to be told; "": all
	fact  Record
	skip  []string // names of the listeners whom it does not concern
}

// DeliverAll tells the news, and the news that comes of it, until there is none
// that is due.
func (p *Post) DeliverAll(ctx context.Context) error {
	for {
		taken, err := p.Deliver(ctx)
		if err != nil || taken == 0 {
			return err
		}
	}
}

// Deliver tells what has not been told, up to a bound, and returns how much it
// took up. A listener that fails is told again, ever more seldom; it holds up
// neither the other listeners nor other news. News that was put off comes out
// of its order.
func (p *Post) Deliver(ctx context.Context) (taken int, err error) {
	waiting, err := sqldb.Rows(ctx, p.DB, scanNews, `SELECT n.id, n.tries, n.owed, f.stream, f.seq, f.name, f.body, f.at, f.hash
		FROM event_news n JOIN event_facts f ON f.stream = n.stream AND f.seq = n.seq
		WHERE n.due <= $1 ORDER BY n.id LIMIT $2`, sqldb.Instant(p.Now()), atOnce)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	ctx, end := spans.Begin(ctx, "deliver news", "pieces", strconv.Itoa(len(waiting)))
	defer func() { end(err) }()
	p.sift(ctx, waiting)
	told := p.tellAll(ctx, waiting)
	if ctx.Err() != nil {
		return 0, ctx.Err() // we stop: that is nobody's failure
	}
	b := p.outcome(ctx, waiting, told)
	if err := p.DB.Commit(ctx, b); err != nil {
		return len(waiting), p.oneByOne(ctx, waiting)
	}
	return len(waiting), nil
}

// outcome is what came of telling the news, in one batch: what listeners keep, that
// what all have heard is news no more, and what is to be told again.
func (p *Post) outcome(ctx context.Context, waiting []news, all []told) *sqldb.Batch {
	b := &sqldb.Batch{}
	var done []string
	for i, n := range waiting {
		b.Join(&all[i].batch)
		if len(all[i].failed) == 0 {
			done = append(done, n.id)
		} else {
			p.settle(ctx, n, all[i].failed, b)
		}
	}
	if len(done) > 0 {
		marks, ids := sqldb.In(done)
		b.Exec(`DELETE FROM event_news WHERE id IN `+marks, ids...)
	}
	return b
}

// told is what came of telling a piece of news.
type told struct {
	batch  sqldb.Batch
	failed []failure
}

// tellAll tells all that waits: what happened in one stream in its order, and
// several streams at the same time, unless all stand in one conversation with
// the database. What is to be written stays in the order of the news.
func (p *Post) tellAll(ctx context.Context, waiting []news) []told {
	all, facts := make([]told, len(waiting)), make([]Record, len(waiting))
	streams, order := map[string][]int{}, []string{}
	for i, n := range waiting {
		facts[i] = n.fact
		if streams[n.fact.Stream] == nil {
			order = append(order, n.fact.Stream)
		}
		streams[n.fact.Stream] = append(streams[n.fact.Stream], i)
	}
	if p.Ahead != nil {
		ctx = p.Ahead(ctx, facts)
	}
	var group errgroup.Group
	group.SetLimit(tellers)
	if sqldb.Conversing(ctx) {
		group.SetLimit(1)
	}
	for _, stream := range order {
		group.Go(func() error {
			for _, i := range streams[stream] {
				if ctx.Err() == nil {
					all[i].failed = p.tell(ctx, waiting[i], &all[i].batch)
				}
			}
			return nil
		})
	}
	_ = group.Wait() // nobody in it returns an error: failures are noted with the news
	return all
}

// tell has every listener that is owed the news hear it, and returns those that
// failed.
func (p *Post) tell(ctx context.Context, n news, b *sqldb.Batch) (failed []failure) {
	for _, l := range p.owed(n) {
		if slices.Contains(n.skip, l.name) {
			continue
		}
		own := &sqldb.Batch{}
		if err := l.safely(ctx, n.fact, own); err != nil {
			failed = append(failed, failure{l.name, err})
			p.meter.failed.WithLabelValues(l.name).Inc()
			continue
		}
		p.meter.told.WithLabelValues(l.name).Inc()
		b.Join(own)
	}
	return failed
}

// owed is the listeners that have not heard the news.
func (p *Post) owed(n news) []listener {
	all := p.listeners[n.fact.Name]
	if n.owed == "" {
		return all
	}
	names := strings.Split(n.owed, "\n")
	return slices.DeleteFunc(slices.Clone(all), func(l listener) bool { return !slices.Contains(names, l.name) })
}

// failure is a listener that could not take the news, and why.
type failure struct {
	listener string
	err      error
}

// settle notes the news as delivered, or puts it off for those who failed: 1 s,
// 2 s, 4 s … an hour at the most.
func (p *Post) settle(ctx context.Context, n news, failed []failure, b *sqldb.Batch) {
	if len(failed) == 0 {
		b.Exec(`DELETE FROM event_news WHERE id = $1`, n.id)
		return
	}
	var owed []string
	for _, f := range failed {
		owed = append(owed, f.listener)
		slog.ErrorContext(ctx, "news put off", "listener", f.listener, "fact", n.fact.Name, "stream", n.fact.Stream,
			"seq", n.fact.Seq, "tries", n.tries+1, "err", f.err)
	}
	wait := min(time.Second<<min(n.tries, 12), time.Hour)
	b.Exec(`UPDATE event_news SET tries = tries + 1, due = $1, owed = $2 WHERE id = $3`,
		sqldb.Instant(p.Now().Add(wait)), strings.Join(owed, "\n"), n.id)
}

// oneByOne is for when the common commit failed: each listener by itself, so
// that only the one at fault is put off. If even the note of that is not kept
// the database is away, and the news stays as it was.
func (p *Post) oneByOne(ctx context.Context, waiting []news) error {
	for _, n := range waiting {
		var failed []failure
		for _, l := range p.owed(n) {
			var own sqldb.Batch
			err := l.safely(ctx, n.fact, &own)
			if err == nil {
				err = p.DB.Commit(ctx, &own)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				failed = append(failed, failure{l.name, err})
			}
		}
		var b sqldb.Batch
		p.settle(ctx, n, failed, &b)
		if err := p.DB.Commit(ctx, &b); err != nil {
			return fmt.Errorf("note what was delivered: %w", err)
		}
	}
	return nil
}

func scanNews(scan func(...any) error) (n news, err error) {
	n.fact, err = scanRecord(func(fields ...any) error { return scan(append([]any{&n.id, &n.tries, &n.owed}, fields...)...) })
	return n, err
}

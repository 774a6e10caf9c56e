package event

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"tongban/internal/ground/sqldb"
)

// atOnce is how many pieces of news one commit may deliver.
const atOnce = 200

// Run delivers news until ctx ends: at once when this process made it, within
// a second when another replica did. Only the replica that holds the lease
// delivers.
func (p *Post) Run(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-p.wake:
		}
		if err := p.deliverAll(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "news not delivered", "err", err)
		}
	}
}

func (p *Post) deliverAll(ctx context.Context) error {
	held, err := p.DB.Lease(ctx, "event.deliver", 10*time.Second, p.Now())
	if err != nil || !held {
		return err
	}
	for {
		told, err := p.Deliver(ctx)
		if err != nil || told < atOnce {
			return err
		}
	}
}

// news is a fact on its way.
type news struct {
	id    string
	tries int
	fact  Record
}

// Deliver tells what has not been told, up to a bound, and returns how much it
// took up. News whose listener fails is put off and tried again, ever more
// seldom; it holds up nothing else.
func (p *Post) Deliver(ctx context.Context) (int, error) {
	waiting, err := sqldb.Rows(ctx, p.DB, scanNews, `SELECT n.id, n.tries, f.stream, f.seq, f.name, f.body, f.at, f.hash
		FROM event_news n JOIN event_facts f ON f.stream = n.stream AND f.seq = n.seq
		WHERE n.due <= $1 ORDER BY n.id LIMIT $2`, sqldb.Instant(p.Now()), atOnce)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	var b sqldb.Batch
	for _, n := range waiting {
		if err := p.tell(ctx, n, &b); err != nil {
			p.putOff(ctx, n, err, &b)
		}
	}
	if err := p.DB.Commit(ctx, &b); err != nil {
		return 0, p.oneByOne(ctx, waiting, err)
	}
	return len(waiting), nil
}

// tell has every listener hear the news, and notes it as delivered.
func (p *Post) tell(ctx context.Context, n news, b *sqldb.Batch) error {
	own := &sqldb.Batch{}
	for _, l := range p.listeners[n.fact.Name] {
		if err := l.hear(ctx, n.fact, own); err != nil {
			return fmt.Errorf("listener %s: %w", l.name, err)
		}
	}
	b.Join(own)
	b.Exec(`DELETE FROM event_news WHERE id = $1`, n.id)
	return nil
}

// oneByOne is for when the common commit failed: each alone, so that only the
// one at fault is put off.
func (p *Post) oneByOne(ctx context.Context, waiting []news, cause error) error {
	for _, n := range waiting {
		var b sqldb.Batch
		err := p.tell(ctx, n, &b)
		if err == nil {
			err = p.DB.Commit(ctx, &b)
		}
		if err == nil {
			continue
		}
		var late sqldb.Batch
		p.putOff(ctx, n, err, &late)
		if err := p.DB.Commit(ctx, &late); err != nil {
			return fmt.Errorf("%w (after %w)", err, cause)
		}
	}
	return nil
}

// putOff waits 1 s, 2 s, 4 s … an hour at the most before the news is tried again.
func (p *Post) putOff(ctx context.Context, n news, err error, b *sqldb.Batch) {
	slog.ErrorContext(ctx, "news put off", "fact", n.fact.Name, "stream", n.fact.Stream, "seq", n.fact.Seq, "tries", n.tries+1, "err", err)
	wait := min(time.Second<<min(n.tries, 12), time.Hour)
	b.Exec(`UPDATE event_news SET tries = tries + 1, due = $1 WHERE id = $2`, sqldb.Instant(p.Now().Add(wait)), n.id)
}

func scanNews(scan func(...any) error) (n news, err error) {
	n.fact, err = scanRecord(func(fields ...any) error { return scan(append([]any{&n.id, &n.tries}, fields...)...) })
	return n, err
}

// Backlog is how much news waits, and since when the oldest does; for the
// administrator's page.
func (p *Post) Backlog(ctx context.Context) (waiting int, failing int, err error) {
	err = p.DB.Row(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN tries > 0 THEN 1 ELSE 0 END), 0) FROM event_news`).Scan(&waiting, &failing)
	return waiting, failing, err
}

package event

import (
	"context"
	"strings"
	"time"

	"tongban/internal/ground/sqldb"
)

// A Queue is the news that waits to be told.
type Queue struct {
	Waiting int
	Failing int            // of which a listener failed
	Oldest  time.Time      // when the first of them happened; zero if none waits
	Owed    map[string]int // news that each failing listener still has to take
}

// Age is for how long the first has waited.
func (q Queue) Age(now time.Time) time.Duration {
	if q.Oldest.IsZero() {
		return 0
	}
	return max(0, now.Sub(q.Oldest))
}

// Queue is how the news stands, for the administrator's page and for alarms.
func (p *Post) Queue(ctx context.Context) (q Queue, err error) {
	if q.Waiting, q.Failing, err = p.Backlog(ctx); err != nil || q.Waiting == 0 {
		return q, err
	}
	first, err := sqldb.Rows(ctx, p.DB, scanInstant, `SELECT f.at FROM event_news n
		JOIN event_facts f ON f.stream = n.stream AND f.seq = n.seq ORDER BY n.id LIMIT 1`)
	if err != nil {
		return q, err
	}
	for _, at := range first {
		q.Oldest = at
	}
	q.Owed = map[string]int{}
	return q, p.DB.Each(ctx, func(scan func(...any) error) error {
		var names string
		var n int
		err := scan(&names, &n)
		for _, name := range strings.Split(names, "\n") {
			q.Owed[name] += n
		}
		return err
	}, `SELECT owed, COUNT(*) FROM event_news WHERE tries > 0 GROUP BY owed`)
}

// Backlog is how much news waits, and how much of it because a listener failed.
func (p *Post) Backlog(ctx context.Context) (waiting int, failing int, err error) {
	err = p.DB.Row(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN tries > 0 THEN 1 ELSE 0 END), 0) FROM event_news`).Scan(&waiting, &failing)
	return waiting, failing, err
}

func scanInstant(scan func(...any) error) (at time.Time, err error) {
	var ms int64
	err = scan(&ms)
	return sqldb.FromInstant(ms), err
}

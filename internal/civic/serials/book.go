package serials

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
)

// stream is that of the copies that were brought back, beside which nothing else is kept.
const stream = "serials/resumed"

// Read reads all copies that were brought back. They change while nothing serves only.
func Read(ctx context.Context, post *event.Post) (Marks, error) {
	return event.All[Resumed](ctx, post, stream)
}

// Note keeps one more.
func (m Marks) Note(ctx context.Context, post *event.Post, r Resumed) error {
	return post.Append(ctx, stream, len(m), r.At, r)
}

// Take allots n numbers of a series in a room's table of names and last numbers, after
// the number where it goes on, and returns the last of them.
func Take(b *sqldb.Batch, last *int64, table, name string, n, after int64) {
	b.Row([]any{last}, `INSERT INTO `+table+` (name, last) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET last = $3 + CASE WHEN `+table+`.last < $4 THEN $4 ELSE `+table+`.last END RETURNING last`, name, after+n, n, after)
}

// DayOf is the day of an instant in SQL, for no more than to count by days.
func DayOf(instant string) string {
	_, ahead := calendar.Epoch.Start().Zone()
	return fmt.Sprintf("(%s + %d) / %d", instant, ahead*1000, (24 * time.Hour).Milliseconds())
}

// Furthest is how far the series of such a table have come that begin anew every day.
func Furthest(ctx context.Context, db *sqldb.DB, k Kind, table string) (u Use, err error) {
	if err = db.Row(ctx, `SELECT COALESCE(MAX(last), 0) FROM `+table).Scan(&u.Last); err != nil {
		err = fmt.Errorf("how far %s has come: %w", table, err)
	}
	u.Kind, u.Day = k, u.Last
	return u, err
}

// Package queuestore keeps tickets and appointments in SQL.
package queuestore

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/queue"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "queue", Files: files}

// Store is a queue.Store.
type Store struct {
	DB    *sqldb.DB
	Post  *event.Post
	Marks serials.Marks // after which numbers the series go on
}

var _ queue.Store = (*Store)(nil)

const columns = `id, hall, day, line, letter, seq, purpose, item, party, name, priority, booking, channel, taken, place, state, counter, clerk, calls, called, begun, ended, version, hash`

// tries is how often a number is asked for anew when somebody was faster.
const tries = 50

// Draw keeps a new ticket with the next number of its line. Whoever draws at the same
// moment wants the same number: the one who is slower looks again what they hold.
func (s *Store) Draw(ctx context.Context, t queue.Ticket, fact func(queue.Ticket) event.Fact) (queue.Ticket, error) {
	for range tries {
		err := s.number(ctx, &t)
		if err != nil {
			return t, err
		}
		if held, holds, err := s.held(ctx, t); holds || err != nil {
			return held, err
		}
		var b sqldb.Batch
		head, err := s.Post.Record(&b, stream(t.ID), event.Head{}, t.Taken, fact(t))
		if err != nil {
			return t, err
		}
		t.Version = int(head.Seq)
		b.Exec(`INSERT INTO queue_tickets (`+columns+`, alone) VALUES (`+marks(24)+`, 1)`, values(t, head)...)
		if err = s.DB.Commit(ctx, &b); !sqldb.IsDuplicate(err) {
			return t, err
		}
	}
	return t, fault.New(fault.Busy, "queue.draw.busy", "取号的人太多，请稍等再试")
}

// held is the ticket that the party of a new one holds in its line.
func (s *Store) held(ctx context.Context, t queue.Ticket) (queue.Ticket, bool, error) {
	if t.Party == "" {
		return t, false, nil
	}
	all, err := s.Held(ctx, t.Party, t.Day)
	if i := slices.IndexFunc(all, t.Repeats); i >= 0 {
		return all[i], true, nil
	}
	return t, false, err
}

// number makes the ticket the next of its line and day.
func (s *Store) number(ctx context.Context, t *queue.Ticket) error {
	last := 0
	err := s.DB.Row(ctx, `SELECT COALESCE(MAX(seq), 0) FROM queue_tickets WHERE hall = $1 AND day = $2 AND line = $3`, t.Hall, t.Day.String(), t.Line).Scan(&last)
	t.Seq = 1 + max(last, int(s.Marks.OnDay(serials.Ticket, t.Day)))
	return err
}

// Put keeps a ticket after what happened to it.
func (s *Store) Put(ctx context.Context, t queue.Ticket, renumber bool, fact event.Fact) (queue.Ticket, error) {
	if renumber {
		if err := s.number(ctx, &t); err != nil {
			return t, err
		}
	}
	var hash string
	if err := s.DB.Row(ctx, `SELECT hash FROM queue_tickets WHERE id = $1 AND version = $2`, t.ID, t.Version).Scan(&hash); err != nil {
		return t, stale(err)
	}
	var b sqldb.Batch
	head, err := s.Post.Record(&b, stream(t.ID), event.Head{Seq: int64(t.Version), Hash: hash}, moment(t, fact), fact)
	if err != nil {
		return t, err
	}
	t.Version = int(head.Seq)
	b.Exec(`UPDATE queue_tickets SET line = $2, letter = $3, seq = $4, place = $5, state = $6, counter = $7, clerk = $8, calls = $9, called = $10, begun = $11, ended = $12, version = $13, hash = $14 WHERE id = $1`,
		t.ID, t.Line, t.Letter, t.Seq, sqldb.Instant(t.Rank), string(t.State), t.Window, t.Clerk, t.Calls, sqldb.Instant(t.Called), sqldb.Instant(t.Begun), sqldb.Instant(t.Ended), t.Version, head.Hash)
	return t, stale(s.DB.Commit(ctx, &b))
}

// stale says that somebody was faster, where that is what went wrong.
func stale(err error) error {
	if sqldb.IsOutrun(err) {
		return fault.New(fault.Conflict, "queue.put.stale", "这个号刚刚有变动，请刷新后再试")
	}
	return err
}

func stream(id string) string { return "ticket/" + id }

// Ticket finds one.
func (s *Store) Ticket(ctx context.Context, id string) (queue.Ticket, error) {
	return sqldb.One(ctx, s.DB, scan, queue.NoTicket(), `SELECT `+columns+` FROM queue_tickets WHERE id = $1`, id)
}

// In lists the tickets of a hall and day.
func (s *Store) In(ctx context.Context, hall string, day calendar.Day, line string, states ...queue.State) ([]queue.Ticket, error) {
	args := []any{hall, day.String()}
	where := `hall = $1 AND day = $2`
	if line != "" {
		args = append(args, line)
		where += ` AND line = $3`
	}
	var wanted []string
	for _, state := range states {
		args = append(args, string(state))
		wanted = append(wanted, fmt.Sprintf("$%d", len(args)))
	}
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM queue_tickets WHERE `+where+` AND state IN (`+strings.Join(wanted, ", ")+`) ORDER BY place, letter, seq`, args...)
}

// Held lists a party's tickets of a day.
func (s *Store) Held(ctx context.Context, party string, day calendar.Day) ([]queue.Ticket, error) {
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM queue_tickets WHERE party = $1 AND day = $2 ORDER BY taken DESC, id`, party, day.String())
}

func values(t queue.Ticket, head event.Head) []any {
	return []any{t.ID, t.Hall, t.Day.String(), t.Line, t.Letter, t.Seq, t.For, t.Item, t.Party, t.Name, string(t.Priority), t.Booking, t.Channel,
		sqldb.Instant(t.Taken), sqldb.Instant(t.Rank), string(t.State), t.Window, t.Clerk, t.Calls, sqldb.Instant(t.Called), sqldb.Instant(t.Begun), sqldb.Instant(t.Ended), t.Version, head.Hash}
}

func scan(scan func(...any) error) (t queue.Ticket, err error) {
	var day, hash string
	var taken, rank, called, begun, ended int64
	err = scan(&t.ID, &t.Hall, &day, &t.Line, &t.Letter, &t.Seq, &t.For, &t.Item, &t.Party, &t.Name, (*string)(&t.Priority), &t.Booking, &t.Channel,
		&taken, &rank, (*string)(&t.State), &t.Window, &t.Clerk, &t.Calls, &called, &begun, &ended, &t.Version, &hash)
	t.Day, t.Taken, t.Rank = calendar.Parse(day), sqldb.FromInstant(taken), sqldb.FromInstant(rank)
	t.Called, t.Begun, t.Ended = sqldb.FromInstant(called), sqldb.FromInstant(begun), sqldb.FromInstant(ended)
	return t, err
}

// marks are n numbered places for values.
func marks(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("$%d", i+1)
	}
	return strings.Join(all, ", ")
}

// Use is how far the tickets of a line have come in a day.
func Use(ctx context.Context, db *sqldb.DB) (u serials.Use, err error) {
	u.Kind = serials.Ticket
	err = db.Row(ctx, `SELECT COALESCE(MAX(seq), 0) FROM queue_tickets`).Scan(&u.Last)
	u.Day = u.Last
	return u, err
}

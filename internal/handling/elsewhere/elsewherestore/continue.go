package elsewherestore

import (
	"context"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/elsewhere"
)

// Back has the messages after one number sent again.
func (s *Store) Back(ctx context.Context, partner string, kept, after int64, due time.Time, say string) (bool, error) {
	rows, err := s.DB.Exec(ctx, `UPDATE elsewhere_lines SET kept = $1, due = $2, say = $3 WHERE partner = $4 AND kept = $5
		AND NOT EXISTS (SELECT 1 FROM elsewhere_out o WHERE o.partner = $4 AND o.number > $1 AND o.number <= $5 AND o.body = '')
		AND EXISTS (SELECT 1 FROM elsewhere_out o WHERE o.partner = $4 AND o.number = $1 + 1)`, after, sqldb.Instant(due), say, partner, kept)
	return rows > 0, err
}

// LetGo empties the messages that arrived and were made before the day.
func (s *Store) LetGo(ctx context.Context, before time.Time) error {
	_, err := s.DB.Exec(ctx, `UPDATE elsewhere_out SET body = '' WHERE body <> '' AND made < $1
		AND number <= (SELECT l.kept FROM elsewhere_lines l WHERE l.partner = elsewhere_out.partner)`, sqldb.Instant(before))
	return err
}

// Continue gives what waits the numbers from ahead on. Those of a line must differ at
// every moment, so they pass through negative ones.
func (s *Store) Continue(ctx context.Context, partner string, l elsewhere.Line, note string) error {
	shift := l.Ahead - 1 - l.Kept
	var b sqldb.Batch
	ifUnmoved(&b, `UPDATE elsewhere_lines SET sent = sent + $1, kept = kept + $1, sums_out = kept + $1, ahead = 0, tries = 0, due = 0, say = '', continued = $2
		WHERE partner = $3 AND kept = $4 AND ahead = $5 RETURNING kept`, shift, note, partner, l.Kept, l.Ahead)
	b.Exec(`UPDATE elsewhere_out SET number = -(number + $1) WHERE partner = $2 AND number > $3`, shift, partner, l.Kept)
	b.Exec(`UPDATE elsewhere_out SET number = -number WHERE partner = $1 AND number < 0`, partner)
	return s.commitUnmoved(ctx, &b)
}

// Forgo waits no longer for the numbers up to l.Gap.
func (s *Store) Forgo(ctx context.Context, partner string, l elsewhere.Line, note string) error {
	var b sqldb.Batch
	ifUnmoved(&b, `UPDATE elsewhere_lines SET taken = $1, sums_in = $1, continued = $2 WHERE partner = $3 AND taken = $4 RETURNING taken`, l.Gap, note, partner, l.Taken)
	return s.commitUnmoved(ctx, &b)
}

// ifUnmoved adds a change of a line that is not kept unless the line is as it was read.
func ifUnmoved(b *sqldb.Batch, query string, args ...any) {
	var kept int64
	b.Row([]any{&kept}, query, args...)
}

// commitUnmoved keeps the batch unless the line has moved.
func (s *Store) commitUnmoved(ctx context.Context, b *sqldb.Batch) error {
	err := s.DB.Commit(ctx, b)
	if s.Collided(err) {
		return fault.New(fault.Conflict, "elsewhere.line.moved", "与这个平台的往来刚刚有了变化，请刷新后再看")
	}
	return err
}

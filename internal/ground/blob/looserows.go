package blob

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tongban/internal/ground/sqldb"
)

// arrivals are rows of uploads. One that is there already stays longer, but what is
// going or gone breaks the CHECK.
var arrivals = sqldb.Log{
	Into: `INSERT INTO blob_loose (hash, token, size, begun, until, placed, going, gone)`,
	Else: `ON CONFLICT (hash) DO UPDATE SET until = CASE WHEN blob_loose.until < excluded.until THEN excluded.until ELSE blob_loose.until END`,
}

const going = "blob_loose_going" // the CHECK that naming breaks

func (l *Loose) begin(ctx context.Context, ref Ref, token string) error {
	var b sqldb.Batch
	now := l.now()
	arrivals.Add(&b, ref.Hash, token, ref.Size, sqldb.Instant(now), sqldb.Instant(now.Add(Unnamed)), 0, 0, 0)
	b.Guard(going, leaving())
	return l.db.Commit(ctx, &b)
}

// Named says in the batch that what the batch keeps names the hashes in a text for
// good. If one of them is going the batch is not kept: blob.gone.
func (l *Loose) Named(b *sqldb.Batch, text string) { prolong(b, text, named) }

// Held says in the batch that what it keeps, such as a draft, names the hashes in a
// text until then. Fault as of Named.
func (l *Loose) Held(b *sqldb.Batch, text string, until time.Time) {
	prolong(b, text, sqldb.Instant(until))
}

func prolong(b *sqldb.Batch, text string, until int64) {
	all := Hashes(text)
	if len(all) == 0 {
		return
	}
	in, args := sqldb.In(all)
	b.Exec(fmt.Sprintf(`UPDATE blob_loose SET until = $%d WHERE hash IN %s AND until < $%d`, len(args)+1, in, len(args)+2), append(args, until, until)...)
	b.Guard(going, removed())
}

// settle sees to it that nothing removes a content from now on; placed: it is there.
// The row of what is gone goes only then: until then nothing may name it. Fault: blob.going.
func (l *Loose) settle(ctx context.Context, hash string, placed bool) error {
	until, gone, err := l.standing(ctx, hash)
	var b sqldb.Batch
	switch {
	case err != nil || until == named || gone > 0 && !placed:
		return err
	case gone > 0:
		b.Exec(`DELETE FROM blob_loose WHERE hash = $1 AND gone = $2`, hash, gone)
	default:
		b.Exec(`UPDATE blob_loose SET until = $1 WHERE hash = $2`, int64(named), hash)
		b.Guard(going, leaving())
	}
	return l.db.Commit(ctx, &b)
}

// standing is what the row of a content says that may be placed now; where there is no
// row, that it is named. Fault: blob.going.
func (l *Loose) standing(ctx context.Context, hash string) (until, gone int64, err error) {
	var since int64
	err = l.db.Row(ctx, `SELECT until, going, gone FROM blob_loose WHERE hash = $1`, hash).Scan(&until, &since, &gone)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return named, 0, nil
	case err != nil:
		return 0, 0, fmt.Errorf("look for loose file: %w", err)
	case since > 0 && (gone == 0 || l.now().Add(-repose).Before(sqldb.FromInstant(gone))):
		return 0, 0, leaving()
	}
	return until, gone, nil
}

// again places what was removed once, and then begins its row anew.
func (l *Loose) again(ctx context.Context, ref Ref, token string, keep func() (time.Time, error)) error {
	_, gone, err := l.standing(ctx, ref.Hash)
	if err != nil {
		return err
	}
	at, err := keep()
	if err != nil {
		return err
	}
	var b sqldb.Batch
	b.Exec(`UPDATE blob_loose SET token = $1, begun = $2, until = $3, placed = $4, going = 0, gone = 0 WHERE hash = $5 AND gone = $6 AND gone > 0`,
		token, sqldb.Instant(l.now()), sqldb.Instant(l.now().Add(Unnamed)), sqldb.Instant(at), ref.Hash, gone)
	return l.db.Commit(ctx, &b)
}

// found writes down which of some placings are still loose, each by its own token.
func (l *Loose) found(ctx context.Context, some []placing) error {
	hashes := make([]string, len(some))
	for i, p := range some {
		hashes[i] = p.hash
	}
	in, args := sqldb.In(hashes)
	left, err := sqldb.Keys[string](ctx, l.db, fmt.Sprintf(`SELECT token FROM blob_loose WHERE hash IN %s AND until < $%d`, in, len(args)+1), append(args, int64(named))...)
	if err != nil {
		return fmt.Errorf("look for loose files: %w", err)
	}
	var b sqldb.Batch
	for _, p := range some {
		if left[p.token] {
			b.Exec(`UPDATE blob_loose SET placed = $1 WHERE hash = $2 AND token = $3 AND going = 0`, sqldb.Instant(p.at), p.hash, p.token)
		}
	}
	if b.Len() == 0 {
		return nil
	}
	return l.db.Commit(ctx, &b)
}

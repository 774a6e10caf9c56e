package blob

import (
	"context"
	"math"
	"sync"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

const (
	// Unnamed is how long a file is kept that was handed in and that nothing names.
	Unnamed = 30 * 24 * time.Hour
	// Recall is how long a removed hash is known: longer than a draft lives.
	Recall = 400 * 24 * time.Hour
)

// Loose knows the files that were handed in and that nothing names yet (没有用上的
// 附件), and removes those that nothing named in time. To lose a file that is named
// is far worse than to keep one that is not, so whatever is in doubt stays.
//
// A row of blob_loose is made only for what is put with Limit.Loose, before it gets
// its place, and goes through these states:
//
//	arriving (placed = 0)   nobody knows whether the content was there before: never removed
//	loose    (placed > 0)   this upload put it there: removed when until has passed
//	named    (until = last) a fact, or what is sealed, names it: the row goes, the content stays for good
//	going    (going > 0)    until has passed: naming it breaks the CHECK, and with it the act's commit
//	gone     (gone > 0)     removed; the row stays a while, so that an old draft cannot name it
//	                        before it is there again
//
// What names a hash says so in its own commit (Named), so the row decides between
// naming and going: one of the two comes first. What is put without Limit.Loose is
// settled before and after it gets its place: it has no row from then on, or is
// refused while it is going. The races:
//
//   - The same content is there already, named long ago: the row is made, the content is
//     found there, placed stays 0, and the row goes when its time is over.
//   - It is named and its row cleared between the making of another upload's row and the
//     placing: that upload finds the content there. Its token keeps it from another's row.
//   - A crash anywhere before placed is written: the row stays arriving, the content stays.
//     Placed is written late, for many at once: mostly they are named by then.
//   - A crash between going and gone: the next Sweep goes on. Two who sweep do each step
//     twice, which is harmless: Drop removes only the very placing that the row knows, and
//     a removed hash may be put again only after repose. What is left is a sweeper that stands
//     still for longer than repose inside Drop, between its look at the place and the removal.
//   - A backup reads the tables first: what they name is never removed. After a restore
//     contents are placed anew, so no row fits them, and they stay. A database brought back
//     to an earlier instant names nothing that was removed since, for facts only grow.
type Loose struct {
	db     *sqldb.DB
	now    func() time.Time
	mu     sync.Mutex
	placed []placing // not yet written into the rows
}

// A placing is content that an upload put where there was none.
type placing struct {
	hash, token string
	at          time.Time
}

const (
	named   = math.MaxInt64 // until of what something names
	repose  = time.Hour     // before a removed content may be put again
	mostNew = 1000          // placings that are written at once
)

// NewLoose keeps its rows in db.
func NewLoose(db *sqldb.DB, now func() time.Time) *Loose { return &Loose{db: db, now: now} }

// Watched is a shelf that notes in l what is put on it.
func Watched(s Shelf, l *Loose) Shelf {
	switch s := s.(type) {
	case *Disk:
		s.loose = l
	case *Bucket:
		s.loose = l
	}
	return s
}

func removed() error {
	return fault.New(fault.Invalid, "blob.gone", "有文件上传后很久没有用上，已被清理，请删去后重新上传")
}

func leaving() error {
	return fault.New(fault.Busy, "blob.going", "同样内容的文件以前上传过、没有用上，正在清理，请过一小时再上传，或者换一份（如重新扫描）")
}

// around gives content its place by keep, which reports when it did so itself; the
// zero time: the content was there. Faults: blob.going, and those of keep.
func (l *Loose) around(ctx context.Context, ref Ref, loose bool, keep func() (time.Time, error)) error {
	switch {
	case l == nil:
		_, err := keep()
		return err
	case loose:
		return l.arrive(sqldb.Alone(ctx), ref, keep)
	}
	ctx = sqldb.Alone(ctx)
	if err := l.settle(ctx, ref.Hash, false); err != nil {
		return err
	}
	if _, err := keep(); err != nil {
		return err
	}
	return l.settle(ctx, ref.Hash, true)
}

// arrive makes or prolongs the row, and then has the content placed.
func (l *Loose) arrive(ctx context.Context, ref Ref, keep func() (time.Time, error)) error {
	token := sqldb.NewID()
	err := l.begin(ctx, ref, token)
	if fault.Code(err) == fault.Code(leaving()) {
		return l.again(ctx, ref, token, keep)
	}
	if err != nil {
		return err
	}
	at, err := keep()
	if err != nil || at.IsZero() {
		return err
	}
	if l.note(placing{ref.Hash, token, at}) < mostNew {
		return nil
	}
	return l.Flush(ctx)
}

// note remembers a placing, and returns how many wait to be written.
func (l *Loose) note(p placing) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.placed = append(l.placed, p)
	return len(l.placed)
}

// Flush writes down what was placed. Those that are named by now have no use for it.
func (l *Loose) Flush(ctx context.Context) error {
	l.mu.Lock()
	all := l.placed
	l.placed = nil
	l.mu.Unlock()
	for len(all) > 0 {
		some := all[:min(len(all), 200)]
		all = all[len(some):]
		if err := l.found(ctx, some); err != nil {
			return err // what is not written down is not removed
		}
	}
	return nil
}

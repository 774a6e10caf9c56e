package event

import (
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/ground/sqldb"
)

// changeTries is how often a fact is judged again when others keep changing the thing.
const changeTries = 4

// An Occurrence is a fact of which there may be none: who judges that nothing is
// to happen returns its zero value.
type Occurrence interface {
	Fact
	Happened() bool
}

// Change loads a thing, has judge say what happens to it, makes it true of the
// thing, and keeps both with what judge put into the batch. If somebody else
// changed it meanwhile it is loaded and judged anew; if others are always faster
// the answer is stale.
func Change[F Occurrence, T any, P interface {
	*T
	Apply(F)
}](ctx context.Context, db *sqldb.DB, stale error, load func() (P, error), judge func(P, *sqldb.Batch) (F, error), put func(*sqldb.Batch, P, F) error) (P, error) {
	for range changeTries {
		one, err := load()
		if err != nil {
			return nil, err
		}
		var b sqldb.Batch
		fact, refused := judge(one, &b)
		if refused != nil {
			return nil, refused
		}
		if !fact.Happened() {
			return one, nil
		}
		one.Apply(fact)
		if err := put(&b, one, fact); err != nil {
			return nil, err
		}
		if err = db.Commit(ctx, &b); err == nil {
			return one, nil
		}
		if !sqldb.IsOutrun(err) {
			return nil, fmt.Errorf("keep %s: %w", fact.FactName(), err)
		}
	}
	return nil, stale
}

// Scan reads a row that holds a thing, written as JSON, and the number and the
// hash at which its chain ends.
func Scan[T any](read func(...any) error) (one *T, head Head, err error) {
	var body string
	if err := read(&body, &head.Seq, &head.Hash); err != nil {
		return nil, head, err
	}
	one = new(T)
	return one, head, json.Unmarshal([]byte(body), one)
}

package event

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/ground/sqldb"
)

// ReadAll turns the records of a stream back into the facts they keep.
func ReadAll[F Fact](records []Record) ([]F, error) {
	all := make([]F, len(records))
	for i, r := range records {
		f, err := Read[F](r)
		if err != nil {
			return nil, err
		}
		all[i] = f
	}
	return all, nil
}

const (
	auditPage  = 200 // how many things are asked for at once
	auditTries = 3   // how often a thing is looked at before it is said to differ
)

// Audit looks at every thing of a room, a page after another: page lists those
// that follow one, the first ones after the zero K. What look says of a thing
// goes to see, a line for each difference, if it still says so when it looks
// again: the thing may have been changed between the reading of it and of its facts.
func Audit[K any](ctx context.Context, page func(ctx context.Context, after K, limit int) ([]K, error),
	look func(ctx context.Context, one K, see func(say string)) error, see func(say string)) (looked int, err error) {
	list := func(after K) ([]K, error) { return page(ctx, after, auditPage) }
	err = sqldb.Walk(list, func(one K) K { return one }, func(one K) error {
		said, err := lookAgain(ctx, one, look)
		if err != nil {
			return err
		}
		for _, say := range said {
			see(say)
		}
		looked++
		return nil
	})
	return looked, err
}

func lookAgain[K any](ctx context.Context, one K, look func(context.Context, K, func(string)) error) (said []string, err error) {
	for range auditTries {
		said = nil
		err = look(ctx, one, func(say string) { said = append(said, say) })
		if err != nil || len(said) == 0 {
			return nil, err
		}
	}
	return said, nil
}

// Replay builds a thing again from its facts and compares it, written as JSON,
// with what is kept, and the end of its chain with the head that is noted beside
// it. See is told of what differs, by the name of the thing.
func Replay[F Fact, T any, P interface {
	*T
	Apply(F)
}](name string, kept P, head Head, records []Record, see func(say string)) (again P, err error) {
	if end, err := Verify(records); err != nil || end != head {
		see(name + "：记录链断了或者不完整")
	}
	facts, err := ReadAll[F](records)
	if err != nil {
		return nil, fmt.Errorf("replay %s: %w", name, err)
	}
	again = new(T)
	for _, f := range facts {
		again.Apply(f)
	}
	would, errWould := json.Marshal(again)
	stands, errStands := json.Marshal(kept)
	if errWould != nil || errStands != nil || !bytes.Equal(would, stands) {
		see(name + "：与事实不符")
	}
	return again, nil
}

package sqldb

import (
	"context"
	"database/sql"
	"sync"
)

// Together puts what many ask for by key at one moment into one question: whoever
// asks while a question is on its way waits for the next, which asks for all who
// wait. Nobody waits for company. The zero value is ready.
type Together[K ~string, V any] struct {
	mu      sync.Mutex
	waiting []asker[K, V]
	asking  bool
}

type asker[K ~string, V any] struct {
	key  K
	many func(context.Context, []K) (map[K]V, error)
	done chan answered[V] // takes one answer without waiting
}

type answered[V any] struct {
	value V
	err   error
}

// Ask is what many answers for the key: sql.ErrNoRows if it answers nothing. All ask
// alike, so the first who waits asks for all. What many answers is not of ctx, which
// may end for one of those it answers.
func (t *Together[K, V]) Ask(ctx context.Context, key K, many func(context.Context, []K) (map[K]V, error)) (V, error) {
	one := asker[K, V]{key, many, make(chan answered[V], 1)}
	t.mu.Lock()
	t.waiting = append(t.waiting, one)
	first := !t.asking
	t.asking = true
	t.mu.Unlock()
	if first {
		go t.answer()
	}
	select {
	case a := <-one.done:
		return a.value, a.err
	case <-ctx.Done():
		return *new(V), ctx.Err()
	}
}

// answer asks for all who wait until nobody does.
func (t *Together[K, V]) answer() {
	for all := t.next(); len(all) > 0; all = t.next() {
		keys := make([]K, len(all))
		for i, one := range all {
			keys[i] = one.key
		}
		var found map[K]V
		err := safely(func() (err error) {
			found, err = all[0].many(context.Background(), keys)
			return err
		})
		for _, one := range all {
			one.done <- one.of(found, err)
		}
	}
}

// next takes some of those who wait.
func (t *Together[K, V]) next() []asker[K, V] {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := min(len(t.waiting), groupSize)
	all := t.waiting[:n:n]
	t.waiting = t.waiting[n:]
	t.asking = n > 0
	return all
}

// of is the asker's part of an answer.
func (one asker[K, V]) of(found map[K]V, err error) answered[V] {
	value, there := found[one.key]
	if err == nil && !there {
		err = sql.ErrNoRows
	}
	return answered[V]{value, err}
}

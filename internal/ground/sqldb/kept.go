package sqldb

import (
	"context"
	"sync"
	"time"
)

// A Kept is what a small table says, held in memory (常驻内存的小表) for those who
// ask for it all the time. It is believed for a second; then the table's
// version is asked for, and the table is read again only if that has changed, so
// that every replica sees a change within a second. Its zero value is ready.
type Kept[T any] struct {
	mu      sync.Mutex
	value   T
	version int64
	known   bool
	until   time.Time // the version was asked for less than a second before
	checked time.Time
}

const believed = time.Second

// Get is what the table says, as of at most a second before now. It is shared
// between those who ask: they must not change it.
func (k *Kept[T]) Get(ctx context.Context, now time.Time, version func(context.Context) (int64, error), read func(context.Context) (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known && now.Before(k.until) && !now.Before(k.checked) {
		return k.value, nil
	}
	v, err := version(ctx)
	if err != nil {
		return k.value, err
	}
	if !k.known || v != k.version {
		value, err := read(ctx)
		if err != nil {
			return k.value, err
		}
		k.value, k.version, k.known = value, v, true
	}
	k.checked, k.until = now, now.Add(believed)
	return k.value, nil
}

// Doubt has the version asked for at the next asking: somebody here changed
// the table.
func (k *Kept[T]) Doubt() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.until = time.Time{}
}

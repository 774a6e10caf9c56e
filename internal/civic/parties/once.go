package parties

import (
	"context"
	"sync"
)

type onceKey struct{}

// known are the parties that were read under a context.
type known struct {
	mu  sync.Mutex
	all map[string]Party
}

// Once returns a context under which no party is read twice. It is for one act,
// which takes everybody as they stood when it began; who changes a party under
// it does not see the change there.
func Once(ctx context.Context) context.Context {
	if _, already := ctx.Value(onceKey{}).(*known); already {
		return ctx
	}
	return context.WithValue(ctx, onceKey{}, &known{all: map[string]Party{}})
}

// ReadOnce is the party that was read under ctx before, or else the one that read reads.
func ReadOnce(ctx context.Context, id string, read func() (Party, error)) (Party, error) {
	k, once := ctx.Value(onceKey{}).(*known)
	if !once {
		return read()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if p, before := k.all[id]; before {
		return p, nil
	}
	p, err := read()
	if err == nil {
		k.all[id] = p
	}
	return p, err
}

package parties

import (
	"context"
	"sync"
)

type onceKey struct{}

// readers are the parties that were read under a context.
type readers struct {
	mu  sync.Mutex
	all map[string]Party
}

// Once returns a context under which no party is read twice. It is for one act,
// which takes everybody as they stood when it began; who changes a party under
// it does not see the change there.
func Once(ctx context.Context) context.Context {
	if _, already := ctx.Value(onceKey{}).(*readers); already {
		return ctx
	}
	return context.WithValue(ctx, onceKey{}, &readers{all: map[string]Party{}})
}

// ReadOnce is the party that was read under ctx before, or else the one that read reads.
func ReadOnce(ctx context.Context, id string, read func() (Party, error)) (Party, error) {
	r, once := ctx.Value(onceKey{}).(*readers)
	if !once {
		return read()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if p, known := r.all[id]; known {
		return p, nil
	}
	p, err := read()
	if err == nil {
		r.all[id] = p
	}
	return p, err
}

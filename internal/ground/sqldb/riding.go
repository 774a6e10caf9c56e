package sqldb

import (
	"context"
	"sync/atomic"
)

// A rider goes with the first batch, or the first Within, that is kept under a
// context: what it says is kept if that is, and not otherwise.
type rider struct {
	put   func(*Batch)
	stage atomic.Int32 // 0 waits, 1 on its way, 2 kept
}

type riderKey struct{}

// Riding has put add statements to the first that is written under the context it
// returns. The second result says whether that has been kept.
func Riding(ctx context.Context, put func(*Batch)) (context.Context, func() bool) {
	r := &rider{put: put}
	return context.WithValue(ctx, riderKey{}, r), func() bool { return r.stage.Load() == 2 }
}

// Alone is ctx without a rider, for what is written beside the act itself.
func Alone(ctx context.Context) context.Context {
	return context.WithValue(ctx, riderKey{}, (*rider)(nil))
}

// mounts reports whether there is a rider who goes with this writing.
func mounts(ctx context.Context) (*rider, bool) {
	r, _ := ctx.Value(riderKey{}).(*rider)
	return r, r != nil && r.stage.CompareAndSwap(0, 1)
}

// batch is what the rider says, before what else there is.
func (r *rider) batch(others ...*Batch) *Batch {
	whole := &Batch{}
	r.put(whole)
	whole.settle()
	for _, other := range others {
		whole.Join(other)
	}
	return whole
}

// arrived notes whether what the rider went with was kept; if not, it goes with
// the next.
func (r *rider) arrived(err error) {
	if err == nil {
		r.stage.Store(2)
	} else {
		r.stage.Store(0)
	}
}

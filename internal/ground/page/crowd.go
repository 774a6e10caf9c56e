package page

import (
	"net/http"
	"sync/atomic"
	"time"

	"tongban/internal/ground/fault"
)

// A Crowd lets in no more requests than the program can work on (限流): a few
// more wait at the door for a moment, and whoever comes then is told at once to
// come back later, while what is under way goes on undisturbed.
type Crowd struct {
	inside   chan struct{}
	waiting  atomic.Int64
	most     int64
	patience time.Duration
	sent     atomic.Int64
}

// NewCrowd lets in `inside` requests at once and lets `waiting` more wait, for
// no longer than patience.
func NewCrowd(inside, waiting int, patience time.Duration) *Crowd {
	return &Crowd{inside: make(chan struct{}, inside), most: int64(waiting), patience: patience}
}

// Serve stands before next, except for addresses that are spared: a probe or a
// stylesheet costs next to nothing, and is wanted most when we are busy.
func (c *Crowd) Serve(next http.Handler, spared func(path string) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if spared(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		if !c.enter(r) {
			c.sent.Add(1)
			Fail(w, r, fault.New(fault.Busy, "page.crowd", "当前办理人数较多，您这一步还没有提交，请稍等几秒再试一次"))
			return
		}
		defer func() { <-c.inside }()
		next.ServeHTTP(w, r)
	})
}

// enter waits for a place, and reports whether there was one in time.
func (c *Crowd) enter(r *http.Request) bool {
	select {
	case c.inside <- struct{}{}:
		return true
	default:
	}
	if c.waiting.Add(1) > c.most {
		c.waiting.Add(-1)
		return false
	}
	defer c.waiting.Add(-1)
	late := time.NewTimer(c.patience)
	defer late.Stop()
	select {
	case c.inside <- struct{}{}:
		return true
	case <-late.C:
		return false
	case <-r.Context().Done():
		return false
	}
}

// Count is how many are inside and wait at the door now, and how many were sent
// away since the start.
func (c *Crowd) Count() (inside, waiting, sentAway int64) {
	return int64(len(c.inside)), c.waiting.Load(), c.sent.Load()
}

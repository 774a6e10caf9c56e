package event

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// recent holds the facts that this process kept or read last: the news of them is
// sifted and told, and what came of them looked at, moments later. A fact never
// changes, and its hash takes in all that came before it in its stream: so what is
// held may lack what others added, but what it says up to a hash is what was kept.
type recent struct {
	mu       sync.Mutex
	now, old map[string][]Record // by stream, facts that follow each other
	size     int                 // of the bodies in now
	since    time.Time           // when the first in now happened
}

// Each of the two halves holds so many bytes of facts, and what happened in so long a
// time: under load until supervision has looked at them, which it does every two seconds.
const (
	mostRecent = 8 << 20
	recently   = 5 * time.Second
)

// longest is how many facts of one stream are held: of some there is no end.
const longest = 100

// reading is what the body of a record says, once somebody has read it.
type reading struct{ what atomic.Pointer[Fact] }

func (r *reading) said() *Fact {
	if r == nil {
		return nil
	}
	return r.what.Load()
}

func (r *reading) keep(f Fact) {
	if r != nil {
		r.what.Store(&f)
	}
}

// A Foreseen fact knows what reading it again will give, to the last detail, so that
// who holds it need not read it; false: it must be read.
type Foreseen interface{ AsRead() (Fact, bool) }

// foreseen is the reading of a fact that is written as body. Text that could not be
// written as it was will read otherwise.
func (p *Post) foreseen(f Fact, body string) *reading {
	read := &reading{}
	one, knows := f.(Foreseen)
	if !knows || strings.Contains(body, `\ufffd`) {
		return read
	}
	if as, ok := one.AsRead(); ok {
		if p.Doubt != nil {
			p.Doubt(as, body)
		}
		read.keep(as)
	}
	return read
}

// add holds a fact that was just kept after one whose hash is prev.
func (c *recent) add(prev string, r Record) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.facts(r.Stream)
	switch n := len(all); {
	case n > 0 && all[n-1].Seq >= r.Seq:
		return // what follows it was heard of sooner
	case n > 0 && n < longest && all[n-1].Seq == r.Seq-1 && all[n-1].Hash == prev:
		c.hold(r.Stream, append(all, r))
	default:
		c.hold(r.Stream, []Record{r})
	}
}

// hold keeps the facts of a stream among the newest.
func (c *recent) hold(stream string, all []Record) {
	if at := all[len(all)-1].At; c.now == nil || c.size >= mostRecent || at.Sub(c.since) >= recently {
		c.now, c.old, c.size, c.since = map[string][]Record{}, c.now, 0, at
	}
	c.size += weight(all) - weight(c.now[stream])
	c.now[stream] = all
}

func weight(all []Record) (n int) {
	for _, r := range all {
		n += len(r.Body)
	}
	return n
}

func (c *recent) facts(stream string) []Record {
	if all, ok := c.now[stream]; ok {
		return all
	}
	return c.old[stream]
}

// upTo is a stream from its first fact to head, if all of it is at hand.
func (c *recent) upTo(stream string, head Head) ([]Record, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.facts(stream)
	if head.Seq < 1 || head.Seq > int64(len(all)) || all[0].Seq != 1 || all[head.Seq-1].Hash != head.Hash {
		return nil, false
	}
	return all[:head.Seq:head.Seq], true
}

// known is the record as it is held, if it is: whoever reads it finds it read.
func (c *recent) known(r Record) Record {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.facts(r.Stream)
	if len(all) > 0 {
		if i := r.Seq - all[0].Seq; i >= 0 && i < int64(len(all)) && all[i].Hash == r.Hash && all[i].Body == r.Body {
			return all[i]
		}
	}
	r.read = &reading{}
	return r
}

func (c *recent) drop(stream string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size -= weight(c.now[stream])
	delete(c.now, stream)
	delete(c.old, stream)
}

// LetGo has no more held of a stream to which nothing is expected to happen soon.
func (p *Post) LetGo(stream string) { p.recent.drop(stream) }

// UpTo is the facts of a stream until head, for those who know where it ends; all of
// them if head is zero. What this process kept last is not asked for again.
func (p *Post) UpTo(ctx context.Context, stream string, head Head) ([]Record, error) {
	if all, ok := p.recent.upTo(stream, head); ok {
		return all, nil
	}
	all, err := p.Stream(ctx, stream)
	all = slices.DeleteFunc(all, func(r Record) bool { return head.Seq > 0 && r.Seq > head.Seq })
	for i, r := range all {
		all[i] = p.recent.known(r)
	}
	return all, err
}

package casestore

import (
	"slices"
	"sync"

	"tongban/internal/handling/cases"
)

// lately holds the cases that this process changed last, as they were kept: an
// act usually follows soon after another. What it holds may be old; whoever
// acts on it learns so when they commit, for the facts of a case are numbered.
//
// Where other replicas change the same cases it is often old, and every commit
// that fails undoes those of others who share it: then whoever acts asks first.
type lately struct {
	mu       sync.Mutex
	now, old map[cases.ID]held
	doubt    int // how many more cases must be found as we hold them before we act on ours unasked
}

// mostDoubt is how long one case that others changed makes us ask for all of
// them: as long as one in so many is old, to ask costs less than to fail.
const mostDoubt = 32

// held is a case as it was kept, and whether somebody is changing it.
type held struct {
	*cases.Case
	out bool
}

// mostLately is how many cases each of the two halves holds.
const mostLately = 512

// put holds a case that has just been kept.
func (l *lately) put(c *cases.Case) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if h := l.held(c.ID); h.Case == nil || h.Head.Seq < c.Head.Seq {
		l.hold(held{Case: c})
	}
}

// hold keeps a case among the newest.
func (l *lately) hold(h held) {
	if l.now == nil || len(l.now) >= mostLately {
		l.now, l.old = make(map[cases.ID]held, mostLately), l.now
	}
	l.now[h.ID] = h
}

// look hands out a copy.
func (l *lately) look(id cases.ID) (*cases.Case, bool) {
	l.mu.Lock()
	h := l.held(id)
	l.mu.Unlock()
	return own(h.Case)
}

// found says of a case that was looked for whether it stood as we hold it.
func (l *lately) found(same bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.doubt = max(0, l.doubt-1)
	if !same {
		l.doubt = mostDoubt
	}
}

// doubted reports whether others were seen to change what we hold.
func (l *lately) doubted() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.doubt > 0
}

// take hands out a copy to change, once until the case is kept again: whoever
// comes meanwhile, or comes again, or comes while others change what we hold,
// reads how it stands.
func (l *lately) take(id cases.ID) (*cases.Case, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.held(id)
	if h.Case == nil || h.out || l.doubt > 0 {
		return nil, false
	}
	h.out = true
	l.hold(h)
	return own(h.Case)
}

func (l *lately) held(id cases.ID) held {
	if h, ok := l.now[id]; ok {
		return h
	}
	return l.old[id]
}

// own is a copy that may be changed while others go on reading c.
func own(c *cases.Case) (*cases.Case, bool) {
	if c == nil {
		return nil, false
	}
	own := *c
	own.Materials, own.Notices, own.Promises = slices.Clone(c.Materials), slices.Clone(c.Notices), slices.Clone(c.Promises)
	own.Specials, own.Papers, own.Involved = slices.Clone(c.Specials), slices.Clone(c.Papers), slices.Clone(c.Involved)
	own.Timers, own.Evidence, own.Urgings = slices.Clone(c.Timers), slices.Clone(c.Evidence), slices.Clone(c.Urgings)
	own.Offers, own.Amended = slices.Clone(c.Offers), slices.Clone(c.Amended)
	own.Pledges, own.Signatures = slices.Clone(c.Pledges), slices.Clone(c.Signatures)
	return &own, true
}

package casestore

import (
	"slices"
	"sync"

	"tongban/internal/handling/cases"
)

// lately holds the cases that this process changed last, as they were kept: an
// act usually follows soon after another. What it holds may be old; whoever
// acts on it learns so when they commit, for the facts of a case are numbered.
type lately struct {
	mu       sync.Mutex
	now, old map[cases.ID]*cases.Case
}

// mostLately is how many cases each of the two halves holds.
const mostLately = 512

// put holds a case that has just been kept.
func (l *lately) put(c *cases.Case) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now == nil || len(l.now) >= mostLately {
		l.now, l.old = make(map[cases.ID]*cases.Case, mostLately), l.now
	}
	if held := l.now[c.ID]; held == nil || held.Head.Seq < c.Head.Seq {
		l.now[c.ID] = c
	}
}

// look hands out a copy.
func (l *lately) look(id cases.ID) (*cases.Case, bool) {
	l.mu.Lock()
	c := l.held(id)
	l.mu.Unlock()
	return own(c)
}

// take hands out a copy to change, and forgets the case until it is kept again.
func (l *lately) take(id cases.ID) (*cases.Case, bool) {
	l.mu.Lock()
	c := l.held(id)
	delete(l.now, id)
	delete(l.old, id)
	l.mu.Unlock()
	return own(c)
}

func (l *lately) held(id cases.ID) *cases.Case {
	if c := l.now[id]; c != nil {
		return c
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
	return &own, true
}

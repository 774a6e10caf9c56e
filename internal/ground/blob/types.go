package blob

import "sync"

// types are what the contents were found to be that came or were asked for last: there
// is never another content under a hash. Whether one is still kept they do not know.
type types struct {
	mu       sync.Mutex
	now, old map[string]Type
}

// mostTypes is how many contents each of the two halves holds.
const mostTypes = 2048

func (t *types) of(hash string) (is Type, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if is, known = t.now[hash]; !known {
		is, known = t.old[hash]
	}
	return is, known
}

func (t *types) note(r Ref) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now == nil || len(t.now) >= mostTypes {
		t.now, t.old = map[string]Type{}, t.now
	}
	t.now[r.Hash] = r.Type
}

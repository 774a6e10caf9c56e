package bench

import (
	"strings"
	"sync"
)

// A Ledger is what clients were told is done: the truth that the platform is
// held against after a crash.
type Ledger struct {
	mu    sync.Mutex
	Acts  map[string]map[string]int // by case and act, how often it was acknowledged
	Files map[string]int64          // by hash, the length that was acknowledged
	Lives int
	Total int // acts acknowledged
	Again int // times a client had to ask again
	last  string
}

func newLedger() *Ledger {
	return &Ledger{Acts: map[string]map[string]int{}, Files: map[string]int64{}}
}

// note keeps an acknowledgement. The answer about a rating does not name the case.
func (l *Ledger) note(path, id, act string) {
	if l == nil {
		return
	}
	if act == "rate" {
		id = strings.Split(strings.TrimPrefix(path, "/cases/"), "/")[0]
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Acts[id] == nil {
		l.Acts[id] = map[string]int{}
	}
	l.Acts[id][act]++
	l.Total++
}

func (l *Ledger) file(hash string, size int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Files[hash] = size
}

func (l *Ledger) life() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Lives++
}

func (l *Ledger) again(err error) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Again++
	l.last = err.Error()
}

func (l *Ledger) total() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Total
}

// asked is how often clients had to ask again, and why the last did.
func (l *Ledger) asked() (int, string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Again, l.last
}

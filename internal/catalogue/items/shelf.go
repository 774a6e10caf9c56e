package items

import (
	"container/list"
	"sync"
)

// mostHeld is how many editions are held in memory: at some 30 KB each.
const mostHeld = 512

// A shelf holds the editions used last.
type shelf struct {
	mu    sync.Mutex
	order list.List // of *Edition, the last used in front
	at    map[editionKey]*list.Element
}

type editionKey struct {
	id     ID
	number int
}

func (s *shelf) get(id ID, number int) *Edition {
	s.mu.Lock()
	defer s.mu.Unlock()
	el := s.at[editionKey{id, number}]
	if el == nil {
		return nil
	}
	s.order.MoveToFront(el)
	return el.Value.(*Edition)
}

func (s *shelf) put(e *Edition) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := editionKey{e.Item, e.Number}
	if s.at[key] != nil {
		return
	}
	if s.at == nil {
		s.at = map[editionKey]*list.Element{}
	}
	s.at[key] = s.order.PushFront(e)
	if s.order.Len() > mostHeld {
		last := s.order.Remove(s.order.Back()).(*Edition)
		delete(s.at, editionKey{last.Item, last.Number})
	}
}

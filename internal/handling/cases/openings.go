package cases

import (
	"time"

	"tongban/internal/engine/flow"
)

// Openings are the moments at which pieces of work came, by flow.Work ID. A
// case never gives an ID twice.
type Openings map[string]time.Time

// Note remembers the work that a fact of that moment opened, when open is what
// is left to do after it.
func (o Openings) Note(open []flow.Work, at time.Time) {
	for _, w := range open {
		if _, known := o[w.ID]; !known {
			o[w.ID] = at
		}
	}
}

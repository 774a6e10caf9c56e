// Package foreign reads what other systems write of their items (外来事项数据):
// guides in YAML or JSON, and catalogues of one item a line. What comes out is
// a draft with findings at its fields.
//
// It maps and never guesses: a limit without a unit stays without one, a word
// that is in no code list stays as it came, and a field we have no place for is
// named and kept beside the draft. So every file of a shape like these loads,
// and what is wrong with it is told by the findings here together with those of
// items.Edition.Check.
package foreign

import (
	"tongban/internal/catalogue/items"
)

// A Draft is an edition made from what another system says.
type Draft struct {
	Edition  *items.Edition  `json:"edition"`
	Findings []items.Finding `json:"findings,omitempty"` // of the reading; those of the check come besides
	Rest     map[string]any  `json:"rest,omitempty"`     // what the edition has no place for, as it came
}

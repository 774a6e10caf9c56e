package intake

import (
	"slices"
	"testing"

	"tongban/internal/catalogue/items"
)

// Who left out how often one has to come is asked once, and not told besides that
// nobody could do without coming.
func TestWhatIsAskedForIsNotFoundAgain(t *testing.T) {
	atWindow := items.Finding{Rule: "items.visits.online", Path: "ways"}
	other := items.Finding{Rule: "items.ways", Path: "ways"}
	for _, tt := range []struct {
		name string
		read []items.Finding
		want int
	}{
		{"left out", []items.Finding{{Rule: "foreign.visits"}}, 1},
		{"given as none", nil, 2},
	} {
		e := Entry{Findings: tt.read}
		if got := e.unsaid(slices.Clone([]items.Finding{atWindow, other})); len(got) != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

package flowtest_test

import (
	"fmt"
	"strings"
	"testing"

	"tongban/internal/engine/flow/flowtest"
)

// A counter counts up to five and may fall back to nothing; a rule of it is
// broken in each of the rows.
func TestABrokenRuleIsFoundByItsShortestRun(t *testing.T) {
	for _, tt := range []struct {
		name   string
		acts   func(n int) []flowtest.Step[int]
		most   int
		tally  flowtest.Tally
		refuse string // part of the refusal; empty: the rule is sound
	}{
		{"sound", func(n int) []flowtest.Step[int] {
			return []flowtest.Step[int]{{Act: "up", To: min(n+1, 5)}, {Act: "reset"}}
		}, 10, flowtest.Tally{States: 6, Steps: 13}, ""},
		{"stuck", func(n int) []flowtest.Step[int] {
			if n == 3 {
				return nil
			}
			return []flowtest.Step[int]{{Act: "up", To: min(n+1, 5)}, {Act: "up two", To: min(n+2, 5)}}
		}, 10, flowtest.Tally{}, "stuck: no way to the end after: begin → up → up two"},
		{"broken", func(n int) []flowtest.Step[int] { return []flowtest.Step[int]{{Act: "down", To: n - 1}} }, 10, flowtest.Tally{}, "below nothing, after: begin → down"},
		{"endless", func(n int) []flowtest.Step[int] { return []flowtest.Step[int]{{Act: "up", To: n + 1}} }, 10, flowtest.Tally{}, "more than 10 states"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := flowtest.Game[int]{
				Begin: []flowtest.Step[int]{{Act: "begin"}}, Acts: tt.acts, Most: tt.most,
				Key:  func(n int) string { return fmt.Sprint(n) },
				Over: func(n int) bool { return n == 5 },
				Holds: func(_, to int, _ string) error {
					if to < 0 {
						return fmt.Errorf("below nothing")
					}
					return nil
				},
			}
			tally, err := g.Explore()
			switch {
			case tt.refuse == "" && (err != nil || tally != tt.tally):
				t.Errorf("%v: %+v", err, tally)
			case tt.refuse != "" && (err == nil || !strings.Contains(err.Error(), tt.refuse)):
				t.Errorf("not found: %v", err)
			}
		})
	}
}

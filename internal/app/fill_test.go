package app_test

import (
	"testing"

	"tongban/internal/handling/cases"
)

func TestACityFilledWithThePastIsWhatItsFactsSay(t *testing.T) {
	c := openCity(t)
	before, _, err := c.Post.Backlog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Fill(t.Context(), 120); err != nil {
		t.Fatal(err)
	}
	states := map[cases.State]int{}
	looked, err := c.Cases.Audit(t.Context(), func(_ int, d *cases.Difference) {
		if d != nil {
			t.Errorf("case %s: %s", d.Case, d.Say)
		}
	})
	if err != nil || looked != 120 {
		t.Fatalf("%d cases, %v", looked, err)
	}
	rows, err := c.Cases.Store.List(t.Context(), cases.Filter{Agency: "xz-market", Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		states[r.State]++
	}
	if states[cases.Granted] == 0 || states[cases.Accepted] == 0 {
		t.Errorf("closed and open cases are wanted: %v", states)
	}
	if waiting, _, err := c.Post.Backlog(t.Context()); err != nil || waiting != before {
		t.Errorf("%d pieces of news of the past are to be told: %v", waiting-before, err)
	}
}

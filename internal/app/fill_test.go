package app_test

import (
	"context"
	"testing"

	"tongban/internal/app"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

func TestACityFilledWithThePastIsWhatItsFactsSay(t *testing.T) {
	filledIsWhatItsFactsSay(t, (*app.App).Fill, 0)
}

// Also when what ended long ago was archived as it came.
func TestACityFilledWithAnArchiveIsWhatItsFactsSay(t *testing.T) {
	filledIsWhatItsFactsSay(t, (*app.App).FillShelved, 250)
}

func filledIsWhatItsFactsSay(t *testing.T, fill func(*app.App, context.Context, int) error, shelved int) {
	c := openCity(t)
	before, _, err := c.Post.Backlog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := fill(c.App, t.Context(), 400); err != nil {
		t.Fatal(err)
	}
	if packed, err := c.Archives.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil || packed < shelved {
		t.Errorf("%d cases archived, %v", packed, err)
	}
	states := map[cases.State]int{}
	looked, err := c.Cases.Audit(t.Context(), func(_ int, d *cases.Difference) {
		if d != nil {
			t.Errorf("case %s: %s", d.Case, d.Say)
		}
	})
	if err != nil || looked != 400 {
		t.Fatalf("%d cases, %v", looked, err)
	}
	for _, agency := range []string{"xz-hr", "yl-market", "yl-police"} {
		rows, err := c.Cases.Store.List(t.Context(), cases.Filter{Agency: agency, Limit: 300})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			states[r.State]++
		}
	}
	if closed := states[cases.Granted] + states[cases.Denied]; closed < 200 || states[cases.Accepted] == 0 || states[cases.Received] == 0 {
		t.Errorf("closed and open cases are wanted: %v", states)
	}
	if waiting, _, err := c.Post.Backlog(t.Context()); err != nil || waiting != before {
		t.Errorf("%d pieces of news of the past are to be told: %v", waiting-before, err)
	}
	if _, err := c.Supervision.Audit(t.Context(), false, func(d supervision.Difference) { t.Errorf("sums: %s %s", d.Case, d.Say) }); err != nil {
		t.Error(err)
	}
	for name, differ := range map[string]func(context.Context) (string, error){"publicity": c.Publicity.Store.Differ, "rating": c.Ratings.Store.Differ} {
		if say, err := differ(t.Context()); say != "" || err != nil {
			t.Errorf("%s: %s %v", name, say, err)
		}
	}
}

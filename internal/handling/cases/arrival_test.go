package cases_test

import (
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// What is promised by the 9th lapses after it, though the post that brought it was
// signed for on the 9th and is entered a day later: then the promise was kept.
func TestTheDayThePostWasSignedForCounts(t *testing.T) {
	day := calendar.Parse
	for _, tt := range []struct {
		name   string
		by     identity.Actor
		came   *cases.Arrival
		code   string
		lapsed bool
	}{
		{"on the last day", casestest.WangFang, &cases.Arrival{On: day("2026-03-09"), Posted: day("2026-03-06")}, "", false},
		{"posted in time, but a day late", casestest.WangFang, &cases.Arrival{On: day("2026-03-10"), Posted: day("2026-03-06")}, "", true},
		{"brought a day late", casestest.WangFang, nil, "", true},
		{"no day", casestest.WangFang, &cases.Arrival{Posted: day("2026-03-06")}, "cases.arrival.invalid required", true},
		{"a day to come", casestest.WangFang, &cases.Arrival{On: day("2026-03-11")}, "cases.arrival.invalid future", true},
		{"before it was applied for", casestest.WangFang, &cases.Arrival{On: day("2026-03-01")}, "cases.arrival.invalid early", true},
		{"before it was posted", casestest.WangFang, &cases.Arrival{On: day("2026-03-05"), Posted: day("2026-03-06")}, "cases.arrival.invalid late", true},
		{"as the applicant says", casestest.LiMin, &cases.Arrival{On: day("2026-03-09")}, "cases.arrival.window", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := lapsed(t)
			m, err := g.c.Cure(g.f.Edition, []cases.Handed{{Material: "plan", Paper: true}}, tt.came, tt.by, g.at)
			if tt.came != nil && tt.came.Clears != nil {
				t.Errorf("judging wrote %v into what was handed in", tt.came.Clears)
			}
			if codes(err) != tt.code {
				t.Fatalf("%s, want %s: %v", codes(err), tt.code, err)
			}
			if err == nil {
				g.apply(m, nil)
			}
			if p := g.c.Promises[0]; p.Lapsed != tt.lapsed || p.Kept != (tt.code == "") {
				t.Errorf("%+v", p)
			}
		})
	}
}

// lapsed is a case whose promise of the plan ran out, on the morning of 10 March.
func lapsed(t *testing.T) *play {
	t.Helper()
	g, err := begin(t, casestest.Permit(), cases.Word{}, "id")
	if err != nil {
		t.Fatal(err)
	}
	g.apply(g.c.Accept(g.f.Edition, nil, []cases.Promise{{Material: "plan", By: calendar.Parse("2026-03-09"), OnPaper: true}}, g.days, casestest.WangFang, g.at))
	g.at = calendar.Parse("2026-03-10").Start()
	for !g.c.Promises[0].Lapsed {
		m, err := g.c.Ring(g.f.Edition, g.days, g.at)
		g.apply(m, err)
	}
	return g
}

package main

import (
	"maps"
	"os"
	"slices"
	"testing"

	"tongban/cmd/tongban/bench"
	"tongban/internal/app"
)

// The test program is the platform, too: campaigns start it as a process of its
// own, to be killed.
func TestMain(m *testing.M) {
	if os.Getenv("TONGBAN_ITSELF") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// A short campaign; the long ones are in doc/performance.md.
func TestNothingIsLostWhenTheProgramIsKilled(t *testing.T) {
	t.Setenv("TONGBAN_ITSELF", "1")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, db := range slices.Compact([]string{"", os.Getenv("TEST_POSTGRES")}) {
		t.Run(kind(db), func(t *testing.T) {
			c := &benchmark{DB: db}
			r, mended, err := c.ground(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer mended()
			r.Program, r.Password, r.Clients, r.Blows, r.Seed = program, "Tongban-2026", 3, 3, 7
			r.Kinds, r.Say = []bench.Blow{bench.KillProgram}, t.Logf
			ledger, out, err := r.Run(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			t.Log(told(ledger, out))
			if ledger.Lives < 3 || ledger.Again == 0 {
				t.Errorf("%d lives, asked again %d times: nobody noticed the blows", ledger.Lives, ledger.Again)
			}
			if err := heldAgainst(t.Context(), r.Data, r.DB, ledger); err != nil {
				t.Error(err)
			}
			proofSees(t, r, ledger)
		})
	}
}

// proofSees breaks the ledger, so that the proof must fail.
func proofSees(t *testing.T, r *bench.Campaign, ledger *bench.Ledger) {
	a, err := app.Open(t.Context(), app.Settings{Data: r.Data, DB: r.DB})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ids := slices.Sorted(maps.Keys(ledger.Acts))
	ledger.Acts[ids[0]]["accept"]++
	ledger.Acts[ids[1]]["review"]--
	ledger.Files["0000000000000000000000000000000000000000000000000000000000000000"] = 1
	p := &proof{App: a}
	if err := p.acts(t.Context(), ledger); err != nil {
		t.Fatal(err)
	}
	if err := p.files(t.Context(), ledger); err != nil {
		t.Fatal(err)
	}
	if p.lost != 2 || p.twice != 1 {
		t.Errorf("the proof sees %d lost and %d done twice", p.lost, p.twice)
	}
}

package items_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
)

func TestALowerLevelMayOnlyBeBetterForTheApplicant(t *testing.T) {
	for _, tt := range []struct {
		name  string
		path  string // of the fault; empty: none
		lower func(*items.Edition)
	}{
		{"the same", "", func(*items.Edition) {}},
		{"one material less", "", func(e *items.Edition) { e.Materials = e.Materials[1:] }},
		{"one condition less", "", func(e *items.Edition) { e.Conditions = e.Conditions[:3] }},
		{"a shorter promise", "", func(e *items.Edition) { e.Promised.N-- }},
		{"one basis less", "", func(e *items.Edition) { e.Bases = e.Bases[:1] }},
		{"one material made optional", "", func(e *items.Edition) { e.Materials[0].Necessity = items.Optional }},
		{"another name", "name", func(e *items.Edition) { e.Name += "（市级）" }},
		{"another type", "type", func(e *items.Edition) { e.Type = items.OtherPower }},
		{"another department", "guidance", func(e *items.Edition) { e.Guidance = "别的部门" }},
		{"another code", "codes.catalogue", func(e *items.Edition) { e.Codes.Catalogue = "000131025001" }},
		{"a basis of its own", "bases[2]", func(e *items.Edition) { e.Bases = append(e.Bases, items.Basis{Law: "本地规定"}) }},
		{"one material more", "materials[8]", func(e *items.Edition) {
			e.Materials = append(e.Materials, items.Material{Name: "健康承诺书", Necessity: items.Must})
		}},
		{"one condition more", "conditions[6]", func(e *items.Edition) {
			e.Conditions = append(e.Conditions, items.Condition{Text: "须有停车场"})
		}},
		{"one fee more", "fees[0]", func(e *items.Edition) { e.Fees = []items.Fee{{Name: "工本费"}} }},
		{"one inspection more", "special[1]", func(e *items.Edition) { e.Special = append(e.Special, items.Special{Name: "专家评审"}) }},
		{"one opinion to buy more", "mediators[0]", func(e *items.Edition) { e.Mediators = []items.Mediator{{Name: "评估"}} }},
		{"a longer promise", "promised", func(e *items.Edition) { e.Promised.N++ }},
		{"a promise in months", "promised", func(e *items.Edition) { e.Promised = clock.Limit{N: 2, Unit: clock.Months} }},
		{"a longer legal limit", "statutory", func(e *items.Edition) { e.Statutory.N++ }},
		{"more visits", "visits", func(e *items.Edition) { e.Visits++ }},
	} {
		superior, lower := fresh(t, "food-permit"), fresh(t, "food-permit")
		tt.lower(lower)
		found := lower.Exceeds(superior)
		var at []string
		for _, f := range found {
			at = append(at, f.Path)
		}
		if tt.path == "" && len(found) > 0 || tt.path != "" && !slices.Equal(at, []string{tt.path}) {
			t.Errorf("%s: %v, want %q", tt.name, found, tt.path)
		}
	}
}

func TestDifferencesTellElementsThatAreNotAlike(t *testing.T) {
	city, county := fresh(t, "food-permit"), fresh(t, "food-permit")
	if d := items.Differences(city, county); len(d) != 0 {
		t.Errorf("two of a kind differ: %+v", d)
	}
	county.Promised.N, county.Materials = 5, county.Materials[:2]
	want := []items.Difference{
		{Path: "promised", Name: "承诺时限", Values: []string{"8个工作日", "5个工作日"}},
	}
	got := items.Differences(city, county)
	if len(got) != 2 || got[1].Path != "materials" {
		t.Fatalf("%+v", got)
	}
	if diff := cmp.Diff(want, got[:1]); diff != "" {
		t.Error(diff)
	}
}

func TestTheBurdenCountsWhatTheApplicantBears(t *testing.T) {
	before := fresh(t, "food-permit")
	after := fresh(t, "food-permit")
	after.Materials, after.Promised.N = after.Materials[1:], 4
	got := after.Burden().Less(before.Burden())
	if diff := cmp.Diff(items.Burden{Materials: 1, Days: before.Burden().Days - after.Burden().Days}, got); diff != "" || got.Days <= 0 {
		t.Error(diff, got)
	}
	if b := fresh(t, "marriage-registration").Burden(); b.Days != 0 || b.Visits != 1 || b.Steps != 1 {
		t.Errorf("%+v", b)
	}
}

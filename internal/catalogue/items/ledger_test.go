package items_test

import (
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
)

func TestCutsAreRoundedDown(t *testing.T) {
	for _, tt := range []struct{ was, now, want int }{
		{3, 2, 33}, {100, 67, 33}, {100, 100, 0}, {0, 5, 0}, {10, 0, 100}, {3, 4, -34}, {10, 11, -10},
	} {
		if got := items.Cut(tt.was, tt.now); got != tt.want {
			t.Errorf("from %d to %d is %d%%, want %d%%", tt.was, tt.now, got, tt.want)
		}
	}
}

func TestTargetsAreReachedExactlyAtTheirPart(t *testing.T) {
	text, err := data.Targets.ReadFile("targets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all, err := items.ReadTargets(text)
	if err != nil || len(all) != 5 {
		t.Fatal(len(all), err)
	}
	third, halved := all[0], all[3]
	for _, tt := range []struct {
		name           string
		target         items.Target
		saving         items.Saving
		reached, known bool
	}{
		{"a third less of nine", third, items.Saving{Was: items.Burden{Materials: 9}, Now: items.Burden{Materials: 6}}, true, true},
		{"one short of a third of ten", third, items.Saving{Was: items.Burden{Materials: 10}, Now: items.Burden{Materials: 7}}, false, true},
		{"more than before", third, items.Saving{Was: items.Burden{Materials: 3}, Now: items.Burden{Materials: 4}}, false, true},
		{"nothing to cut", third, items.Saving{}, false, false},
		{"half the days", halved, items.Saving{Was: items.Burden{Days: 5}, Now: items.Burden{Days: 2}}, true, true},
		{"a count that is none", items.Target{Count: "x", Part: 1, Of: 2}, items.Saving{}, false, false},
	} {
		if reached, known := tt.target.Reached(tt.saving); reached != tt.reached || known != tt.known {
			t.Errorf("%s: %v %v", tt.name, reached, known)
		}
	}
	for _, bad := range []string{"- {name: 甲, count: 别的, part: 1, of: 3}", "- {name: 甲, count: days, part: 3, of: 2}", "- {name: 甲, counts: days}", "a: b"} {
		if _, err := items.ReadTargets([]byte(bad)); err == nil {
			t.Errorf("%s is taken for targets", bad)
		}
	}
}

package identity

import "testing"

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		name, inner, outer string
		want               bool
	}{
		{"a district lies in its city", "320303000000", "320300000000", true},
		{"a city does not lie in its district", "320300000000", "320303000000", false},
		{"a village lies in its town", "320312107201", "320312107000", true},
		{"a village does not lie in another town", "320312107201", "320312106000", false},
		{"a place lies in itself", "320312107201", "320312107201", true},
		{"a village holds nothing but itself", "320312107202", "320312107201", false},
		{"everything of the province", "320312107201", "320000000000", true},
		{"another province", "610700000000", "320000000000", false},
		{"a short code is nowhere", "3203", "320300000000", false},
		{"no code is nowhere", "", "", false},
		{"a town whose number ends in zero", "320303010001", "320303010000", true},
		{"a town whose number ends in zero is not its neighbour", "320303011000", "320303010000", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Within(tt.inner, tt.outer); got != tt.want {
				t.Errorf("Within(%s, %s) = %v", tt.inner, tt.outer, got)
			}
		})
	}
}

func TestMayApply(t *testing.T) {
	for _, tt := range []struct {
		name  string
		actor Actor
		want  bool
	}{
		{"a person in their own affairs", Actor{Party: "p"}, true},
		{"nobody", Actor{}, false},
		{"a mandate that names the item", Actor{Party: "firm", Scope: []string{"a", "b"}}, true},
		{"a mandate that names others", Actor{Party: "firm", Scope: []string{"b"}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.actor.MayApply("a"); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

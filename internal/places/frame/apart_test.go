package frame

import "testing"

func TestCasesOfAListAreCalledApart(t *testing.T) {
	const day = "202611200001"
	for _, tt := range []struct {
		name    string
		numbers []string
		want    []string
	}{
		{"one of a day", []string{"11320300131025000" + day, "11320300014010001202611210001"}, []string{day, "202611210001"}},
		{"two items on one day", []string{"11320300131025000" + day, "11320300014010001" + day}, []string{"025000 " + day, "010001 " + day}},
		{"two agencies with one item", []string{"22131025000" + day, "33131025000" + day}, []string{"22131025000 " + day, "33131025000 " + day}},
		{"three items, two of which share more", []string{"17131025000" + day, "17132025000" + day, "17131010001" + day}, []string{"17131025000 " + day, "17132025000 " + day, "010001 " + day}},
		{"a number that is the end of another", []string{"025000" + day, "17131025000" + day}, []string{"025000 " + day, "17131025000 " + day}},
		{"one case in two rows", []string{"11131025000" + day, "11131025000" + day}, []string{day, day}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call := Apart(tt.numbers, func(n string) string { return n })
			for i, n := range tt.numbers {
				if call[n] != tt.want[i] {
					t.Errorf("%s is called %q, not %q", n, call[n], tt.want[i])
				}
			}
		})
	}
}

package witness

import (
	"slices"
	"testing"
)

// The audit says of each root whether the leaves still make it, and of a root of
// more leaves than there are that some are gone.
func TestTheAuditTellsOfEveryRoot(t *testing.T) {
	one := leafOf("case/1", 1, []string{"a"})
	none, err := (tree{}).root(0)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		leaves []Hash
		want   []string
	}{
		{"as it was", []Hash{one, one, one}, nil},
		{"a leaf was changed", []Hash{leafOf("case/1", 1, []string{"b"}), one, one},
			[]string{"第2天的总根与记录不符：当日以前的记录被改动过", "第3天的总根与记录不符：当日以前的记录被改动过"}},
		{"leaves are gone", []Hash{one}, []string{"第3天的总根有3个叶，现在只有1个"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			roots := []Root{ // the latest first, as they are kept
				{Day: "第3天", Size: 3, Hash: plain([]Hash{one, one, one}).String()}, {Day: "第2天", Size: 1, Hash: one.String()}, {Day: "第1天", Size: 0, Hash: none.String()},
			}
			var said []string
			a := newAuditing(roots, func(say string) { said = append(said, say) })
			if err := a.check(); err != nil {
				t.Fatal(err)
			}
			for _, l := range tt.leaves {
				if err := a.grow(l); err != nil {
					t.Fatal(err)
				}
			}
			if a.beyond(); !slices.Equal(said, tt.want) {
				t.Errorf("%q, not %q", said, tt.want)
			}
		})
	}
}

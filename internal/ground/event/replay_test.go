package event

import (
	"context"
	"slices"
	"testing"
)

// place is a thing that moves.
type place struct {
	At  string   `json:"at"`
	Was []string `json:"was"`
}

func (p *place) Apply(m moved) {
	p.Was = append(p.Was, p.At)
	p.At = m.To
}

// What is kept is what the facts say, or it is named: what stands otherwise,
// what was cut off, and what was changed.
func TestAThingIsWhatItsFactsSay(t *testing.T) {
	facts := stream(t, "place/1", []string{"门口", "窗口"})
	head := Head{facts[1].Seq, facts[1].Hash}
	right := place{"窗口", []string{"", "门口"}}
	altered := slices.Clone(facts)
	altered[0].Body = `{"to":"后门"}`
	const broken, differs = "甲：记录链断了或者不完整", "甲：与事实不符"
	for _, c := range []struct {
		name  string
		kept  place
		head  Head
		facts []Record
		says  []string
	}{
		{"as it was", right, head, facts, nil},
		{"kept otherwise", place{"后门", right.Was}, head, facts, []string{differs}},
		{"the last fact is gone", right, head, facts[:1], []string{broken, differs}},
		{"another head", right, Head{2, "x"}, facts, []string{broken}},
		{"a fact was changed", right, head, altered, []string{broken, differs}},
	} {
		var says []string
		again, err := Replay[moved]("甲", &c.kept, c.head, c.facts, func(say string) { says = append(says, say) })
		if err != nil || !slices.Equal(says, c.says) || again == nil {
			t.Errorf("%s: %q, %v", c.name, says, err)
		}
	}
	facts[0].Body = `{`
	if _, err := Replay[moved]("甲", &right, head, facts, func(string) {}); err == nil {
		t.Error("a fact that cannot be read is passed over")
	}
}

// All are looked at, a page after another; what differs once only was being
// changed, and is not told.
func TestAllAreAuditedOnceAndTwiceWhereTheyDiffer(t *testing.T) {
	const all = 2*auditPage + 7
	page := func(_ context.Context, after, limit int) (some []int, err error) {
		for n := after + 1; n <= all && len(some) < limit; n++ {
			some = append(some, n)
		}
		return some, nil
	}
	looks := map[int]int{}
	look := func(_ context.Context, n int, see func(string)) error {
		looks[n]++
		if n == 7 && looks[n] == 1 || n == 201 {
			see("differs")
		}
		return nil
	}
	told := 0
	looked, err := Audit(t.Context(), page, look, func(string) { told++ })
	if err != nil || looked != all || len(looks) != all {
		t.Errorf("%d of %d looked at, %v", looked, all, err)
	}
	if told != 1 || looks[7] != 2 || looks[201] != auditTries || looks[8] != 1 {
		t.Errorf("told of %d; looked %d, %d and %d times", told, looks[7], looks[201], looks[8])
	}
}

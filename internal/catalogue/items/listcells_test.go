package items_test

import (
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
)

func TestEveryListSaysOfEachItemWhatItsHeadNames(t *testing.T) {
	all, err := items.ReadAll(data.Sample, "sample/items")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range items.Lists() {
		head := l.Head()
		for _, e := range all {
			if got := l.Cells(e); len(got) != len(head) || len(head) == 0 {
				t.Fatalf("%s says %q of %s, under %q", l.ID, got, e.Item, head)
			}
		}
	}
}

func TestWhatAListSaysOfDeferringAndPledging(t *testing.T) {
	e := &items.Edition{Materials: []items.Material{
		{ID: "id", Name: "身份证", Necessity: items.Must}, {ID: "plan", Name: "平面图", Necessity: items.Must, Deferrable: true}, {ID: "proof", Name: "健康证明", Necessity: items.Must, Promisable: true}}}
	l, err := items.ListOf("deferrable")
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Cells(e); got[0] != "身份证、健康证明" || got[1] != "平面图" {
		t.Errorf("main and minor: %q", got)
	}
	if got, want := e.PledgeSay(), "书面承诺代替：健康证明"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	e.Pledge.Excluded = items.RiskClasses[0]
	if e.PledgeSay() != "" {
		t.Errorf("what is too risky is offered: %s", e.PledgeSay())
	}
}

package items_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
)

func sample(t testing.TB) []*items.Edition {
	t.Helper()
	all, err := items.ReadAll(data.Sample, "sample/items")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSampleCityHasThirtyItemsThatPassTheCheck(t *testing.T) {
	start := time.Now()
	all := sample(t)
	t.Log(len(all), time.Since(start))
	if len(all) < 30 {
		t.Errorf("%d items, want at least 30", len(all))
	}
	for _, e := range all {
		for _, f := range e.Check() {
			if f.Severity == items.Error {
				t.Errorf("%s: %s %s: %s", e.Item, f.Rule, f.Path, f.Say)
			} else if f.Rule != "items.assumed" {
				t.Logf("%s: %s %s: %s", e.Item, f.Rule, f.Path, f.Say)
			}
		}
	}
}

func BenchmarkReadSample(b *testing.B) {
	for b.Loop() {
		sample(b)
	}
}

func BenchmarkCheck(b *testing.B) {
	e := sample(b)[0]
	for b.Loop() {
		e.Check()
	}
}

// Package itemstest gives tests the items of the sample city (示例城市的实施清单),
// which are read once for all tests of a package.
package itemstest

import (
	"sync"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
)

var read = sync.OnceValues(func() ([]*items.Edition, error) { return items.ReadAll(data.Sample, "sample/items") })

// Sample are all editions, one's own to change but for what they lead to.
func Sample(t testing.TB) []*items.Edition {
	t.Helper()
	all, err := read()
	if err != nil {
		t.Fatal(err)
	}
	own := make([]*items.Edition, len(all))
	for i, e := range all {
		edition := *e
		own[i] = &edition
	}
	return own
}

package blob

import (
	"strings"
	"testing"
	"time"
)

// A store that hangs is not asked again for every try, but left alone; when it is
// back it is asked again.
func TestAStoreThatFallsSilentIsLeftAlone(t *testing.T) {
	b, store := bucket(t)
	ref, err := b.Put(t.Context(), strings.NewReader("%PDF-1.4 x\n%%EOF"), Limit{})
	if err != nil {
		t.Fatal(err)
	}
	b.way.patience.Store(int64(200 * time.Millisecond))
	goOn, before := store.Hang(), store.Asked()
	_, err = b.Open(t.Context(), ref.Hash)
	code(t, err, "blob.away")
	if n := store.Asked() - before; n > 2 { // once on the connection that was open, and once on a new one
		t.Error("asked", n, "times while it hung")
	}
	goOn()
	b.way.until.Store(time.Now().UnixNano())
	holds(t, b, ref, []byte("%PDF-1.4 x\n%%EOF"))
}

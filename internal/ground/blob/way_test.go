package blob

import (
	"context"
	"io"
	"strings"
	"sync"
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
	atOnce(b, ref, 8) // leaves as many connections behind
	b.way.patience.Store(int64(200 * time.Millisecond))
	goOn, before := store.Hang(), store.Asked()
	_, err = b.Open(t.Context(), ref.Hash)
	code(t, err, "blob.away")
	if n := store.Asked() - before; n != 1 {
		t.Error("asked", n, "times while it hung")
	}
	if !b.Away(t.Context()) {
		t.Error("a store that hangs is said to be there")
	}
	goOn()
	b.way.until.Store(time.Now().UnixNano())
	if b.Away(t.Context()) {
		t.Error("a store that is back is said to be away")
	}
	holds(t, b, ref, []byte("%PDF-1.4 x\n%%EOF"))
}

func atOnce(b *Bucket, ref Ref, n int) {
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			if c, err := b.Open(context.Background(), ref.Hash); err == nil {
				io.Copy(io.Discard, c)
				c.Close()
			}
		})
	}
	all.Wait()
}

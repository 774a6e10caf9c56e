package event

import (
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// Whoever holds a stream up to a fact is told what others added, each only of their own
// stream, however many ask at one moment; and nothing if what they hold was never kept.
func TestWhatOthersAddedSince(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		there := NewPost(p.DB, p.Now) // of another process
		var heads [3][]Head
		for i := range heads {
			head := Head{}
			for n := range 4 {
				head = record(t, there, fmt.Sprint("case/", i), head, seen{fmt.Sprint(i, n), t.Name(), nil})
				heads[i] = append(heads[i], head)
			}
		}
		var all sync.WaitGroup
		for i, stream := range heads {
			for n, held := range stream {
				all.Go(func() {
					since, err := p.Since(t.Context(), fmt.Sprint("case/", i), held)
					if err != nil || len(since) != len(stream)-1-n {
						t.Errorf("case/%d from %d: %d, %v", i, n+1, len(since), err)
					}
					for k, r := range since {
						if f, err := Read[seen](r); err != nil || f.Word != fmt.Sprint(i, n+1+k) {
							t.Errorf("case/%d from %d: %+v, %v", i, n+1, f, err)
						}
					}
				})
			}
		}
		all.Wait()
		for _, wrong := range []Head{{1, "other"}, {0, ""}, {9, heads[0][3].Hash}} {
			if since, err := p.Since(t.Context(), "case/0", wrong); !errors.Is(err, sql.ErrNoRows) {
				t.Errorf("%+v: %d facts, %v", wrong, len(since), err)
			}
		}
	})
}

// What others added to what is held here is held with it.
func TestWhatOthersAddedIsHeld(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		first := record(t, p, "case/1", Head{}, seen{"受理", t.Name(), nil})
		last := record(t, NewPost(p.DB, p.Now), "case/1", first, seen{"办结", t.Name(), nil})
		if _, all := p.recent.upTo("case/1", last); all {
			t.Fatal("held before it was heard of")
		}
		if _, err := p.Since(t.Context(), "case/1", first); err != nil {
			t.Fatal(err)
		}
		if held, all := p.recent.upTo("case/1", last); !all || len(held) != 2 {
			t.Errorf("%d held, all: %v", len(held), all)
		}
	})
}

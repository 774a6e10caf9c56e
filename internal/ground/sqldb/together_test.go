package sqldb_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"

	"tongban/internal/ground/sqldb"
)

// lengths answers every key but "nobody" with its length.
func lengths(keys []string) map[string]int {
	found := map[string]int{}
	for _, key := range keys {
		if key != "nobody" {
			found[key] = len(key)
		}
	}
	return found
}

func TestQuestionsOfOneMomentGoTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var line sqldb.Together[string, int]
		asked, away := 0, make(chan struct{})
		many := func(_ context.Context, keys []string) (map[string]int, error) {
			asked++
			<-away
			return lengths(keys), nil
		}
		var all sync.WaitGroup
		ask := func(key string, want int, fault error) {
			all.Go(func() {
				if got, err := line.Ask(t.Context(), key, many); got != want || !errors.Is(err, fault) {
					t.Errorf("%s: %d %v", key, got, err)
				}
			})
		}
		ask("first", 5, nil)
		synctest.Wait()
		for n := range 40 {
			ask(fmt.Sprint("key", n%10), 4, nil)
		}
		ask("nobody", 0, sql.ErrNoRows)
		synctest.Wait()
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := line.Ask(gone, "late", many); !errors.Is(err, context.Canceled) {
			t.Errorf("waits on after it gave up: %v", err)
		}
		close(away)
		all.Wait()
		if asked != 2 {
			t.Errorf("%d questions for 43 askers", asked)
		}
	})
}

func TestAFaultIsToldToAllWhoAskedTogether(t *testing.T) {
	var line sqldb.Together[string, int]
	broken := errors.New("away")
	for _, many := range []func() (map[string]int, error){
		func() (map[string]int, error) { return nil, broken },
		func() (map[string]int, error) { panic("odd") },
	} {
		if _, err := line.Ask(t.Context(), "x", func(context.Context, []string) (map[string]int, error) { return many() }); err == nil || errors.Is(err, sql.ErrNoRows) {
			t.Errorf("a fault is answered with %v", err)
		}
	}
	if n, err := line.Ask(t.Context(), "x", func(_ context.Context, keys []string) (map[string]int, error) { return lengths(keys), nil }); n != 1 || err != nil {
		t.Errorf("no answer after a fault: %d %v", n, err)
	}
}

package relaystore_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/relay/relaystore"
)

// Slips made in one millisecond have keys of the same number: each takes its own.
func TestNoTwoSlipsHaveOneNumber(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, relaystore.Schema}, func(t *testing.T, db *sqldb.DB) {
		at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
		s := &relaystore.Store{DB: db, Post: event.NewPost(db, func() time.Time { return at }), Now: func() time.Time { return at }}
		put := func(id, material string) error {
			slip := relay.Slip{ID: id, Agency: "xz-market", Region: "320300000000", State: relay.OnItsWay, Given: at, Pieces: []relay.Piece{{Case: "c", Number: "n", Material: material}}}
			_, err := s.Put(t.Context(), slip, relay.Moved{Slip: id, Act: "give", At: at})
			return err
		}
		for _, tt := range []struct{ id, material, code string }{
			{"000aaaaaa1", "m1", ""},
			{"000aaaaaa2", "m2", "relay.give.number"},
			{"000bbbbbb1", "m1", "relay.give.gone"},
			{"000bbbbbb1", "m2", ""},
		} {
			if err := put(tt.id, tt.material); (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
				t.Errorf("%s with %s: %v, want %q", tt.id, tt.material, err, tt.code)
			}
		}
	})
}

// Of several clerks who give the same piece, or take the same slip, at once, one does.
func TestOnePieceTravelsOnOneSlip(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, relaystore.Schema}, func(t *testing.T, db *sqldb.DB) {
		at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
		s := &relaystore.Store{DB: db, Post: event.NewPost(db, func() time.Time { return at }), Now: func() time.Time { return at }}
		slip := relay.Slip{Agency: "xz-market", Region: "320300000000", State: relay.OnItsWay, Given: at, Pieces: []relay.Piece{{Case: "c", Number: "n", Material: "m1", Name: "合同"}}}
		first := func(do func(i int) (relay.Slip, error)) relay.Slip {
			t.Helper()
			var all sync.WaitGroup
			var mu sync.Mutex
			var won []relay.Slip
			for i := range 4 {
				all.Go(func() {
					got, err := do(i)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						won = append(won, got)
					} else if fault.Of(err) != fault.Conflict {
						t.Error(err)
					}
				})
			}
			if all.Wait(); len(won) != 1 {
				t.Fatalf("%d of 4 did it", len(won))
			}
			return won[0]
		}
		var made atomic.Int64 // ids of one millisecond would share a number, for which the service asks again
		gives := func(int) (relay.Slip, error) {
			one := slip
			one.ID = fmt.Sprintf("%09d", made.Add(1))
			return s.Put(t.Context(), one, relay.Moved{Slip: one.ID, Act: "give", At: at})
		}
		given := first(gives)
		by := identity.Actor{Account: "u-r", Name: "石波", Posts: []identity.Post{{Agency: "xz-market", Role: identity.Reviewer}}}
		taken := first(func(int) (relay.Slip, error) {
			after, err := given.Receive([]int{0}, "袋中没有", by, at)
			if err != nil {
				return after, err
			}
			return s.Put(t.Context(), after, relay.Moved{Slip: after.ID, Act: "receive", At: at})
		})
		if _, err := gives(0); fault.Of(err) != fault.Conflict {
			t.Errorf("given again while the giver has not confirmed that it is missing: %v", err)
		}
		agreed, err := taken.Agree(identity.Actor{Account: "w", Posts: []identity.Post{{Role: identity.Window, Region: "320300000000"}}}, at)
		if err == nil {
			_, err = s.Put(t.Context(), agreed, relay.Moved{Slip: agreed.ID, Act: "agree", At: at})
		}
		if err != nil {
			t.Fatal(err)
		}
		first(gives)
		if all, err := s.Under(t.Context(), []cases.ID{"c", "none"}); err != nil || len(all) != 1 || len(all["c"]) != 2 {
			t.Errorf("%v %v", all, err)
		}
	})
}

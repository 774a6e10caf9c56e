package marksstore_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/marks"
	"tongban/internal/civic/marks/marksstore"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// A mark is its account's own, and never goes back.
func TestAMarkGoesForwardOnly(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{marksstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		store := &marksstore.Store{DB: db}
		s := &marks.Service{Store: store, Now: func() time.Time { return time.UnixMilli(1) }}
		one, other := identity.Actor{Account: "a1"}, identity.Actor{Account: "a2"}
		reads := func(by identity.Actor, want marks.Read) {
			t.Helper()
			got, err := s.Read(t.Context(), by, "c1", "c2", "c3")
			if d := cmp.Diff(want, got); d != "" || err != nil {
				t.Error(d, err)
			}
		}
		mark := func(by identity.Actor, read marks.Read) {
			t.Helper()
			if err := s.Mark(t.Context(), read, by); err != nil {
				t.Error(err)
			}
		}
		reads(one, marks.Read{})
		mark(one, marks.Read{"c1": 3, "c2": 5})
		mark(one, marks.Read{"c1": 2, "c2": 6})
		mark(one, nil)
		if err := store.Mark(t.Context(), "a1", marks.Read{"c1": 1}, time.UnixMilli(2)); err != nil {
			t.Error(err)
		}
		reads(one, marks.Read{"c1": 3, "c2": 6})
		reads(other, marks.Read{})
		if _, err := s.Read(t.Context(), identity.Actor{}, "c1"); fault.Of(err) != fault.SignIn {
			t.Error("nobody reads", err)
		}
		if err := s.Mark(t.Context(), marks.Read{"c1": 1}, identity.Actor{}); fault.Of(err) != fault.SignIn {
			t.Error("nobody marks", err)
		}
	})
}

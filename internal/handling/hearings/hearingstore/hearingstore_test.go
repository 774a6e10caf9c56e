package hearingstore_test

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/hearings/hearingstore"
)

func TestNoticesAndSignupsAreKept(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, hearingstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, calendar.Zone)
		s, ctx := &hearingstore.Store{DB: db, Facts: event.NewPost(db, func() time.Time { return now })}, t.Context()
		post := func(n hearings.Notice) error {
			var b sqldb.Batch
			if err := s.Post(&b, hearings.Posted{Notice: n, When: now}); err != nil {
				return err
			}
			return s.Commit(ctx, &b)
		}
		for i, id := range []hearings.ID{"n1", "n2", "n3"} {
			n := hearings.Notice{ID: id, Case: cases.ID("c-" + id), ItemName: "娱乐场所", At: now.AddDate(0, 0, 30-i)}
			if id == "n3" {
				n.Ended = now
			}
			if err := post(n); err != nil {
				t.Fatal(err)
			}
		}
		if err := post(hearings.Notice{ID: "n1"}); fault.Of(err) != fault.Conflict {
			t.Errorf("kept over what somebody else posted: %v", err)
		}
		list := func(over bool, after string) (ids string) {
			all, err := s.List(ctx, over, after, 1)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range all {
				ids += string(n.ID)
				after = n.Cursor()
			}
			if len(all) == 1 {
				ids += following(t, s, over, after)
			}
			return ids
		}
		if a, b := list(false, ""), list(true, ""); a != "n2n1" || b != "n3" {
			t.Errorf("to be held %s, over %s", a, b)
		}
		told, err := s.Announced(ctx, []cases.ID{"c-n1", "c-x"})
		if err != nil || !told["c-n1"] || told["c-x"] {
			t.Errorf("%v %v", told, err)
		}
		sign := func(u hearings.Signup) error {
			var b sqldb.Batch
			if err := s.Sign(&b, hearings.Signed{Signup: u, When: now}); err != nil {
				return err
			}
			return s.Commit(ctx, &b)
		}
		u := hearings.Signup{ID: "u1", Notice: "n1", Party: "p", Name: "张伟", Relation: hearings.Concerned}
		if err := sign(u); err != nil {
			t.Fatal(err)
		}
		if err := sign(hearings.Signup{ID: "u2", Notice: "n1", Party: "p"}); fault.Of(err) != fault.Conflict {
			t.Errorf("one party signs up twice: %v", err)
		}
		kept, err := s.Signup(ctx, "n1", "p")
		if err != nil || kept.Name != "张伟" {
			t.Fatalf("%+v %v", kept, err)
		}
		kept.Seat = hearings.Speaker
		if err := sign(*kept); err != nil {
			t.Fatal(err)
		}
		if err := sign(*kept); fault.Of(err) != fault.Conflict {
			t.Errorf("chosen twice: %v", err)
		}
		held, err := s.Of(ctx, "p", 5)
		if err != nil || len(held) != 1 || held[0].Seat != hearings.Speaker || held[0].For.ItemName != "娱乐场所" || held[0].Signup.Head.Seq != 2 {
			t.Errorf("%+v %v", held, err)
		}
	})
}

// following is what follows on the next page.
func following(t *testing.T, s *hearingstore.Store, over bool, after string) (ids string) {
	t.Helper()
	all, err := s.List(t.Context(), over, after, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all {
		ids += string(n.ID)
	}
	return ids
}

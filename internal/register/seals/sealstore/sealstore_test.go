package sealstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/seals"
)

var admin = identity.Actor{Account: "admin", Name: "管理员", Posts: []identity.Post{{Role: identity.Admin}}}

func service(t *testing.T, db *sqldb.DB) *seals.Service {
	ring, err := secret.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)
	clock := func() time.Time { now = now.Add(time.Millisecond); return now }
	return &seals.Service{Store: &Store{db, event.NewPost(db, clock)}, Now: clock,
		Authority: &seals.Authority{City: "徐州市", Keys: ring, Founded: now.AddDate(-6, 0, 0)}}
}

var agency = seals.Agency{ID: "scjg", Code: "11320300014051500H", Name: "徐州市市场监督管理局"}

func TestSealsAreKept(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx, s := context.Background(), service(t, db)
		made, err := s.Make(ctx, agency, seals.Certificate, calendar.Parse("2026-01-01"), calendar.Parse("2030-12-31"), admin)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Usable(ctx, "scjg", seals.Certificate); fault.Code(err) != "seals.none" {
			t.Errorf("usable before it is enabled: %v", err)
		}
		if err := s.Enable(ctx, made.ID, admin); err != nil {
			t.Fatal(err)
		}
		got, err := s.Usable(ctx, "scjg", seals.Certificate)
		if err != nil || got.Name != made.Name || string(got.Structure) != string(made.Structure) || got.Till != made.Till || got.State != seals.Enabled {
			t.Errorf("%v %+v", err, got)
		}
		if _, err := s.Seal(ctx, "none"); fault.Of(err) != fault.NotFound {
			t.Error(err)
		}
		facts, err := s.Store.(*Store).Post.Stream(ctx, "seal/"+made.ID)
		if err != nil || len(facts) != 2 {
			t.Errorf("%d facts, %v", len(facts), err)
		}
		stale := got
		if err := s.Disable(ctx, made.ID, "换章", admin); err != nil {
			t.Fatal(err)
		}
		moved, _ := stale.Move(seals.Cancel, "换章", got.Made, admin)
		if err := s.Store.Save(ctx, stale, moved); fault.Code(err) != "seals.stale" {
			t.Errorf("a lost update: %v", err)
		}
	})
}

func TestEveryUseIsLoggedWithItsDocument(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx, s := context.Background(), service(t, db)
		made, err := s.Make(ctx, agency, seals.Approval, calendar.Parse("2026-01-01"), calendar.Parse("2030-12-31"), admin)
		if err != nil {
			t.Fatal(err)
		}
		var b sqldb.Batch
		if _, err := s.Stamp(ctx, &b, made.ID, make([]byte, 32), "/p", seals.Use{At: s.Now()}, admin); fault.Code(err) != "seals.use.state" {
			t.Errorf("stamped before it is enabled: %v", err)
		}
		if err := s.Enable(ctx, made.ID, admin); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if _, err := s.Stamp(ctx, &b, made.ID, make([]byte, 32), "/p", seals.Use{Item: "A1", Case: "C1", Document: "D1", At: s.Now()}, admin); err != nil {
				t.Fatal(err)
			}
		}
		if uses, _ := s.Uses(ctx, made.ID, seals.Use{}, 10); len(uses) != 0 {
			t.Error("logged before the document was kept")
		}
		if err := db.Commit(ctx, &b); err != nil {
			t.Fatal(err)
		}
		first, err := s.Uses(ctx, made.ID, seals.Use{}, 3)
		if err != nil || len(first) != 3 || first[0].Case != "C1" || first[0].Name != "管理员" {
			t.Fatalf("%v %+v", err, first)
		}
		rest, err := s.Uses(ctx, made.ID, first[2], 3)
		if err != nil || len(rest) != 2 || !rest[0].At.Before(first[2].At) {
			t.Errorf("second page: %v %+v", err, rest)
		}
		if err := s.Disable(ctx, made.ID, "换章", admin); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Stamp(ctx, &b, made.ID, make([]byte, 32), "/p", seals.Use{At: s.Now()}, admin); fault.Code(err) != "seals.use.state" {
			t.Errorf("stamped after it was disabled: %v", errors.Unwrap(err))
		}
	})
}
